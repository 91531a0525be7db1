# SPDX-License-Identifier: Apache-2.0
"""Count patents: one pass over the store for all indicators that count the same thing over the same periods."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from zhihang.measurement.dimension import DIMENSIONS
from zhihang.measurement.grid import Span as Period
from zhihang.measurement.indicator import FLOWS, Count
from zhihang.measurement.indicator import Span as Range
from zhihang.measurement.place import LENGTHS, Place

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

Tables: TypeAlias = "Callable[[str], ir.Table]"
Collect: TypeAlias = "Callable[[ir.Table], pa.Table]"
When = Period | date
Cell = tuple[str, When, tuple[str | None, ...]]
"""Region, period or day, and values of the other dimensions."""
Cells = dict[Cell, float]

FULL = 6
"""Length of the code of a county: as long as codes get."""
DATES: Mapping[str, str] = {
    "filings": "filing_date",
    "publications": "publication_date",
    "grants": "grant_date",
}


@dataclass(frozen=True)
class Ask:
    """Something to count, under the code of its indicator; `age_sum` asks for the years since filing, added up."""

    code: str
    count: Count
    age_sum: bool = False


@dataclass(frozen=True)
class Frame:
    """Where and when to count: places of one level, periods or days, other dimensions.

    `known_on` counts a right in force as it was known on that day: ends that became known later do not count.
    """

    places: Sequence[Place]
    when: Sequence[When]
    by: tuple[str, ...] = ()
    known_on: date | None = None


def count_all(tables: Tables, collect: Collect, asks: Iterable[Ask], frame: Frame) -> dict[str, Cells]:
    """Count everything asked for; a cell that is not in the result is zero."""
    groups: dict[tuple[object, ...], list[Ask]] = {}
    for ask in asks:
        groups.setdefault((ask.count.of, ask.count.counting, ask.count.distinct), []).append(ask)
    found: dict[str, Cells] = {}
    for (_, _, distinct), group in groups.items():
        count = _distinct if distinct else _rows
        found |= count(tables, collect, group, frame)
    return found


def rows_behind(
    tables: Tables, ask: Ask, place: Place, when: When, *, known_on: date | None = None
) -> ir.Table:
    """Return the rows that one count rests on; with `distinct`, of all who hold some, whether enough or not."""
    frame = Frame([place], [when], (), known_on)
    rows = candidates(tables, ask, frame)
    return rows.filter(_where(rows, ask.count, frame).fill_null(False))


def candidates(tables: Tables, ask: Ask, frame: Frame) -> ir.Table:
    """Return the rows of one place and time among which an indicator's conditions choose."""
    base = _base(tables, ask.count, frame)
    when = frame.when[0]
    if ask.count.of in FLOWS:
        assert isinstance(when, Period)
        return base.filter(base[DATES[ask.count.of]].between(when.first_day, when.last_day))
    day = when if isinstance(when, date) else when.last_day
    return _held(_aged(base, ask.count.age), day, frame.known_on)


def conditions(rows: ir.Table, count: Count, frame: Frame) -> dict[str, ir.BooleanValue]:
    """Return the conditions of an indicator by column."""
    found = {name: _condition(rows[name], wanted) for name, wanted in count.where.items()}
    if "origin" not in count.where and any(place.level == "country" for place in frame.places):
        found["origin"] = rows.origin == "mainland"
    return found


def _rows(tables: Tables, collect: Collect, asks: Sequence[Ask], frame: Frame) -> dict[str, Cells]:
    """Count rows, or their weights, by region, period and dimensions."""
    base, asks = _narrowed(_base(tables, asks[0].count, frame), asks)
    spans = [when for when in frame.when if isinstance(when, Period)]
    if asks[0].count.of in FLOWS:
        return _merge(_flow(base, collect, asks, frame, run) for run in _runs(spans))
    if len(spans) > 1 and frame.known_on is None:
        return _merge(_stock_by_changes(base, collect, asks, frame, run) for run in _runs(spans))
    return _merge(_stock_on(base, collect, asks, frame, when) for when in frame.when)


def _narrowed(base: ir.Table, asks: Sequence[Ask]) -> tuple[ir.Table, list[Ask]]:
    """Let the conditions that all of the indicators share choose the rows, and leave each with the rest of its own."""
    shared = {
        name: wanted
        for name, wanted in asks[0].count.where.items()
        if all(ask.count.where.get(name) == wanted for ask in asks)
    }
    left = []
    for ask in asks:
        rest = {
            name: wanted for name, wanted in ask.count.where.items() if name not in shared or name == "origin"
        }
        left.append(Ask(ask.code, ask.count.model_copy(update={"where": rest}), ask.age_sum))
    chosen = [_condition(base[name], wanted).fill_null(False) for name, wanted in shared.items()]
    return base.filter(chosen) if chosen else base, left


def _flow(
    base: ir.Table, collect: Collect, asks: Sequence[Ask], frame: Frame, run: Sequence[Period]
) -> dict[str, Cells]:
    column = base[DATES[asks[0].count.of]]
    rows = base.filter(column.between(run[0].first_day, run[-1].last_day))
    rows = rows.mutate(_step=_step(rows[DATES[asks[0].count.of]], run))
    counted = collect(_aggregated(rows, asks, frame, ["_step"]))
    return _cells(counted, asks, frame, lambda row: run[row["_step"]])


def _stock_by_changes(
    base: ir.Table, collect: Collect, asks: Sequence[Ask], frame: Frame, run: Sequence[Period]
) -> dict[str, Cells]:
    """Stock at the end of each period of a run: what came into force until then, less what went out of it."""
    import ibis

    changes: dict[str, Cells] = {ask.code: {} for ask in asks}
    for ages in {ask.count.age for ask in asks}:
        some = [ask for ask in asks if ask.count.age == ages]
        aged = _aged(base, ages)
        for sign, column in ((1, "valid_from"), (-1, "valid_to")):
            rows = aged.filter(aged[column] <= run[-1].last_day)
            step = ibis.greatest(_step(rows[column], run), 0)
            counted = collect(_aggregated(rows.mutate(_step=step), some, frame, ["_step"]))
            for code, cells in _cells(counted, some, frame, lambda row: run[row["_step"]]).items():
                for cell, value in cells.items():
                    changes[code][cell] = changes[code].get(cell, 0) + sign * value
    return {code: _added_up(cells, run) for code, cells in changes.items()}


def _added_up(changes: Cells, run: Sequence[Period]) -> Cells:
    found: Cells = {}
    for region, dims in sorted({(cell[0], cell[2]) for cell in changes}, key=str):
        level = 0.0
        for when in run:
            level += changes.get((region, when, dims), 0)
            if level:
                found[region, when, dims] = level
    return found


def _stock_on(
    base: ir.Table, collect: Collect, asks: Sequence[Ask], frame: Frame, when: When
) -> dict[str, Cells]:
    day = when if isinstance(when, date) else when.last_day
    found: dict[str, Cells] = {}
    for ages in {ask.count.age for ask in asks}:
        some = [ask for ask in asks if ask.count.age == ages]
        held = _held(_aged(base, ages), day, frame.known_on)
        found |= _cells(collect(_aggregated(held, some, frame, [], day)), some, frame, lambda _: when)
    return found


def _distinct(tables: Tables, collect: Collect, asks: Sequence[Ask], frame: Frame) -> dict[str, Cells]:
    """Count different organisations or families, those that hold enough."""
    spans = [when for when in frame.when if isinstance(when, Period)]
    if len(spans) < len(frame.when) or frame.known_on is not None:
        return _merge(_distinct_on(tables, collect, asks, frame, when) for when in frame.when)
    base, asks = _narrowed(_base(tables, asks[0].count, frame), asks)
    thing = asks[0].count.distinct or ""
    base = base.filter(base[thing].notnull())
    if asks[0].count.of in FLOWS:
        return _merge(_distinct_flow(base, collect, asks, frame, run) for run in _runs(spans))
    found: list[dict[str, Cells]] = []
    for run in _runs(spans):
        for age in sorted({ask.count.age or 0.0 for ask in asks}):
            some = [ask for ask in asks if (ask.count.age or 0.0) == age]
            found.append(_distinct_by_changes(_aged(base, age or None), collect, some, frame, run))
    return _merge(found)


def _distinct_flow(
    base: ir.Table, collect: Collect, asks: Sequence[Ask], frame: Frame, run: Sequence[Period]
) -> dict[str, Cells]:
    date_column = DATES[asks[0].count.of]
    rows = base.filter(base[date_column].between(run[0].first_day, run[-1].last_day))
    rows = rows.mutate(_step=_step(rows[date_column], run), _thing=rows[asks[0].count.distinct or ""])
    held = {f"n{i}": _fits(rows, ask, frame).cast("int64").sum() for i, ask in enumerate(asks)}
    each = rows.group_by([*_keys(rows, frame), "_step", "_thing"]).aggregate(**held)
    enough = {f"m{i}": (each[f"n{i}"] >= ask.count.holding).cast("int64").sum() for i, ask in enumerate(asks)}
    counted = collect(each.group_by([*_key_names(frame), "_step"]).aggregate(**enough))
    return _cells(counted, asks, frame, lambda row: run[row["_step"]])


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
        rows = rows.mutate(_step=ibis.greatest(_step(rows[column], longer), 0))
        changed = {f"n{i}": _fits(rows, ask, frame).cast("int64").sum() * sign for i, ask in enumerate(asks)}
        keys = [*_keys(rows, frame), rows._step, rows[asks[0].count.distinct or ""].name("_thing")]
        parts.append(rows.group_by(keys).aggregate(**changed))
    names = _key_names(frame)
    events = parts[0].union(parts[1])
    events = events.group_by([*names, "_thing", "_step"]).aggregate(
        **{f"n{i}": events[f"n{i}"].sum() for i in range(len(asks))}
    )
    window = ibis.cumulative_window(
        group_by=[events[name] for name in (*names, "_thing")], order_by=events._step
    )
    levels = events.mutate(**{f"l{i}": events[f"n{i}"].sum().over(window) for i in range(len(asks))})
    counted = collect(levels.group_by([*names, "_step"]).aggregate(**_turns(levels, asks)))
    found = _cells(counted, asks, frame, lambda row: longer[row["_step"]])
    return {
        ask.code: {cell: value for cell, value in cells.items() if cell[1] != longer[0]}
        for ask in asks
        for cells in [found[ask.code] if ask.count.newly else _added_up(found[ask.code], longer)]
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


def _fits(rows: ir.Table, ask: Ask, frame: Frame) -> ir.BooleanValue:
    return _where(rows, ask.count, frame).fill_null(False)


def _distinct_on(
    tables: Tables, collect: Collect, asks: Sequence[Ask], frame: Frame, when: When
) -> dict[str, Cells]:
    count = asks[0].count
    base = _base(tables, count, frame)
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
        now, before = {ask.code: inside & _where(base, ask.count, frame) for ask in asks}, {}
    keys = [*_keys(base, frame), base[thing].name("_thing")]
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
    names = _key_names(frame)
    counted = collect(each.group_by(names).aggregate(**enough) if names else each.aggregate(**enough))
    return _cells(counted, asks, frame, lambda _: when)


def _aged_held(base: ir.Table, ask: Ask, day: date, known_on: date | None) -> ir.BooleanValue:
    held = _holds(base, day, known_on) & _where(base, ask.count, Frame((), ()))
    return held & (base.filing_date <= _years_before(day, ask.count.age)) if ask.count.age else held


def _base(tables: Tables, count: Count, frame: Frame) -> ir.Table:
    """Rows to count: applications or rights in force in the places asked for, with the weights of dimensions."""
    rows = tables("patent_stock" if count.of == "in_force" else "patent")
    if count.counting != "first_applicant":
        rows = _each_applicant(tables, rows, count.counting)
    rows = rows.filter(_inside(rows, frame.places))
    for name in frame.by:
        dimension = DIMENSIONS[name]
        if dimension.how == "weights":
            weights = tables(dimension.source)
            share = weights.weight.cast("float64") if "weight" in weights.columns else 1.0
            weights = weights.select("application_id", _dimension=weights[dimension.column], _share=share)
            rows = rows.left_join(weights, "application_id").drop("application_id_right")
    return rows


def _each_applicant(tables: Tables, rows: ir.Table, counting: str) -> ir.Table:
    """Give each application a row for each applicant, with that applicant's place, type and organisation."""
    region, member = tables("party_region"), tables("party_organisation")
    organisation = tables("organisation").select("organisation_id", applicant_type="type")
    region = region.filter(region.role == "applicant")
    member = member.filter((member.role == "applicant") & (member.part == 1))
    each = region.select("application_id", "sequence", region="region_now", country="country").left_join(
        member.select("application_id", "sequence", "organisation_id"), ["application_id", "sequence"]
    )
    each = each.drop("application_id_right", "sequence_right").left_join(organisation, "organisation_id")
    each = each.drop("organisation_id_right")
    plain = rows.drop("region", "country", "organisation_id", "applicant_type")
    joined = plain.inner_join(each, "application_id")
    if counting == "whole":
        return joined.mutate(_whole=True)
    return joined.mutate(_part=1.0 / joined.applicants.cast("float64"))


def _inside(rows: ir.Table, places: Sequence[Place]) -> ir.BooleanValue:
    import ibis

    if any(place.level == "country" for place in places):
        return ibis.literal(True)
    prefixes = sorted({prefix for place in places for prefix in place.prefixes})
    if len(prefixes) > 8 and len({len(prefix) for prefix in prefixes}) == 1:
        length = len(prefixes[0])
        return (rows.region if length == FULL else rows.region.substr(0, length)).isin(prefixes)
    return functools.reduce(operator.or_, [rows.region.startswith(prefix) for prefix in prefixes])


def _where(rows: ir.Table, count: Count, frame: Frame) -> ir.BooleanValue:
    """Return the conditions of an indicator; the nation means the mainland where it says nothing of origin."""
    always = rows.application_id.notnull()
    return functools.reduce(operator.and_, conditions(rows, count, frame).values(), always)


def _condition(column: ir.Column, wanted: Any) -> ir.BooleanValue:
    if isinstance(wanted, Range):
        ends = [column >= wanted.at_least] if wanted.at_least is not None else []
        ends += [column <= wanted.at_most] if wanted.at_most is not None else []
        return functools.reduce(operator.and_, ends)
    return column.isin(wanted) if isinstance(wanted, list) else column == wanted


def _aggregated(
    rows: ir.Table, asks: Sequence[Ask], frame: Frame, steps: Sequence[str], day: date | None = None
) -> ir.Table:
    keys = [*_keys(rows, frame), *steps]
    if "_whole" in rows.columns:
        flags = {f"m{i}": _where(rows, ask.count, frame).fill_null(False) for i, ask in enumerate(asks)}
        rows = rows.select("application_id", *keys, **flags).distinct()
        keys = [*_key_names(frame), *steps]
        figures = {name: rows[name].cast("int64").sum() for name in flags}
    else:
        figures = {f"m{i}": _figure(rows, ask, frame, day) for i, ask in enumerate(asks)}
    return rows.group_by(keys).aggregate(**figures) if keys else rows.aggregate(**figures)


def _figure(rows: ir.Table, ask: Ask, frame: Frame, day: date | None) -> ir.NumericScalar:
    import ibis

    fits = _where(rows, ask.count, frame).fill_null(False)
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


def _keys(rows: ir.Table, frame: Frame) -> list[ir.Value]:
    keys: list[ir.Value] = []
    if len(frame.places) > 1:
        length = LENGTHS[frame.places[0].level]
        keys.append((rows.region if length == FULL else rows.region.substr(0, length)).name("_region"))
    for name in frame.by:
        dimension = DIMENSIONS[name]
        column = rows._dimension if dimension.how == "weights" else rows[dimension.column]
        if dimension.how == "level":
            column = column.substr(0, dimension.width)
        keys.append(column.cast("string").name(f"d_{name}"))
    return keys


def _key_names(frame: Frame) -> list[str]:
    return [*(["_region"] if len(frame.places) > 1 else []), *(f"d_{name}" for name in frame.by)]


def _cells(
    counted: pa.Table, asks: Sequence[Ask], frame: Frame, when: Callable[[Mapping[str, Any]], When]
) -> dict[str, Cells]:
    found: dict[str, Cells] = {ask.code: {} for ask in asks}
    named = {_short(place): place.code for place in frame.places}
    for row in counted.to_pylist():
        region = named.get(row["_region"]) if len(frame.places) > 1 else frame.places[0].code
        if region is None:
            continue  # as fine as a higher level only: it counts there
        cell = (region, when(row), tuple(row[f"d_{name}"] for name in frame.by))
        for i, ask in enumerate(asks):
            if row[f"m{i}"]:
                found[ask.code][cell] = found[ask.code].get(cell, 0) + float(row[f"m{i}"])
    return found


def _short(place: Place) -> str:
    return place.prefixes[0]


def _step(column: ir.DateColumn, run: Sequence[Period]) -> ir.IntegerColumn:
    """Number of the period in an even run that a date lies in, from 0."""
    months = column.year().cast("int64") * 12 + column.month().cast("int64") - 1 - run[0].start
    return (months if run[0].months == 1 else months // run[0].months).cast("int64")


def _aged(base: ir.Table, years: float | None) -> ir.Table:
    """Let rights count only from the day on which they reach an age, in years since filing."""
    import ibis

    if years is None:
        return base
    reached = base.filing_date + ibis.interval(months=round(years * 12))
    aged = base.mutate(valid_from=ibis.greatest(base.valid_from, reached.cast("date")))
    return aged.filter(aged.valid_from < aged.valid_to)


def _held(rows: ir.Table, day: date, known_on: date | None) -> ir.Table:
    return rows.filter(_holds(rows, day, known_on))


def _holds(rows: ir.Table, day: date, known_on: date | None) -> ir.BooleanValue:
    if known_on is None:
        return (rows.valid_from <= day) & (rows.valid_to > day)
    return (
        (rows.valid_from <= day)
        & (rows.known_from <= known_on)
        & ((rows.valid_to > day) | (rows.known_to > known_on))
    )


def _years_before(day: date, years: float | None) -> date:
    months = day.year * 12 + day.month - 1 - round((years or 0) * 12)
    year, month = divmod(months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError


def _runs(found: Sequence[Period]) -> list[list[Period]]:
    """Part periods into runs of equal periods that follow each other, gaps filled: each run is one pass."""
    groups: dict[tuple[int, int], list[int]] = {}
    for span in found:
        groups.setdefault((span.months, span.start % span.months), []).append(span.start)
    return [
        [Period(start, months) for start in range(min(starts), max(starts) + 1, months)]
        for (months, _), starts in groups.items()
    ]


def _merge(parts: Iterable[dict[str, Cells]]) -> dict[str, Cells]:
    found: dict[str, Cells] = {}
    for part in parts:
        for code, cells in part.items():
            found.setdefault(code, {}).update(cells)
    return found
