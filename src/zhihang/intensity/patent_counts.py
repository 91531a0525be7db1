# SPDX-License-Identifier: Apache-2.0
"""Patents of an area by year and by the way they are shared among industries; patents of firms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from zhihang.intensity.facts_seen import Area, FactsSeen, area_of
from zhihang.intensity.scheme import Patents
from zhihang.intensity.subjects import Values

if TYPE_CHECKING:
    import ibis.expr.types as ir

UNALLOCATED = "unallocated"
_PARTS_PER_UNIT = 1_000_000


@dataclass(frozen=True)
class SharedPatents:
    """Patents by year and way.

    A way is one set of industries and weights: all patents with the same classes share it, and so do they its errors.
    `counts[t, w]` patents of year `years[t]` go the way `w`; link `l` sends the share `weights[l]` of way `ways[l]` to
    industry `industries[places[l]]`. `keys` tell each way from all others wherever it is met.
    """

    years: tuple[int, ...]
    counts: Values
    keys: NDArray[np.int64]
    ways: NDArray[np.int64]
    industries: tuple[str, ...]
    places: NDArray[np.int64]
    weights: Values

    def by_way(self, years: Sequence[int]) -> Values:
        """Patents of some years by way."""
        chosen = [place for place, year in enumerate(self.years) if year in years]
        return np.asarray(self.counts[chosen].sum(axis=0), dtype=float)

    def totals(self, years: Sequence[int]) -> Values:
        """Patents of some years, fractional, in the order of `industries`."""
        shares = self.by_way(years)[self.ways] * self.weights
        return np.asarray(np.bincount(self.places, shares, len(self.industries)), dtype=float)

    def by_industry(self, years: Sequence[int]) -> dict[str, float]:
        """Patents of some years by industry, fractional."""
        return dict(zip(self.industries, self.totals(years).tolist(), strict=True))

    @cached_property
    def drawn(self) -> dict[tuple[int, int], Values]:
        """Shares of links drawn anew, kept by number of draws and seed."""
        return {}


def shared_patents(
    facts: FactsSeen, area: Area, patents: Patents, years: Sequence[int], edition: str
) -> SharedPatents:
    """Count the patents of an area by year and way (M-IND-03, M-IND-10), in industries of one edition."""
    return shared_patents_of(facts, [area], patents, years, edition)[area.code]


def shared_patents_of(
    facts: FactsSeen, areas: Sequence[Area], patents: Patents, years: Sequence[int], edition: str
) -> dict[str, SharedPatents]:
    """Count the patents of several areas with one query; by the code of the area."""
    counted = _counted(facts, areas, patents, years)
    if len(areas) == 1:
        counted = counted.mutate(region=_text(areas[0].code))
    if patents.assigned_by == "holder":
        rows = _by_holder(facts, counted, max(years), edition)
    else:
        rows = _by_way(facts, counted, edition)
    placed = np.zeros(len(rows.years), np.int64) if len(areas) == 1 else _placed(rows.regions, areas)
    order = np.argsort(placed, kind="stable")
    ends = np.searchsorted(placed[order], np.arange(len(areas) + 1))
    every = tuple(sorted(set(years)))
    return {
        area.code: rows.of(order[first:last], every)
        for area, (first, last) in zip(areas, pairwise(ends.tolist()), strict=True)
    }


def _placed(regions: pa.ChunkedArray, areas: Sequence[Area]) -> NDArray[np.int64]:
    """Place of the area that each division lies in; -1 where it lies in none."""
    coded = pc.dictionary_encode(regions, null_encoding="encode").combine_chunks()
    places = np.array(area_of(coded.dictionary.to_pylist(), areas), np.int64)
    return places[coded.indices.to_numpy()] if len(places) else np.zeros(0, np.int64)


@dataclass(frozen=True)
class _Rows:
    """Counts by division, year and way, and the links of all ways, those of one way after each other."""

    regions: pa.ChunkedArray
    years: NDArray[np.int64]
    ways: NDArray[np.int64]
    counts: Values
    keys: NDArray[np.int64]
    starts: NDArray[np.int64]
    industries: tuple[str, ...]
    places: NDArray[np.int64]
    weights: Values

    def of(self, chosen: NDArray[np.intp], years: tuple[int, ...]) -> SharedPatents:
        """The counts of some rows with the links of their ways."""
        held, own = np.unique(self.ways[chosen], return_inverse=True)
        counts = np.zeros((len(years), len(held)))
        np.add.at(counts, (np.searchsorted(years, self.years[chosen]), own), self.counts[chosen])
        number = self.starts[held + 1] - self.starts[held]
        ways = np.repeat(np.arange(len(held)), number)
        links = np.arange(int(number.sum())) + np.repeat(
            self.starts[held] - np.cumsum(number) + number, number
        )
        return SharedPatents(
            years, counts, self.keys[held], ways, self.industries, self.places[links], self.weights[links]
        )


def counted_patents(facts: FactsSeen, area: Area | None, patents: Patents, years: Sequence[int]) -> ir.Table:
    """Return what is counted, of an area or (None) of all: application, organisation, division, year."""
    return _counted(facts, () if area is None else (area,), patents, years)


def _counted(facts: FactsSeen, areas: Sequence[Area], patents: Patents, years: Sequence[int]) -> ir.Table:
    if patents.measure == "stock":
        rows = _in_force(facts.table("patent_stock"), years)
    else:
        rows = facts.table("patent")
        column = rows.grant_date if patents.measure == "grants" else rows.filing_date
        rows = rows.mutate(year=column.year().cast("int32"))
        rows = rows.filter(rows.year.isin(list(years)))
    rows = rows.filter(rows.kind.isin(list(patents.kinds)))
    if patents.holders == "domestic":
        rows = rows.filter(rows.origin == "mainland")
    rows = facts.within(rows, *areas) if areas else rows
    rows = rows.select("application_id", "organisation_id", "region", "year")
    return rows.distinct() if patents.measure == "stock" else rows


def _text(value: str) -> ir.StringScalar:
    import ibis

    return ibis.literal(value)


def window_of(patents: Patents, year: int) -> list[int]:
    """The years whose patents count for a year: those of the window, or the year at whose end rights are in force."""
    return [year] if patents.measure == "stock" else list(range(year - patents.window + 1, year + 1))


def _in_force(rows: ir.Table, years: Sequence[int]) -> ir.Table:
    """Rights in force at the end of each year; one that is so at the end of several stands once for each."""
    import ibis

    parts = []
    for year in years:
        day = ibis.literal(date(year, 12, 31))
        held = rows.filter((rows.valid_from <= day) & (day < rows.valid_to))
        parts.append(held.mutate(year=ibis.literal(year).cast("int32")))
    return parts[0] if len(parts) == 1 else ibis.union(*parts)


def _by_way(facts: FactsSeen, counted: ir.Table, edition: str) -> _Rows:
    """Count patents by the way they go, then look up which industries each way leads to."""
    rows = facts.collect(_ways_counted(facts, counted, edition))
    one, two, years, counts = (_numbers(rows[name]) for name in ("one", "two", "year", "n"))
    keys, way = np.unique(one * 1_000_003 ^ two, return_inverse=True)
    example = pc.fill_null(rows["example"], "").to_numpy().astype(object)
    firsts: list[str | None] = [None] * len(keys)
    for at, name in zip(way.tolist(), example.tolist(), strict=True):
        held = firsts[at]
        firsts[at] = name if held is None else min(held, name)
    starts, industries, places, weights = _links(facts, firsts, edition)
    return _Rows(rows["region"], years, way, counts.astype(float), keys, starts, industries, places, weights)


def _ways_counted(facts: FactsSeen, counted: ir.Table, edition: str) -> ir.Table:
    """Patents by division, year and way, with one that goes it; a way is told by two sums over its industries."""
    import ibis

    shares = facts.table("patent_industry")
    shares = shares.filter(shares.scheme == edition)
    number = ibis.literal("1").concat(shares.code.re_replace("[^0-9]", "")).cast("int64")
    parts = (shares.weight * _PARTS_PER_UNIT).round().cast("int64")
    shares = shares.select("application_id", one=number * parts, two=number * number * parts)
    rows = counted.left_join(shares, "application_id").drop("application_id_right")
    rows = rows.group_by("application_id", "region", "year").aggregate(one=rows.one.sum(), two=rows.two.sum())
    return rows.group_by("region", "year", "one", "two").aggregate(
        n=rows.count(), example=rows.application_id.min()
    )


def _links(
    facts: FactsSeen, examples: Sequence[str | None], edition: str
) -> tuple[NDArray[np.int64], tuple[str, ...], NDArray[np.int64], Values]:
    """Where the links of each way start, the industries, and of each link the place of its industry and its weight."""
    shares = facts.table("patent_industry")
    wanted = facts.values(pa.table({"application_id": pa.array(examples, pa.string())}))
    shares = shares.filter(shares.scheme == edition).semi_join(wanted, "application_id")
    rows = facts.collect(shares.select("application_id", "code", "weight"))
    at = {name: place for place, name in enumerate(examples)}
    way = np.array([at[name] for name in rows["application_id"].to_pylist()], np.int64)
    without = np.setdiff1d(np.arange(len(examples)), way)
    codes = [*rows["code"].to_pylist(), *[UNALLOCATED] * len(without)]
    way = np.concatenate([way, without])
    weights = np.concatenate([_numbers(rows["weight"], float), np.ones(len(without))])
    names, places = np.unique(np.array(codes, dtype=object), return_inverse=True)
    order = np.lexsort((places, way))
    starts = np.searchsorted(way[order], np.arange(len(examples) + 1))
    return starts, tuple(names.tolist()), places[order], weights[order]


def _numbers(column: pa.ChunkedArray, kind: type = np.int64) -> NDArray[Any]:
    return np.asarray(pc.fill_null(column, 0).to_numpy(), dtype=kind)


def _by_holder(facts: FactsSeen, counted: ir.Table, year: int, edition: str) -> _Rows:
    """Patents by the register's industry of the firm that filed them; firms without one are unallocated."""
    grouped = counted.group_by("region", "year", "organisation_id").aggregate(n=counted.count())
    industry = industry_of_organisations(facts, year, edition)
    rows = facts.collect(grouped)
    codes = [industry.get(one, UNALLOCATED) for one in rows["organisation_id"].to_pylist()]
    names, way = np.unique(np.array(codes, dtype=object), return_inverse=True)
    years, counts = _numbers(rows["year"]), _numbers(rows["n"], float)
    each = np.arange(len(names) + 1)
    return _Rows(
        rows["region"],
        years,
        way,
        counts,
        each[1:],
        each,
        tuple(names.tolist()),
        each[:-1],
        np.ones(len(names)),
    )


def industry_of_organisations(facts: FactsSeen, year: int, edition: str) -> dict[str, str]:
    """Industry of each linked organisation, by the newest row of the register up to a year."""
    links = facts.table("enterprise_organisation")
    linked = facts.collect(
        links.filter(links.organisation_id.notnull()).select("enterprise", "organisation_id")
    )
    firms = facts.table("enterprise")
    firms = firms.filter(
        (firms.year <= year) & firms.industry.notnull() & (firms.industry_edition == edition)
    )
    rows = facts.collect(firms.select("enterprise", "industry", "year").order_by("year")).to_pylist()
    industry = {row["enterprise"]: row["industry"] for row in rows}
    pairs = zip(linked["enterprise"].to_pylist(), linked["organisation_id"].to_pylist(), strict=True)
    return {organisation: industry[firm] for firm, organisation in pairs if firm in industry}


def patents_of_organisations(facts: FactsSeen, patents: Patents, years: Sequence[int]) -> Mapping[str, int]:
    """Patents of each organisation in some years (or in force at the end of the last one)."""
    counted = counted_patents(facts, None, patents, years)
    held = counted.filter(counted.organisation_id.notnull())
    rows = facts.collect(held.group_by("organisation_id").aggregate(n=held.count()))
    counts = pc.cast(rows["n"], "int64").to_pylist()
    return dict(zip(rows["organisation_id"].to_pylist(), counts, strict=True))
