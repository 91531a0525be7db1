# SPDX-License-Identifier: Apache-2.0
"""Where a figure comes from."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhihang.web.api.access import require
from zhihang.web.api.answer import answer
from zhihang.web.api.parameters import RegionCode

explain = Router()


@explain.get("/", summary="Definition, formula, rows, files and other conventions behind one figure")
def explanation(
    request: HttpRequest,
    indicator: Annotated[str, Query(max_length=100)],
    region: RegionCode,
    period: Annotated[str, Query(max_length=10)],
) -> HttpResponse:
    """Return what `zhihang explain --format json` prints."""
    asked = require(request, "view", region)
    return answer(request, asked.answers("explanation", indicator, region, period)["data"])
