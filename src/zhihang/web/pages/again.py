# SPDX-License-Identifier: Apache-2.0
"""After signing in again: what was sent when the session was over, to be sent now or dropped."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.page import ANYONE, Context, page
from zhihang.web.request import PageRequest
from zhihang.web.unsent import forget_unsent, unsent

DROPPED = Label("已放弃，没有任何内容被修改。", "Dropped; nothing was changed.")


@page("again/", title=Label("重新提交", "Send again"), permission=ANYONE, methods=("GET", "POST"))
def again(request: PageRequest, ask: Answers) -> Context | HttpResponse:
    """Show what was typed with a button that sends it; POST drops it."""
    if not request.person.pk:
        return redirect(f"/sign-in/?{request.view.query({'next': request.get_full_path()})}")
    kept = unsent(request)
    if request.method == "POST":
        forget_unsent(request)
        messages.success(request, request.view.say(DROPPED))
        return redirect(f"/?{request.view.query()}")
    if kept is None:
        return redirect(f"/?{request.view.query()}")
    return {"address": kept["address"], "fields": kept["fields"]}
