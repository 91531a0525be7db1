# SPDX-License-Identifier: Apache-2.0
"""Saved sets: queries with a name, to run again and to use in others."""

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

SAVED = Label("已保存检索集", "The set is saved")
FORGOTTEN = Label("已删除检索集", "The set is removed")


@page("search/sets/", room="search", title=Label("检索集", "Saved sets"), menu=2, methods=("GET", "POST"))
def search_sets(request: PageRequest, ask: Answers) -> Context | HttpResponse:
    """Return the sets; POST saves one, or removes one of one's own."""
    desk, given = ask.workspace.search, request.POST
    fault: ZhihangError | None = None
    if request.method == "POST" and given.get("forget"):
        _own(request, desk.sets(), given["forget"])
        desk.forget_set(given["forget"])
        record(request, "set removed", given["forget"])
        messages.success(request, f"{request.view.say(FORGOTTEN)}：{given['forget']}")
        return redirect(f"{request.path}?{request.view.query()}")
    if request.method == "POST":
        name = given.get("name", "").strip()
        try:
            if any(one["name"] == name for one in desk.sets()):
                _own(request, desk.sets(), name)
            desk.save_set(
                name, given.get("query", ""), note=given.get("note", "")[:500], owner=str(request.person.name)
            )
            record(request, "set saved", name, query=given.get("query", "")[:2000])
            messages.success(request, f"{request.view.say(SAVED)}：{name}")
            return redirect(f"{request.path}?{request.view.query()}")
        except NotAllowed:
            raise
        except ZhihangError as error:
            fault = error
    mine = request.person.may("administer")
    rows = [{**one, "mine": mine or one["owner"] == request.person.name} for one in desk.sets()]
    return {"sets": rows, "fault": fault, "typed": given}


def _own(request: PageRequest, sets: list[dict[str, Any]], name: str) -> None:
    """Refuse to change a set of somebody else."""
    owner = next((one["owner"] for one in sets if one["name"] == name), request.person.name)
    if owner != request.person.name and not request.person.may("administer"):
        raise NotAllowed(
            f'The set "{name}" belongs to somebody else. 该检索集属于他人。',
            {"owner": owner or "—"},
            todo="Take another name. 请换一个名称。",
        )
