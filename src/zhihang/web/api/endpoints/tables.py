# SPDX-License-Identifier: Apache-2.0
"""Tables of the data dictionary: what there is, and rows of those that are open or that the account may take away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from zhihang.errors import NotFound
from zhihang.web.api.access import require
from zhihang.web.api.answer import answer, rows_answer
from zhihang.web.api.parameters import Form, Limit, Offset
from zhihang.web.open_data import open_tables
from zhihang.web.plain_value import plain

tables = Router()
MOST_ROWS = 100_000


@tables.get("/", summary="Tables there are, and whether they are open data")
def list_tables(
    request: HttpRequest,
    limit: Limit = 100,
    offset: Offset = 0,
    form: Form = "json",
) -> HttpResponse:
    """Return name, labels and description of each table."""
    known = require(request, "public").answers("catalogue", "tables", patience=30)
    rows = [{**one, "open": one["name"] in open_tables()} for one in known]
    return rows_answer(request, rows, limit=limit, offset=offset, form=form)


@tables.get("/{name}/", summary="Rows of a table")
def show_rows(
    request: HttpRequest,
    name: str,
    limit: Limit = 100,
    offset: Offset = 0,
    form: Form = "json",
) -> HttpResponse:
    """Return rows in the order of the table's key; at most 100 000 as csv or parquet, one page as json."""
    asked = require(request, "public")
    known = [one["name"] for one in asked.answers("catalogue", "tables", patience=30)]
    if name not in known:
        raise NotFound.named("table", name, known)
    if name not in open_tables():
        asked = require(request, "export", "000000")  # whole tables hold every region
    whole = form != "json"
    most, skip = (MOST_ROWS, 0) if whole else (limit, offset)
    found = asked.answers.workspace.query(f"SELECT * FROM {name} ORDER BY ALL LIMIT {most} OFFSET {skip}")
    rows = plain(found, asked.answers.workspace)
    if whole:
        return rows_answer(request, rows, limit=limit, offset=0, form=form)
    return answer(request, {"limit": limit, "offset": offset, "items": rows})
