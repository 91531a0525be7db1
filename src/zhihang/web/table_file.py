# SPDX-License-Identifier: Apache-2.0
"""Rows as a file to take away: CSV, Excel, JSON; exactly what is shown, and nothing in it can become a formula."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse

from zhihang.errors import NotFound
from zhihang.reporting.data_table import Column, DataTable
from zhihang.reporting.document import Document
from zhihang.reporting.write import write
from zhihang.web.api.answer import as_csv, as_parquet

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def as_file(rows: Sequence[Mapping[str, Any]], kind: str, *, stem: str, title: str) -> HttpResponse:
    """Return rows as a file of a kind."""
    if kind not in KINDS:
        raise NotFound.named("kind of file", kind, KINDS)
    content: str | bytes
    if kind == "csv":
        content = as_csv(rows)
    elif kind == "json":
        content = json.dumps(rows, ensure_ascii=False, indent=1)
    elif kind == "parquet":
        content = as_parquet(rows)
    else:
        content = _workbook(rows, title)
    response = HttpResponse(content, content_type=KINDS[kind])
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{stem}.{kind}')}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _workbook(rows: Sequence[Mapping[str, Any]], title: str) -> bytes:
    names = list(dict.fromkeys(name for row in rows for name in row))
    numeric = {n for n in names if any(isinstance(row.get(n), int | float) for row in rows)}
    columns = [
        Column(n, n, "number" if n in numeric else "text", digits=6 if n in numeric else 1) for n in names
    ]
    table = DataTable.of(
        [{n: row.get(n) if n in numeric else _text(row.get(n)) for n in names} for row in rows],
        columns=columns,
        title=title,
        unit=str(rows[0].get("unit") or "—") if rows else "—",
        period=str(rows[0].get("period") or "—") if rows else "—",
        source="知航 Zhihang",
    )
    simulated = any(row.get("status") == "simulated" for row in rows)
    document = Document(title, datetime.now(UTC).date(), (table,), simulated)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        write(document, path)
        return path.read_bytes()


def _text(value: Any) -> str:
    return "" if value is None else str(value)
