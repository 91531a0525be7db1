# SPDX-License-Identifier: Apache-2.0
"""Browsers in which somebody is signed in; one or all of a person can be signed out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from zhihang.errors import NotFound
from zhihang.terms.label import Label
from zhihang.web.accounts.manage import sign_out
from zhihang.web.accounts.models import PersonSession
from zhihang.web.answers import Answers
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest

MOST = 500
ENDED = Label("{name} 已退出 {n} 个浏览器。", "{name} is signed out of {n} browsers.")


@page(
    "administration/sessions/",
    title=Label("会话", "Sessions"),
    room="administration",
    permission="administer",
    menu=2,
    methods=("GET", "POST"),
)
def sessions(request: PageRequest, ask: Answers) -> Context | HttpResponse:
    """Return the sessions, the one seen last first; POST signs the person of one out everywhere."""
    if request.method == "POST":
        number = request.POST.get("session", "")
        found = PersonSession.objects.select_related("person").filter(
            pk=int(number) if number.isdecimal() and len(number) < 19 else 0
        )
        one = found.first()
        if one is None:
            raise NotFound("This session is over. 该会话已结束。", todo="See the list. 请查看列表。")
        ended = sign_out(request, one.person)
        messages.success(request, request.view.say(ENDED).format(name=one.person.name, n=ended))
        return redirect(f"/administration/sessions/?{request.view.query()}")
    return {
        "sessions": PersonSession.objects.select_related("person")[:MOST],
        "own": request.session.session_key,
    }
