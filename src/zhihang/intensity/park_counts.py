# SPDX-License-Identifier: Apache-2.0
"""Patents of parks and of the area they lie in, by year and class, and which classes stand on one patent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from zhihang.intensity.facts_seen import Area, FactsSeen
from zhihang.intensity.industry_list import IndustryLists
from zhihang.intensity.park_members import Residents
from zhihang.intensity.patent_counts import UNALLOCATED, counted_patents
from zhihang.intensity.scheme import Patents
from zhihang.intensity.subjects import Values

if TYPE_CHECKING:
    import ibis.expr.types as ir

By = Literal["field", "industry"]
EDITION = "GB/T 4754-2017"


@dataclass(frozen=True)
class Counts:
    """Patents by year, park and class (in parts where a patent is of several), and those of the whole area.

    `parks[t, p, k]` and `area[t, k]` are of year `years[t]` and class `classes[k]`; patents of no class are in
    `park_totals[t, p]` and `area_totals[t]` only. `together[j, k]` is how many patents of the area are of both classes;
    `holders[t]` gives the patents of each organisation of a park: its place among `organisations`, its count.
    """

    years: tuple[int, ...]
    classes: tuple[str, ...]
    names: tuple[str, ...]
    parks: NDArray[np.float64]
    area: NDArray[np.float64]
    park_totals: Values
    area_totals: Values
    together: NDArray[np.float64]
    organisations: tuple[str, ...]
    holders: NDArray[np.float64]

    def windows(self, width: int) -> Counts:
        """Sums over so many years up to each year."""
        return Counts(
            self.years,
            self.classes,
            self.names,
            _moving(self.parks, width),
            _moving(self.area, width),
            _moving(self.park_totals, width),
            _moving(self.area_totals, width),
            self.together,
            self.organisations,
            _moving(self.holders, width),
        )


def count_parks(
    facts: FactsSeen,
    area: Area,
    held: Residents,
    parks: int,
    *,
    patents: Patents,
    years: Sequence[int],
    by: By = "field",
) -> Counts:
    """Count the patents of parks and of their area by year and class: fields of technology or divisions of industry."""
    names = class_names(facts, by)
    place = {code: at for at, code in enumerate(names)}
    year_at = {year: at for at, year in enumerate(years)}
    counted = counted_patents(facts, area, patents, years)
    classed = _classed(facts, by)
    rows = counted.left_join(classed, "application_id")
    rows = rows.select(
        "application_id", "organisation_id", "year", code=rows.code, weight=rows.weight.fill_null(1.0)
    )
    whole = facts.collect(rows.group_by("year", "code").aggregate(n=rows.weight.sum()))
    area_of = np.zeros((len(years), len(names) + 1))
    _add(area_of, whole, [year_at, place], ["year", "code"])
    organisations = sorted(held.park_of)
    of_parks, of_holders = _of_residents(facts, rows, organisations, held, (parks, year_at, place))
    return Counts(
        tuple(years),
        tuple(names),
        tuple(names.values()),
        of_parks[:, :, :-1],
        area_of[:, :-1],
        of_parks.sum(axis=2),
        area_of.sum(axis=1),
        _together(facts, counted, classed, place),
        tuple(organisations),
        of_holders,
    )


def class_names(facts: FactsSeen, by: By) -> Mapping[str, str]:
    """Return the classes of a classification, code to name."""
    if by == "industry":
        return IndustryLists(facts.codes, EDITION).at_level("division")
    return {code.code: code.label.zh for code in facts.codes["technology_field"] if code.code != UNALLOCATED}


def _classed(facts: FactsSeen, by: By) -> ir.Table:
    """Applications with their classes and the share of each."""
    if by == "field":
        rows = facts.table("patent_field")
        return rows.select("application_id", "weight", code=rows.field)
    rows = facts.table("patent_industry")
    rows = rows.filter(rows.scheme == EDITION)
    rows = rows.select(
        "application_id", "weight", code=(rows.code == UNALLOCATED).ifelse(rows.code, rows.code.substr(0, 2))
    )
    return rows.group_by("application_id", "code").aggregate(weight=rows.weight.sum())


def _of_residents(
    facts: FactsSeen,
    rows: ir.Table,
    organisations: Sequence[str],
    held: Residents,
    shape: tuple[int, Mapping[int, int], Mapping[str, int]],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    parks, year_at, place = shape
    counts = np.zeros((len(year_at), parks, len(place) + 1))
    holders = np.zeros((len(year_at), len(organisations)))
    if not organisations:
        return counts, holders
    numbered = pa.table(
        {"organisation_id": list(organisations), "holder": pa.array(range(len(organisations)), pa.int32())}
    )
    joined = rows.inner_join(facts.values(numbered), "organisation_id")
    found = facts.collect(joined.group_by("year", "holder", "code").aggregate(n=joined.weight.sum()))
    park_of = {at: held.park_of[one] for at, one in enumerate(organisations)}
    _add(counts, found, [year_at, park_of, place], ["year", "holder", "code"])
    _add(holders, found, [year_at, {at: at for at in park_of}], ["year", "holder"])
    return counts, holders


def _together(
    facts: FactsSeen, counted: ir.Table, classed: ir.Table, place: Mapping[str, int]
) -> NDArray[np.float64]:
    """Patents that are of two classes, by pair; the diagonal is 0 (M-NAV-07)."""
    held = classed.filter(classed.code != UNALLOCATED)
    held = held.semi_join(counted, "application_id").select("application_id", "code")
    pairs = held.inner_join(held.view().rename(other="code"), "application_id")
    pairs = pairs.filter(pairs.code < pairs.other)
    found = facts.collect(pairs.group_by("code", "other").aggregate(n=pairs.count()))
    counts = np.zeros((len(place) + 1, len(place) + 1))
    _add(counts, found, [place, place], ["code", "other"])
    return (counts + counts.T)[:-1, :-1]


def _add(
    into: NDArray[np.float64], rows: pa.Table, places: Sequence[Mapping[Any, int]], names: Sequence[str]
) -> None:
    """Add up column `n` of rows in an array by places; what has none goes last."""
    at = tuple(
        np.array([known.get(value, -1) for value in rows[name].to_pylist()], np.int64)
        for known, name in zip(places, names, strict=True)
    )
    np.add.at(into, at, np.array(rows["n"].to_pylist(), float))


def _moving(values: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """Sums over `width` places of the first axis up to each, as far as it reaches."""
    sums = np.cumsum(values, axis=0)
    found = sums.copy()
    found[width:] -= sums[:-width]
    return np.maximum(found, 0.0)
