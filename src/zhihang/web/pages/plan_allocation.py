# SPDX-License-Identifier: Apache-2.0
"""The studio where a target is split over divisions: sliders, locks, methods, solved at once, a reason for each cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from zhihang.errors import NotFound, ZhihangError
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.audit.record import record
from zhihang.web.page import Context, page
from zhihang.web.refusal import refuse_unless
from zhihang.web.request import PageRequest
from zhihang.web.splitting import ROUNDINGS, Asked, changes, from_file, from_form
from zhihang.web.table_file import as_file

SAVED = Label("方案“{name}”已保存。", "The scenario {name} is saved.")
DROPPED = Label("方案“{name}”已删除。", "The scenario {name} is deleted.")
HEADINGS = {
    "region": "地区代码",
    "name": "地区",
    "period": "年",
    "value": "分解数",
    "planned": "规划附件",
    "reason": "理由",
}
"""Headings of the file of a split, by key of its cells."""
PLAN = "plan"
"""What a split is compared with, if with no scenario."""


@page(
    "plans/<slug:plan>/allocation/",
    room="plans",
    title=Label("指标分解", "Splitting a target"),
    methods=("GET", "POST"),
)
def plan_allocation(request: PageRequest, ask: Answers, plan: str) -> Context | HttpResponse:
    """Show a split as asked in the address; POST saves it as a scenario, or deletes one."""
    shown = ask("plans.show", plan, patience=30)
    desk = ask.workspace.scenarios
    said = request.POST if request.method == "POST" else request.GET
    known = desk.divisible(plan)
    target = said.get("target") or (known[0] if known else "")
    if known and target not in known:
        raise NotFound.named("target that an annex splits", target[:40], known, see="the plan")
    context = {
        "plan": shown,
        "target": next((one for one in shown["targets"] if one["target_id"] == target), None),
        "targets": [one for one in shown["targets"] if one["target_id"] in known],
        "may_edit": request.person.may("edit", shown["region"]),
    }
    if not known:
        return {**context, "empty": True}
    methods = desk.methods()
    kept = [one.row() for one in _kept(desk, plan, target)]
    clash: dict[str, Any] | None = None
    fault: ZhihangError | None = None
    try:
        asked = _asked(said, kept, [one["name"] for one in methods])
    except ZhihangError as error:
        fault, asked = error, Asked()
    if request.method == "POST" and fault is None:
        refuse_unless(request, "edit", shown["region"])
        try:
            done = _act(request, desk, plan, target, asked)
        except ZhihangError as error:
            fault, done = error, None
        if isinstance(done, HttpResponse):
            return done
        clash = done
    try:
        found = desk.solve(plan, target, asked.as_file())
    except ZhihangError as error:
        fault, found = fault or error, desk.solve(plan, target, Asked().as_file())
    if "form" in request.GET and fault is None:
        title = f"{shown['zh']} {context['target']['indicator_zh'] if context['target'] else target}"
        return as_file(_rows(found), request.GET["form"], stem=f"{plan}-{target}", title=title)
    return {
        **context,
        **_typed(_laid_out(found, asked, said, desk, plan, target), said if fault else {}),
        "asked": asked,
        "methods": methods,
        "roundings": ROUNDINGS,
        "scenarios": kept,
        "name": said.get("name") or said.get("scenario", ""),
        "over": said.get("over") or _digest_of(kept, said.get("scenario", "")),
        "clash": clash,
        "fault": fault,
    }


def _kept(desk: Any, plan: str, target: str) -> list[Any]:
    return [desk.show(plan, target, row["name"]) for row in desk.listed(plan, target)]


def _asked(said: Any, kept: Sequence[Mapping[str, Any]], methods: Sequence[str]) -> Asked:
    """Return what is asked: the form's wish, or that of the scenario that is opened."""
    opened = said.get("scenario", "")
    if opened and "method" not in said:
        found = next((one for one in kept if one["name"] == opened), None)
        if found is None:
            raise NotFound(
                f"The scenario {opened[:40]} is not there any more. 该方案已不存在。",
                {"there are": ", ".join(one["name"] for one in kept) or "—"},
                todo="Choose another, or go on from the plan. 请选择其他方案，或从规划数开始。",
            )
        return from_file(found["asked"])
    return from_form(said, methods)


def _digest_of(kept: Sequence[Mapping[str, Any]], name: str) -> str:
    return next((str(one["digest"]) for one in kept if one["name"] == name), "")


def _act(
    request: PageRequest, desk: Any, plan: str, target: str, asked: Asked
) -> HttpResponse | dict[str, Any]:
    """Save or delete; if somebody else saved in between, return how the two differ."""
    name, view = request.POST.get("name", "").strip(), request.view
    here = f"/plans/{plan}/allocation/"
    if request.POST.get("what") == "drop":
        desk.drop(plan, target, name)
        record(request, "scenario deleted", f"{plan}/{target}/{name}")
        messages.success(request, view.say(DROPPED).format(name=name))
        return redirect(f"{here}?{view.query({'target': target, **asked.query()})}")
    mine = asked.as_file()
    desk.solve(plan, target, mine)  # what cannot be solved is not kept
    kept = desk.save(plan, target, name, mine, by=str(request.person), over=request.POST.get("over", ""))
    if differing := changes(mine, kept.asked):
        return {"rows": differing, "by": kept.by, "at": kept.at, "digest": kept.digest}
    record(request, "scenario saved", f"{plan}/{target}/{name}", digest=kept.digest)
    messages.success(request, view.say(SAVED).format(name=name))
    return redirect(f"{here}?{view.query({'target': target, 'scenario': name, 'year': _year(request)})}")


def _year(request: PageRequest) -> str | None:
    return request.POST.get("shown") or None


def _rows(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the cells as a file has them."""
    names = {
        "region": "地区代码",
        "name": "地区",
        "period": "年",
        "value": "分解数",
        "planned": "规划附件",
        "reason": "理由",
    }
    return [{label: cell[key] for key, label in names.items()} for cell in found["cells"]]


def _laid_out(
    found: Mapping[str, Any], asked: Asked, said: Any, desk: Any, plan: str, target: str
) -> dict[str, Any]:
    """Return the year in view as lines with sliders, and all years as a table."""
    years = [int(year) for year in found["totals"]]
    wanted = said.get("year") or said.get("shown") or ""
    year = int(wanted) if wanted.isdigit() and int(wanted) in years else years[-1]
    against = said.get("against") or PLAN
    other = _other(desk, plan, target, against)
    cells = [{**cell, **_against(cell, other)} for cell in found["cells"]]
    for cell in cells:
        cell["locked"] = (cell["region"], cell["period"]) in asked.locks
    units = list(dict.fromkeys((cell["region"], cell["name"]) for cell in cells))
    held = {(cell["region"], cell["period"]): cell for cell in cells}
    lines = [held[region, year] for region, _ in units]
    for line in lines:
        line["most"] = _most(line, found["totals"][str(year)])
    return {
        "split": found,
        "years": years,
        "year": year,
        "total": found["totals"][str(year)],
        "usual_total": None if year in asked.totals else found["totals"][str(year)],
        "lines": lines,
        "table": [
            (name, [held[region, one] for one in years], sum(held[region, one]["value"] for one in years))
            for region, name in units
        ],
        "sums": [found["totals"][str(one)] for one in years],
        "other_locks": [
            f"{region}-{when}-{value}" for (region, when), value in asked.locks.items() if when != year
        ],
        "other_totals": [f"{when}-{total}" for when, total in asked.totals.items() if when != year],
        "moved": sum(abs(line["change"] or 0) for line in lines) // 2,
        "against": against,
        "lock_count": len(asked.locks),
    }


def _typed(laid: dict[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """Show in the fields what somebody typed that could not be used; else what was solved."""
    for line in laid["lines"]:
        line["typed"] = said.get(f"v-{line['region']}") or line["value"]
        line["wrong"] = f"k-{line['region']}" in said
        line["locked"] = line["locked"] or line["wrong"]
    return laid


def _other(desk: Any, plan: str, target: str, against: str) -> dict[tuple[str, int], int] | None:
    """Return the cells that a split is compared with; None for the plan's own."""
    if against == PLAN:
        return None
    kept = desk.show(plan, target, against)
    made = desk.solve(plan, target, kept.asked)
    return {(cell["region"], cell["period"]): cell["value"] for cell in made["cells"]}


def _against(cell: Mapping[str, Any], other: Mapping[tuple[str, int], int] | None) -> dict[str, Any]:
    base = cell["planned"] if other is None else other.get((cell["region"], cell["period"]))
    return {"base": base, "change": None if base is None else cell["value"] - base}


def _most(line: Mapping[str, Any], total: int) -> int:
    """Return where a slider ends: twice the larger figure, in a round number, not over the total."""
    wanted = max(2 * max(int(line["value"]), int(line["base"] or 0)), 20)
    step: int = 10 ** max(len(str(wanted)) - 2, 0)
    return max(min(-(-wanted // step) * step, total), int(line["value"]))
