# SPDX-License-Identifier: Apache-2.0
"""What normalisation refuses: whole records and single values, each with line, column, value and reason."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.facts.table import TABLES
from zhihang.ingestion.draft import Draft

CUT = 500
"""Values are kept up to this many characters in `rejection`."""


class Refusals:
    """Collects the rows of table `rejection` for one draft."""

    def __init__(self, draft: Draft) -> None:
        self._lines = draft.lines
        self.rows: list[tuple[int, str, str | None, str | None, str | None, str]] = []
        self.records = 0
        for line, column, value, reason in draft.rejections:
            self._record(line, None, column or None, value, reason)

    def record(
        self, record: int, table: str | None, column: str | None, value: str | None, reason: str
    ) -> None:
        """Refuse a whole record."""
        self._record(self._lines[record], table, column, value, reason)

    def values(
        self,
        table: str,
        column: str,
        rows: pa.Table,
        values: pa.Array | pa.ChunkedArray,
        problem: pa.Array | pa.ChunkedArray,
    ) -> None:
        """Refuse single values: those with a `problem`; their records stay."""
        if problem.null_count == len(problem):
            return
        bad = pc.is_valid(problem)
        records = rows.column("record").filter(bad).to_pylist()
        told = zip(records, values.filter(bad).to_pylist(), problem.filter(bad).to_pylist(), strict=True)
        self.rows.extend(
            (self._lines[record], "value", table, column, (value or "")[:CUT], reason)
            for record, value, reason in told
        )

    def value(self, record: int, table: str, column: str, value: str | None, reason: str) -> None:
        """Refuse one value."""
        self.rows.append((self._lines[record], "value", table, column, (value or "")[:CUT], reason))

    def table(self) -> pa.Table:
        """Return the rows in the order of their lines."""
        names = ("line", "scope", "table_name", "column_name", "value", "reason")
        schema = pa.schema([(name, TABLES["rejection"].schema.field(name).type) for name in names])
        columns = zip(*sorted(self.rows, key=lambda row: row[0]), strict=True)
        return pa.table(
            [pa.array(column, f.type) for column, f in zip(columns, schema, strict=True)], schema=schema
        )

    def _record(
        self, line: int, table: str | None, column: str | None, value: str | None, reason: str
    ) -> None:
        self.records += 1
        self.rows.append((line, "record", table, column, (value or "")[:CUT], reason))
