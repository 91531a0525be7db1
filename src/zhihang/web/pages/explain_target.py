# SPDX-License-Identifier: Apache-2.0
"""Explain how a target of a plan stands in a region: clause, path, every number its assessment was worked out from."""

from __future__ import annotations

from zhihang.errors import NotFound
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest
from zhihang.web.standing import standing, trail


@page(
    "explain/target/",
    room="plans",
    title=Label("目标的来源", "Where a target stands and why"),
    scoped=True,
    keeps=True,
)
def explain_target(request: PageRequest, ask: Answers) -> Context:
    """Return the trail behind one row of an assessment."""
    name, target = request.GET.get("plan", ""), request.GET.get("target", "")
    view = request.view
    shown = ask("plans.show", name, patience=30)
    found = [one for one in shown["targets"] if one["target_id"] == target]
    if not found:
        known = ", ".join(one["target_id"] for one in shown["targets"])
        raise NotFound(
            f'Plan "{name}" has no target "{target}".', {"there are": known}, todo="Open the plan."
        )
    rows = standing(ask, name, view.day)["rows"]
    here = [row for row in rows if row["target"] == target and row["region"] in (view.region, "")]
    return {
        "plan": shown,
        "target": found[0],
        "row": here[0] if here else None,
        "steps": [step for step in trail(ask, name, view.day, view.region) if step["target"] == target],
    }
