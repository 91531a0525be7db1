# SPDX-License-Identifier: Apache-2.0
"""A row of periods of equal length, or days: what figures are computed for."""

from __future__ import annotations

import calendar
import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from zhihang.errors import NotComparable
from zhihang.terms.period import read_period

Every = Literal["month", "quarter", "half_year", "year", "five_years"]
MONTHS: Mapping[str, int] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12, "five_years": 60}
PLAN_START = 1
"""Five-year plans begin in years that end in 1 or 6: 2011, 2016."""


@dataclass(frozen=True, order=True)
class Span:
    """A period: months since year 0 of its first month, and how many months it has."""

    start: int
    months: int

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.start // 12, self.start % 12 + 1, 1)

    @property
    def last_month(self) -> int:
        """Months since year 0 of its last month."""
        return self.start + self.months - 1

    @property
    def last_day(self) -> date:
        """Its last day."""
        year, month = self.last_month // 12, self.last_month % 12 + 1
        return date(year, month, calendar.monthrange(year, month)[1])

    @property
    def text(self) -> str:
        """Its canonical spelling: 2015, 2015-06, 2015-01/2015-03, 2011/2015.

        >>> Span(2015 * 12, 12).text, Span(2015 * 12, 3).text, Span(2011 * 12, 60).text
        ('2015', '2015-01/2015-03', '2011/2015')
        """
        first, last = (
            (self.start // 12, self.start % 12 + 1),
            (self.last_month // 12, self.last_month % 12 + 1),
        )
        if self.start % 12 == 0 and self.months % 12 == 0:
            return str(first[0]) if self.months == 12 else f"{first[0]}/{last[0]}"
        months = [f"{year}-{month:02d}" for year, month in (first, last)]
        return months[0] if self.months == 1 else "/".join(months)

    def before(self, count: int = 1) -> Span:
        """Return the period of the same length `count` periods earlier."""
        return Span(self.start - count * self.months, self.months)

    def year_before(self, years: int = 1) -> Span:
        """Return the same period of an earlier year."""
        return Span(self.start - 12 * years, self.months)


When = Span | date
"""What a figure is for: a period, or a day."""


def read_span(text: str) -> Span:
    """Read a period as users write it: 2015, 2015-06, 2015Q2, 2015上半年, 2011/2015, 十二五."""
    period = read_period(text)
    if period is not None:
        first, _, last = period.text.partition("/")
        if len(first) <= 7 and period.kind != "year_to_date":
            start, end = _month_range(first)[0], _month_range(last or first)[1]
            return Span(start, end - start + 1)
        if period.kind == "year_to_date":
            end = _month_range(first)[1]
            return Span(end // 12 * 12, end % 12 + 1)
    raise NotComparable(
        f'"{text}" is not a period.',
        {
            "expected": "a year (2015), a month (2015-06), a quarter (2015Q2), a half-year (2015H1), years (2011/2015)"
        },
        todo="Write the period in one of these ways; use --at for a single day.",
    )


def read_moment(text: str) -> Span | date:
    """Read a period, or a day (2015-06-30)."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return read_span(text)


def spans(first: str, last: str, every: Every) -> list[Span]:
    """Return the periods of a length from the one that holds `first` to the one that holds `last`."""
    months = MONTHS[every]
    begin, end = read_span(first).start, read_span(last).last_month
    if begin > end:
        raise NotComparable(f'"{first}" lies after "{last}".', todo="Exchange --from and --to.")
    offset = (PLAN_START * 12) % 60 if every == "five_years" else 0
    begin = (begin - offset) // months * months + offset
    return [Span(start, months) for start in range(begin, end + 1, months)]


def plan_start(month: int) -> int:
    """First month of the five-year plan that a month lies in."""
    offset = PLAN_START * 12
    return (month - offset) // 60 * 60 + offset


def month_of(day: date) -> int:
    """Months since year 0."""
    return day.year * 12 + day.month - 1


def day_before(day: date) -> date:
    """Return the day before."""
    return day - timedelta(days=1)


def evenly(found: Sequence[Span]) -> bool:
    """Whether periods are of one length and follow each other."""
    return all(b.months == a.months and b.start == a.start + a.months for a, b in itertools.pairwise(found))


def _month_range(text: str) -> tuple[int, int]:
    year = int(text[:4])
    if len(text) == 4:
        return year * 12, year * 12 + 11
    month = year * 12 + int(text[5:7]) - 1
    return month, month


@dataclass(frozen=True)
class Steps:
    """Equal steps of whole months, so that every period of some begins and ends with one."""

    first: int
    width: int
    count: int

    @classmethod
    def of(cls, found: Sequence[Span]) -> Steps:
        """Return the widest steps.

        >>> Steps.of([Span(2011 * 12, 60), Span(2015 * 12, 12)]) == Steps(2011 * 12, 12, 5)
        True
        """
        edges = sorted({edge for span in found for edge in (span.start, span.start + span.months)})
        width = math.gcd(*(edge - edges[0] for edge in edges))
        return cls(edges[0], width, (edges[-1] - edges[0]) // width)

    def inside(self, span: Span) -> slice:
        """Return the numbers of the steps of a period."""
        start = (span.start - self.first) // self.width
        return slice(start, start + span.months // self.width)

    @property
    def first_day(self) -> date:
        """First day of the first step."""
        return Span(self.first, 1).first_day

    @property
    def last_day(self) -> date:
        """Last day of the last step."""
        return Span(self.first, self.width * self.count).last_day
