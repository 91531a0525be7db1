# SPDX-License-Identifier: Apache-2.0
"""One plan: targets by clause, path against actual and forecast, divisions, audit."""

from __future__ import annotations

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest
from zhihang.web.standing import standing


@page("plans/<slug:plan>/", room="plans", title=Label("规划", "Plan"))
def plan(request: PageRequest, ask: Answers, plan: str) -> Context:
    """Return the plan with how it stands."""
    return {"plan": ask("plans.show", plan, patience=30), "stands": standing(ask, plan, request.view.day)}
