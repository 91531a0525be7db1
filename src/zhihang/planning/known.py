# SPDX-License-Identifier: Apache-2.0
"""What is known of an indicator in a region up to a day: levels, years, cumulative months, spans of years."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from zhihang.planning.figures import Row, published_rows
from zhihang.planning.plan import Plan, read_unit

Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Known:
    """A known figure in its base unit (件, 件/人, 元), with its period, its status and where it was read."""

    value: float
    unit: str
    period: str
    status: str = ""
    source: str = ""


@dataclass(slots=True)
class Course:
    """Everything known of one indicator in one region, each figure under the period it stands for.

    `years` holds what is given for a whole year: the flow of it, or the level at its end. `months` holds flows of single
    months, `to_date` flows from January on, `levels` those at the end of a month, `spans` flows over several years.
    """

    years: dict[int, Known] = field(default_factory=dict)
    months: dict[Month, Known] = field(default_factory=dict)
    to_date: dict[Month, Known] = field(default_factory=dict)
    levels: dict[Month, Known] = field(default_factory=dict)
    spans: dict[tuple[int, int], Known] = field(default_factory=dict)
    quarters: dict[Month, Known] = field(default_factory=dict)

    def level(self, at: Month) -> tuple[Month, Known] | None:
        """Return the latest level not later than a month, and its month."""
        found = [(month, known) for month, known in self.levels.items() if month <= at]
        found += [((year, 12), known) for year, known in self.years.items() if (year, 12) <= at]
        return max(found, key=lambda one: one[0]) if found else None

    def within_year(self, year: int, at: Month) -> tuple[int, float, tuple[Known, ...]] | None:
        """Return the flow of a year as far as known by a month: last month it covers, the sum, what it rests on."""
        if year in self.years and (year, 12) <= at:
            return 12, self.years[year].value, (self.years[year],)
        last = at[1] if at[0] == year else 12
        best: tuple[int, float, tuple[Known, ...]] | None = None
        for month in range(last, 0, -1) if self.to_date else ():
            if (year, month) in self.to_date:
                known = self.to_date[year, month]
                best = month, known.value, (known,)
                break
        summed: list[Known] = []
        for month in range(1, last + 1) if self.months else ():
            if (year, month) not in self.months:
                break
            summed.append(self.months[year, month])
        if summed and (best is None or len(summed) > best[0]):
            best = len(summed), sum(known.value for known in summed), tuple(summed)
        return best

    def quarter(self, year: int, quarter: int) -> float | None:
        """Return the flow of a quarter, from months, cumulative months or the quarter itself."""
        if (year, quarter) in self.quarters:
            return self.quarters[year, quarter].value
        end = self.within_year(year, (year, 3 * quarter))
        if end is None or end[0] != 3 * quarter:
            return None
        if quarter == 1:
            return end[1]
        begin = self.within_year(year, (year, 3 * quarter - 3))
        return end[1] - begin[1] if begin and begin[0] == 3 * quarter - 3 else None


class KnownFigures:
    """Figures by indicator and region; those the plan states come first, then rows in the order given.

    Without rows it takes the published statistics that ship with the project. Rows with other dimensions are left out;
    of several figures for one period the first stands.
    """

    def __init__(self, rows: Iterable[Row] | None = None, plan: Plan | None = None) -> None:
        self._courses: dict[tuple[str, str], Course] = {}
        for row in _stated(plan):
            self._add(row)
        for row in published_rows() if rows is None else rows:
            self._add(row)

    def of(self, indicator: str, region: str) -> Course:
        """Return what is known of an indicator in a region; empty where nothing is."""
        return self._courses.get((indicator, region), _NOTHING)

    def _add(self, row: Row) -> None:
        value = row.get("value")
        if row.get("dimension") or value is None or value == "":
            return
        read = _period(str(row["period"]), str(row.get("period_kind") or ""))
        if read is None:
            return
        place, key = read
        scale, unit = _scale(str(row.get("unit") or ""))
        known = Known(
            float(value) * scale,
            unit,
            str(row["period"]),
            str(row.get("status") or ""),
            str(row.get("source") or ""),
        )
        name = (str(row["indicator"]), str(row["region"]))
        course = self._courses.get(name)
        if course is None:
            course = self._courses[name] = Course()
        for one in place:
            getattr(course, one).setdefault(key, known)


_NOTHING = Course()


@lru_cache(maxsize=4096)
def _period(text: str, kind: str) -> tuple[tuple[str, ...], Any] | None:
    """Return where in a course a period belongs, and under which key; None for what is no period."""
    try:
        first, _, last = text.partition("/")
        begin, end = ([int(part) for part in each.split("-")] for each in (first, last or first))
    except ValueError:
        return None
    if last:
        return _several(begin, end)
    if len(end) == 1:
        return ("years",), end[0]
    month = (end[0], end[1])
    if kind == "year_to_date":
        return ("to_date",), month
    if kind in ("stock", "moment") or len(end) == 3:
        complete = len(end) == 2 or end[2] >= calendar.monthrange(*month)[1]
        before = (month[0] - (month[1] == 1), (month[1] - 2) % 12 + 1)
        return ("levels",), month if complete or kind == "moment" else before
    return (("months",) if kind == "month" else ("months", "levels")), month


def _several(begin: list[int], end: list[int]) -> tuple[tuple[str, ...], Any] | None:
    if len(begin) == len(end) == 1:
        return ("spans",), (begin[0], end[0])
    if len(begin) != 2 or len(end) != 2 or begin[0] != end[0]:
        return None
    if begin[1] == 1:
        return ("to_date",), (end[0], end[1])
    if end[1] % 3 == 0 and end[1] - begin[1] == 2:
        return ("quarters",), (end[0], end[1] // 3)
    return None


@lru_cache(maxsize=256)
def _scale(code: str) -> tuple[float, str]:
    unit = read_unit(code)
    return (float(unit.scale), unit.base) if unit else (1.0, code)


def _stated(plan: Plan | None) -> Iterable[Row]:
    """Yield the figures of the past that the plan itself states."""
    for fact in plan.facts if plan else ():
        if plan and fact.indicator and not fact.subject and fact.kind not in ("multiple", "growth_rate"):
            yield {
                "indicator": fact.indicator,
                "region": fact.region or plan.region,
                "period": fact.period,
                "value": fact.value,
                "unit": fact.unit,
                "status": "published",
                "source": fact.source or f"{plan.document.title.zh} {fact.clause}",
            }


def month_before(at: date) -> Month:
    """Return the last month that is over at the end of a day.

    >>> month_before(date(2017, 6, 30)), month_before(date(2017, 6, 29)), month_before(date(2017, 1, 5))
    ((2017, 6), (2017, 5), (2016, 12))
    """
    if at.day == calendar.monthrange(at.year, at.month)[1]:
        return at.year, at.month
    return (at.year, at.month - 1) if at.month > 1 else (at.year - 1, 12)


def natures(plan: Plan, codes: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Say of each indicator whether it is a stock, a flow or a ratio; the plan's own come before the code list's."""
    found = {
        row["code"]: "ratio" if "/" in row["unit"] else "stock" if row["nature"] == "stock" else "flow"
        for row in codes
    }
    return found | {code: own.nature for code, own in plan.indicators.items()}


def plain(value: Decimal | float) -> float:
    """Return a number without the digits that arithmetic in binary leaves behind."""
    number = float(value)
    return number if number.is_integer() else float(f"{number:.12g}")
