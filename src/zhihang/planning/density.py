# SPDX-License-Identifier: Apache-2.0
"""Inventions in force per 10,000 residents, worked out where a stock and a population are known (M-STAT-04)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from zhihang.planning.figures import Figures, Row, published_rows
from zhihang.planning.plan import Plan

STOCK, DENSITY = "inventions_in_force", "inventions_per_10k"


def with_density(rows: Iterable[Row] | None, plan: Plan) -> list[Row]:
    """Return the rows and, for the plan's divisions and years without a density, one that is derived and says so.

    The population is that of the end of the same year, known or on the line between two counts; the source names both.
    """
    known = list(published_rows() if rows is None else rows)
    figures = Figures(known, plan)
    regions = {plan.region, *(row.region for annex in plan.annexes for row in annex.rows)}
    return known + [row for region in sorted(regions) for row in _derived(figures, region)]


def _derived(figures: Figures, region: str) -> Iterable[Row]:
    densities = figures.yearly(DENSITY, region)
    for year, stock in figures.yearly(STOCK, region).items():
        residents = figures.population(region, year) if year not in densities else None
        if residents is None or residents.value <= 0:
            continue
        yield {
            "indicator": DENSITY,
            "region": region,
            "period": str(year),
            "period_kind": "stock",
            "value": (stock.value * 10000 / residents.value).quantize(Decimal("0.01")),
            "unit": "件/万人",
            "status": "derived",
            "source": f"{stock.value:,} ÷ {residents.value:,}人（{residents.period}）; {stock.source}; {residents.source}",
        }
