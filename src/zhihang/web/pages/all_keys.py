# SPDX-License-Identifier: Apache-2.0
"""Keys for programs of everybody; the administrator revokes what should not be."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from zhihang.errors import NotFound
from zhihang.terms.label import Label
from zhihang.web.accounts.manage import revoke
from zhihang.web.accounts.models import AccessToken
from zhihang.web.answers import Answers
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest

MOST = 500
REVOKED = Label("密钥已撤销。", "The key is revoked.")


@page(
    "administration/keys/",
    title=Label("接口密钥", "Keys"),
    room="administration",
    permission="administer",
    menu=3,
    methods=("GET", "POST"),
)
def all_keys(request: PageRequest, ask: Answers) -> Context | HttpResponse:
    """Return the keys, the newest first; POST revokes one."""
    if request.method == "POST":
        number = request.POST.get("revoke", "")
        found = AccessToken.objects.select_related("person").filter(
            pk=int(number) if number.isdecimal() and len(number) < 19 else 0
        )
        one = found.first()
        if one is None:
            raise NotFound("There is no such key. 没有这个密钥。", todo="See the list. 请查看列表。")
        revoke(request, one)
        messages.success(request, request.view.say(REVOKED))
        return redirect(f"/administration/keys/?{request.view.query()}")
    return {"keys": AccessToken.objects.select_related("person")[:MOST]}
