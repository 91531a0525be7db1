# SPDX-License-Identifier: Apache-2.0
"""Follow a query: a watch that tells of what it newly finds."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from zhihang.errors import NotAllowed, ZhihangError
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.audit.record import record
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest

DONE = Label("已开始跟踪，有新结果时会出现在下一期推送中", "You follow it; news come with the next digest")


@page("search/follow/", room="search", title=Label("跟踪检索", "Follow a query"), methods=("GET", "POST"))
def search_follow(request: PageRequest, ask: Answers) -> Context | HttpResponse:
    """Return the form; POST adds the query to a new watch or to one of the person's own."""
    typed: dict[str, Any] = {
        "name": f"{request.person.name}-{request.view.say(Label('检索', 'search'))}",
        "query": request.GET.get("q", ""),
        "address": request.person.email,
        **request.POST.dict(),
    }
    fault: ZhihangError | None = None
    if request.method == "POST":
        try:
            _add(request, ask, typed)
            record(request, "watch changed", typed["name"], query=typed["query"][:2000])
            messages.success(request, request.view.say(DONE))
            return redirect(f"/search/?{request.view.query({'q': typed['query']})}")
        except ZhihangError as error:
            fault = error
    return {"typed": typed, "fault": fault}


def _add(request: PageRequest, ask: Answers, typed: dict[str, Any]) -> None:
    """Add the query to the watch of that name; it must be new or follow queries for the same address."""
    desk, name = ask.workspace.watches, typed["name"].strip()
    held = next((one for one in desk.profiles() if one.name == name), None)
    if held is not None and held.addressee != str(request.person):
        raise NotAllowed(
            f'There is a watch "{name}" of somebody else. 已有同名的他人订阅。',
            {"watch": name},
            todo="Take another name. 请换一个名称。",
        )
    desk.follow(
        " ".join(typed["query"].split()),
        name,
        addressee=str(request.person),
        address=typed["address"].strip(),
        language=request.view.language,
    )
