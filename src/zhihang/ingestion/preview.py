# SPDX-License-Identifier: Apache-2.0
"""Preview: what a file would become, shown for its first records, without storing anything."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import pyarrow.compute as pc

from zhihang.ingestion.draft import RAW_COLUMNS, Draft
from zhihang.ingestion.layout import Layout, find_header
from zhihang.ingestion.sniff import Sniffed

LONGEST = 80


def preview(found: Sniffed, records: int) -> dict[str, Any]:
    """Return reader, encoding, header row, column mapping and the first `records` records of a source."""
    sample = found.sample
    header = find_header(sample) if sample.shape == "sheet" else None
    return {
        "file": found.source.name,
        "reader": found.reader.name,
        "format": found.reader.label.zh + " " + found.reader.label.en,
        "confidence": round(found.confidence, 2),
        "others": [f"{name} ({sure:g})" for name, sure in found.others] or None,
        "shape": sample.shape,
        "encoding": sample.encoding,
        "delimiter": {"\t": "tab"}.get(sample.delimiter or "", sample.delimiter),
        "header_row": None if header is None else header + 1,
        "simulated": found.simulated,
        "columns": [] if header is None else _columns(found, header),
        "records": list(islice(_records(found), records)),
    }


def _columns(found: Sniffed, header: int) -> list[dict[str, str]]:
    layout = found.reader.layout(found.sample) if found.reader.layout else None
    layout = layout or Layout.from_header(found.sample.rows[header])
    below = found.sample.rows[header + 1 :]
    return [
        {
            "column": column.header,
            "field": column.field.name,
            "example": next((row[i] for row in below if i < len(row) and row[i].strip()), "")[:LONGEST],
        }
        for i, column in enumerate(layout.columns)
    ]


def _records(found: Sniffed) -> Iterator[list[dict[str, Any]]]:
    for draft in found.reader.read(found.source, found.sample):
        yield from (_record(draft, number) for number in range(len(draft)))


def _record(draft: Draft, number: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for name, columns in RAW_COLUMNS.items():
        table = draft.table(name)
        mine = table.filter(pc.equal(table.column("record"), number))
        for row in mine.slice(0, 8).to_pylist():
            rows += [
                {
                    "line": draft.lines[number],
                    "table": name,
                    "column": column,
                    "value": str(row[column])[:LONGEST],
                }
                for column in columns
                if row[column]
            ]
    return rows or [{"line": draft.lines[number], "table": "", "column": "", "value": ""}]
