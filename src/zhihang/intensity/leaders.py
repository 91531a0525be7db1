# SPDX-License-Identifier: Apache-2.0
"""Who holds the patents of one industry, and in which divisions they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from zhihang.intensity.facts_seen import Area, FactsSeen
from zhihang.intensity.patent_counts import counted_patents, industry_of_organisations
from zhihang.intensity.scheme import SchemeFile

if TYPE_CHECKING:
    import ibis.expr.types as ir

MOST = 10


def leading_holders(
    facts: FactsSeen, area: Area, scheme: SchemeFile, years: Sequence[int], industry: str
) -> list[dict[str, Any]]:
    """Holders with most patents of an industry in some years, natural persons left out: `name` and `n`."""
    rows = _patents_of(facts, area, scheme, years, industry)
    names = facts.table("organisation")
    names = names.filter(names.type != "individual").select("organisation_id", "name")
    held = rows.inner_join(names, "organisation_id").group_by("organisation_id", "name")
    return _first(facts, held.aggregate(n=lambda t: t.weight.sum()))


def leading_divisions(
    facts: FactsSeen, area: Area, scheme: SchemeFile, years: Sequence[int], industry: str
) -> list[dict[str, Any]]:
    """Divisions with most patents of an industry in some years: `name` and `n`."""
    rows = _patents_of(facts, area, scheme, years, industry)
    found = _first(facts, rows.group_by(name=rows.region).aggregate(n=rows.weight.sum()))
    return [{**row, "name": _named(facts, row["name"])} for row in found]


def _named(facts: FactsSeen, region: str | None) -> str:
    """Name of a division; patents whose address names no county stand under what it does name."""
    regions = facts.codes["region"]
    if region is None or region not in regions:
        return "地址不详"
    name = regions[region].label.zh
    return f"{name}（地址未到县）" if region.endswith("00") else name


def _patents_of(
    facts: FactsSeen, area: Area, scheme: SchemeFile, years: Sequence[int], industry: str
) -> ir.Table:
    """Patents of an industry with their share in it, by organisation and division."""
    import ibis

    counted = counted_patents(facts, area, scheme.patents, years)
    if scheme.patents.assigned_by == "holder":
        known = industry_of_organisations(facts, max(years), scheme.edition)
        ids = sorted(one for one, code in known.items() if code.startswith(industry))
        return counted.filter(counted.organisation_id.isin(ids)).mutate(weight=ibis.literal(1.0))
    shares = facts.table("patent_industry")
    shares = shares.filter((shares.scheme == scheme.edition) & shares.code.startswith(industry))
    return counted.inner_join(shares.select("application_id", "weight"), "application_id")


def _first(facts: FactsSeen, rows: ir.Table) -> list[dict[str, Any]]:
    import ibis

    found = rows.order_by(ibis.desc("n"), "name").limit(MOST)
    return [dict(row) for row in facts.collect(found.select("name", "n")).to_pylist()]
