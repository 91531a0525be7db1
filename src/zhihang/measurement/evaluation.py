# SPDX-License-Identifier: Apache-2.0
"""Evaluation: figures of places, periods and dimensions, all of an indicator at once, worked out from counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from zhihang.measurement.catalogue import Indicators
from zhihang.measurement.column import Column, beside, texts
from zhihang.measurement.counted_rows import Collect, Tables
from zhihang.measurement.counts import Counter, Needs
from zhihang.measurement.coverage import Coverage, Options, coverage_of
from zhihang.measurement.events import Counted, Dims
from zhihang.measurement.figure import Figure, Working, joined
from zhihang.measurement.grid import When
from zhihang.measurement.indicator import Event, Indicator
from zhihang.measurement.needed import base_period, periods, years_between
from zhihang.measurement.observed import Observations
from zhihang.measurement.place import Place
from zhihang.measurement.workings import (
    combine,
    formula_of_growth,
    formula_of_quotient,
    formula_of_sum,
    growth,
    quotient,
    scaled,
    spread,
)

if TYPE_CHECKING:
    import ibis.expr.types as ir

Whens = tuple[When, ...]


@dataclass(frozen=True, eq=False)
class Rows:
    """Places, by number, and values of dimensions that figures are wanted for."""

    keys: Sequence[tuple[int, Dims]]

    @cached_property
    def number(self) -> Mapping[tuple[int, Dims], int]:
        """Number of each row."""
        return {key: number for number, key in enumerate(self.keys)}


class Evaluation:
    """Figures of places, periods and dimensions; `prepare` counts, `cells` and `figure` then work out the rest."""

    def __init__(
        self,
        indicators: Indicators,
        tables: Tables,
        collect: Collect,
        places: Sequence[Place],
        by: tuple[str, ...] = (),
        known_on: date | None = None,
        options: Options | None = None,
        hold: Callable[[ir.Table], ir.Table] | None = None,
    ) -> None:
        self.indicators = indicators
        self.tables = tables
        self.collect = collect
        self.places = places
        self.by = by
        self.known_on = known_on
        self.options = options or Options()
        self.hold = hold
        self._counted: dict[str, Counted] = {}
        self._split: dict[tuple[str, str], Counted] = {}
        self._rows: dict[frozenset[str], Rows] = {}
        self._columns: dict[tuple[str, str, Rows], dict[Whens, Column]] = {}
        self._place = {place.code: number for number, place in enumerate(places)}

    def prepare(self, codes: Iterable[str], when: Sequence[When], basis: str = "computed") -> None:
        """Count everything that indicators need for periods, or for a day."""
        if basis == "published":
            return
        needs = Needs()
        for code in codes:
            needs.add(self.indicators[code], when, self.indicators)
        counter = Counter(self.tables, self.collect, self.places, self.by, self.known_on, self.hold)
        counted, split = counter.count(needs, self.indicators)
        self._counted |= counted
        self._split |= split

    def cells(
        self, indicator: Indicator, when: Sequence[When], basis: str
    ) -> Iterator[tuple[Place, When, Dims, Figure]]:
        """Return the figures of an indicator by place, period and values of dimensions, in that order."""
        rows, whens = self._rows_of(indicator), tuple(when)
        found = self._column(indicator, rows, whens, basis)
        for number, keys in groupby(enumerate(rows.keys), key=lambda row: row[1][0]):
            place, lines = self.places[number], [(row, key[1]) for row, key in keys]
            own = found.rows([row for row, _ in lines])
            stands = [(each, dims) for each in whens for _, dims in lines]
            for (each, dims), value, status, note in zip(stands, *own.by_column(), strict=True):
                behind = partial(self._working, indicator, place, each, dims, basis)
                yield place, each, dims, Figure(value, status, note, behind)

    def figure(
        self, indicator: Indicator, place: Place, when: When, dims: Dims = (), basis: str = "computed"
    ) -> Figure:
        """Return the value of an indicator in one cell."""
        key = self._place[place.code], dims
        behind = partial(self._working, indicator, place, when, dims, basis)
        for rows in self._rows.values():
            row = rows.number.get(key)
            for whens, column in self._columns.get((indicator.code, basis, rows), {}).items():
                if row is not None and when in whens:
                    return column.figure(row, whens.index(when), behind)
        return self._worked_out(indicator, Rows([key]), (when,), basis).figure(0, 0, behind)

    @cached_property
    def coverage(self) -> Coverage:
        """What time the patents of the store cover."""
        return coverage_of(self.tables, self.collect, self.options)

    @cached_property
    def observations(self) -> Observations:
        """Observations of every indicator that takes its values from them, and of those that are also published."""
        wanted: dict[str, str] = {}
        for indicator in self.indicators.values():
            wanted[_observed_code(indicator)] = indicator.unit
        places = [code for place in self.places for code in _codes(place)]
        return Observations(self.tables, self.collect, wanted, places)

    # ------------------------------------------------------------------------------------------- rows

    def _rows_of(self, indicator: Indicator) -> Rows:
        """Return the rows of an indicator: without dimensions one per place, else what occurs in its counts."""
        bases = frozenset(self._bases(indicator)) if self.by else frozenset()
        if bases not in self._rows:
            self._rows[bases] = Rows(
                [(n, dims) for n in range(len(self.places)) for dims in self._dims(bases, n)]
            )
        return self._rows[bases]

    def _dims(self, bases: Iterable[str], place: int) -> list[Dims]:
        if not self.by:
            return [()]
        counted = [self._counted[code] for code in bases if code in self._counted]
        found = {dims for each in counted for dims in each.occurring.get(place, ())}
        return sorted(found, key=lambda dims: tuple((value is None, value or "") for value in dims))

    def _bases(self, indicator: Indicator) -> set[str]:
        if not indicator.rests_on:
            return {indicator.code}
        return {base for code in indicator.rests_on for base in self._bases(self.indicators[code])}

    # ---------------------------------------------------------------------------------------- columns

    def _column(self, indicator: Indicator, rows: Rows, whens: Whens, basis: str) -> Column:
        known = self._columns.setdefault((indicator.code, basis, rows), {})
        if whens not in known:
            known[whens] = self._worked_out(indicator, rows, whens, basis)
        return known[whens]

    def _worked_out(self, indicator: Indicator, rows: Rows, whens: Whens, basis: str) -> Column:
        if basis == "published":
            published = self._observed(indicator, rows, whens)
            gone = np.isnan(published.value)
            if not indicator.rests_on or not gone.any():
                return published
            return published.where(gone, self._computed(indicator, rows, whens, basis))
        return self._computed(indicator, rows, whens, basis)

    def _computed(self, indicator: Indicator, rows: Rows, whens: Whens, basis: str) -> Column:
        if indicator.count:
            return self._count(indicator, indicator.count.of, rows, whens)
        if indicator.sum:
            if indicator.sum.observation:
                return self._observed(indicator, rows, whens)
            return self._count(indicator, "in_force", rows, whens)
        if indicator.method:
            return self._spread(indicator, rows, whens)
        if indicator.cumulative:
            return self._cumulative(indicator, rows, whens, basis)
        parts = [
            self._column(self.indicators[code], rows, tuple(each), basis)
            for code in indicator.rests_on
            for each in zip(*(periods(indicator, code, when) for when in whens), strict=True)
        ]
        if indicator.ratio:
            return quotient(parts[0], parts[1], indicator.ratio.per)
        if indicator.growth:
            years = [years_between(base_period(indicator, when), when) for when in whens]
            return growth(parts[0], parts[1], indicator.growth.give, _percent(indicator), years=years)
        assert indicator.composite is not None
        if indicator.composite.scale == "min_max":
            parts = [self._scaled(code, rows, whens, basis) for code in indicator.rests_on]
        return combine(parts, [term.weight for term in indicator.composite.terms])

    def _count(self, indicator: Indicator, event: Event, rows: Rows, whens: Whens) -> Column:
        reasons, incomplete = zip(
            *(self.coverage.of(event, when, self.options) for when in whens), strict=True
        )
        if not all(reasons) and indicator.code not in self._counted:
            self.prepare([indicator.code], whens)
        shape = len(rows.keys), len(whens)
        value = np.zeros(shape) if all(reasons) else self._counted[indicator.code].at(rows.keys, whens)
        value[:, [bool(reason) for reason in reasons]] = np.nan
        statuses = [self._status(*both) for both in zip(reasons, incomplete, strict=True)]
        notes = [reason or note for reason, note in zip(reasons, incomplete, strict=True)]
        return Column(value, texts(statuses, shape), texts(notes, shape))

    def _status(self, reason: str, incomplete: str) -> str:
        if reason:
            return "missing"
        return "simulated" if self.coverage.simulated else "incomplete" if incomplete else "computed"

    def _observed(self, indicator: Indicator, rows: Rows, whens: Whens) -> Column:
        code, fill = _observed_code(indicator), indicator.sum.fill if indicator.sum else "none"
        shape = len(rows.keys), len(whens)
        members = _codes(self.places[0]) if self.places[0].level == "group" else [""]
        if members != [""] and indicator.sum and not indicator.sum.add_up:
            return Column.missing("values of several divisions cannot be added up", shape)
        found = [
            Column.of(
                [
                    self.observations.along(
                        code, member or self.places[place].code, whens, fill=fill, dimension=self._named(dims)
                    )
                    for place, dims in rows.keys
                ],
                len(whens),
            )
            for member in members
        ]
        return found[0] if members == [""] else combine(found, [1.0] * len(found))

    def _named(self, dims: Dims) -> dict[str, str]:
        return {name: value for name, value in zip(self.by, dims, strict=True) if value is not None}

    def _cumulative(self, indicator: Indicator, rows: Rows, whens: Whens, basis: str) -> Column:
        assert indicator.cumulative is not None
        code = indicator.cumulative.of
        needed = [periods(indicator, code, when) for when in whens]
        every = tuple(dict.fromkeys(part for parts in needed for part in parts))
        base, place = (
            self._column(self.indicators[code], rows, every, basis),
            {p: n for n, p in enumerate(every)},
        )
        found = []
        for parts in needed:
            columns = [base.at([place[part]]) for part in parts]
            share = 1.0 if indicator.cumulative.give == "sum" else 1.0 / len(parts)
            found.append(combine(columns, [share] * len(parts)))
        return beside(found)

    def _scaled(self, code: str, rows: Rows, whens: Whens, basis: str) -> Column:
        """Return figures put on 0 to 1 between the least and the largest of all places."""
        of = self.indicators[code]
        dims = list(dict.fromkeys(key[1] for key in rows.keys))
        peers = Rows([(place, each) for each in dims for place in range(len(self.places))])
        own, all_of = self._column(of, rows, whens, basis), self._worked_out(of, peers, whens, basis)
        group = all_of.value.reshape(len(dims), len(self.places), len(whens))
        number = [dims.index(key[1]) for key in rows.keys]
        return scaled(own, group[number], up=of.direction != "down")

    def _spread(self, indicator: Indicator, rows: Rows, whens: Whens) -> Column:
        assert indicator.method is not None
        of = self.indicators[indicator.method.of].count
        assert of is not None
        covered = [self.coverage.of(of.of, when, self.options) for when in whens]
        figures: list[list[Figure]] = []
        for place, _ in rows.keys:
            found = self._spreads(indicator, place, whens) if not all(reason for reason, _ in covered) else []
            line = []
            for number, (reason, incomplete) in enumerate(covered):
                one = Figure.missing(reason) if reason else found[number]
                if one.value is not None:
                    status = self._status("", incomplete)
                    one = Figure(one.value, status, joined([incomplete, one.note]), one.behind)
                line.append(one)
            figures.append(line)
        return Column.of(figures, len(whens))

    def _spreads(self, indicator: Indicator, place: int, whens: Whens) -> list[Figure]:
        assert indicator.method is not None
        if (indicator.method.of, indicator.method.over) not in self._split:
            self.prepare([indicator.code], whens)
        counted = self._split[indicator.method.of, indicator.method.over]
        lines = np.flatnonzero(counted.lines.place == place)
        columns = [counted.column[when] for when in whens]
        return spread(
            indicator.method, counted.lines.dims[0][lines].tolist(), counted.values[lines][:, columns]
        )

    # --------------------------------------------------------------------------------------- workings

    def _working(self, indicator: Indicator, place: Place, when: When, dims: Dims, basis: str) -> Working:
        """Return how a figure came about."""
        observed = indicator.sum is not None and indicator.sum.observation is not None
        if observed or basis == "published":
            working = self._observation(indicator, place, when, dims)
            if working.sources or observed:
                return working
        if not indicator.rests_on or self.figure(indicator, place, when, dims, basis).value is None:
            return Working()
        if indicator.method:
            return self._spreads(indicator, self._place[place.code], (when,))[0].behind()
        parts = [
            self.figure(self.indicators[code], place, each, dims, basis)
            for code in indicator.rests_on
            for each in periods(indicator, code, when)
        ]
        if indicator.ratio:
            return formula_of_quotient(parts[0], parts[1], indicator.ratio.per)
        if indicator.growth:
            years = years_between(base_period(indicator, when), when)
            return formula_of_growth(parts[0], parts[1], indicator.growth.give, years)
        if indicator.cumulative:
            share = 1.0 if indicator.cumulative.give == "sum" else 1.0 / len(parts)
            return formula_of_sum(parts, [share] * len(parts))
        assert indicator.composite is not None
        weights = [term.weight for term in indicator.composite.terms]
        if indicator.composite.scale == "min_max":
            key = Rows([(self._place[place.code], dims)])
            parts = [
                self._scaled(code, key, (when,), basis).figure(0, 0, part.behind)
                for code, part in zip(indicator.rests_on, parts, strict=True)
            ]
        return formula_of_sum(parts, weights)

    def _observation(self, indicator: Indicator, place: Place, when: When, dims: Dims) -> Working:
        code, fill = _observed_code(indicator), indicator.sum.fill if indicator.sum else "none"
        dimension = self._named(dims)
        if place.level != "group":
            [found] = self.observations.along(code, place.code, (when,), fill=fill, dimension=dimension)
            return found.behind()
        if indicator.sum and not indicator.sum.add_up:
            return Working()
        parts = [
            self.observations.along(code, member, (when,), fill=fill, dimension=dimension)[0]
            for member in _codes(place)
        ]
        if any(part.value is None for part in parts):
            return Working()
        return formula_of_sum(parts, [1.0] * len(parts))


def _observed_code(indicator: Indicator) -> str:
    return indicator.sum.observation if indicator.sum and indicator.sum.observation else indicator.code


def _codes(place: Place) -> list[str]:
    """Return the codes under which figures of a place are published: its own, or those of a group's members."""
    return [prefix.ljust(6, "0") for prefix in place.prefixes] if place.level == "group" else [place.code]


def _percent(indicator: Indicator) -> float:
    return 100.0 if indicator.unit == "%" else 1.0
