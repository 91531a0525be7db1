# SPDX-License-Identifier: Apache-2.0
"""Patents of an area by year and by the way they are shared among industries; patents of firms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
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
    industry `codes[l]`.
    """

    years: tuple[int, ...]
    counts: Values
    ways: NDArray[np.int64]
    codes: tuple[str, ...]
    weights: Values

    def by_way(self, years: Sequence[int]) -> Values:
        """Patents of some years by way."""
        chosen = [place for place, year in enumerate(self.years) if year in years]
        return np.asarray(self.counts[chosen].sum(axis=0), dtype=float)

    def by_industry(self, years: Sequence[int]) -> dict[str, float]:
        """Patents of some years by industry, fractional."""
        names, place = self._industries
        shares = self.by_way(years)[self.ways] * self.weights
        return dict(zip(names, np.bincount(place, shares, len(names)).tolist(), strict=True))

    @cached_property
    def _industries(self) -> tuple[list[str], NDArray[np.int64]]:
        """The industries of the links, and the place of each link among them."""
        names, place = np.unique(np.array(self.codes, dtype=object), return_inverse=True)
        return names.tolist(), np.asarray(place, np.int64)


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
        rows = _by_way(facts.collect(_by_way_and_industry(facts, counted, edition)))
    placed = (
        np.zeros(len(rows.regions), np.int64)
        if len(areas) == 1
        else np.array(area_of(rows.regions, areas), np.int64)
    )
    return {area.code: rows.of(placed == at, tuple(sorted(set(years)))) for at, area in enumerate(areas)}


@dataclass(frozen=True)
class _Rows:
    """Counts by division, year and way, and the links of all ways, those of one way after each other."""

    regions: list[str | None]
    years: NDArray[np.int64]
    ways: NDArray[np.int64]
    counts: Values
    starts: NDArray[np.int64]
    codes: NDArray[np.object_]
    weights: Values

    def of(self, chosen: NDArray[np.bool_], years: tuple[int, ...]) -> SharedPatents:
        """The counts of some rows with the links of their ways."""
        held, own = np.unique(self.ways[chosen], return_inverse=True)
        counts = np.zeros((len(years), len(held)))
        np.add.at(counts, (np.searchsorted(years, self.years[chosen]), own), self.counts[chosen])
        number = self.starts[held + 1] - self.starts[held]
        ways = np.repeat(np.arange(len(held)), number)
        links = np.arange(int(number.sum())) + np.repeat(
            self.starts[held] - np.cumsum(number) + number, number
        )
        return SharedPatents(years, counts, ways, tuple(self.codes[links]), self.weights[links])


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
    return rows.select("application_id", "organisation_id", "region", "year").distinct()


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


def _by_way_and_industry(facts: FactsSeen, counted: ir.Table, edition: str) -> ir.Table:
    """Patents by year, way and industry of the way with its share; a way is told by two sums over its industries."""
    import ibis

    shares = facts.table("patent_industry")
    shares = shares.filter(shares.scheme == edition).semi_join(counted, "application_id")
    number = ibis.literal("1").concat(shares.code.re_replace("[^0-9]", "")).cast("int64")
    parts = (shares.weight * _PARTS_PER_UNIT).round().cast("int64")
    shares = shares.select(
        "application_id", "code", "weight", one=number * parts, two=number * number * parts
    )
    whole = ibis.window(group_by="application_id")
    shares = shares.mutate(one=shares.one.sum().over(whole), two=shares.two.sum().over(whole))
    joined = counted.left_join(shares, "application_id")
    grouped = joined.group_by("region", "year", "one", "two", "code")
    return grouped.aggregate(n=joined.count(), weight=joined.weight.max())


def _by_way(rows: pa.Table) -> _Rows:
    """Put the rows of a query (each way once for each of its industries) into arrays."""
    one, two, years, counts = (_numbers(rows[name]) for name in ("one", "two", "year", "n"))
    unknown = rows["code"].is_null().to_numpy()
    key = np.where(unknown, 0, one * 1_000_003 ^ two)
    keys, way = np.unique(key, return_inverse=True)
    names, code = np.unique(
        pc.fill_null(rows["code"], UNALLOCATED).to_numpy().astype(object), return_inverse=True
    )
    link, first = np.unique(way * len(names) + code, return_index=True)
    starts = np.searchsorted(link, np.arange(len(keys) + 1) * max(len(names), 1))
    leading = code == _first_code(link, starts, way, len(names))
    weights = np.where(unknown, 1.0, _numbers(rows["weight"], float))
    regions = [region for region, kept in zip(rows["region"].to_pylist(), leading, strict=True) if kept]
    return _Rows(
        regions,
        years[leading],
        way[leading],
        counts[leading].astype(float),
        starts,
        names[code[first]],
        weights[first],
    )


def _first_code(
    link: NDArray[np.int64], starts: NDArray[np.int64], way: NDArray[np.int64], count: int
) -> NDArray[np.int64]:
    """Of each row the first industry of its way: the row that has it stands for the way."""
    return link[starts[:-1]][way] % count if len(way) else way


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
    starts = np.arange(len(names) + 1)
    return _Rows(rows["region"].to_pylist(), years, way, counts, starts, names, np.ones(len(names)))


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
