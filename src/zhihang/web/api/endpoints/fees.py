# SPDX-License-Identifier: Apache-2.0
"""Annual fees that fall due."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhihang.web.api.access import require
from zhihang.web.api.answer import rows_answer
from zhihang.web.api.parameters import Day, Form, Limit, Offset, RegionCode
from zhihang.web.fees import MONTHS
from zhihang.web.fees import fees as fees_within

fees = Router()


@fees.get("/", summary="Annual fees that fall due in a region after a day")
def list_fees(
    request: HttpRequest,
    region: RegionCode,
    at: Day,
    months: Annotated[int, Query(ge=1, le=12)] = 3,
    limit: Limit = 100,
    offset: Offset = 0,
    form: Form = "json",
) -> HttpResponse:
    """Return a row for each right, the earliest first; months are 1, 3, 6 or 12, others take the next of these."""
    asked = require(request, "view", region)
    span = next(one for one in MONTHS if one >= months)
    rows = fees_within(asked.answers, region, at, span)
    return rows_answer(request, rows, limit=limit, offset=offset, form=form)
