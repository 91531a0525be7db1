# SPDX-License-Identifier: Apache-2.0
"""Patents of an area by year and by the way they are shared among industries; patents of firms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from zhihang.intensity.facts_seen import Area, FactsSeen
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

    def by_industry(self, years: Sequence[int], weights: Values | None = None) -> dict[str, float]:
        """Patents of some years by industry, fractional; `weights` take the place of those of the links."""
        shares = self.by_way(years)[self.ways] * (self.weights if weights is None else weights)
        names, place = np.unique(np.array(self.codes, dtype=object), return_inverse=True)
        return dict(zip(names.tolist(), np.bincount(place, shares, len(names)).tolist(), strict=True))


def shared_patents(
    facts: FactsSeen, area: Area, patents: Patents, years: Sequence[int], edition: str
) -> SharedPatents:
    """Count the patents of an area by year and way (M-IND-03, M-IND-10), in industries of one edition."""
    if patents.assigned_by == "holder":
        return _by_holder(facts, area, patents, years, edition)
    counted = counted_patents(facts, area, patents, years)
    rows = facts.collect(_by_way_and_industry(facts, counted, edition)).to_pylist()
    found = {(row["year"], (row["one"], row["two"])): row["n"] for row in rows}
    links = {
        ((row["one"], row["two"]), row["code"]): row["weight"] for row in rows if row["code"] is not None
    }
    return _shared(
        [(year, way, count) for (year, way), count in found.items()],
        [(way, code, weight) for (way, code), weight in links.items()],
        years,
    )


def counted_patents(facts: FactsSeen, area: Area | None, patents: Patents, years: Sequence[int]) -> ir.Table:
    """Return what is counted: `application_id`, `organisation_id` and `year`."""
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
    rows = rows if area is None else facts.within(rows, area)
    return rows.select("application_id", "organisation_id", "year").distinct()


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
    grouped = joined.group_by("year", "one", "two", "code")
    return grouped.aggregate(n=joined.count(), weight=joined.weight.max())


def _by_holder(
    facts: FactsSeen, area: Area, patents: Patents, years: Sequence[int], edition: str
) -> SharedPatents:
    """Patents by the register's industry of the firm that filed them; firms without one are unallocated."""
    counted = counted_patents(facts, area, patents, years)
    grouped = counted.group_by("year", "organisation_id").aggregate(n=counted.count())
    industry = industry_of_organisations(facts, max(years), edition)
    rows = facts.collect(grouped).to_pylist()
    found = [(row["year"], industry.get(row["organisation_id"], UNALLOCATED), row["n"]) for row in rows]
    return _shared(found, [(code, code, 1.0) for code in {way for _, way, _ in found}], years)


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


def _shared(
    found: Sequence[tuple[int, object, int]], links: Sequence[tuple[object, str, float]], years: Sequence[int]
) -> SharedPatents:
    ordered = tuple(sorted(set(years)))
    ways: dict[object, int] = {}
    for way in [way for way, _, _ in links] + [way for _, way, _ in found]:
        ways.setdefault(way, len(ways))
    linked = {way for way, _, _ in links}
    every = [*links, *((way, UNALLOCATED, 1.0) for way in ways if way not in linked)]
    counts = np.zeros((len(ordered), len(ways)))
    for year, way, count in found:
        counts[ordered.index(year), ways[way]] += count
    return SharedPatents(
        ordered,
        counts,
        np.array([ways[way] for way, _, _ in every], np.int64),
        tuple(code for _, code, _ in every),
        np.array([weight for _, _, weight in every], float),
    )


def patents_of_organisations(facts: FactsSeen, patents: Patents, years: Sequence[int]) -> Mapping[str, int]:
    """Patents of each organisation in some years (or in force at the end of the last one)."""
    counted = counted_patents(facts, None, patents, years)
    held = counted.filter(counted.organisation_id.notnull())
    rows = facts.collect(held.group_by("organisation_id").aggregate(n=held.count()))
    counts = pc.cast(rows["n"], "int64").to_pylist()
    return dict(zip(rows["organisation_id"].to_pylist(), counts, strict=True))
