# SPDX-License-Identifier: Apache-2.0
"""A handful of rows as the store would give them, for tests of events and news."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from zhihang.facts.table import TABLES

Rows = Sequence[Mapping[str, object]]


class MadeTables:
    """Tables in memory; columns that are not given are blank."""

    def __init__(self, **given: Rows) -> None:
        self._given = given

    def table(self, name: str) -> ir.Table:
        """Rows of a table."""
        schema = TABLES[name].schema
        rows = [{field.name: row.get(field.name) for field in schema} for row in self._given.get(name, ())]
        return ibis.memtable(pa.Table.from_pylist(rows, schema=schema))

    def collect(self, expression: ir.Table) -> pa.Table:
        """Compute."""
        made: pa.Table = expression.to_pyarrow()
        return made

    def values(self, rows: pa.Table) -> ir.Table:
        """Rows from memory."""
        return ibis.memtable(rows)


def day(text: str) -> date:
    """The day of a text like 2020-06-30."""
    return date.fromisoformat(text)
