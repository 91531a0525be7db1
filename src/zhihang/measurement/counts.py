# SPDX-License-Identifier: Apache-2.0
"""All counts that a question needs, taken from the store in as few passes as can be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from zhihang.measurement.counted_rows import (
    Ask,
    Collect,
    Frame,
    RowsOf,
    Tables,
    columns_read,
    rows_in,
    source,
)
from zhihang.measurement.counting import count_all
from zhihang.measurement.events import Counted
from zhihang.measurement.grid import When
from zhihang.measurement.indicator import Count, Indicator
from zhihang.measurement.needed import in_order, periods
from zhihang.measurement.place import Place

if TYPE_CHECKING:
    import ibis.expr.types as ir

MANY = 12
"""From so many counted indicators on, the rows of a place are held rather than read for each."""


@dataclass
class Needs:
    """Periods for which indicators are to be counted: as they are, and split by one dimension."""

    plain: dict[str, set[When]] = field(default_factory=dict)
    split: dict[tuple[str, str], set[When]] = field(default_factory=dict)

    def add(self, indicator: Indicator, when: Iterable[When], indicators: Mapping[str, Indicator]) -> None:
        """Add what an indicator needs, through all that it rests on."""
        if indicator.method:
            self.split.setdefault((indicator.method.of, indicator.method.over), set()).update(when)
        elif not indicator.rests_on:
            self.plain.setdefault(indicator.code, set()).update(when)
        else:
            whens = list(when)
            for code in indicator.rests_on:
                earlier = {each for one in whens for each in periods(indicator, code, one)}
                self.add(indicators[code], earlier, indicators)


@dataclass
class Counter:
    """Counts patents of some places; `hold` may keep the rows of a place at hand while many questions are asked."""

    tables: Tables
    collect: Collect
    places: Sequence[Place]
    by: tuple[str, ...] = ()
    known_on: date | None = None
    hold: Callable[[ir.Table], ir.Table] | None = None

    def count(
        self, needs: Needs, indicators: Mapping[str, Indicator]
    ) -> tuple[dict[str, Counted], dict[tuple[str, str], Counted]]:
        """Return the counts needed, and those split by a dimension."""
        asks = [ask for code in needs.plain if (ask := ask_of(indicators[code])) is not None]
        parts = {key: ask for key in needs.split if (ask := ask_of(indicators[key[0]])) is not None}
        asked = [*((ask, self.by) for ask in asks), *((ask, (over,)) for (_, over), ask in parts.items())]
        rows_of = self._rows(asked)
        groups: dict[object, list[Ask]] = {}
        for ask in asks:
            groups.setdefault((ask.count.of, ask.count.distinct, ask.count.counting), []).append(ask)
        found: dict[str, Counted] = {}
        for group in groups.values():
            when = {each for ask in group for each in needs.plain[ask.code]}
            for code, counted in self._counted(rows_of, group, when, self.by).items():
                found[code] = counted.only(sorted(needs.plain[code], key=in_order))
        split = {
            key: self._counted(rows_of, [ask], needs.split[key], (key[1],))[key[0]]
            for key, ask in parts.items()
        }
        return found, split

    def _counted(
        self, rows_of: RowsOf, asks: Sequence[Ask], when: Iterable[When], by: tuple[str, ...]
    ) -> dict[str, Counted]:
        frame = Frame(self.places, sorted(when, key=in_order), by, self.known_on)
        return count_all(self.tables, self.collect, asks, frame, rows_of)

    def _rows(self, asked: Sequence[tuple[Ask, tuple[str, ...]]]) -> RowsOf:
        """Return what gives rows; where many questions are asked of one place, its rows are held for all of them."""
        hold = self.hold
        if hold is None or len(asked) < MANY or len(self.places) > 1 or self.places[0].level == "country":
            return lambda count: rows_in(self.tables, count, self.places)
        held: dict[object, ir.Table] = {}

        def rows_of(count: Count) -> ir.Table:
            key = _kind_of_rows(count)
            if key not in held:
                reading = [(ask, by) for ask, by in asked if _kind_of_rows(ask.count) == key]
                names = columns_read(reading, self.known_on)
                rows = rows_in(self.tables, count, self.places)
                held[key] = hold(rows.select([column for column in rows.columns if column in names]))
            return held[key]

        return rows_of


def _kind_of_rows(count: Count) -> tuple[str, bool]:
    """Tell rows apart that different questions rest on: their table, and whether each applicant has one."""
    return source(count), count.counting != "first_applicant"


def ask_of(indicator: Indicator) -> Ask | None:
    """Return what an indicator counts in the store itself; None for one that is worked out or observed."""
    if indicator.count:
        return Ask(indicator.code, indicator.count)
    if indicator.sum and indicator.sum.of:
        return Ask(indicator.code, Count(of="in_force", where=indicator.sum.where), age_sum=True)
    return None
