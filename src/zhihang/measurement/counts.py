# SPDX-License-Identifier: Apache-2.0
"""All counts that a question needs, taken from the store in as few passes as can be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from zhihang.measurement.counted_rows import Ask, Collect, Frame, Tables, columns_read, inside
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
        tables = self._held(asked)
        groups: dict[object, list[Ask]] = {}
        for ask in asks:
            groups.setdefault((ask.count.of, ask.count.distinct, ask.count.counting), []).append(ask)
        found: dict[str, Counted] = {}
        for group in groups.values():
            when = {each for ask in group for each in needs.plain[ask.code]}
            first = group[0].count.counting == "first_applicant"
            for code, counted in self._counted(
                tables if first else self.tables, group, when, self.by
            ).items():
                found[code] = counted.only(sorted(needs.plain[code], key=in_order))
        split = {
            key: self._counted(tables, [ask], needs.split[key], (key[1],))[key[0]]
            for key, ask in parts.items()
        }
        return found, split

    def _counted(
        self, tables: Tables, asks: Sequence[Ask], when: Iterable[When], by: tuple[str, ...]
    ) -> dict[str, Counted]:
        frame = Frame(self.places, sorted(when, key=in_order), by, self.known_on)
        return count_all(tables, self.collect, asks, frame)

    def _held(self, asked: Sequence[tuple[Ask, tuple[str, ...]]]) -> Tables:
        """Return tables; where many questions are asked of one place, its patents are held for all of them."""
        hold = self.hold
        if hold is None or len(asked) < MANY or len(self.places) > 1 or self.places[0].level == "country":
            return self.tables
        names = columns_read(asked)
        held: dict[str, ir.Table] = {}

        def table(name: str) -> ir.Table:
            rows = self.tables(name)
            if name not in ("patent", "patent_stock"):
                return rows
            if name not in held:
                own = rows.filter(inside(rows, self.places))
                held[name] = hold(own.select([column for column in own.columns if column in names]))
            return held[name]

        return table


def ask_of(indicator: Indicator) -> Ask | None:
    """Return what an indicator counts in the store itself; None for one that is worked out or observed."""
    if indicator.count:
        return Ask(indicator.code, indicator.count)
    if indicator.sum and indicator.sum.of:
        return Ask(indicator.code, Count(of="in_force", where=indicator.sum.where), age_sum=True)
    return None
