# SPDX-License-Identifier: Apache-2.0
"""The lives of all applications filed in one year: filed, published, examined, granted or not, ended, with their numbers."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihang.simulation.calendar import (
    NEVER,
    Days,
    anniversary,
    first_day,
    gazette_day,
    gazette_day_in_month,
    working_day,
)
from zhihang.simulation.draws import Draws
from zhihang.simulation.lag import draw_month
from zhihang.simulation.number_series import NumberSeries
from zhihang.simulation.plan import Cells, Plan
from zhihang.simulation.scenario import KINDS, Kind

Chances = NDArray[np.float64]
Flags = NDArray[np.bool_]

#: How an application that is not granted ends.
OPEN, NOT_REQUESTED, NOT_ANSWERED, REFUSED, WITHDRAWN = range(5)
#: Days from filing to the gazette that says so, least and most (assumed; a request for examination has three years).
_DAYS_TO_CLOSING = np.array([(0, 0), (1150, 1330), (620, 1150), (800, 1700), (400, 900)])
#: How a right ends.
IN_FORCE, LAPSED, EXPIRED, INVALIDATED, ABANDONED = range(5)


@dataclass(frozen=True)
class Lives:
    """One array per part, one entry per application, in the order of filing. Days are 0 for "never".

    `kind` is a position in `KINDS`, `county` one in the plan's counties. `closed` is the gazette day on which an
    application not granted ended, by `closing`. A right ended on day `ended`, by `ending`, announced on
    `end_announced`. `bought` is the day on which it came from outside into the region.
    """

    kind: NDArray[np.int8]
    county: NDArray[np.int16]
    filed: Days
    published: Days
    examined: Days
    granted: Days
    closed: Days
    closing: NDArray[np.int8]
    ended: Days
    ending: NDArray[np.int8]
    end_announced: Days
    bought: Days
    serial: NDArray[np.int32]
    publication_number: NDArray[np.int32]
    grant_number: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.filed)

    def take(self, rows: NDArray[np.integer] | slice) -> Lives:
        """Return some of the applications."""
        return Lives(**{part.name: getattr(self, part.name)[rows] for part in fields(self)})


def live(plan: Plan, year: int, series: NumberSeries, draws: Draws) -> Lives:
    """Let all applications of a filing year live their lives, as far as the scenario knows."""
    kinds = [_live_kind(plan, kind, year, series, draws) for kind in KINDS]
    joined = Lives(**{p.name: np.concatenate([getattr(one, p.name) for one in kinds]) for p in fields(Lives)})
    # Each kind is in the order of filing already, which a stable sort merges quickly.
    return joined.take(np.argsort(joined.filed, kind="stable"))


def _live_kind(plan: Plan, kind: Kind, year: int, series: NumberSeries, draws: Draws) -> Lives:
    cells = plan.cells[kind, year]
    random = draws.generator("lives", kind, year)
    life = _Life(plan, kind, year, cells, random, series.wednesdays_until)
    life.file_and_grant()
    if kind == "invention":
        life.close()
        life.publish()
    else:
        life.close_unpublished()
    life.end()
    order = life.order()
    kept = {name: array[order] for name, array in life.parts().items()}
    numbers: dict[str, Any] = series.number(
        kind, year, kept["filed"], kept["published"], kept["granted"], random
    )
    return Lives(kind=np.full(life.size, KINDS.index(kind), np.int8), **kept, **numbers)


class _Life:
    """Applications of one kind and filing year while their dates are being drawn."""

    def __init__(
        self,
        plan: Plan,
        kind: Kind,
        year: int,
        cells: Cells,
        random: np.random.Generator,
        wednesdays_until: int,
    ) -> None:
        self.plan, self.kind, self.year, self.random = plan, kind, year, random
        self.wednesdays_until = wednesdays_until
        self.county = np.repeat(cells.county, cells.count)
        self.granted_in = np.repeat(cells.granted, cells.count)
        self.bought_in = np.repeat(cells.bought, cells.count)
        self.fates = sorted({(int(g), int(b)) for g, b in zip(cells.granted, cells.bought, strict=True) if g})
        self.size = len(self.county)
        self.filed = self.published = self.examined = self.granted = self._never()
        self.closed = self.ended = self.end_announced = self.bought = self._never()
        self.closing = np.zeros(self.size, np.int8)
        self.ending = np.zeros(self.size, np.int8)

    def order(self) -> NDArray[np.int64]:
        """The order of filing; those of a day come in any order."""
        mixed = self.random.permutation(self.size)
        day = (self.filed - first_day(self.year)).astype(np.int16)
        by_day: NDArray[np.int64] = mixed[np.argsort(day[mixed], kind="stable")]
        return by_day

    def parts(self) -> dict[str, Any]:
        """Everything drawn, by name."""
        names = "county filed published examined granted closed closing ended ending end_announced bought"
        return {name: getattr(self, name) for name in names.split()}

    def file_and_grant(self) -> None:
        """Draw the day of filing and, where there is one, that of the grant in the year planned."""
        month = draw_month(self.plan.scenario.months, self._chance())
        granted = self._never()
        for year in np.unique(self.granted_in[self.granted_in > 0]):
            rows = np.flatnonzero(self.granted_in == year)
            month[rows], lag = self.plan.lags[self.kind, self.year].draw(
                year - self.year, self._chance(len(rows))
            )
            start = first_day(self.year, month[rows] + lag + 1)
            granted[rows] = gazette_day_in_month(start, self._chance(len(rows)), self.wednesdays_until)
        day = first_day(self.year, month + 1)
        length = first_day(self.year, month + 2) - day
        day = (day + self._chance() * length).astype(np.int32)
        # New Year's day stays in its year: the Friday before would not.
        self.filed = np.maximum(working_day(day, self._chance()), first_day(self.year)).astype(np.int32)
        self.granted = granted
        self.published = granted

    def close(self) -> None:
        """Draw how and when inventions that are not granted end."""
        shares = self.plan.scenario.examination
        chance, time = self._chance(), self._chance()
        steps = np.cumsum([shares.not_requested, shares.refused, shares.withdrawn])
        ways = np.array([NOT_REQUESTED, REFUSED, WITHDRAWN, NOT_ANSWERED], np.int8)
        closing = ways[np.searchsorted(steps, chance, side="right")]
        least, most = _DAYS_TO_CLOSING[closing].T
        closed = self._gazette(self.filed + (least + time * (most - least)).astype(np.int32))
        lost = self.granted == NEVER
        self.closing = np.where(lost, closing, OPEN).astype(np.int8)
        self.closed = np.where(lost, closed, NEVER).astype(np.int32)

    def close_unpublished(self) -> None:
        """Draw when utility models and designs that are not granted end; no gazette says so."""
        lost = self.granted == NEVER
        ways = np.where(self._chance() < 0.5, REFUSED, NOT_ANSWERED)
        self.closing = np.where(lost, ways, OPEN).astype(np.int8)
        self.closed = np.where(lost, self.filed + 90 + self._chance() * 170, NEVER).astype(np.int32)

    def publish(self) -> None:
        """Draw when inventions are published, and when their examination begins."""
        early = self._chance() < self.plan.scenario.examination.early_publication
        left = np.where(self.granted != NEVER, self.granted, self.closed) - self.filed
        early |= left < 760
        days = np.where(early, 100 + self._chance() * np.minimum(170, left - 210), 548)
        self.published = self._gazette(self.filed + np.maximum(days, 60).astype(np.int32))
        wait = np.where(self._chance() < 0.85, 14 + self._chance() * 60, 60 + self._chance() * 300)
        room = np.maximum(left - (self.published - self.filed) - 90, 7)
        begun = self._gazette(self.published + np.minimum(wait, room).astype(np.int32))
        self.examined = np.where(self.closing == NOT_REQUESTED, NEVER, begun).astype(np.int32)

    def end(self) -> None:
        """Draw how and when rights end: each lapse on an anniversary of the filing, announced months later."""
        self._lapse()
        self._strike()
        announced = self._gazette(self.ended + (270 + self._chance() * 180).astype(np.int32))
        soon = self._gazette(self.ended + (10 + self._chance() * 30).astype(np.int32))
        announced = np.where(self.ending == LAPSED, announced, soon)
        self.end_announced = np.where(self.ending == IN_FORCE, NEVER, announced).astype(np.int32)

    def _lapse(self) -> None:
        survival = self.plan.survival[self.kind]
        ended = self._never()
        for granted, bought in self.fates:
            rows = np.flatnonzero((self.granted_in == granted) & (self.bought_in == bought))
            since = max(granted, bought)
            kept = survival.kept(self.year, granted, since=since)
            # Evenly spaced chances in random order: as many lapse each year as the survival says.
            chance = (self.random.permutation(len(rows)) + self._chance(len(rows))) / len(rows)
            years = since + 1 + np.searchsorted(-kept, -chance, side="left")
            ended[rows] = anniversary(self.filed[rows], years - self.year)
            self._buy(rows, bought)
        term = anniversary(self.filed, survival.course.term_years)
        self.ending = np.where(ended == NEVER, IN_FORCE, np.where(ended >= term, EXPIRED, LAPSED)).astype(
            np.int8
        )
        self.ended = np.where(self.ending == EXPIRED, term, ended).astype(np.int32)

    def _strike(self) -> None:
        """Let a few rights be invalidated or abandoned before they would have ended."""
        rules = self.plan.scenario.dealings
        chance = self._chance()
        day = self._gazette(self.granted + (200 + self._chance() * 1600).astype(np.int32))
        struck = np.where(chance < rules.invalidated_share, INVALIDATED, ABANDONED)
        early = (
            (chance < rules.invalidated_share + rules.abandoned_share)
            & (self.granted != NEVER)
            & (day < self.ended)
        )
        self.ending = np.where(early, struck, self.ending).astype(np.int8)
        self.ended = np.where(early, day, self.ended).astype(np.int32)

    def _buy(self, rows: NDArray[np.int64], year: int) -> None:
        if year:
            start = first_day(year, self.random.integers(1, 13, len(rows)))
            self.bought = self.bought.copy()
            self.bought[rows] = gazette_day_in_month(start, self._chance(len(rows)), self.wednesdays_until)

    def _gazette(self, days: NDArray[np.integer]) -> Days:
        return gazette_day(days.astype(np.int32), self.wednesdays_until)

    def _chance(self, size: int | None = None) -> Chances:
        return self.random.random(self.size if size is None else size)

    def _never(self) -> Days:
        return np.full(self.size, NEVER, np.int32)


def in_force(lives: Lives, day: int) -> Flags:
    """Say which rights were in force at the end of a day (M-STAT-03)."""
    begun: Flags = (lives.granted != NEVER) & (lives.granted <= day)
    kept: Flags = begun & ((lives.ended == NEVER) | (lives.ended > day))
    return kept


def held_inside(lives: Lives, day: int) -> Flags:
    """Say which applications belonged to the region at the end of a day; sales to the outside are not counted here."""
    held: Flags = lives.bought <= day  # never bought is 0, so those filed inside are held all along
    return held


def alive_since(lives: Lives, first_year: int) -> Flags:
    """Say which applications were filed in a year or later, or were still pending or in force when it began."""
    start = int(first_day(first_year))
    over = np.where(lives.granted != NEVER, lives.ended, lives.closed)
    alive: Flags = (lives.filed >= start) | (over >= start)
    return alive
