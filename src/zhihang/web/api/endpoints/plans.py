# SPDX-License-Identifier: Apache-2.0
"""Plans, and how they stand at a day."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhihang.web.api.access import require
from zhihang.web.api.answer import MOST, answer, rows_answer
from zhihang.web.api.parameters import Day, RegionCode
from zhihang.web.standing import standing

plans = Router()


@plans.get("/", summary="The plans there are")
def list_plans(
    request: HttpRequest,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    form: Annotated[str, Query(max_length=8)] = "json",
) -> HttpResponse:
    """Return a row for each plan."""
    rows = require(request, "public").answers("plans.listed", patience=30)
    return rows_answer(request, rows, limit=limit, offset=offset, form=form)


@plans.get("/{name}/", summary="One plan")
def show_plan(request: HttpRequest, name: str) -> HttpResponse:
    """Return goals, targets, annexes, tasks, conditions and facts of a plan."""
    return answer(request, require(request, "public").answers("plans.show", name, patience=30))


@plans.get("/{name}/assessment/", summary="How the targets of a plan stand at a day")
def assessment(
    request: HttpRequest,
    name: str,
    at: Day,
    region: RegionCode | None = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    form: Annotated[str, Query(max_length=8)] = "json",
) -> HttpResponse:
    """Return a row for each target and division; of one region only, where it is named."""
    asked = require(request, "view", region)
    person, found = asked.person, standing(asked.answers, name, at)["rows"]
    rows = [
        row
        for row in found
        if (row["region"] == region if region else person.reaches(row["region"] or "000000"))
    ]
    return rows_answer(request, rows, limit=limit, offset=offset, form=form)
