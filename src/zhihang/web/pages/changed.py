# SPDX-License-Identifier: Apache-2.0
"""What changed since the end of last month: figures of targets, levels of divisions, what was taken in."""

from __future__ import annotations

from datetime import date
from typing import Any

from zhihang.errors import DefinitionError
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.changes import changes, month_before
from zhihang.web.frame import divisions
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest
from zhihang.web.standing import plans_for, standing

MOST = 200
BRIEF = 6
NEWEST = 12


@page("changed/", room="overview", title=Label("变化", "What changed"), scoped=True, menu=3, keeps=True)
def changed(request: PageRequest, ask: Answers) -> Context:
    """Return what differs between the day looked at and an earlier one, by default the end of last month."""
    view = request.view
    since = _since(request)
    found = [
        one for one in plans_for(ask, view.region, view.day) if one["annexes"] or one["region"] == view.region
    ]
    wanted = request.GET.get("plan")
    plan = next((one for one in found if one["name"] == wanted), found[0] if found else None)
    if plan is None:
        return {"plan": None, "since": since}
    now, before = standing(ask, plan["name"], view.day), standing(ask, plan["name"], since)
    known = divisions()
    whole = plan["region"] == view.region
    inside = [
        one
        for one in changes(before["rows"], now["rows"])
        if (whole and not one["row"]["region"])
        or any(step.code == view.region for step in known.path(one["row"]["region"] or "000000"))
    ]
    turned = [one for one in inside if one["turn"]]
    return {
        "plan": plan,
        "since": since,
        "worse": sum(one["turn"] < 0 for one in turned),
        "better": sum(one["turn"] > 0 for one in turned),
        "changes": inside[:MOST],
        "first": [one for one in inside if one["turn"] or one["row"]["region"] in ("", view.region)][:BRIEF],
        "taken_in": _taken_in(ask, since),
        "brief": "brief" in request.GET,
    }


def _since(request: PageRequest) -> date:
    typed = request.GET.get("since", "")
    try:
        found = date.fromisoformat(typed) if typed else month_before(request.view.day)
        if not 1985 <= found.year <= 2100:
            raise ValueError
    except ValueError as error:
        raise DefinitionError(
            "This is not a day. 日期无效。", {"typed": typed[:40]}, todo="Such as 2018-11-30."
        ) from error
    return found


def _taken_in(ask: Answers, since: date) -> list[Any]:
    """Return the runs that wrote to the store since, the newest first."""
    runs = [run for run in ask("history", patience=30) if str(run["started_at"])[:10] >= since.isoformat()]
    return sorted(runs, key=lambda run: -int(run["run_id"]))[:NEWEST]
