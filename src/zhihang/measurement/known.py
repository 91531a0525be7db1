# SPDX-License-Identifier: Apache-2.0
"""Known figures, published and computed, with how far each may be from the truth by the way it is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from zhihang.errors import DefinitionError, NotComparable, NotFound
from zhihang.facts.region_name import COUNTRY
from zhihang.measurement.grid import Span, month_of, read_span
from zhihang.measurement.observed import LEVELS
from zhihang.terms.unit import Unit

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from zhihang.measurement.measure import Measured

Tables: TypeAlias = "Callable[[str], ir.Table]"
Collect: TypeAlias = "Callable[[ir.Table], pa.Table]"

WORKED_BACK = frozenset({"derived", "estimated"})
DIGITS: Mapping[str, int] = {"residents_behind_density": 1}
"""Digits after the point that a figure is printed with though they may be 0."""


@dataclass(frozen=True)
class Range:
    """All values that a printed figure may stand for."""

    low: float
    high: float

    def meets(self, other: Range, slack: float = 1e-9) -> bool:
        """Whether both may stand for one value.

        >>> Range(6.25, 6.35).meets(Range(6.3438, 6.3438))
        True
        """
        spare = slack * max(abs(self.high), abs(other.high))
        return self.low - spare <= other.high and other.low - spare <= self.high

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Range) -> Range:
        return Range(self.low - other.high, self.high - other.low)

    def over(self, other: Range) -> Range:
        """Divide ranges of positive numbers."""
        return Range(self.low / other.high, self.high / other.low)

    def times(self, factor: float) -> Range:
        """Multiply by a positive number."""
        return Range(self.low * factor, self.high * factor)


@dataclass(frozen=True)
class Known:
    """One figure: what, where, when; its value in the base unit of its unit, and how it was printed."""

    indicator: str
    region: str
    span: Span
    level: bool
    kind: str
    dimension: str
    value: float
    half: float
    written: str
    unit: str
    status: str
    source: str
    place: str

    @property
    def range(self) -> Range:
        """All values it may stand for: half a unit of the last printed digit to either side."""
        return Range(self.value - self.half, self.value + self.half)

    @property
    def where(self) -> tuple[str, Span, str]:
        """Region, period and kind of period: what figures that belong together share."""
        return self.region, self.span, "level" if self.level else self.kind

    @property
    def origin(self) -> str:
        """Where it was read: its publication, with file and line."""
        return ", ".join(part for part in (self.source, self.place) if part)


class Figures:
    """All known figures, found by indicator and by region and period."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._by_code: dict[str, list[Known]] = {}
        self._by_region: dict[tuple[str, str], list[Known]] = {}
        self._at: dict[tuple[str, str, Span, str, str], list[Known]] = {}
        for figure in sorted(known, key=lambda f: (f.region, f.span.last_month, f.span.months)):
            self._by_code.setdefault(figure.indicator, []).append(figure)
            if not figure.dimension:
                self._by_region.setdefault((figure.indicator, figure.region), []).append(figure)
            self._at.setdefault((figure.indicator, *figure.where, figure.dimension), []).append(figure)

    def __iter__(self) -> Iterator[Known]:
        return (figure for found in self._by_code.values() for figure in found)

    def of(self, indicator: str, region: str | None = None) -> list[Known]:
        """Return the figures of an indicator without dimensions, by region and time."""
        if region is not None:
            return self._by_region.get((indicator, region), [])
        return [figure for figure in self._by_code.get(indicator, ()) if not figure.dimension]

    def regions(self, indicator: str) -> list[str]:
        """Return the regions that figures of an indicator are known for."""
        return list(dict.fromkeys(figure.region for figure in self.of(indicator)))

    def split(self, indicator: str) -> list[Known]:
        """Return the figures of an indicator that are parts by some dimension."""
        return [f for f in self._by_code.get(indicator, ()) if f.dimension]

    def beside(
        self, figure: Known, indicator: str, span: Span | None = None, dimension: str = ""
    ) -> list[Known]:
        """Return the figures of another indicator for the same region and period, or for another period."""
        region, own, kind = figure.where
        found = self._at.get((indicator, region, span or own, kind, dimension), [])
        if not found and region == COUNTRY and indicator.endswith("_domestic"):
            # The office's tables call domestic what they give for the nation.
            plain = indicator.removesuffix("_domestic")
            return self._at.get((plain, region, span or own, kind, dimension), [])
        return found

    def at(self, indicator: str, region: str, span: Span, kind: str) -> list[Known]:
        """Return the figures of an indicator for a region and period; `kind` is "level" or a kind of period."""
        return self._at.get((indicator, region, span, kind, ""), [])

    @property
    def indicators(self) -> list[str]:
        """Codes of all indicators known."""
        return sorted(self._by_code)


def read_figures(
    tables: Tables, collect: Collect, measured: Iterable[Measured] = ()
) -> tuple[Figures, list[str]]:
    """Return all observations, and computed cells given, as known figures; and those that cannot be read."""
    found: list[Known] = []
    unreadable: list[str] = []
    rows = collect(tables("observation")).to_pylist()
    for row in rows:
        try:
            found.append(_observed(row))
        except (NotComparable, NotFound, DefinitionError) as error:
            place = f"{row['indicator']}, {row['region']}, {row['period']}"
            unreadable.append(f"{place} ({_place(row)}): {error.args[0]}")
    found += [known for cell in measured if (known := _computed(cell)) is not None]
    return Figures(found), unreadable


def _observed(row: Mapping[str, Any]) -> Known:
    span, kind = read_span(row["period"]), row["period_kind"] or ""
    if kind == "year_to_date":
        span = Span(span.last_month // 12 * 12, span.last_month % 12 + 1)
    level = kind in LEVELS
    status = row["status"] or "published"
    value, half = base_value(row["value"], row["unit"] or "", status, DIGITS.get(row["indicator"], 0))
    unit = row["unit"] or ""
    written = f"{row['value']:,.15g}"
    source = row["source"] or ""
    dimension = row["dimension"] or ""
    code, region = row["indicator"], row["region"]
    when = Span(span.last_month, 1) if level else span
    return Known(
        code, region, when, level, kind, dimension, value, half, written, unit, status, source, _place(row)
    )


def _place(row: Mapping[str, Any]) -> str:
    return f"file {row['file_id']} line {row['line']}" if row.get("file_id") is not None else ""


def _computed(cell: Measured) -> Known | None:
    indicator, figure = cell.indicator, cell.figure
    if figure.value is None or figure.status == "incomplete" or any(cell.dims):
        return None
    level = isinstance(cell.when, date) or (indicator.count is not None and indicator.count.of == "in_force")
    kinds = {1: "month", 3: "quarter", 6: "half_year", 12: "year", 60: "five_year"}
    if isinstance(cell.when, date):
        span, kind = Span(month_of(cell.when), 1), "stock"
    else:
        span = Span(cell.when.last_month, 1) if level else cell.when
        kind = "stock" if level else kinds.get(cell.when.months, "span")
    scale = 1.0 if indicator.unit == "1" else float(Unit.parse(indicator.unit).scale)
    value = figure.value * scale
    written, note = f"{figure.value:,.15g}", "computed by this program"
    code, region = indicator.code, cell.place.code
    return Known(
        code,
        region,
        span,
        level,
        kind,
        "",
        value,
        abs(value) * 1e-9,
        written,
        indicator.unit,
        "computed",
        note,
        "",
    )


def base_value(value: float, unit: str, status: str = "published", digits: int = 0) -> tuple[float, float]:
    """Return a value in base units, and half a unit of its last printed digit.

    A whole number of plain things (件, 人, 家) is exact. A figure worked back from others may be off by one.

    >>> base_value(58.7, "万件")
    (587000.0, 500.0)
    >>> base_value(2254, "件")
    (2254.0, 0.0)
    """
    parsed = Unit.parse(unit) if unit else None
    scale = float(parsed.scale) if parsed else 1.0
    written = Decimal(repr(float(value))).normalize()
    exponent = written.as_tuple().exponent
    last = max(digits, -exponent if isinstance(exponent, int) and exponent < 0 else 0)
    exact = parsed is not None and scale == 1.0 and "/" not in parsed.base and parsed.base != "" and last == 0
    half = 0.0 if exact else 0.5 * 10.0**-last * scale
    return float(value) * scale, max(half, scale) if status in WORKED_BACK else half
