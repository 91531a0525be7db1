# SPDX-License-Identifier: Apache-2.0
"""The days a period covers: a year, half-year, quarter, month, day or a range of such, with order and inclusion."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

from zhihang.errors import DefinitionError

SpanKind = Literal["year", "half", "quarter", "month", "day", "range"]

_FORMS = re.compile(
    r"(?P<year>[1-9]\d{3})"
    r"(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|(?P<month>\d\d)(?:-(?P<day>\d\d))?))?"
)


@dataclass(frozen=True, order=True)
class Span:
    """Whole days from `start` to `end`, both inside. Spans are in the order of their starts, then of their ends.

    Two spellings of the same days are the same span; the one it is written in is that of column `period`.

    >>> str(Span.parse("2013-H1"))
    '2013-01/2013-06'
    >>> Span.parse("2016/2020").contains(Span.parse("2018-Q2"))
    True
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise DefinitionError(
                "A span of time ends before it starts.",
                {"start": self.start, "end": self.end},
                todo="Write the earlier date first, as in 2016/2020.",
            )

    @classmethod
    def parse(cls, text: str) -> Span:
        """Read ``2013``, ``2013-H1``, ``2013-Q2``, ``2013-05``, ``2013-05-06`` or a range such as ``2016/2020``."""
        first, stroke, last = text.strip().partition("/")
        start, end = _days(first), _days(last if stroke else first)
        if start is None or end is None:
            raise DefinitionError(
                f'"{text}" is not a period.',
                {"forms": "2013, 2013-H1, 2013-Q2, 2013-05, 2013-05-06, 2016/2020"},
                todo="Write the period in one of these forms.",
            )
        return cls(start[0], end[1])

    @classmethod
    def of_year(cls, year: int) -> Span:
        """Return a calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @property
    def kind(self) -> SpanKind:
        """The kind of period these days are."""
        if self.start == self.end:
            return "day"
        whole_months = self.start.day == 1 and _ends_month(self.end)
        if not whole_months or self.start.year != self.end.year:
            return "range"
        first, months = self.start.month, self.end.month - self.start.month + 1
        kinds: dict[int, SpanKind] = {12: "year", 6: "half", 3: "quarter", 1: "month"}
        return kinds[months] if months in kinds and (first - 1) % months == 0 else "range"

    @property
    def days(self) -> int:
        """Number of days."""
        return (self.end - self.start).days + 1

    @property
    def years(self) -> range:
        """Calendar years the period touches."""
        return range(self.start.year, self.end.year + 1)

    def contains(self, other: Span | date) -> bool:
        """Whether all days of another period, or one day, lie inside."""
        inside = Span(other, other) if isinstance(other, date) else other
        return self.start <= inside.start and inside.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two have a day in common."""
        return self.start <= other.end and other.start <= self.end

    def __str__(self) -> str:
        whole_months = self.start.day == 1 and _ends_month(self.end)
        whole_years = whole_months and (self.start.month, self.end.month) == (1, 12)
        form = "%Y" if whole_years else "%Y-%m" if whole_months else "%Y-%m-%d"
        first, last = self.start.strftime(form), self.end.strftime(form)
        return first if first == last else f"{first}/{last}"


def _ends_month(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def _days(text: str) -> tuple[date, date] | None:
    """First and last day of a single period, None if it is none."""
    found = _FORMS.fullmatch(text.strip())
    if not found:
        return None
    year = int(found["year"])
    try:
        if found["day"]:
            day = date(year, int(found["month"]), int(found["day"]))
            return day, day
        first, months = _months(found)
        last = first + months - 1
        return date(year, first, 1), date(year, last, monthrange(year, last)[1])
    except ValueError:
        return None


def _months(found: re.Match[str]) -> tuple[int, int]:
    """First month and number of months."""
    if found["half"]:
        return 6 * int(found["half"]) - 5, 6
    if found["quarter"]:
        return 3 * int(found["quarter"]) - 2, 3
    return (int(found["month"]), 1) if found["month"] else (1, 12)
