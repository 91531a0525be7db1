# SPDX-License-Identifier: Apache-2.0
"""Files of the store, what was refused of them, runs, and findings on quality."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from zhihang.web.api.access import require
from zhihang.web.api.answer import MOST, answer, rows_answer

data = Router()
Limit = Annotated[int, Query(ge=1, le=MOST)]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]
Form = Annotated[str, Query(max_length=8)]


@data.get("/files/", summary="Files of the store")
def files(request: HttpRequest, limit: Limit = 100, offset: Offset = 0, form: Form = "json") -> HttpResponse:
    """Return a row for each file that the store holds rows from."""
    asked = require(request, "view")
    rows = asked.answers("catalogue", "files", patience=30) if asked.answers.run() else []
    return rows_answer(request, rows, limit=limit, offset=offset, form=form)


@data.get("/files/{number}/rejections/", summary="What was refused of a file")
def rejections(
    request: HttpRequest,
    number: Annotated[int, Path(ge=0, le=2_000_000_000)],
    limit: Limit = 100,
    offset: Offset = 0,
) -> HttpResponse:
    """Return one page of refused records and values, in the order of their lines."""
    asked = require(request, "view")
    asked.answers.workspace.intake.entry(number)
    rows = asked.answers("intake.rejected", number, most=limit, skip=offset)
    return answer(request, {"limit": limit, "offset": offset, "items": rows})


@data.get("/runs/", summary="Runs that wrote to the store")
def runs(request: HttpRequest, limit: Limit = 100, offset: Offset = 0, form: Form = "json") -> HttpResponse:
    """Return the runs, the newest first."""
    asked = require(request, "view")
    rows = asked.answers("history", patience=30)[::-1] if asked.answers.run() else []
    return rows_answer(request, rows, limit=limit, offset=offset, form=form)


@data.get("/quality/", summary="What in the store cannot be, or hardly can be")
def quality(request: HttpRequest, limit: Limit = 100, offset: Offset = 0) -> HttpResponse:
    """Return a row for each check with its count."""
    asked = require(request, "view")
    rows = asked.answers("quality") if asked.answers.run() else []
    return rows_answer(request, rows, limit=limit, offset=offset, form="json")
