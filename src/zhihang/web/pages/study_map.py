# SPDX-License-Identifier: Apache-2.0
"""The map of a study: patents near each other where their texts are alike; zoom, lasso, label together."""

from __future__ import annotations

from typing import Any

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest
from zhihang.web.studying import map_of, result_of


@page("studies/of/<str:study>/map/", room="studies", title=Label("专利地图", "Map"))
def study_map(request: PageRequest, ask: Answers, study: str) -> Context:
    """Return the points and groups of the last run."""
    shown = ask.workspace.studies.show(study)
    result = result_of(study)
    made: dict[str, Any] = map_of(result) if result else {"points": [], "groups": [], "refused": ""}
    wanted = request.GET.get("group", "")
    chosen = int(wanted) if wanted.isdigit() and int(wanted) < len(made["groups"]) else None
    return {
        "study": shown,
        "made_on": result["made_on"] if result else "",
        "map": made,
        "data": {**made, "language": request.view.language, "chosen": chosen},
        "chosen": chosen,
        "listed": [one for one in made["points"] if one["group"] == chosen][:300]
        if chosen is not None
        else [],
        "nodes": [*shown["nodes"], *shown["effects"]],
        "may_study": request.person.may("study"),
    }
