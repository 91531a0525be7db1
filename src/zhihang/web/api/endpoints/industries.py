# SPDX-License-Identifier: Apache-2.0
"""Patent-intensive industries."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from zhihang.errors import NotFound
from zhihang.web.api.access import require
from zhihang.web.api.answer import answer, rows_answer
from zhihang.web.api.parameters import Form, Limit, Name, Offset, RegionCode, Year
from zhihang.web.industry_answers import USUAL, catalogue, schemes

industries = Router()


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
