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
FORMS = ("json", "csv", "parquet")


def answer(request: HttpRequest, content: Any) -> HttpResponse:
    """Return content as JSON; 304 without content where the asker has it already."""
    return _sent(
        request, json.dumps(content, ensure_ascii=False, sort_keys=True).encode(), "application/json"
    )


def rows_answer(
    request: HttpRequest, rows: Sequence[Mapping[str, Any]], *, limit: int, offset: int, form: str
) -> HttpResponse:
    """Return one page of rows as JSON (with the number of all), or all of them as CSV or Parquet."""
    if form not in FORMS:
        raise DefinitionError("There is no such form.", {"form": form, "there are": ", ".join(FORMS)})
    if form == "csv":
        return _sent(request, as_csv(rows).encode(), "text/csv; charset=utf-8")
    if form == "parquet":
        return _sent(request, as_parquet(rows), "application/vnd.apache.parquet")
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


def as_parquet(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return rows as Parquet; a column whose values are of several kinds, or lists, is text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = {name: _column([row.get(name) for row in rows]) for name in names}
    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink, compression="zstd")
    return sink.getvalue()


def _column(values: Sequence[Any]) -> Any:
    import pyarrow as pa

    kinds = {type(value) for value in values if value is not None}
    if kinds <= {bool}:
        return pa.array(values, pa.bool_() if kinds else pa.string())
    if kinds == {int} and all(abs(value) < 1 << 63 for value in values if value is not None):
        return pa.array(values, pa.int64())
    if kinds <= {int, float}:
        return pa.array([None if value is None else float(value) for value in values], pa.float64())
    return pa.array([None if value is None else str(_cell_text(value)) for value in values], pa.string())


def _cell_text(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return harmless(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def _sent(request: HttpRequest, content: bytes, kind: str) -> HttpResponse:
    tag = f'"{sha256(content).hexdigest()[:24]}"'
    known = {one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")}
    response = HttpResponseNotModified() if tag in known else HttpResponse(content, content_type=kind)
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"
    return response
