# SPDX-License-Identifier: Apache-2.0
"""Parks and how ready they are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from zhihang.web.api.access import require
from zhihang.web.api.answer import answer, rows_answer
from zhihang.web.api.parameters import Form, Limit, Name, Offset, RegionCode, Year
from zhihang.web.industry_answers import USUAL, park_profile, parks_compared
from zhihang.web.industry_answers import parks as readiness
from zhihang.web.park_access import require_park

parks = Router()


@parks.get("/", summary="Parks of a region by a scheme")
def list_parks(
    request: HttpRequest,
    region: RegionCode,
    year: Year | None = None,
    scheme: Name = USUAL["park"],
    limit: Limit = 100,
    offset: Offset = 0,
    form: Form = "json",
) -> HttpResponse:
    """Return a row for each park with the conditions it meets and fails."""
    found = readiness(require(request, "view", region).answers, region, year, scheme)
    return rows_answer(request, found["parks"], limit=limit, offset=offset, form=form)


@parks.get("/compare/", summary="The parks of a region beside each other")
def compare(request: HttpRequest, region: RegionCode, year: Year | None = None) -> HttpResponse:
    """Return figures and ranks of all parks."""
    asked = require(request, "view", region)
    return answer(request, parks_compared(asked.answers, [], region, year))


@parks.get("/profile/{name}/", summary="One park")
def show_park(request: HttpRequest, name: str, region: RegionCode, year: Year | None = None) -> HttpResponse:
    """Return everything told of a park."""
    asked = require(request, "view", region)
    require_park(asked, name)
    return answer(request, park_profile(asked.answers, name[:80], region, year))
