# SPDX-License-Identifier: Apache-2.0
"""Count patents: one pass over the store for all indicators that count the same thing over the same periods."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from zhihang.measurement.dimension import DIMENSIONS
from zhihang.measurement.grid import Span as Period
from zhihang.measurement.holders import count_holders
from zhihang.measurement.indicator import FLOWS
from zhihang.measurement.place import Place

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
    candidates,
    cells_of,
    fulfils,
    held,
    key_names,
    keys_of,
    merge,
    narrowed,
    runs,
    step_of,
)


def count_all(tables: Tables, collect: Collect, asks: Iterable[Ask], frame: Frame) -> dict[str, Cells]:
    """Count everything asked for; a cell that is not in the result is zero."""
    groups: dict[tuple[object, ...], list[Ask]] = {}
    for ask in asks:
        groups.setdefault((ask.count.of, ask.count.counting, ask.count.distinct), []).append(ask)
    found: dict[str, Cells] = {}
    for (_, _, distinct), group in groups.items():
        count = count_holders if distinct else _rows
        found |= count(tables, collect, group, frame)
    return found


def rows_behind(
    tables: Tables, ask: Ask, place: Place, when: When, *, known_on: date | None = None
) -> ir.Table:
    """Return the rows that one count rests on; with `distinct`, of all who hold some, whether enough or not."""
    frame = Frame([place], [when], (), known_on)
    rows = candidates(tables, ask, frame)
    return rows.filter(fulfils(rows, ask.count, frame).fill_null(False))


def _rows(tables: Tables, collect: Collect, asks: Sequence[Ask], frame: Frame) -> dict[str, Cells]:
    """Count rows, or their weights, by region, period and dimensions."""
    base, asks = narrowed(base_rows(tables, asks[0].count, frame), asks)
    spans = [when for when in frame.when if isinstance(when, Period)]
    if asks[0].count.of in FLOWS:
        return merge(_flow(base, collect, asks, frame, run) for run in runs(spans))
    if len(spans) > 1 and frame.known_on is None:
        return merge(_stock_by_changes(base, collect, asks, frame, run) for run in runs(spans))
    return merge(_stock_on(base, collect, asks, frame, when) for when in frame.when)


def _flow(
    base: ir.Table, collect: Collect, asks: Sequence[Ask], frame: Frame, run: Sequence[Period]
) -> dict[str, Cells]:
    column = base[DATES[asks[0].count.of]]
    rows = base.filter(column.between(run[0].first_day, run[-1].last_day))
    rows = rows.mutate(_step=step_of(rows[DATES[asks[0].count.of]], run))
    counted = collect(_aggregated(rows, asks, frame, ["_step"]))
    return cells_of(counted, asks, frame, lambda row: run[row["_step"]])


def _stock_by_changes(
    base: ir.Table, collect: Collect, asks: Sequence[Ask], frame: Frame, run: Sequence[Period]
) -> dict[str, Cells]:
    """Stock at the end of each period of a run: what came into force until then, less what went out of it."""
    import ibis

    changes: dict[str, Cells] = {ask.code: {} for ask in asks}
    for ages in {ask.count.age for ask in asks}:
        some = [ask for ask in asks if ask.count.age == ages]
        rows_aged = aged(base, ages)
        for sign, column in ((1, "valid_from"), (-1, "valid_to")):
            rows = rows_aged.filter(rows_aged[column] <= run[-1].last_day)
            step = ibis.greatest(step_of(rows[column], run), 0)
            counted = collect(_aggregated(rows.mutate(_step=step), some, frame, ["_step"]))
            for code, cells in cells_of(counted, some, frame, lambda row: run[row["_step"]]).items():
                for cell, value in cells.items():
                    changes[code][cell] = changes[code].get(cell, 0) + sign * value
    return {code: added_up(cells, run) for code, cells in changes.items()}


def _stock_on(
    base: ir.Table, collect: Collect, asks: Sequence[Ask], frame: Frame, when: When
) -> dict[str, Cells]:
    day = when if isinstance(when, date) else when.last_day
    found: dict[str, Cells] = {}
    for ages in {ask.count.age for ask in asks}:
        some = [ask for ask in asks if ask.count.age == ages]
        stock = held(aged(base, ages), day, frame.known_on)
        found |= cells_of(collect(_aggregated(stock, some, frame, [], day)), some, frame, lambda _: when)
    return found


def _aggregated(
    rows: ir.Table, asks: Sequence[Ask], frame: Frame, steps: Sequence[str], day: date | None = None
) -> ir.Table:
    keys = [*keys_of(rows, frame), *steps]
    if "_whole" in rows.columns:
        flags = {f"m{i}": fulfils(rows, ask.count, frame).fill_null(False) for i, ask in enumerate(asks)}
        rows = rows.select("application_id", *keys, **flags).distinct()
        keys = [*key_names(frame), *steps]
        figures = {name: rows[name].cast("int64").sum() for name in flags}
    else:
        figures = {f"m{i}": _figure(rows, ask, frame, day) for i, ask in enumerate(asks)}
    return rows.group_by(keys).aggregate(**figures) if keys else rows.aggregate(**figures)


def _figure(rows: ir.Table, ask: Ask, frame: Frame, day: date | None) -> ir.NumericScalar:
    import ibis

    fits = fulfils(rows, ask.count, frame).fill_null(False)
    weighted = any(DIMENSIONS[name].how == "weights" for name in frame.by)
    if ask.age_sum:
        assert day is not None
        days = ibis.literal(day).delta(rows.filing_date, unit="day")
        years = days.cast("float64") / 365.25
        return fits.ifelse(years, ibis.literal(0.0, type="float64")).sum()
    if not weighted and "_part" not in rows.columns:
        return fits.cast("int64").sum()
    weight: ir.NumericValue = ibis.literal(1.0, type="float64")
    if weighted:
        weight = weight * rows._share.fill_null(1.0)
    if "_part" in rows.columns:
        weight = weight * rows._part
    return fits.ifelse(weight.cast("float64"), ibis.literal(0.0, type="float64")).sum()
