# SPDX-License-Identifier: Apache-2.0
"""Firms tried by a scheme."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhihang.web.api.access import require
from zhihang.web.api.answer import answer, rows_answer
from zhihang.web.api.parameters import Day, Form, Limit, Name, Offset, RegionCode, Year
from zhihang.web.firm_access import require_firm
from zhihang.web.industry_answers import USUAL, firms, watched

enterprises = Router()


@enterprises.get("/", summary="Firms of a region and year by a scheme")
def list_enterprises(
    request: HttpRequest,
    region: RegionCode,
    year: Year,
    scheme: Name = USUAL["enterprise"],
    limit: Limit = 100,
    offset: Offset = 0,
    form: Form = "json",
) -> HttpResponse:
    """Return a row for each firm by rank, with the conditions it meets and fails."""
    rows = firms(require(request, "view", region).answers, region, year, scheme)["rows"]
    return rows_answer(request, rows, limit=limit, offset=offset, form=form)


@enterprises.get(
    "/first-patent/", summary="Larger firms without an invention, the nearest to a first one on top"
)
def first_patent(
    request: HttpRequest,
    region: RegionCode,
    year: Year,
    limit: Limit = 100,
    offset: Offset = 0,
    form: Form = "json",
) -> HttpResponse:
    """Return a row for each firm."""
    rows = require(request, "view", region).answers("intensity.first_patent", region, year)
    return rows_answer(request, rows, limit=limit, offset=offset, form=form)


@enterprises.get("/holders/", summary="Holders about to cross 100, 50 or 1 inventions in force")
def list_holders(
    request: HttpRequest,
    region: RegionCode,
    at: Day,
    months: Annotated[int, Query(ge=1, le=24)] = 12,
    limit: Limit = 100,
    offset: Offset = 0,
    form: Form = "json",
) -> HttpResponse:
    """Return a row for each holder, with fees and the day that decides."""
    rows = watched(require(request, "view", region).answers, region, at, months)
    return rows_answer(request, rows, limit=limit, offset=offset, form=form)


@enterprises.get("/sheet/{code}/", summary="One firm by name or code")
def show_firm(request: HttpRequest, code: str, year: Year) -> HttpResponse:
    """Return register, figures, patents, titles, conditions of schemes and fees of a firm."""
    asked = require(request, "own" if require(request, "public").person.may("own") else "view")
    return answer(request, require_firm(asked, asked.answers, code[:120], year))
