# SPDX-License-Identifier: Apache-2.0
"""Firms tried by a scheme."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from zhihang.web.api.access import require
from zhihang.web.api.answer import rows_answer
from zhihang.web.api.parameters import Form, Limit, Name, Offset, RegionCode, Year
from zhihang.web.industry_answers import USUAL, firms

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
