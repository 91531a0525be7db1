# SPDX-License-Identifier: Apache-2.0
"""The numbers an office gives: serial numbers of applications, and publication numbers that rise with the gazettes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from zhihang.errors import NotComparable
from zhihang.simulation.calendar import NEVER, Days, day_number, first_day
from zhihang.simulation.scenario import Kind, Office

#: From this day application numbers have 12 digits, before it 8.
TWELVE_DIGITS_FROM = day_number(date(2003, 10, 1))
#: From this day documents carry B, U and S, before it C, Y and D; granted inventions keep their publication number.
NEW_KINDS_FROM = day_number(date(2010, 4, 7))

_EIGHT_DIGIT_NUMBERS = 100_000_000
_MOST_SERIALS = {8: 99_999, 12: 9_999_999}
#: Filing years that may share a gazette; each takes every n-th number, so that years can be made one by one.
_TURNS = {"invention_published": 4, "invention_granted_old": 12, "utility_model": 3, "design": 3}


@dataclass(frozen=True)
class NumberSeries:
    """All number series of the office."""

    office: Office

    @property
    def wednesdays_until(self) -> int:
        """The last day of weekly gazettes."""
        return day_number(self.office.gazette.wednesdays_until)

    def number(
        self, kind: Kind, year: int, filed: Days, published: Days, granted: Days, random: np.random.Generator
    ) -> dict[str, NDArray[np.int32]]:
        """Number the applications of one kind and filing year, given in the order of filing."""
        first = "invention_published" if kind == "invention" else kind
        publication = self._publication(first, year, published, random)
        grant = publication
        if kind == "invention":
            old = (granted != NEVER) & (granted < NEW_KINDS_FROM)
            own = self._publication("invention_granted_old", year, np.where(old, granted, NEVER), random)
            grant = np.where(old, own, np.where(granted == NEVER, 0, publication)).astype(np.int32)
        return {
            "serial": self._serial(kind, year, len(filed), random),
            "publication_number": publication,
            "grant_number": grant,
        }

    def _serial(self, kind: Kind, year: int, count: int, random: np.random.Generator) -> NDArray[np.int32]:
        """Serial numbers that rise with the order of filing, spread over those of the whole country."""
        national = self.office.national_filings[kind].points
        years = sorted(national)
        span = float(np.interp(year, years, [national[y] for y in years]))  # type: ignore[arg-type, index]
        most = _MOST_SERIALS[8 if year <= TWELVE_DIGITS_FROM // 365.25 + 1970 else 12]
        whole = int(min(max(span, count * 1.05), most))
        if count > whole:
            raise _too_many(f"{count:,} applications in {year}", f"{most:,} serial numbers")
        steps = np.arange(count + 1, dtype=np.int64) * whole // max(count, 1)
        return (1 + steps[:-1] + random.random(count) * np.diff(steps)).astype(np.int32)

    def _publication(
        self, name: str, year: int, days: Days, random: np.random.Generator
    ) -> NDArray[np.int32]:
        """Publication numbers that rise with the day and are never given twice; 0 where there is no day."""
        turns = _TURNS[name]
        numbers = np.zeros(len(days), np.int64)
        rows = np.flatnonzero(days != NEVER)
        rows = rows[np.argsort(days[rows], kind="stable")]
        for old in (True, False):
            part = rows[(days[rows] < self._turn(name)) == old]
            if not len(part):
                continue
            wish = self._within_day(name, days[part], random.random(len(part))) // turns
            rank = np.arange(len(part))
            rising = np.maximum.accumulate(wish - rank) + rank
            numbers[part] = rising * turns + year % turns
            self._check_room(name, year, int(numbers[part[-1]]), int(days[part[-1]]))
        return numbers.astype(np.int32)

    def _within_day(self, name: str, days: Days, chance: NDArray[np.float64]) -> NDArray[np.int64]:
        """Spread the documents of each gazette evenly over the numbers it gives; the days come in their order."""
        gazettes, first, of_gazette, size = np.unique(
            days, return_index=True, return_inverse=True, return_counts=True
        )
        step = np.where(gazettes > self.wednesdays_until, 3, 7)
        start = self._reached(name, gazettes)
        # The last gazette of an era has none after it to measure by.
        room = np.maximum(
            self._reached(name, gazettes + step) - start, start - self._reached(name, gazettes - step)
        )
        room = np.where(room < _EIGHT_DIGIT_NUMBERS // 2, room, 2_000)
        place = (np.arange(len(days)) - first[of_gazette] + chance) / size[of_gazette]
        return (start[of_gazette] + place * room[of_gazette]).astype(np.int64)

    def _reached(self, name: str, days: Days) -> NDArray[np.float64]:
        table = self._table(name)
        return np.interp(days, table[:, 0], table[:, 1])

    def _turn(self, name: str) -> int:
        """The day on which numbers of nine digits begin."""
        table = self._table(name)
        return int(table[table[:, 1] >= _EIGHT_DIGIT_NUMBERS][0, 0])

    def _table(self, name: str) -> NDArray[np.float64]:
        points = {
            day: number for part in self.office.publication[name] for day, number in part.points.items()
        }
        return np.array([(day_number(day), number) for day, number in sorted(points.items())], np.float64)  # type: ignore[arg-type]

    def _check_room(self, name: str, year: int, last: int, day: int) -> None:
        """Refuse when numbers would run into those of the next filing year with the same turn."""
        next_start = int(first_day(year + _TURNS[name]))
        old_left = day < self._turn(name) <= next_start
        limit = (
            last // 1_000_000 * 1_000_000 + 1_000_000
            if old_left
            else self._reached(name, np.array([next_start]))[0]
        )
        if last >= limit:
            raise _too_many(f"publications of {year} reach {last:,}", f"{limit:,.0f} begins the next year's")


def _too_many(what: str, room: str) -> NotComparable:
    return NotComparable(
        "The simulated region is too large for the number series of the office.",
        {"wanted": what, "there is": room},
        todo="Lower --scale, or split the region.",
    )
