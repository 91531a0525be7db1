# SPDX-License-Identifier: Apache-2.0
"""Overview of a region: how its targets stand, where, where they are heading, and what needs action."""

from __future__ import annotations

from collections import Counter
from typing import Any

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.frame import divisions
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest
from zhihang.web.standing import (
    GRAVE,
    ORDER,
    fan,
    forecast_of,
    headline,
    plans_for,
    rows_of,
    sentence,
    standing,
)
from zhihang.web.tile_map import tile_map

SOURCE = Label("本库按规划口径统计", "counted here by the plan's definitions")
MOST = 8


@page("", room="overview", title=Label("总览", "Overview"), scoped=True, menu=1, keeps=True)
def overview(request: PageRequest, ask: Answers) -> Context:
    """Return the targets of the plan that concerns the region, the largest as map and forecast, and what is urgent."""
    view = request.view
    found = [
        one for one in plans_for(ask, view.region, view.day) if one["annexes"] or one["region"] == view.region
    ]
    wanted = request.GET.get("plan")
    plan = next((one for one in found if one["name"] == wanted), found[0] if found else None)
    if plan is None:
        return {"plan": None, "listed": ask("plans.listed")}
    stands = standing(ask, plan["name"], view.day)
    rows = sorted(
        rows_of(stands, view.region, whole=plan["region"]), key=lambda row: ORDER.index(row["status"])
    )
    return {
        "plan": plan,
        "plans": found,
        "rows": rows,
        "counts": dict(Counter(row["status"] for row in rows)),
        "main": _main(request, plan, stands, rows),
        "urgent": _urgent(stands, view.region),
        "over": sum(one["over"] for one in ask("plan_tasks.rows", plan["name"], view.day)),
        "faults": sum(one["severity"] == "error" for one in ask("plans.check", plan["name"])["findings"]),
        "stale": ask("stale"),
    }


def _main(request: PageRequest, plan: Any, stands: Any, rows: Any) -> dict[str, Any] | None:
    """Return what stands for the whole: its sentence, its forecast as a chart, its divisions as a map."""
    view = request.view
    row = headline(rows, stands, view.region)
    if row is None:
        return None
    ahead = forecast_of(stands, row["target"], view.region)
    assert ahead is not None
    said = sentence(row, ahead, view.language)
    return {
        "row": row,
        "said": said,
        "fan": fan(row, ahead, period=plan["period"], source=view.say(SOURCE), title=said.rstrip("。.")),
        "tiles": tile_map(request, divisions(), plan["name"], stands["rows"], row["target"]),
    }


def _urgent(stands: Any, region: str) -> list[Any]:
    """Return the rows in danger within a region, the gravest first."""
    known = divisions()
    inside = [
        row
        for row in stands["rows"]
        if row["status"] in GRAVE and any(one.code == region for one in known.path(row["region"] or region))
    ]
    return sorted(inside, key=lambda row: (ORDER.index(row["status"]), row["progress"] or 0))[:MOST]
