# SPDX-License-Identifier: Apache-2.0
"""Figures for plans out of a store: what indicators come to, as plain rows that planning understands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from zhihang.desks.room import Room

if TYPE_CHECKING:
    from zhihang.measurement.grid import Every
    from zhihang.measurement.indicator import Indicator
    from zhihang.measurement.measure import Measured
    from zhihang.planning.plan import Plan

Row = dict[str, Any]
YEARS_BEFORE = 6
"""Years before the plan that are looked at: for baselines and growth."""
SEASON_YEARS = 3
"""Years before the day asked about whose months are counted, for the season."""


def computed_rows(room: Room, plan: Plan, at: date) -> list[Row]:
    """Return yearly and monthly figures of a plan's indicators, counted in the store, up to a day."""
    indicators = room.indicators
    wanted = [indicators[code] for code in plan_indicators(plan) if code in indicators]
    counted = [indicator for indicator in wanted if not (indicator.sum and indicator.sum.observation)]
    if not counted:
        return []
    first = min(_first_year(plan), at.year) - YEARS_BEFORE
    whole = at.year if (at.month, at.day) == (12, 31) else at.year - 1
    split = bool(plan.annexes)
    rows = _asked(room, plan, counted, f"{first}", f"{max(whole, first)}", "year", split=split)
    direct = [each for each in counted if each.count and not each.count.distinct]
    month = at.month if _is_month_end(at) else at.month - 1
    if direct and month:
        start, end = f"{at.year - SEASON_YEARS}-01", f"{at.year}-{month:02d}"
        rows += _asked(room, plan, direct, start, end, "month", split=split)
    return rows


def plan_indicators(plan: Plan) -> list[str]:
    """Return the codes of the indicators that a plan's targets name, each once."""
    return sorted({target.indicator for target in plan.targets if target.indicator})


def _first_year(plan: Plan) -> int:
    return int(str(plan.period)[:4])


def _asked(
    room: Room,
    plan: Plan,
    indicators: Sequence[Indicator],
    first: str,
    last: str,
    every: Every,
    *,
    split: bool,
) -> list[Row]:
    from zhihang.measurement.measure import Question, measure

    codes = [indicator.code for indicator in indicators]
    found: list[Measured] = []
    for by in ((), ("county",)) if split else ((),):
        question = Question(codes, plan.region, first, last, every, by=by)
        found += measure(
            question, room.indicators, room.store.table, room.store.collect, room.codes, hold=room.store.hold
        )
    return list(_rows(found))


def _rows(found: Iterable[Measured]) -> Iterable[Row]:
    for cell in found:
        if cell.figure.value is None or isinstance(cell.when, date):
            continue
        yield {
            "indicator": cell.indicator.code,
            "region": cell.place.code,
            "period": cell.when.text,
            "period_kind": "stock"
            if _is_level(cell.indicator)
            else "month"
            if cell.when.months == 1
            else "year",
            "value": cell.figure.value,
            "unit": cell.indicator.unit,
            "status": cell.figure.status,
            "source": "模拟数据 simulated register"
            if cell.figure.status == "simulated"
            else "本库统计 counted in the store",
        }


def _is_level(indicator: Indicator) -> bool:
    if indicator.count:
        return indicator.count.of == "in_force" and not indicator.count.newly
    return not (indicator.growth or indicator.cumulative)


def _is_month_end(day: date) -> bool:
    from datetime import timedelta

    return (day + timedelta(days=1)).day == 1
