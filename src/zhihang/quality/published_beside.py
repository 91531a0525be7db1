# SPDX-License-Identifier: Apache-2.0
"""Published figures of a region beside the counts of the store, so that gaps of the store show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from zhihang.facts.codelist import Code, CodeLists
from zhihang.facts.region_name import COUNTRY, RegionNames
from zhihang.quality.check import Collect, Tables
from zhihang.quality.counts import KINDS, yearly
from zhihang.terms.quantity import SCALES

if TYPE_CHECKING:
    import ibis.expr.types as ir

FLOWS: Mapping[str, tuple[str, str]] = {
    "filings": ("filing", "total"),
    "grants": ("grant", "total"),
    **{f"{kind}_filings": ("filing", kind) for kind in KINDS},
    **{f"{kind}_grants": ("grant", kind) for kind in KINDS},
}
"""Indicators that a count of the store can stand beside: what is counted, and of which kind."""


def published_beside_computed(
    tables: Tables, collect: Collect, region: str, *, codes: CodeLists | None = None
) -> pa.Table:
    """Published filings and grants of a region and its counts in the store, by indicator and period.

    Columns: `indicator`, `zh`, `en`, `period`, `published` and `unit` as published, `published_count` with 万
    multiplied out, `computed` (applications whose first applicant sits in the region, see `of_region`), `status`,
    `source`, `note`. Only whole years and spans of years; for a span the years are added up. Without any
    application of these years there is no `computed`.
    """
    lists = codes or CodeLists()
    regions = RegionNames(lists)
    observation = tables("observation")
    wanted = (
        (observation.region == region)
        & observation.indicator.isin(list(FLOWS))
        & observation.period_kind.isin(["year", "five_year", "span"])
        & observation.dimension.isnull()
    )
    published = collect(observation.filter(wanted)).to_pylist()
    application = of_region(tables, regions.regions[region], regions)
    counted = {
        event: {row["year"]: row for row in collect(yearly(application, event)).to_pylist()}
        for event in ("filing", "grant")
    }
    names = lists["indicator_name"]
    rows = [_beside(row, names[row["indicator"]], counted) for row in published if _years(row["period"])]
    rows.sort(key=lambda row: (list(FLOWS).index(row["indicator"]), row["period"], row["source"] or ""))
    return pa.Table.from_pylist(rows, schema=_SCHEMA)


def of_region(tables: Tables, region: Code, regions: RegionNames) -> ir.Table:
    """Applications whose first applicant sits in a region, told by its place or its address.

    The place (province, city, county) must begin with the region's short form; the address must contain the full
    name, or open with the short form of a province; a county needs the name of its city as well. The country
    takes all applications.
    """
    application, party = tables("application"), tables("party")
    if region.code == COUNTRY:
        return application
    first = party.filter((party.role == "applicant") & (party.sequence == 1))
    here = _seated(first, region, regions)
    held = first.filter(here.fill_null(False)).select("application_id").distinct()
    return application.semi_join(held, "application_id")


def _seated(first: ir.Table, region: Code, regions: RegionNames) -> ir.BooleanValue:
    full, short = region.label.zh, _short(region)
    if region.details["level"] == "province":
        cities = [name for city in regions.below(region.code) for name in (city.label.zh, _short(city))]
        opens = first.address.re_search(rf"^[0-9\s()（）\[\]]*(中国)?{short}")
        return _any(
            first.province.startswith(short), first.city.isin(cities), opens, first.address.contains(full)
        )
    above = _short(regions.regions[region.details["parent"]])
    if region.details["level"] == "prefecture":
        return _any(
            first.city.startswith(short), first.address.contains(full), first.address.contains(above + short)
        )
    inside = _any(first.county.startswith(short), first.address.contains(full))
    return inside & _any(first.city.startswith(above), first.address.contains(above))


def _any(*conditions: ir.BooleanValue) -> ir.BooleanValue:
    """Say whether one of the conditions is certainly true; blanks are not."""
    found = conditions[0].fill_null(False)
    for condition in conditions[1:]:
        found = found | condition.fill_null(False)
    return found


def _short(region: Code) -> str:
    return min((region.label.zh, *(name for name in region.aliases if not name.isascii())), key=len)


def _years(period: str) -> range | None:
    """Years of a period such as `2015` or `2011/2015`; None for months."""
    first, _, last = period.partition("/")
    return (
        range(int(first), int(last or first) + 1) if first.isdigit() and (last or first).isdigit() else None
    )


def _beside(
    row: Mapping[str, Any], name: Code, counted: Mapping[str, Mapping[int, Mapping[str, int]]]
) -> dict[str, Any]:
    event, kind = FLOWS[row["indicator"]]
    held = [counted[event][year][kind] for year in _years(row["period"]) or () if year in counted[event]]
    return {
        "indicator": row["indicator"],
        "zh": name.label.zh,
        "en": name.label.en,
        "period": row["period"],
        "published": row["value"],
        "unit": row["unit"],
        "published_count": row["value"] * _factor(row["unit"]),
        "computed": sum(held) if held else None,
        "status": row["status"],
        "source": row["source"],
        "note": row["note"],
    }


def _factor(unit: str | None) -> float:
    return next((float(factor) for scale, factor in SCALES.items() if (unit or "").startswith(scale)), 1.0)


_SCHEMA = pa.schema(
    [
        ("indicator", pa.string()),
        ("zh", pa.string()),
        ("en", pa.string()),
        ("period", pa.string()),
        ("published", pa.float64()),
        ("unit", pa.string()),
        ("published_count", pa.float64()),
        ("computed", pa.int64()),
        ("status", pa.string()),
        ("source", pa.string()),
        ("note", pa.string()),
    ]
)
