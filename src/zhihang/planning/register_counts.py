# SPDX-License-Identifier: Apache-2.0
"""The counts of a register that a forecast by cohorts starts from, as rows anyone can query out of `patent`.

Every row is of one kind of right. Regions are codes as wanted in the result; what lies in none of them is left out.

``filings``
    region, year, filings: applications by year of filing, as known at the cut.
``outcomes``
    region, filing_year, year, granted, refused: how many of a year's applications were granted, or refused, withdrawn
    and so on, in a year. `refused` is 0 where the register does not tell.
``stock``
    region, filing_year, in_force: rights in force at the cut.
``lapses``
    region, filing_year, year, in_force, lapsed: rights in force when a year began, and those of them that lapsed in it
    for a fee that was not paid. Leave out years whose lapses are not all known yet (half a year, M-STAT-03).
``late`` (optional)
    month (2017-06), delay, filings: applications filed in a month that became known so many months later. Only needed
    where the register knows an application from its publication on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from zhihang.errors import NotComparable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

Row = Mapping[str, Any]
AGES = {"invention": 21, "utility_model": 11, "design": 16}
"""Ages of a right in calendar years: its term and one more, the one in which it ends."""
LAGS = 10
"""Calendar years from filing to grant that are told apart; later grants are not expected."""


@dataclass(frozen=True)
class RegisterCounts:
    """Counts of a register at a cut: only what was known by the end of that day.

    Parameters
    ----------
    complete_until
        Last year whose filings are all known, or are brought to what they will be by `late`; None is the year of the cut
        if `late` is given, or else the last whole year that ended 18 months before the cut.
    all_known
        The register knows an application on the day of its filing (an office's own), so that nothing is late.
    simulated
        The register is invented.
    """

    at: date
    filings: Sequence[Row]
    outcomes: Sequence[Row]
    stock: Sequence[Row]
    lapses: Sequence[Row]
    late: Sequence[Row] = ()
    kind: str = "invention"
    complete_until: int | None = None
    all_known: bool = False
    simulated: bool = False

    @property
    def regions(self) -> list[str]:
        """The regions that have filings or rights, sorted."""
        return sorted({str(row["region"]) for rows in (self.filings, self.stock) for row in rows})

    @property
    def elapsed(self) -> float:
        """Share of the year of the cut that is over."""
        first = date(self.at.year, 1, 1)
        days = (date(self.at.year + 1, 1, 1) - first).days
        return ((self.at - first).days + 1) / days

    @property
    def ages(self) -> int:
        """How many ages a right of this kind has."""
        if self.kind not in AGES:
            raise NotComparable(
                f'Rights of kind "{self.kind}" have no term here.',
                {"known": ", ".join(AGES)},
                todo="Give counts of one of these kinds.",
            )
        return AGES[self.kind]

    def last_complete(self) -> int:
        """Return the last year whose filings can be taken as they are, or corrected."""
        if self.complete_until is not None:
            return self.complete_until
        if self.all_known or self.late:
            return self.at.year if self.elapsed == 1 else self.at.year - 1
        months = self.at.year * 12 + self.at.month - 18  # index of the month 18 months back, counted from 1
        year = (months - 1) // 12
        return year if (months - 1) % 12 == 11 else year - 1


def table(
    rows: Sequence[Row], regions: Sequence[str], columns: tuple[str, str], value: str, shape: Any
) -> Values:
    """Sum a value into region x column x column; `shape` gives the first number and how many of each column."""
    import numpy as np

    (first, size), (second, width) = shape
    found = np.zeros((len(regions), size, width))
    place = {code: number for number, code in enumerate(regions)}
    for row in rows:
        line = place.get(str(row["region"]))
        one, other = int(row[columns[0]]) - first, int(row[columns[1]]) - second
        if line is not None and 0 <= one < size and 0 <= other < width:
            found[line, one, other] += float(row[value] or 0)
    return found


def by_year(rows: Sequence[Row], regions: Sequence[str], column: str, value: str, years: range) -> Values:
    """Sum a value into region x year."""
    import numpy as np

    found = np.zeros((len(regions), len(years)))
    place = {code: number for number, code in enumerate(regions)}
    for row in rows:
        line, year = place.get(str(row["region"])), int(row[column])
        if line is not None and year in years:
            found[line, year - years.start] += float(row[value] or 0)
    return found
