# SPDX-License-Identifier: Apache-2.0
"""A table of a document: columns with kind and unit, cells as values, totals and ratios that can be recomputed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias, cast

from zhihang.errors import DefinitionError, NotFound

ColumnKind = Literal["text", "integer", "number", "percent", "date", "level"]
"""`percent` cells are shares (0.123 is shown as 12.3%); `level` cells are green, yellow, orange, red or none."""
AS_WRITTEN = -1
UNLIKE = "两项合计所含的行不同，不可比"
LEVELS = ("green", "yellow", "orange", "red", "none")


@dataclass(frozen=True)
class Missing:
    """A cell without a figure, and why; None in a cell is the same without a reason."""

    reason: str = ""


Cell: TypeAlias = str | int | float | Decimal | date | Missing | None
Number: TypeAlias = int | float | Decimal


@dataclass(frozen=True)
class Derived:
    """How a column follows from two others of the same row.

    `ratio` is `of` / `to`, `change` is `of` / `to` - 1, `difference` is `of` - `to`. Missing where either is
    missing or the denominator is 0.
    """

    kind: Literal["ratio", "change", "difference"]
    of: str
    to: str


@dataclass(frozen=True)
class Column:
    """A column.

    Parameters
    ----------
    key
        Name by which rows and derived columns speak of it.
    title, unit, group
        What its heading says; neighbours of the same group stand under one common heading.
    kind, digits
        How its cells are shown; `digits` are those after the point (of the percentage, for `percent`). With
        `AS_WRITTEN` each cell has its own: those of a Decimal, none for a whole number.
    total
        Whether the total row adds it up.
    derived
        How its cells follow from other columns; then rows need not give them.
    """

    key: str
    title: str
    kind: ColumnKind = "text"
    unit: str = ""
    digits: int = 1
    group: str = ""
    total: bool = False
    derived: Derived | None = None

    @property
    def numeric(self) -> bool:
        """Whether its cells are figures."""
        return self.kind in ("integer", "number", "percent")

    def for_cell(self, cell: Cell) -> Column:
        """Return the column with the digits that one of its cells is shown with."""
        if self.digits != AS_WRITTEN:
            return self
        exponent = cell.as_tuple().exponent if isinstance(cell, Decimal) else 0
        return replace(self, digits=max(0, -exponent) if isinstance(exponent, int) else 0)


@dataclass(frozen=True)
class DataTable:
    """A table with what anyone needs to read it: title, unit, period, source.

    `total` is the last row, under the others; `notes` stand below. Use `DataTable.of` to build one from mappings.
    """

    title: str
    unit: str
    period: str
    source: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require_captions(self, "table")
        width = len(self.columns)
        wrong = [index + 1 for index, row in enumerate(self.all_rows()) if len(row) != width]
        if wrong or not width:
            raise DefinitionError(
                f'The table "{self.title}" has rows that do not fit its columns.',
                {"columns": width, "rows": ", ".join(map(str, wrong[:10])) or "none"},
                todo="Give one cell for each column.",
            )

    @classmethod
    def of(
        cls,
        rows: Iterable[Mapping[str, Cell]],
        *,
        columns: Iterable[Column],
        title: str,
        unit: str,
        period: str,
        source: str,
        total_label: str = "",
        totals: Mapping[str, Cell] | None = None,
        notes: Iterable[str] = (),
    ) -> DataTable:
        """Build a table from mappings of column key to cell; derived columns and totals are computed.

        `total_label` (合计, Total) asks for a total row; `totals` gives cells of it that are not the sum, such as
        a published total.
        """
        columns = tuple(columns)
        keys = [column.key for column in columns]
        given = [dict(row) for row in rows]
        for row in (*given, dict(totals or {})):
            for key in row:
                if key not in keys:
                    raise NotFound.named("column", key, keys, see=f'The columns of the table "{title}".')
        last = _total(columns, given, total_label, totals or {}) if total_label else None
        return cls(
            title,
            unit,
            period,
            source,
            columns,
            tuple(_completed(columns, row) for row in given),
            _completed(columns, last) if last is not None else None,
            tuple(notes),
        )

    def all_rows(self) -> tuple[tuple[Cell, ...], ...]:
        """Return the rows and the total row."""
        return self.rows if self.total is None else (*self.rows, self.total)

    def index(self, key: str) -> int:
        """Return the position of a column."""
        return next(i for i, column in enumerate(self.columns) if column.key == key)

    def sum_of(self, position: int) -> Number:
        """Sum of the figures of one column, without the total row (in the column's unit)."""
        return added(row[position] for row in self.rows)

    def adds_up(self, position: int) -> bool:
        """Whether the total row holds the sum of the column."""
        if self.total is None or not self.columns[position].total:
            return False
        shown = figure(self.total[position])
        return shown is not None and math.isclose(float(shown), float(self.sum_of(position)), rel_tol=1e-12)

    def has_groups(self) -> bool:
        """Whether some columns stand under a common heading."""
        return any(column.group for column in self.columns)


def figure(cell: Cell) -> Number | None:
    """Return the figure in a cell, None if there is none (missing, text, not a number)."""
    if isinstance(cell, bool) or not isinstance(cell, (int, float, Decimal)):
        return None
    return cell if math.isfinite(cell) else None


def added(cells: Iterable[Cell]) -> Number:
    """Sum of the figures among some cells; exact for whole and decimal numbers."""
    figures = [value for cell in cells if (value := figure(cell)) is not None]
    if all(isinstance(value, int) for value in figures):
        return sum(cast("list[int]", figures))
    if any(isinstance(value, Decimal) for value in figures):
        return sum((Decimal(str(value)) for value in figures), Decimal(0))
    return math.fsum(float(value) for value in figures)


def derive_cell(derived: Derived, of: Cell, to: Cell) -> Cell:
    """Compute a derived cell; missing where a part is missing or the denominator is 0."""
    first, second = figure(of), figure(to)
    if first is None or second is None:
        return None
    if derived.kind == "difference":
        return added([first, -second])
    if second == 0:
        return None
    return float(first) / float(second) - (1.0 if derived.kind == "change" else 0.0)


def require_captions(block: object, kind: str) -> None:
    """Refuse a table or chart that does not say title, unit, period and source."""
    blank = [name for name in ("title", "unit", "period", "source") if not str(getattr(block, name)).strip()]
    if blank:
        raise DefinitionError(
            f"A {kind} of a document does not say its {' and '.join(blank)}.",
            {"title": getattr(block, "title", "") or "(blank)"},
            todo="Give title, unit, period and source; nobody can check a figure without them.",
        )


def _completed(columns: tuple[Column, ...], row: Mapping[str, Cell]) -> tuple[Cell, ...]:
    cells = dict(row)
    for column in columns:
        if column.derived and cells.get(column.key) is None:
            cells[column.key] = derive_cell(
                column.derived, cells.get(column.derived.of), cells.get(column.derived.to)
            )
    return tuple(_finite(cells.get(column.key)) for column in columns)


def _finite(cell: Cell) -> Cell:
    return None if isinstance(cell, (float, Decimal)) and not math.isfinite(cell) else cell


def _total(
    columns: tuple[Column, ...], rows: list[dict[str, Cell]], label: str, given: Mapping[str, Cell]
) -> dict[str, Cell]:
    """Return the cells of the total row; a ratio of sums over different rows is none."""
    sums = {column.key: added(row.get(column.key) for row in rows) for column in columns if column.total}
    total = {columns[0].key: label, **sums, **given}
    for column in columns:
        if column.derived and column.key not in given and not _same_rows(column.derived, rows, given):
            total[column.key] = Missing(UNLIKE)
    return total


def _same_rows(derived: Derived, rows: list[dict[str, Cell]], given: Mapping[str, Cell]) -> bool:
    def filled(key: str) -> list[bool] | None:
        return None if key in given else [figure(row.get(key)) is not None for row in rows]

    of, to = filled(derived.of), filled(derived.to)
    return (of is None or all(of)) and (to is None or all(to)) if of is None or to is None else of == to
