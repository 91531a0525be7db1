# SPDX-License-Identifier: Apache-2.0
"""What an identification looks at: tables, the engine that computes, code lists, and the area meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhihang.facts.codelist import CodeLists

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa


@dataclass(frozen=True)
class Area:
    """A division or group: its code, its name, and the beginnings of the codes of all divisions in it."""

    code: str
    name: str
    prefixes: tuple[str, ...]

    @property
    def everywhere(self) -> bool:
        """Whether it is the whole nation."""
        return "" in self.prefixes


def _values(rows: pa.Table) -> ir.Table:
    import ibis

    return ibis.memtable(rows)


@dataclass(frozen=True)
class FactsSeen:
    """Tables by name, the function that computes an expression, code lists, and one that makes a table of rows."""

    table: Callable[[str], ir.Table]
    collect: Callable[[ir.Table], pa.Table]
    codes: CodeLists
    values: Callable[[pa.Table], ir.Table] = _values

    def within(self, rows: ir.Table, area: Area) -> ir.Table:
        """Return the rows whose column `region` lies in an area."""
        if area.everywhere:
            return rows
        held = rows.region.startswith(area.prefixes[0])
        for prefix in area.prefixes[1:]:
            held = held | rows.region.startswith(prefix)
        return rows.filter(held.fill_null(False))
