# SPDX-License-Identifier: Apache-2.0
"""The tasks of a plan followed up: state, day and note that a person reports, who did and when, what is overdue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from zhihang.errors import NotAllowed, NotFound, ZhihangError
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.audit.record import record
from zhihang.web.page import Context, page
from zhihang.web.refusal import refuse_unless
from zhihang.web.request import PageRequest
from zhihang.web.seen import changed_since, seen
from zhihang.web.table_file import as_file

SHOWS = {
    "all": Label("全部", "All"),
    "over": Label("已逾期", "Overdue"),
    "none": Label("未报送", "Not reported"),
}
FIELDS = {
    "status": Label("状态", "State"),
    "due": Label("期限", "Due"),
    "note": Label("进展说明", "Note"),
}
SAVED = Label("已保存；通报和责任书按此列出。", "Saved; bulletin and letters say so.")
FILE = {
    "clause": Label("条款", "Clause"),
    "title": Label("任务", "Task"),
    "lead_units": Label("责任单位", "Responsible"),
    "supporting_units": Label("配合单位", "Supporting"),
    "due": Label("期限", "Due"),
    "status": Label("状态", "State"),
    "note": Label("进展说明", "Note"),
    "by": Label("报送人", "By"),
    "at": Label("报送时间", "At"),
    "over": Label("逾期", "Overdue"),
}


@page("plans/<slug:plan>/tasks/", room="plans", title=Label("任务跟踪", "Tasks"), methods=("GET", "POST"))
def plan_tasks(request: PageRequest, ask: Answers, plan: str) -> Context | HttpResponse:
    """Show the tasks; POST keeps a report on one; ``form=`` gives the list as a file."""
    view, desk = request.view, ask.workspace.plan_tasks
    shown = ask("plans.show", plan, patience=30)
    typed: dict[str, str] = {}
    clash: dict[str, Any] = {}
    fault: ZhihangError | None = None
    if request.method == "POST":
        refuse_unless(request, "edit", shown["region"])
        typed = {name: request.POST.get(name, "").strip() for name in ("task", *FIELDS)}

        def still(now: Mapping[str, Any]) -> bool:
            clash.update(changed_since(request.POST.get("seen", ""), now))
            return not clash

        try:
            held = desk.report(plan, typed["task"], typed, by=request.person.name, still=still)
        except ZhihangError as error:
            fault = error
        else:
            if held is None:
                record(request, "task reported", f"{plan}/{typed['task']}", status=typed["status"])
                messages.success(request, view.say(SAVED))
                return redirect(f"/plans/{plan}/tasks/?{view.query()}#task-{typed['task']}")
    rows = desk.rows(plan, view.day)
    if request.GET.get("form"):
        return _file(request, plan, rows, desk.states_known)
    show = request.GET.get("show") or "all"
    if show not in SHOWS:
        raise NotFound.named("choice", show, SHOWS)
    return {
        "plan": shown,
        "rows": [_row(one, typed, fault or clash) for one in rows if _in(one, show)],
        "counts": [(name, label, sum(_in(one, name) for one in rows)) for name, label in SHOWS.items()],
        "show": show,
        "all": len(rows),
        "over": sum(one["over"] for one in rows),
        "done": sum(_status(one) == "done" for one in rows),
        "states": desk.states_known,
        "fields": FIELDS,
        "fault": fault,
        "clash": clash,
        "may_edit": request.person.may("edit", shown["region"]),
    }


def _status(one: Mapping[str, Any]) -> str:
    return str(one["state"]["status"]) if one["state"] else ""


def _in(one: Mapping[str, Any], show: str) -> bool:
    return {"over": bool(one["over"]), "none": one["state"] is None}.get(show, True)


def _row(one: dict[str, Any], typed: Mapping[str, str], open_: object) -> dict[str, Any]:
    """Return a task with what its form shows: what was typed and not kept, else what stands there."""
    held = {name: (one["state"] or {}).get(name, "") for name in FIELDS}
    mine = bool(open_) and typed.get("task") == one["id"]
    return {**one, "form": typed if mine else held, "open": mine, "seen": seen(held)}


def _file(
    request: PageRequest, plan: str, rows: list[dict[str, Any]], states: Mapping[str, Label]
) -> HttpResponse:
    if not request.person.may("export"):
        raise NotAllowed(
            "Your role may not download. 您的角色无权下载。", {"role": request.person.says.label}
        )
    view = request.view
    told = [
        {
            **one,
            **(one["state"] or {}),
            "due": one["due"],
            "status": view.say(states[_status(one)]) if one["state"] else "",
            "over": view.say(Label("是", "yes")) if one["over"] else "",
        }
        for one in rows
    ]
    named = [{view.say(label): one.get(name, "") for name, label in FILE.items()} for one in told]
    title = view.say(Label("任务跟踪", "Tasks"))
    return as_file(named, request.GET["form"], stem=f"tasks-{plan}", title=title)
