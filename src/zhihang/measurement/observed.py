# SPDX-License-Identifier: Apache-2.0
"""Published figures and figures of registers: the one value for a place and period, chosen by a stated rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from zhihang.errors import DefinitionError, NotComparable, NotFound
from zhihang.measurement.figure import Figure, Working
from zhihang.measurement.grid import Span, When, month_of, read_span
from zhihang.terms.unit import Unit

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

Tables: TypeAlias = "Callable[[str], ir.Table]"
Collect: TypeAlias = "Callable[[ir.Table], pa.Table]"

RANK = ("as_restated", "published", "preliminary", "derived", "estimated", "computed", "simulated")
"""Of several values for one place and period, that with the first of these statuses counts; then the newest file."""
LEVELS = frozenset({"stock", "moment", "average"})
"""Kinds of period that stand for a level rather than a flow."""
FLOW_KINDS: Mapping[int, frozenset[str]] = {
    1: frozenset({"month"}),
    3: frozenset({"quarter"}),
    6: frozenset({"half_year", "year_to_date"}),
    12: frozenset({"year", "year_to_date"}),
    60: frozenset({"five_year"}),
}
MOST_MONTHS_BEYOND = 12
"""`fill: interpolate` carries the line through the last two levels on for no longer."""
MOST_MONTHS_BACK = 36
"""`fill: previous` looks back no further."""


@dataclass(frozen=True)
class Observed:
    """One observation: where and when, its value in the unit wanted, how it came about, and its source row."""

    indicator: str
    region: str
    span: Span
    level: bool
    kind: str
    dimension: Mapping[str, str]
    value: float
    status: str
    source: str
    file_id: int
    line: int


class Observations:
    """All observations of some indicators."""

    def __init__(
        self, tables: Tables, collect: Collect, codes: Mapping[str, str], regions: Sequence[str]
    ) -> None:
        """Read what regions have of indicators `codes`, a mapping of code to the unit its values are wanted in."""
        self.unreadable: list[str] = []
        self._found: dict[tuple[str, str], list[Observed]] = {}
        rows = tables("observation")
        wanted = rows.filter(
            rows.indicator.isin(list(codes) or [""]), rows.region.isin(list(regions) or [""])
        )
        for row in collect(wanted).to_pylist():
            read = self._read(row, codes[row["indicator"]])
            if read is not None:
                self._found.setdefault((read.indicator, read.region), []).append(read)

    def _read(self, row: Mapping[str, Any], unit: str) -> Observed | None:
        where = f"{row['indicator']}, {row['region']}, {row['period']}"
        try:
            span = read_span(row["period"])
            value = in_unit(row["value"], row["unit"], unit)
        except (NotComparable, NotFound, DefinitionError) as error:
            self.unreadable.append(f"{where}: {error.args[0]}")
            return None
        kind = row["period_kind"] or ""
        if kind == "year_to_date":
            span = Span(span.last_month // 12 * 12, span.last_month % 12 + 1)
        pairs = [part.partition("=") for part in (row["dimension"] or "").split(";") if part]
        return Observed(
            row["indicator"],
            row["region"],
            span,
            kind in LEVELS,
            kind,
            {name.strip(): value.strip() for name, _, value in pairs},
            value,
            row["status"] or "published",
            row["source"] or "",
            row["file_id"],
            row["line"],
        )

    def all(self, code: str, region: str, dimension: Mapping[str, str] | None = None) -> list[Observed]:
        """Return what is known of an indicator in a region, the best first for each period."""
        found = [o for o in self._found.get((code, region), ()) if o.dimension == (dimension or {})]
        return sorted(found, key=lambda o: (o.span, _rank(o.status), -o.file_id, o.line))

    def along(
        self, code: str, region: str, when: Sequence[When], *, fill: str, dimension: Mapping[str, str]
    ) -> list[Figure]:
        """Return values for periods or days: one observed, else one filled in as `fill` allows, else missing."""
        known = self.all(code, region, dimension)
        if not known and fill == "none":
            return [Figure.missing(f"no data on {code} here")] * len(when)
        return [_at(code, known, each, fill) for each in when]


def _at(code: str, known: Sequence[Observed], when: When, fill: str) -> Figure:
    exact = [o for o in known if _stands_for(o, when)]
    if exact:
        best = exact[0]
        return Figure(best.value, best.status, behind=partial(Working, "", (best,), tuple(exact[1:])))
    levels = [o for o in known if o.level]
    if fill == "interpolate":
        return _between(levels, when)
    if fill == "previous":
        return _latest(levels or known, when)
    return Figure.missing(f"nobody published {code} for this place and period")


def in_unit(value: float, given: str | None, wanted: str) -> float:
    """Express a value in another unit of the same thing; without a given unit it stands as it is.

    >>> in_unit(487.9, "万人", "人")
    4879000.0
    """
    if not given or given == wanted or wanted == "1":
        return float(value)
    return float(Unit.parse(given).convert(Decimal(str(value)), Unit.parse(wanted)))


def _rank(status: str) -> int:
    return RANK.index(status) if status in RANK else len(RANK)


def _stands_for(observed: Observed, when: When) -> bool:
    if isinstance(when, date):
        return observed.level and observed.span.last_day == when
    if observed.level:
        return observed.kind != "moment" and observed.span.last_month == when.last_month
    return observed.span == when and (
        not observed.kind or observed.kind in FLOW_KINDS.get(when.months, {observed.kind})
    )


def _month(when: When) -> int:
    return month_of(when) if isinstance(when, date) else when.last_month


def _between(levels: Sequence[Observed], when: When) -> Figure:
    """Draw a straight line between the nearest levels before and after; carry the last line on for a year at most."""
    at = _month(when)
    months = sorted({o.span.last_month for o in levels})
    before, after = [m for m in months if m <= at], [m for m in months if m > at]
    if before and after:
        ends = before[-1], after[0]
    elif len(before) > 1 and at - before[-1] <= MOST_MONTHS_BEYOND:
        ends = before[-2], before[-1]
    else:
        return Figure.missing("no two published levels around this date to draw a line between")
    first, second = (next(o for o in levels if o.span.last_month == end) for end in ends)
    part = (at - ends[0]) / (ends[1] - ends[0])
    value = first.value + (second.value - first.value) * part
    told = f"straight line between {first.span.text} and {second.span.text}"
    note = told + ("" if after else ", carried on")
    return Figure(value, "estimated", note, partial(Working, "", (first, second)))


def _latest(known: Sequence[Observed], when: When) -> Figure:
    at = _month(when)
    earlier = [o for o in known if at - MOST_MONTHS_BACK <= o.span.last_month <= at]
    if not earlier:
        return Figure.missing("no earlier value within three years")
    month = max(o.span.last_month for o in earlier)
    best = next(o for o in earlier if o.span.last_month == month)
    return Figure(best.value, "estimated", f"value of {best.span.text}", partial(Working, "", (best,)))
