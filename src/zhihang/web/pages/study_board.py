# SPDX-License-Identifier: Apache-2.0
"""The board of a study's recommendations: owner, date, state and note of each; overdue ones first."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from zhihang.errors import ZhihangError
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.audit.record import record
from zhihang.web.page import Context, page
from zhihang.web.refusal import refuse_unless
from zhihang.web.request import PageRequest
from zhihang.web.studying import STATES, board_of, result_of

SAVED = Label("已保存；报告重新计算后按此列出。", "Saved; the report says so once it is computed anew.")
OPEN = ("draft", "accepted", "under_way")


@page(
    "studies/of/<str:study>/board/",
    room="studies",
    title=Label("建议看板", "Board"),
    methods=("GET", "POST"),
)
def study_board(request: PageRequest, ask: Answers, study: str) -> Context | HttpResponse:
    """Show recommendations by state; POST decides on one."""
    board = ask.workspace.study_board
    shown = ask.workspace.studies.show(study)
    fault: ZhihangError | None = None
    clash: dict[str, Any] | None = None
    key = request.POST.get("key", "")
    if request.method == "POST":
        refuse_unless(request, "study")
        try:
            clash = board.decide(study, key, request.POST.dict(), over=request.POST.get("over", ""))
            if clash is None:
                record(request, "recommendation decided", f"{study}/{key}", status=request.POST.get("status"))
                messages.success(request, request.view.say(SAVED))
                return redirect(f"/studies/of/{study}/board/?{request.view.query()}")
        except ZhihangError as error:
            fault = error
    rows = [_row(request, board, one) for one in board_of(result_of(study), board.decided(study))]
    for row in rows:
        row["open"] = row["key"] == key
        if row["open"] and (fault or clash):
            row.update({name: request.POST.get(name, "") for name in ("owner", "due", "status", "note")})
    return {
        "study": shown,
        "states": STATES,
        "columns": [
            (name, sign[1], [r for r in rows if r["status"] == name]) for name, sign in STATES.items()
        ],
        "rows": rows,
        "late": sum(row["late"] for row in rows),
        "own": board.own(study),
        "fault": fault,
        "clash": clash,
        "may_study": request.person.may("study"),
    }


def _row(request: PageRequest, board: Any, one: dict[str, Any]) -> dict[str, Any]:
    late = bool(one["due"]) and one["due"] < request.view.day.isoformat() and one["status"] in OPEN
    return {**one, "late": late, "over": board.digest(one["decided"])}
