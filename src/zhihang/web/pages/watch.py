# SPDX-License-Identifier: Apache-2.0
"""One watch: what it follows, everything it was told and why, what was useful; stop it or begin again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from zhihang.errors import NotAllowed, NotFound
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.audit.record import record
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest
from zhihang.web.watching import may_change, may_see, plain_watch, shown_fields

STOPPED = Label("已停用，不再推送；已推送的内容保留。", "Stopped; nothing more is sent, what was sent stays.")
NOTED = Label("已记下，下一期会据此调整。", "Noted; the next digest takes it into account.")
DIGESTS = 30


@page(
    "watches/of/<str:watch>/",
    room="watches",
    title=Label("订阅", "Watch"),
    permission="public",
    methods=("GET", "POST"),
)
def watch(request: PageRequest, ask: Answers, watch: str) -> Context | HttpResponse:
    """Show a watch; POST stops it, or says whether an item was useful."""
    desk = ask.workspace.watches
    held = next((plain_watch(one) for one in desk.profiles() if one.name == watch), None)
    if held is None or not may_see(request.person, held):
        raise NotFound(
            "There is no such watch of yours. 没有这个订阅。", todo="See your watches. 请查看订阅列表。"
        )
    here = f"/watches/of/{watch}/?{request.view.query()}"
    if request.method == "POST":
        if not may_change(request.person, held):
            raise NotAllowed("You may look at this watch only. 您只能查看这个订阅。", {"watch": watch})
        return _act(request, desk, watch, here)
    made = desk.log.digests(watch)
    return {
        "watch": held,
        "fields": [one for one in shown_fields(held) if one["value"]],
        "digests": [{**one.row(), "items": desk.log.items(one.number)} for one in made[:DIGESTS]],
        "count": len(made),
        "feed": f"/push/{desk.log.token(watch)}/feed.xml",
        "may_change": may_change(request.person, held),
    }


def _act(request: PageRequest, desk: Any, name: str, here: str) -> HttpResponse:
    said = request.POST
    if said.get("what") == "stop":
        desk.stop(name)
        record(request, "watch stopped", name)
        messages.success(request, request.view.say(STOPPED))
    elif said.get("useful") in ("yes", "no"):
        desk.judge(name, said.get("item", ""), said["useful"] == "yes")
        messages.success(request, request.view.say(NOTED))
    return redirect(here)
