# SPDX-License-Identifier: Apache-2.0
"""Small hand-made tables with the columns of the dictionary, for checks and figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from zhihang.facts.table import TABLES

Rows = Sequence[Mapping[str, object]]


def made(name: str, rows: Rows) -> pa.Table:
    """Rows of a table: missing columns are blank; they come from file 1, line after line."""
    table = TABLES[name]
    filled = [
        {"file_id": 1, "line": line, "run_id": 1, **row} if table.provenance else row
        for line, row in enumerate(rows, start=1)
    ]
    columns = {f.name: pa.array([row.get(f.name) for row in filled], f.type) for f in table.schema}
    return pa.table(columns, schema=table.schema)


FILE = [{"file_id": 1, "path": "/data/register.csv", "sha256": "x", "reader": "test", "run_id": 1}]


def all_tables(given: Mapping[str, Rows]) -> dict[str, pa.Table]:
    """Every table of the dictionary, empty where nothing is given."""
    return {name: made(name, given.get(name, FILE if name == "file" else [])) for name in TABLES.names()}
