# SPDX-License-Identifier: Apache-2.0
"""Divisions of the country."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from zhihang.web.api.access import require
from zhihang.web.api.answer import rows_answer
from zhihang.web.api.parameters import Day, Form, Limit, Offset, RegionCode
from zhihang.web.frame import divisions

regions = Router()


@regions.get("/", summary="Divisions within one, on a day")
def list_regions(
    request: HttpRequest,
    within: RegionCode = "000000",
    at: Day | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
    form: Form = "json",
) -> HttpResponse:
    """Return code and names of each division one level down."""
    asked = require(request, "public")
    found = divisions().below(within, at or asked.view.day)
    rows = [{"region": one.code, "zh": one.label.zh, "en": one.label.en, "within": within} for one in found]
    return rows_answer(request, rows, limit=limit, offset=offset, form=form)
