# SPDX-License-Identifier: Apache-2.0
"""Rows to be counted: which ones, and by which keys."""

from __future__ import annotations

import functools
import itertools
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from zhihang.facts.patent_columns import SURE
from zhihang.measurement.dimension import DIMENSIONS, Dimension
from zhihang.measurement.grid import Span as Period
from zhihang.measurement.grid import When
from zhihang.measurement.indicator import FLOWS, Count
from zhihang.measurement.indicator import Span as Range
from zhihang.measurement.place import LENGTHS, Place

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

Tables: TypeAlias = "Callable[[str], ir.Table]"
Collect: TypeAlias = "Callable[[ir.Table], pa.Table]"
RowsOf: TypeAlias = "Callable[[Count], ir.Table]"
"""Gives the rows of some places among which a way of counting chooses."""
FAR = date(9999, 12, 31)
"""Stands for: no end known."""
FULL = 6
"""Length of the code of a county: as long as codes get."""
MANY_VALUES = frozenset(
    {"application_id", "office", "country", "region", "zone", "organisation_id", "applicants", "family_id"}
)
"""Columns with many values: of those that no condition names, rows are not grouped by each."""
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


def candidates(tables: Tables, ask: Ask, frame: Frame) -> ir.Table:
    """Return the rows of one place and time among which an indicator's conditions choose."""
    base = base_rows(tables, rows_in(tables, ask.count, frame.places), ask.count, frame.by)
    when = frame.when[0]
    if ask.count.of in FLOWS:
        assert isinstance(when, Period)
        return base.filter(base[DATES[ask.count.of]].between(when.first_day, when.last_day))
    day = when if isinstance(when, date) else when.last_day
    return held(aged(known(base, frame.known_on), ask.count.age), day)


def conditions(rows: ir.Table, count: Count, frame: Frame) -> dict[str, ir.BooleanValue]:
    """Return the conditions of an indicator by column."""
    return {name: _condition(rows[name], wanted) for name, wanted in _where(count, frame).items()}


def rows_in(tables: Tables, count: Count, places: Sequence[Place]) -> ir.Table:
    """Rows of the places asked for: by the first applicant, or one for each applicant that may be there."""
    rows = tables(source(count))
    if count.counting != "first_applicant":
        rows = _each_applicant(tables, rows)
    return rows.filter(inside(rows, places))


def base_rows(tables: Tables, rows: ir.Table, count: Count, by: Sequence[str]) -> ir.Table:
    """Rows to count, with the weights of the way of counting and of dimensions."""
    if count.counting == "whole":
        rows = rows.mutate(_whole=True)
    elif count.counting == "fractional":
        rows = rows.mutate(_part=1.0 / rows.applicants.cast("float64"))
    for name in by:
        dimension = DIMENSIONS[name]
        if dimension.how == "weights":
            rows = rows.left_join(_values(tables, dimension), "application_id").drop("application_id_right")
    return rows


def _values(tables: Tables, dimension: Dimension) -> ir.Table:
    """Return the values of a dimension by application; without weights each counts once, if it is sure."""
    found = tables(dimension.source)
    if "weight" in found.columns:
        share = found.weight.cast("float64")
        return found.select("application_id", _dimension=found[dimension.column], _share=share)
    found = found.filter(found.basis.isin(SURE))
    return found.select("application_id", _dimension=found[dimension.column]).distinct()


def _each_applicant(tables: Tables, rows: ir.Table) -> ir.Table:
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
    return plain.inner_join(each, "application_id")


def inside(rows: ir.Table, places: Sequence[Place]) -> ir.BooleanValue:
    """Say whether the first applicant of a row may be in one of the places, and surely is where there is only one.

    Of many places rows are grouped by place, so that what is in none of them is dropped then.
    """
    import ibis

    prefixes = sorted({prefix for place in places for prefix in place.prefixes})
    if len(places) > 1:
        pairs = itertools.takewhile(
            lambda pair: pair[0] == pair[1], zip(prefixes[0], prefixes[-1], strict=False)
        )
        prefixes = ["".join(one for one, _ in pairs)]
    if "" in prefixes:
        return ibis.literal(True)
    return functools.reduce(operator.or_, [rows.region.startswith(prefix) for prefix in prefixes])


def fulfils(rows: ir.Table, count: Count, frame: Frame) -> ir.BooleanValue:
    """Return the conditions of an indicator; the nation means the mainland where it says nothing of origin."""
    import ibis

    always: ir.BooleanValue = ibis.literal(True)
    return functools.reduce(operator.and_, conditions(rows, count, frame).values(), always)


def source(count: Count) -> str:
    """Return the table whose rows are counted."""
    return "patent_stock" if count.of == "in_force" else "patent"


def columns_read(asked: Sequence[tuple[Ask, tuple[str, ...]]], known_on: date | None) -> set[str]:
    """Return the columns of one table that questions read, each with the dimensions it is split by."""
    names = {"region", "origin", "valid_from", "valid_to"}
    if known_on is not None:
        names |= {"known_from", "known_to"}
    for ask, by in asked:
        count = ask.count
        if count.of in FLOWS:
            names.add(DATES[count.of])
        names |= {*count.where, *([count.distinct] if count.distinct else ())}
        if count.counting != "first_applicant":
            names |= {"application_id", "applicants"}
        if count.age or ask.age_sum:
            names.add("filing_date")
        for name in by:
            weighted = DIMENSIONS[name].how == "weights"
            names.add("application_id" if weighted else DIMENSIONS[name].column)
    return names


def _condition(column: ir.Column, wanted: Any) -> ir.BooleanValue:
    if isinstance(wanted, Range):
        ends = [column >= wanted.at_least] if wanted.at_least is not None else []
        ends += [column <= wanted.at_most] if wanted.at_most is not None else []
        return functools.reduce(operator.and_, ends)
    return column.isin(wanted) if isinstance(wanted, list) else column == wanted


@dataclass(frozen=True)
class Keys:
    """What rows are grouped by for several questions at once.

    `rows` fulfil what all of the questions ask. `conditions` are the columns that the rest of their conditions look
    at; `wanted` says for each question which values of them it counts.
    """

    rows: ir.Table
    places: Sequence[ir.Value]
    dims: Sequence[ir.Value]
    conditions: Sequence[ir.Value]
    wanted: Sequence[Mapping[str, Sequence[Any]]]


def keyed(rows: ir.Table, asks: Sequence[Ask], frame: Frame) -> Keys:
    """Return what to group rows by, for questions that count the same kind of rows."""
    wheres = [_where(ask.count, frame) for ask in asks]
    shared = {name: value for name, value in wheres[0].items() if all(w.get(name) == value for w in wheres)}
    if shared:
        rows = rows.filter([_condition(rows[name], value).fill_null(False) for name, value in shared.items()])
    columns: dict[str, ir.Value] = {}
    wanted: list[dict[str, Sequence[Any]]] = [{} for _ in asks]
    named: dict[str, set[Any]] = {}
    for where, chosen in zip(wheres, wanted, strict=True):
        for name, value in where.items():
            if name in shared:
                continue
            if isinstance(value, Range) or not _is_plain(rows[name]):
                key = f"c_{name}_{value!r}"
                columns[key], chosen[key] = _condition(rows[name], value), [True]
            else:
                chosen[name] = value if isinstance(value, list) else [value]
                named.setdefault(name, set()).update(chosen[name])
    for name, values in named.items():
        columns[name] = _only(rows[name], sorted(values)) if name in MANY_VALUES else rows[name]
    number = {key: f"c{i}" for i, key in enumerate(columns)}
    return Keys(
        rows,
        _place_keys(rows, frame),
        _dimension_keys(rows, frame),
        [column.name(number[key]) for key, column in columns.items()],
        [{number[key]: values for key, values in chosen.items()} for chosen in wanted],
    )


def _is_plain(column: ir.Column) -> bool:
    kind = column.type()
    return bool(kind.is_string() or kind.is_boolean() or kind.is_integer())


def _where(count: Count, frame: Frame) -> dict[str, Any]:
    """Return the conditions of an indicator; the nation means the mainland where it says nothing of origin."""
    nation = any(place.level == "country" for place in frame.places)
    found: dict[str, Any] = dict(count.where)
    if nation:
        found.setdefault("origin", "mainland")
    return found


def _only(column: ir.Column, values: Sequence[Any]) -> ir.Value:
    """Keep the values that some condition names; all others are one group."""
    import ibis

    return column.isin(values).ifelse(column, ibis.null(column.type()))


def _place_keys(rows: ir.Table, frame: Frame) -> list[ir.Value]:
    if len(frame.places) == 1:
        return []
    length = LENGTHS[frame.places[0].level]
    return [(rows.region if length == FULL else rows.region.substr(0, length)).name("_region")]


def _dimension_keys(rows: ir.Table, frame: Frame) -> list[ir.Value]:
    keys = []
    for name in frame.by:
        dimension = DIMENSIONS[name]
        column = rows._dimension if dimension.how == "weights" else rows[dimension.column]
        if dimension.how == "level":
            column = column.substr(0, dimension.width)
        keys.append(column.cast("string").name(f"d_{name}"))
    return keys


def month_of(column: ir.DateColumn) -> ir.IntegerValue:
    """Months since year 0 of a date."""
    return column.year().cast("int64") * 12 + column.month().cast("int64") - 1


def known(rows: ir.Table, day: date | None) -> ir.Table:
    """Return rights as they were known on a day: those that began to be known, without ends that became known later."""
    import ibis

    if day is None:
        return rows
    found = rows.filter(rows.known_from <= day)
    return found.mutate(valid_to=(found.known_to > day).ifelse(ibis.literal(FAR), found.valid_to))


def aged(base: ir.Table, years: float | None) -> ir.Table:
    """Let rights count only from the day on which they reach an age, in years since filing."""
    import ibis

    if years is None:
        return base
    reached = base.filing_date + ibis.interval(months=round(years * 12))
    later = base.mutate(valid_from=ibis.greatest(base.valid_from, reached.cast("date")))
    return later.filter(later.valid_from < later.valid_to)


def held(rows: ir.Table, day: date) -> ir.Table:
    """Keep the rights in force on a day."""
    return rows.filter((rows.valid_from <= day) & (rows.valid_to > day))
