# SPDX-License-Identifier: Apache-2.0
"""Patent-intensive industries."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhihang.errors import NotFound
from zhihang.web.api.access import require
from zhihang.web.api.answer import answer, rows_answer
from zhihang.web.api.parameters import Form, Limit, Name, Offset, RegionCode, Year
from zhihang.web.industry_answers import SUBJECTS, USUAL, catalogue, industry_sheet, schemes

industries = Router()
Target = Annotated[int, Query(ge=1, le=10_000_000)]


@industries.get("/", summary="Industries of a region and year by a scheme")
def list_industries(
    request: HttpRequest,
    region: RegionCode,
    year: Year,
    scheme: Name = USUAL["industry"],
    limit: Limit = 100,
    offset: Offset = 0,
    form: Form = "json",
) -> HttpResponse:
    """Return a row for each industry by rank, with the conditions it meets and fails."""
    rows = catalogue(require(request, "view", region).answers, region, year, scheme)["rows"]
    return rows_answer(request, rows, limit=limit, offset=offset, form=form)


@industries.get("/schemes/", summary="Schemes of identification")
def list_schemes(request: HttpRequest, subject: Name = "industry") -> HttpResponse:
    """Return the schemes for a subject: industry, enterprise or park."""
    if subject not in USUAL:
        raise NotFound.named("subject", subject, USUAL)
    return answer(request, schemes(require(request, "public").answers, subject))


@industries.get("/compare/", summary="Two schemes beside each other")
def compare(request: HttpRequest, one: Name, other: Name, region: RegionCode, year: Year) -> HttpResponse:
    """Return the industries that both name, and those that one names alone."""
    asked = require(request, "view", region)
    return answer(request, asked.answers("intensity.compare", one, other, region, year))


@industries.get("/thresholds/", summary="Bounds that give a number of industries, firms or parks")
def thresholds(
    request: HttpRequest, subject: Name, target: Target, region: RegionCode, scheme: Name, year: Year
) -> HttpResponse:
    """Return for each condition the bound that alone gives the number, and all moved together."""
    if subject not in SUBJECTS:
        raise NotFound.named("subject", subject, SUBJECTS)
    asked = require(request, "view", region)
    return answer(request, asked.answers("intensity.thresholds", subject, target, region, year, scheme))


@industries.get("/sheet/{code}/", summary="One industry")
def show_industry(
    request: HttpRequest, code: str, region: RegionCode, year: Year, scheme: Name = USUAL["industry"]
) -> HttpResponse:
    """Return its row with conditions, and the holders and divisions that lead."""
    asked = require(request, "view", region)
    return answer(request, industry_sheet(asked.answers, code[:20], region, year, scheme))
