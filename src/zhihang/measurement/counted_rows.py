# SPDX-License-Identifier: Apache-2.0
"""Rows to be counted: which ones, by which keys, and the cells that counts of them make."""

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


def candidates(tables: Tables, ask: Ask, frame: Frame) -> ir.Table:
    """Return the rows of one place and time among which an indicator's conditions choose."""
    base = base_rows(tables, ask.count, frame)
    when = frame.when[0]
    if ask.count.of in FLOWS:
        assert isinstance(when, Period)
        return base.filter(base[DATES[ask.count.of]].between(when.first_day, when.last_day))
    day = when if isinstance(when, date) else when.last_day
    return held(aged(base, ask.count.age), day, frame.known_on)


def conditions(rows: ir.Table, count: Count, frame: Frame) -> dict[str, ir.BooleanValue]:
    """Return the conditions of an indicator by column."""
    found = {name: _condition(rows[name], wanted) for name, wanted in count.where.items()}
    if "origin" not in count.where and any(place.level == "country" for place in frame.places):
        found["origin"] = rows.origin == "mainland"
    return found


def base_rows(tables: Tables, count: Count, frame: Frame) -> ir.Table:
    """Rows to count: applications or rights in force in the places asked for, with the weights of dimensions."""
    rows = tables("patent_stock" if count.of == "in_force" else "patent")
    if count.counting != "first_applicant":
        rows = _each_applicant(tables, rows, count.counting)
    rows = rows.filter(inside(rows, frame.places))
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


def inside(rows: ir.Table, places: Sequence[Place]) -> ir.BooleanValue:
    """Say whether the first applicant of a row is in one of the places."""
    import ibis

    if any(place.level == "country" for place in places):
        return ibis.literal(True)
    prefixes = sorted({prefix for place in places for prefix in place.prefixes})
    if len(prefixes) > 8 and len({len(prefix) for prefix in prefixes}) == 1:
        length = len(prefixes[0])
        return (rows.region if length == FULL else rows.region.substr(0, length)).isin(prefixes)
    return functools.reduce(operator.or_, [rows.region.startswith(prefix) for prefix in prefixes])


def fulfils(rows: ir.Table, count: Count, frame: Frame) -> ir.BooleanValue:
    """Return the conditions of an indicator; the nation means the mainland where it says nothing of origin."""
    always = rows.application_id.notnull()
    return functools.reduce(operator.and_, conditions(rows, count, frame).values(), always)


def fits(rows: ir.Table, ask: Ask, frame: Frame) -> ir.BooleanValue:
    """Say whether a row is one of those an indicator counts; blanks are not."""
    return fulfils(rows, ask.count, frame).fill_null(False)


def _condition(column: ir.Column, wanted: Any) -> ir.BooleanValue:
    if isinstance(wanted, Range):
        ends = [column >= wanted.at_least] if wanted.at_least is not None else []
        ends += [column <= wanted.at_most] if wanted.at_most is not None else []
        return functools.reduce(operator.and_, ends)
    return column.isin(wanted) if isinstance(wanted, list) else column == wanted


def narrowed(base: ir.Table, asks: Sequence[Ask]) -> tuple[ir.Table, list[Ask]]:
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


def keys_of(rows: ir.Table, frame: Frame) -> list[ir.Value]:
    """Return the columns to group by: region, where there are several, and dimensions."""
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


def key_names(frame: Frame) -> list[str]:
    """Return the names of the columns to group by."""
    return [*(["_region"] if len(frame.places) > 1 else []), *(f"d_{name}" for name in frame.by)]


def cells_of(
    counted: pa.Table, asks: Sequence[Ask], frame: Frame, when: Callable[[Mapping[str, Any]], When]
) -> dict[str, Cells]:
    """Turn counted rows into cells; rows known only to a higher level of regions count there."""
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


def added_up(changes: Cells, run: Sequence[Period]) -> Cells:
    """Add up changes from period to period into levels."""
    found: Cells = {}
    for region, dims in sorted({(cell[0], cell[2]) for cell in changes}, key=str):
        level = 0.0
        for when in run:
            level += changes.get((region, when, dims), 0)
            if level:
                found[region, when, dims] = level
    return found


def _short(place: Place) -> str:
    return place.prefixes[0]


def step_of(column: ir.DateColumn, run: Sequence[Period]) -> ir.IntegerColumn:
    """Number of the period in an even run that a date lies in, from 0."""
    months = column.year().cast("int64") * 12 + column.month().cast("int64") - 1 - run[0].start
    return (months if run[0].months == 1 else months // run[0].months).cast("int64")


def aged(base: ir.Table, years: float | None) -> ir.Table:
    """Let rights count only from the day on which they reach an age, in years since filing."""
    import ibis

    if years is None:
        return base
    reached = base.filing_date + ibis.interval(months=round(years * 12))
    later = base.mutate(valid_from=ibis.greatest(base.valid_from, reached.cast("date")))
    return later.filter(later.valid_from < later.valid_to)


def held(rows: ir.Table, day: date, known_on: date | None) -> ir.Table:
    """Keep the rights in force on a day."""
    return rows.filter(holds(rows, day, known_on))


def holds(rows: ir.Table, day: date, known_on: date | None) -> ir.BooleanValue:
    """Say whether a right was in force on a day; as it was known on another day, if asked."""
    if known_on is None:
        return (rows.valid_from <= day) & (rows.valid_to > day)
    return (
        (rows.valid_from <= day)
        & (rows.known_from <= known_on)
        & ((rows.valid_to > day) | (rows.known_to > known_on))
    )


def years_before(day: date, years: float | None) -> date:
    """Return the day some years earlier; the last of its month where that day does not exist."""
    months = day.year * 12 + day.month - 1 - round((years or 0) * 12)
    year, month = divmod(months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError


def runs(found: Sequence[Period]) -> list[list[Period]]:
    """Part periods into runs of equal periods that follow each other, gaps filled: each run is one pass."""
    groups: dict[tuple[int, int], list[int]] = {}
    for span in found:
        groups.setdefault((span.months, span.start % span.months), []).append(span.start)
    return [
        [Period(start, months) for start in range(min(starts), max(starts) + 1, months)]
        for (months, _), starts in groups.items()
    ]


def merge(parts: Iterable[dict[str, Cells]]) -> dict[str, Cells]:
    """Put the cells of several passes together."""
    found: dict[str, Cells] = {}
    for part in parts:
        for code, cells in part.items():
            found.setdefault(code, {}).update(cells)
    return found
