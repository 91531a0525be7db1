# SPDX-License-Identifier: Apache-2.0
"""What the tables say of one firm: figures by year, patents by kind, fees that fall due."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from zhihang.intensity.facts_seen import FactsSeen
from zhihang.methods.fees_due import fees_due

_FIGURES = ("year", "employees", "output", "revenue", "rd", "rd_staff", "patent_product_revenue")


def figures_of(facts: FactsSeen, enterprise: str, year: int) -> list[dict[str, Any]]:
    """Yearly figures of a firm up to a year; of each year those of the file taken in last."""
    rows = facts.table("enterprise_year")
    rows = rows.filter((rows.enterprise == enterprise) & (rows.year <= year))
    found = facts.collect(rows.order_by("year", "file_id", "line").select(*_FIGURES)).to_pylist()
    return list({row["year"]: dict(row) for row in found}.values())


def patents_of(facts: FactsSeen, organisation: str | None, day: date) -> list[dict[str, Any]]:
    """Patents of an organisation up to a day by kind: filed, granted, in force."""
    if organisation is None:
        return []
    rows, stock = facts.table("patent"), facts.table("patent_stock")
    rows = rows.filter((rows.organisation_id == organisation) & (rows.filing_date <= day))
    filed = rows.group_by("kind").aggregate(filed=rows.count(), granted=(rows.grant_date <= day).sum())
    held = stock.filter(
        (stock.organisation_id == organisation) & (stock.valid_from <= day) & (stock.valid_to > day)
    )
    now = held.group_by("kind").aggregate(in_force=held.application_id.nunique())
    in_force = {row["kind"]: row["in_force"] for row in facts.collect(now).to_pylist()}
    order = ("invention", "utility_model", "design")
    found = {row["kind"]: row for row in facts.collect(filed).to_pylist()}
    return [
        {
            "kind": kind,
            "filed": found[kind]["filed"],
            "granted": int(found[kind]["granted"] or 0),
            "in_force": in_force.get(kind, 0),
        }
        for kind in order
        if kind in found
    ]


def fees_of(facts: FactsSeen, organisation: str | None, day: date, months: int = 12) -> list[dict[str, Any]]:
    """Annual fees of an organisation's rights that fall due after a day."""
    if organisation is None:
        return []
    stock = facts.table("patent_stock")
    held = stock.filter(
        (stock.organisation_id == organisation) & (stock.valid_from <= day) & (stock.valid_to > day)
    )
    rights = held.select(
        "kind", "filing_date", "grant_date", "region", application="application_id", holder="organisation_id"
    ).distinct()
    return [asdict(fee) for fee in fees_due(facts.collect(rights).to_pylist(), day, months=months)]
