# SPDX-License-Identifier: Apache-2.0
"""Dates at the turn of the year that bear the year of their week, as programs write them that mix the two up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

PIVOT = 50
"""Two-digit years from this on belong to the 20th century."""

_WRITTEN = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)|(?P<d>\d\d?)/(?P<m>\d\d?)/(?P<y>\d{4}|\d\d)"
)


@dataclass(frozen=True)
class WrittenDate:
    """A date as written, `2015-12-31` or `31/12/15`, whose year may be that of its week."""

    year: int
    month: int
    day: int
    year_first: bool

    @property
    def true_years(self) -> list[int]:
        """Years in which this day falls into the first week of the written year, or into another week of it."""
        return [year for year in (self.year - 1, self.year) if _week_year_of(year, self) == self.year]

    @property
    def misleads(self) -> bool:
        """Whether the year before may be meant."""
        return self.year - 1 in self.true_years

    def of(self, year: int) -> str:
        """Write the same day of another year, in the style of the original."""
        if self.year_first:
            return f"{year:04d}-{self.month:02d}-{self.day:02d}"
        return f"{self.day:02d}/{self.month:02d}/{year:04d}"


def read_date(text: str) -> WrittenDate | None:
    """Read a date, or nothing where it is written otherwise.

    >>> read_date("31/12/92").true_years, read_date("2015-12-31").true_years
    ([1991], [2014])
    """
    found = _WRITTEN.fullmatch(text.strip())
    if not found:
        return None
    if found["year"]:
        return WrittenDate(int(found["year"]), int(found["month"]), int(found["day"]), year_first=True)
    year = int(found["y"])
    if len(found["y"]) == 2:
        year += 1900 if year >= PIVOT else 2000
    return WrittenDate(year, int(found["m"]), int(found["d"]), year_first=False)


def week_year(day: date) -> int:
    """Year of the week: weeks run from Sunday to Saturday, and the one with 1 January opens the year.

    >>> week_year(date(2014, 12, 28)), week_year(date(2014, 12, 27))
    (2015, 2014)
    """
    saturday = day + timedelta((5 - day.weekday()) % 7)
    return saturday.year


def _week_year_of(year: int, written: WrittenDate) -> int | None:
    try:
        return week_year(date(year, written.month, written.day))
    except (ValueError, OverflowError):
        return None
