# SPDX-License-Identifier: Apache-2.0
"""Count different organisations or families: those that hold enough, and those that are new."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from zhihang.measurement.grid import Span as Period
from zhihang.measurement.indicator import FLOWS

if TYPE_CHECKING:
    import ibis.expr.types as ir

from zhihang.measurement.counted_rows import (
    DATES,
    Ask,
    Cells,
    Collect,
    Frame,
    Tables,
    When,
    added_up,
    aged,
    base_rows,
    cells_of,
    fits,
    fulfils,
    holds,
    key_names,
    keys_of,
    merge,
    narrowed,
    runs,
    step_of,
    years_before,
)


def count_holders(tables: Tables, collect: Collect, asks: Sequence[Ask], frame: Frame) -> dict[str, Cells]:
    """Count different organisations or families, those that hold enough."""
    spans = [when for when in frame.when if isinstance(when, Period)]
    if len(spans) < len(frame.when) or frame.known_on is not None:
        return merge(_distinct_on(tables, collect, asks, frame, when) for when in frame.when)
    base, asks = narrowed(base_rows(tables, asks[0].count, frame), asks)
    thing = asks[0].count.distinct or ""
    base = base.filter(base[thing].notnull())
    if asks[0].count.of in FLOWS:
        return merge(_distinct_flow(base, collect, asks, frame, run) for run in runs(spans))
    found: list[dict[str, Cells]] = []
    for run in runs(spans):
        for age in sorted({ask.count.age or 0.0 for ask in asks}):
            some = [ask for ask in asks if (ask.count.age or 0.0) == age]
            found.append(_distinct_by_changes(aged(base, age or None), collect, some, frame, run))
    return merge(found)


def _distinct_flow(
    base: ir.Table, collect: Collect, asks: Sequence[Ask], frame: Frame, run: Sequence[Period]
) -> dict[str, Cells]:
    date_column = DATES[asks[0].count.of]
    rows = base.filter(base[date_column].between(run[0].first_day, run[-1].last_day))
    rows = rows.mutate(_step=step_of(rows[date_column], run), _thing=rows[asks[0].count.distinct or ""])
    held = {f"n{i}": fits(rows, ask, frame).cast("int64").sum() for i, ask in enumerate(asks)}
    each = rows.group_by([*keys_of(rows, frame), "_step", "_thing"]).aggregate(**held)
    enough = {f"m{i}": (each[f"n{i}"] >= ask.count.holding).cast("int64").sum() for i, ask in enumerate(asks)}
    counted = collect(each.group_by([*key_names(frame), "_step"]).aggregate(**enough))
    return cells_of(counted, asks, frame, lambda row: run[row["_step"]])


def _distinct_by_changes(
    base: ir.Table, collect: Collect, asks: Sequence[Ask], frame: Frame, run: Sequence[Period]
) -> dict[str, Cells]:
    """Holders at the end of each period, from the periods in which a holder's stock changed.

    A holder begins to count in the period at whose end it first holds enough, and ceases in that at whose end it does
    no longer. The period before the run is looked at as well, so that its holders are not taken for new ones.
    """
    import ibis

    longer = [run[0].before(), *run]
    parts = []
    for sign, column in ((1, "valid_from"), (-1, "valid_to")):
        rows = base.filter((base[column] <= run[-1].last_day) & (base.valid_from < base.valid_to))
        rows = rows.mutate(_step=ibis.greatest(step_of(rows[column], longer), 0))
        changed = {f"n{i}": fits(rows, ask, frame).cast("int64").sum() * sign for i, ask in enumerate(asks)}
        keys = [*keys_of(rows, frame), rows._step, rows[asks[0].count.distinct or ""].name("_thing")]
        parts.append(rows.group_by(keys).aggregate(**changed))
    names = key_names(frame)
    events = parts[0].union(parts[1])
    events = events.group_by([*names, "_thing", "_step"]).aggregate(
        **{f"n{i}": events[f"n{i}"].sum() for i in range(len(asks))}
    )
    window = ibis.cumulative_window(
        group_by=[events[name] for name in (*names, "_thing")], order_by=events._step
    )
    levels = events.mutate(**{f"l{i}": events[f"n{i}"].sum().over(window) for i in range(len(asks))})
    counted = collect(levels.group_by([*names, "_step"]).aggregate(**_turns(levels, asks)))
    found = cells_of(counted, asks, frame, lambda row: longer[row["_step"]])
    return {
        ask.code: {cell: value for cell, value in cells.items() if cell[1] != longer[0]}
        for ask in asks
        for cells in [found[ask.code] if ask.count.newly else added_up(found[ask.code], longer)]
    }


def _turns(levels: ir.Table, asks: Sequence[Ask]) -> dict[str, ir.NumericScalar]:
    """Holders that begin to count in a period less those that cease; of new ones only those that held nothing before."""
    found = {}
    for i, ask in enumerate(asks):
        now = levels[f"l{i}"]
        before = now - levels[f"n{i}"]
        if ask.count.newly:
            turned = ((before == 0) & (now >= ask.count.holding)).cast("int64")
        else:
            turned = (now >= ask.count.holding).cast("int64") - (before >= ask.count.holding).cast("int64")
        found[f"m{i}"] = turned.sum()
    return found


def _distinct_on(
    tables: Tables, collect: Collect, asks: Sequence[Ask], frame: Frame, when: When
) -> dict[str, Cells]:
    count = asks[0].count
    base = base_rows(tables, count, frame)
    thing = count.distinct or ""
    base = base.filter(base[thing].notnull())
    if count.of == "in_force":
        day = when if isinstance(when, date) else when.last_day
        earlier = when.before().last_day if isinstance(when, Period) else None
        now = {ask.code: _aged_held(base, ask, day, frame.known_on) for ask in asks}
        before = {
            ask.code: _aged_held(base, ask, earlier, frame.known_on)
            for ask in asks
            if ask.count.newly and earlier
        }
    else:
        assert isinstance(when, Period)
        inside = base[DATES[count.of]].between(when.first_day, when.last_day)
        now, before = {ask.code: inside & fulfils(base, ask.count, frame) for ask in asks}, {}
    keys = [*keys_of(base, frame), base[thing].name("_thing")]
    figures = {f"n{i}": now[ask.code].fill_null(False).cast("int64").sum() for i, ask in enumerate(asks)}
    figures |= {
        f"b{i}": before[ask.code].fill_null(False).cast("int64").sum()
        for i, ask in enumerate(asks)
        if ask.code in before
    }
    each = base.group_by(keys).aggregate(**figures)
    enough = {}
    for i, ask in enumerate(asks):
        holds = each[f"n{i}"] >= ask.count.holding
        if ask.count.newly:
            holds &= each[f"b{i}"] == 0 if ask.code in before else False
        enough[f"m{i}"] = holds.fill_null(False).cast("int64").sum()
    names = key_names(frame)
    counted = collect(each.group_by(names).aggregate(**enough) if names else each.aggregate(**enough))
    return cells_of(counted, asks, frame, lambda _: when)


def _aged_held(base: ir.Table, ask: Ask, day: date, known_on: date | None) -> ir.BooleanValue:
    held = holds(base, day, known_on) & fulfils(base, ask.count, Frame((), ()))
    return held & (base.filing_date <= years_before(day, ask.count.age)) if ask.count.age else held
