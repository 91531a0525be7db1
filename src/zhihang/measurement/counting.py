# SPDX-License-Identifier: Apache-2.0
"""Count patents: one pass over the store for all indicators that count the same thing, whatever their conditions."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhihang.measurement.counted_rows import (
    DATES,
    Ask,
    Collect,
    Frame,
    Keys,
    RowsOf,
    Tables,
    aged,
    base_rows,
    candidates,
    fulfils,
    held,
    keyed,
    known,
    month_of,
)
from zhihang.measurement.events import NOTHING, Counted, Events, Floats, Lines, numbered
from zhihang.measurement.grid import Span, Steps, When
from zhihang.measurement.holders import count_holders
from zhihang.measurement.indicator import FLOWS
from zhihang.measurement.place import Place

if TYPE_CHECKING:
    import ibis.expr.types as ir

EPOCH = date(1970, 1, 1)
FEW_STEPS = 10
"""Up to so many steps rights are counted by beginning and end together, in one pass; with more in one pass for each."""
OF_APPLICANT = ("region", "country", "organisation_id", "applicant_type")
"""Columns that differ between the applicants of one application."""


@dataclass(frozen=True)
class Pass:
    """Indicators counted together: of one kind of rows, of one age."""

    collect: Collect
    asks: Sequence[Ask]
    frame: Frame

    @property
    def stock(self) -> bool:
        """Whether rights in force are counted, not what happened in a period."""
        return self.asks[0].count.of not in FLOWS


def count_all(
    tables: Tables, collect: Collect, asks: Iterable[Ask], frame: Frame, rows_of: RowsOf
) -> dict[str, Counted]:
    """Count everything asked for among rows of the places; what is not in the result is zero."""
    found: dict[str, Counted] = {}
    for group in _groups(asks):
        base = base_rows(tables, rows_of(group[0].count), group[0].count, frame.by)
        if group[0].count.of not in FLOWS:
            base = known(base, frame.known_on)
        for age in sorted({ask.count.age or 0.0 for ask in group}):
            some = [ask for ask in group if (ask.count.age or 0.0) == age]
            found |= _count(aged(base, age or None), Pass(collect, some, frame))
    return found


def rows_behind(
    tables: Tables, ask: Ask, place: Place, when: When, *, known_on: date | None = None
) -> ir.Table:
    """Return the rows that one count rests on; with `distinct`, of all who hold some, whether enough or not."""
    frame = Frame([place], [when], (), known_on)
    rows = candidates(tables, ask, frame)
    return rows.filter(fulfils(rows, ask.count, frame).fill_null(False))


def _groups(asks: Iterable[Ask]) -> Iterable[list[Ask]]:
    """Part indicators into those that one kind of rows can answer.

    Where each applicant's place counts once, what is asked of an applicant chooses the rows: an application counts
    once for all applicants of a place that fulfil it.
    """
    groups: dict[tuple[object, ...], list[Ask]] = {}
    for ask in asks:
        count = ask.count
        own = [
            (n, repr(w)) for n, w in count.where.items() if n in OF_APPLICANT and count.counting == "whole"
        ]
        groups.setdefault((count.of, count.counting, count.distinct, *own), []).append(ask)
    return groups.values()


def _count(rows: ir.Table, now: Pass) -> dict[str, Counted]:
    keys = keyed(rows, now.asks, now.frame)
    when = now.frame.when
    spans = [each for each in when if isinstance(each, Span)]
    newly = any(ask.count.newly for ask in now.asks)
    if now.stock and not newly and (len(when) == 1 or len(spans) < len(when)):
        parts = [_held_on(keys, now, each) for each in when]
        return {ask.code: _beside([part[ask.code] for part in parts]) for ask in now.asks}
    steps = Steps.of(spans)
    if now.stock:
        steps = Steps(steps.first - steps.width, steps.width, steps.count + 1)
    events = _changes(keys, now, steps) if now.stock else _flow(keys, now, steps)
    if now.asks[0].count.distinct:
        return count_holders(events, now.asks, spans, steps, stock=now.stock)
    return {ask.code: _added(events, number, now, steps) for number, ask in enumerate(now.asks)}


def _held_on(keys: Keys, now: Pass, when: When) -> dict[str, Counted]:
    """Count rights in force on one day, that for which `when` stands."""
    day = when if isinstance(when, date) else when.last_day
    events = _events([_grouped(keys, now, held(keys.rows, day))], keys, now)
    if now.asks[0].count.distinct:
        return count_holders(events, now.asks, [when], None, stock=True)
    found = {}
    for number, ask in enumerate(now.asks):
        levels = [events.summed(weight * events.fits[number], 1) for weight in _weights(events, ask)]
        found[ask.code] = Counted(events.lines, (when,), _value(ask, levels, [day]))
    return found


def _flow(keys: Keys, now: Pass, steps: Steps) -> Events:
    column = keys.rows[DATES[now.asks[0].count.of]]
    rows = keys.rows.filter(column.between(steps.first_day, steps.last_day))
    return _events([_grouped(keys, now, rows, [_step(rows[column.get_name()], steps)])], keys, now)


def _changes(keys: Keys, now: Pass, steps: Steps) -> Events:
    """Rights that came into force, less those that went out of it; step 0 has all that was before the periods."""
    rows = keys.rows.filter(keys.rows.valid_from <= steps.last_day)
    if steps.count <= FEW_STEPS:
        until = _step(rows.valid_to, steps).name("_until")
        entered = _grouped(keys, now, rows, [_step(rows.valid_from, steps), until])
        left = entered.filter(pc.field("_until") < steps.count).drop_columns("_step")
        left = left.rename_columns({"_until": "_step"}).select(entered.drop_columns("_until").column_names)
        return _events([entered.drop_columns("_until"), left], keys, now)
    ended = keys.rows.filter(keys.rows.valid_to <= steps.last_day)
    found = [
        _grouped(keys, now, rows, [_step(rows.valid_from, steps)]),
        _grouped(keys, now, ended, [_step(ended.valid_to, steps)]),
    ]
    return _events(found, keys, now)


def _step(column: ir.DateColumn, steps: Steps) -> ir.Value:
    """Number of the step of a date: 0 for all that was before, the number of steps for all that comes after."""
    months = month_of(column) - steps.first
    number = months if steps.width == 1 else months // steps.width
    return number.clip(0, steps.count).cast("int64").name("_step")


def _grouped(keys: Keys, now: Pass, rows: ir.Table, steps: Sequence[ir.Value] = ()) -> pa.Table:
    """Count rows by place, dimensions, conditions, the thing that holds them and, if asked, the steps of dates."""
    import ibis

    by = [*keys.places, *keys.dims, *keys.conditions]
    thing = now.asks[0].count.distinct
    if thing:
        some = functools.reduce(operator.or_, (fulfils(rows, ask.count, now.frame) for ask in now.asks))
        rows = rows.filter(rows[thing].notnull(), some)
        by.append(rows[thing].name("_thing"))
    by += steps
    if "_whole" in rows.columns:
        rows = rows.select("application_id", *by).distinct()
        by = [rows[key.get_name()] for key in by]
    figures: dict[str, ir.NumericScalar] = {"n": _weight(rows)}
    if any(ask.age_sum for ask in now.asks):
        figures["dated"] = rows.filing_date.count()
        figures["days"] = ibis.literal(EPOCH).delta(rows.filing_date, unit="day").cast("int64").sum()
    counted = rows.group_by(by).aggregate(**figures) if by else rows.aggregate(**figures)
    return now.collect(counted)


def _weight(rows: ir.Table) -> ir.NumericScalar:
    weights = [rows[name].fill_null(1.0) for name in ("_share", "_part") if name in rows.columns]
    if not weights:
        return rows.count()
    return functools.reduce(operator.mul, weights).cast("float64").sum()


def _events(tables: Sequence[pa.Table], keys: Keys, now: Pass) -> Events:
    """Read groups of rows into arrays; the rows of a second table are taken away from those of the first."""
    signs: Floats = np.concatenate([np.full(len(t), 1.0 - 2 * i) for i, t in enumerate(tables)])
    table = pa.concat_tables(tables)
    place = _places(table, now.frame)
    inside = place >= 0  # elsewhere, or as fine as a higher level only: it counts there
    if not inside.all():
        table, place, signs = table.filter(pa.array(inside)), place[inside], signs[inside]
    count = len(table)
    dims = [name.get_name() for name in keys.dims]
    columns = [pa.chunked_array([pa.array(place)]), *(table.column(name) for name in dims)]
    line, found = numbered(columns, count)
    combination, values = numbered([table.column(key.get_name()) for key in keys.conditions], count)
    thing = table.column("_thing") if "_thing" in table.column_names else None

    def number(name: str) -> Floats:
        if name not in table.column_names:
            return np.zeros(count)
        return np.array(pc.fill_null(table.column(name), 0).to_numpy(), np.float64) * signs

    return Events(
        Lines(found[0].astype(np.int64), found[1:]),
        line,
        table.column("_step").to_numpy() if "_step" in table.column_names else np.zeros(count, np.int64),
        np.zeros(count, np.int64) if thing is None else numbered([thing], count)[0],
        list(_fits(keys, values, combination)),
        number("n"),
        number("dated"),
        number("days"),
    )


def _places(table: pa.Table, frame: Frame) -> Any:
    if len(frame.places) == 1:
        return np.zeros(len(table), np.int64)
    known = pa.array([place.prefixes[0] for place in frame.places])
    return pc.fill_null(pc.index_in(table.column("_region"), known), -1).to_numpy().astype(np.int64)


def _fits(keys: Keys, values: Sequence[Any], combination: Any) -> Iterator[Any]:
    """Say for each question which groups of rows fulfil its conditions."""
    names = [key.get_name() for key in keys.conditions]
    for wanted in keys.wanted:
        found = np.ones(len(values[0]) if values else 1, bool)
        for name, allowed in wanted.items():
            found &= np.array([value in allowed for value in values[names.index(name)]], bool)
        yield found[combination]


def _added(events: Events, number: int, now: Pass, steps: Steps) -> Counted:
    """Add the groups of an indicator up: to levels at the end of periods, or to what happened in them."""
    ask, spans = now.asks[number], [each for each in now.frame.when if isinstance(each, Span)]
    found = []
    for weight in _weights(events, ask):
        summed = np.cumsum(events.summed(weight * events.fits[number], steps.count), axis=1)
        ends = [steps.inside(span) for span in spans]
        values = summed[:, [end.stop - 1 for end in ends]]
        if not now.stock:
            before = np.concatenate([np.zeros((len(summed), 1)), summed], axis=1)
            values = values - before[:, [end.start for end in ends]]
        found.append(values)
    return Counted(events.lines, tuple(spans), _value(ask, found, [span.last_day for span in spans]))


def _weights(events: Events, ask: Ask) -> list[Floats]:
    return [events.dated, events.days] if ask.age_sum else [events.n]


def _value(ask: Ask, levels: Sequence[Floats], days: Sequence[date]) -> Floats:
    """Return counts; or the years since filing of all rights together, on the day of each column."""
    if not ask.age_sum:
        return np.where(np.abs(levels[0]) < NOTHING, 0.0, levels[0])
    dated, before = levels
    since = np.array([(day - EPOCH).days for day in days], np.float64)
    return np.asarray((dated * since + before) / 365.25, np.float64)


def _beside(parts: Sequence[Counted]) -> Counted:
    """Put counts of single days together: lines of all, each with the columns of all."""
    if len(parts) == 1:
        return parts[0]
    keys = list(dict.fromkeys(key for part in parts for key in part.lines.number))
    dims = [
        np.array([key[1][i] for key in keys] + [None], object)[:-1] for i in range(len(parts[0].lines.dims))
    ]
    lines = Lines(np.array([key[0] for key in keys], np.int64), dims)
    return Counted(
        lines,
        tuple(when for part in parts for when in part.when),
        np.concatenate([part.at(keys, part.when) for part in parts], axis=1),
    )
