# SPDX-License-Identifier: Apache-2.0
"""One plan: targets by clause, path against actual and forecast, divisions, league table, audit, tasks."""

from __future__ import annotations

from typing import Any

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.page import Context, page
from zhihang.web.plan_tables import by_clause, goals_of, heat, league
from zhihang.web.request import PageRequest
from zhihang.web.standing import fan, forecast_of, headline, path, rows_of, sentence, standing

SOURCE = Label(
    "本库按规划口径统计；目标为规划附件", "counted here by the plan's definitions; goals of its annexes"
)
PATH = Label("{name}：年度目标与实际", "{name}: yearly goals and actual")


@page("plans/<slug:plan>/", room="plans", title=Label("规划", "Plan"), keeps=True)
def plan(request: PageRequest, ask: Answers, plan: str) -> Context:
    """Return the plan, how it stands in the region looked at, and one target in depth."""
    view = request.view
    shown = ask("plans.show", plan, patience=30)
    stands = standing(ask, plan, view.day)
    document = ask("plans.clauses", plan, patience=30)
    rows = rows_of(stands, view.region, whole=shown["region"])
    wanted = request.GET.get("target")
    row = next((one for one in rows if one["target"] == wanted), None) or headline(rows, stands, view.region)
    return {
        "plan": shown,
        "clauses": by_clause(shown["targets"], stands["rows"], view.region, texts=document["clauses"]),
        "document": document["file"],
        "rows": rows,
        "findings": ask("plans.check", plan, patience=30)["findings"],
        "tasks": ask("plan_tasks.rows", plan, view.day, patience=30),
        "split": any(one["target_id"] == (row or {}).get("target") for one in shown["annexes"]),
        "main": _in_depth(request, shown, stands, row) if row else None,
        "inside": request.person.reaches(view.region),
    }


def _in_depth(request: PageRequest, shown: Any, stands: Any, row: Any) -> dict[str, Any]:
    view = request.view
    ahead = forecast_of(stands, row["target"], view.region)
    goals = goals_of(shown["annexes"], row["target"])
    own = goals.get(view.region) or {}
    name = row["label"] if view.language == "zh" else row["label_en"]
    said = sentence(row, ahead, view.language) if ahead else ""
    source, title = view.say(SOURCE), view.say(PATH).format(name=name)
    return {
        "row": row,
        "said": said,
        "path": path(row, ahead, own, title=title, source=source) if ahead and own else None,
        "fan": fan(row, ahead, period=shown["period"], source=source, title=said.rstrip("。."))
        if ahead
        else None,
        "heat": heat(stands, goals, row["target"]),
        "league": league(stands, row["target"]),
    }
