# SPDX-License-Identifier: Apache-2.0
"""For which periods an indicator needs the values of those it rests on."""

from __future__ import annotations

from datetime import date

from zhihang.errors import NotComparable
from zhihang.measurement.grid import MONTHS, Span, When, plan_start
from zhihang.measurement.indicator import Indicator

BEFORE = {"year": 12, "five_years": 60}


def periods(indicator: Indicator, code: str, when: When) -> list[When]:
    """Return the periods of `code` that one value of an indicator rests on."""
    if indicator.growth:
        return [when, base_period(indicator, when)]
    if indicator.cumulative:
        return list(_parts(indicator, when))
    ratio = indicator.ratio
    if ratio and code == ratio.denominator and ratio.denominator_at == "previous":
        return [_years_back(when, 1) if isinstance(when, date) else when.year_before()]
    return [when]


def base_period(indicator: Indicator, when: When) -> When:
    """Return the period that growth is measured against."""
    assert indicator.growth is not None
    against = indicator.growth.against
    if isinstance(when, date):
        return _years_back(when, BEFORE.get(against, 60) // 12)
    if against == "plan":
        start = plan_start(when.start)
        return Span(start - when.months, when.months) if when.months <= 12 else Span(start - 60, 60)
    return Span(when.start - BEFORE[against], when.months)


def years_between(earlier: When, later: When) -> float:
    """Return the years from one period or day to another."""
    if isinstance(earlier, date) or isinstance(later, date):
        assert isinstance(earlier, date)
        assert isinstance(later, date)
        return later.year - earlier.year
    return (later.last_month - earlier.last_month) / MONTHS["year"]


def in_order(when: When) -> tuple[bool, When]:
    """Return a key that puts periods in order, and days after them."""
    return isinstance(when, date), when


def _parts(indicator: Indicator, when: When) -> list[Span]:
    assert indicator.cumulative is not None
    if isinstance(when, date):
        raise NotComparable("A cumulative figure has no value on one day.", todo="Give --from and --to.")
    since = {
        "year": when.start // 12 * 12,
        "plan": plan_start(when.start),
        "five_years": when.last_month - BEFORE["five_years"] + 1,
    }
    begin, months = since[indicator.cumulative.since], min(when.months, 12)
    return [Span(start, months) for start in range(begin, when.last_month + 1, months)]


def _years_back(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
