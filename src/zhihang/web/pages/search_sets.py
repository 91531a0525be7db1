# SPDX-License-Identifier: Apache-2.0
"""Saved sets: queries with a name, to run again and to use in others."""

from __future__ import annotations

from collections.abc import Mapping
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
from zhihang.web.watching import digest_of

SAVED = Label("已保存检索集", "The set is saved")
FORGOTTEN = Label("已删除检索集", "The set is removed")


@page("search/sets/", room="search", title=Label("检索集", "Saved sets"), menu=2, methods=("GET", "POST"))
def search_sets(request: PageRequest, ask: Answers) -> Context | HttpResponse:
    """Return the sets; POST saves one, or removes one of one's own."""
    desk, given = ask.workspace.search, request.POST
    fault: ZhihangError | None = None
    clash: dict[str, Any] | None = None
    over = ""
    if request.method == "POST" and given.get("forget"):
        _own(request, desk.sets(), given["forget"])
        desk.forget_set(given["forget"])
        record(request, "set removed", given["forget"])
        messages.success(request, f"{request.view.say(FORGOTTEN)}：{given['forget']}")
        return redirect(f"{request.path}?{request.view.query()}")
    if request.method == "POST":
        name = given.get("name", "").strip()
        try:
            there = next((one for one in desk.sets() if one["name"] == name), None)
            if there is not None:
                _own(request, desk.sets(), name)
            wanted, theirs = _said(given), _said(there or {})
            if there is not None and wanted != theirs and given.get("over", "") != digest_of(theirs):
                clash, over = there, digest_of(theirs)
            else:
                desk.save_set(
                    name,
                    given.get("query", ""),
                    note=given.get("note", "")[:500],
                    owner=_owner(request, there),
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
    return {"sets": rows, "fault": fault, "typed": given, "clash": clash, "over": over}


def _said(given: Mapping[str, Any]) -> dict[str, str]:
    """Return what a set says, however its lines end."""
    return {name: "\n".join(str(given.get(name) or "").split("\r\n")).strip() for name in ("query", "note")}


def _owner(request: PageRequest, there: Mapping[str, Any] | None) -> str:
    """Return whose set it is: who mends the set of another does not take it."""
    return str((there or {}).get("owner") or request.person.name)


def _own(request: PageRequest, sets: list[dict[str, Any]], name: str) -> None:
    """Refuse to change a set of somebody else."""
    owner = next((one["owner"] for one in sets if one["name"] == name), request.person.name)
    if owner != request.person.name and not request.person.may("administer"):
        raise NotAllowed(
            f'The set "{name}" belongs to somebody else. 该检索集属于他人。',
            {"owner": owner or "—"},
            todo="Take another name. 请换一个名称。",
        )
