# SPDX-License-Identifier: Apache-2.0
"""Scenarios of splits that are kept, and what they come to."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from zhihang.web.api.access import require
from zhihang.web.api.answer import MOST, answer, rows_answer

scenarios = Router()
Plan = Annotated[str, Path(max_length=80)]
Target = Annotated[str, Path(max_length=80)]
Name = Annotated[str, Path(max_length=40)]


@scenarios.get("/{plan}/{target}/", summary="Scenarios kept for a target")
def list_scenarios(request: HttpRequest, plan: Plan, target: Target) -> HttpResponse:
    """Return a row for each scenario."""
    asked = require(request, "view")
    asked.answers("plans.show", plan, patience=30)
    rows = asked.answers.workspace.scenarios.listed(plan, target)
    return rows_answer(request, rows, limit=MOST, offset=0, form="json")


@scenarios.get("/{plan}/{target}/{name}/", summary="What a scenario comes to")
def show_scenario(request: HttpRequest, plan: Plan, target: Target, name: Name) -> HttpResponse:
    """Return its cells with a reason each, and what the plan says beside them."""
    desk = require(request, "view").answers.workspace.scenarios
    kept = desk.show(plan, target, name)
    return answer(request, {**kept.row(), "split": desk.solve(plan, target, kept.asked)})
