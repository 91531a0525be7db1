# SPDX-License-Identifier: Apache-2.0
"""How an answer leaves the interface: in pages, as JSON or CSV, with an ETag that spares sending it twice."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from zhihang.errors import DefinitionError
from zhihang.terms.spreadsheet_text import harmless

MOST = 1000


def answer(request: HttpRequest, content: Any) -> HttpResponse:
    """Return content as JSON; 304 without content where the asker has it already."""
    return _sent(request, json.dumps(content, ensure_ascii=False, sort_keys=True), "application/json")


def rows_answer(
    request: HttpRequest, rows: Sequence[Mapping[str, Any]], *, limit: int, offset: int, form: str
) -> HttpResponse:
    """Return one page of rows as JSON (with the number of all), or all of them as CSV."""
    if form not in ("json", "csv"):
        raise DefinitionError("There is no such form.", {"form": form, "there are": "json, csv"})
    if form == "csv":
        return _sent(request, as_csv(rows), "text/csv; charset=utf-8")
    found = {"count": len(rows), "limit": limit, "offset": offset, "items": rows[offset : offset + limit]}
    return answer(request, found)


def as_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return rows as CSV that Excel reads as UTF-8 and that cannot become formulas."""
    stream = io.StringIO()
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.writer(stream)
    writer.writerow(map(harmless, names))
    writer.writerows([_cell(row.get(name)) for name in names] for row in rows)
    return "\ufeff" + stream.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return harmless(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def _sent(request: HttpRequest, text: str, kind: str) -> HttpResponse:
    tag = f'"{sha256(text.encode()).hexdigest()[:24]}"'
    known = {one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")}
    response = HttpResponseNotModified() if tag in known else HttpResponse(text, content_type=kind)
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"
    return response
