# SPDX-License-Identifier: Apache-2.0
"""Values of indicators."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhihang.web.api.access import require
from zhihang.web.api.answer import MOST, rows_answer
from zhihang.web.api.parameters import RegionCode
from zhihang.web.measured import measured
from zhihang.web.open_data import open_indicators

measure = Router()


@measure.get("/", summary="Values of indicators for a region and periods")
def values(
    request: HttpRequest,
    indicator: Annotated[str, Query(description="Codes, separated by commas.", max_length=1000)],
    region: RegionCode,
    first: Annotated[str, Query(alias="from", max_length=10)],
    last: Annotated[str, Query(alias="to", max_length=10)] = "",
    every: Annotated[str, Query(max_length=12)] = "year",
    by: Annotated[str, Query(max_length=40)] = "",
    basis: Annotated[str, Query(max_length=12)] = "computed",
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    form: Annotated[str, Query(max_length=8)] = "json",
) -> HttpResponse:
    """Return a row for each value, as `zhihang measure` prints them."""
    codes = [code.strip() for code in indicator.split(",") if code.strip()]
    open_ones = bool(codes) and set(codes) <= set(open_indicators())
    asked = require(request, "public") if open_ones else require(request, "view", region)
    rows = measured(
        asked.answers, codes, region, first=first, last=last or first, every=every, by=by, basis=basis
    )
    return rows_answer(request, rows, limit=limit, offset=offset, form=form)
