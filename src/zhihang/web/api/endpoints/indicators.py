# SPDX-License-Identifier: Apache-2.0
"""The catalogue of indicators."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhihang.web.api.access import require
from zhihang.web.api.answer import MOST, answer, rows_answer
from zhihang.web.measured import listed

indicators = Router()


@indicators.get("/", summary="Indicators whose code, name or description has each of some words")
def list_indicators(
    request: HttpRequest,
    words: Annotated[str, Query(max_length=200)] = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    form: Annotated[str, Query(max_length=8)] = "json",
) -> HttpResponse:
    """Return code, names, unit, kind, direction, reference and description of each."""
    asked = require(request, "public")
    return rows_answer(request, listed(asked.answers, words), limit=limit, offset=offset, form=form)


@indicators.get("/{code}/", summary="One indicator")
def show_indicator(request: HttpRequest, code: str) -> HttpResponse:
    """Return the definition of an indicator in full."""
    asked = require(request, "public")
    found = asked.answers.workspace.indicators[code]
    return answer(request, found.model_dump(mode="json"))
