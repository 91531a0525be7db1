# SPDX-License-Identifier: Apache-2.0
"""What is asked of an allocation (指标分解), and what comes of it: cells with a reason each, and totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from zhihang.terms.label import Label

Method = Literal["fixed_share", "equal_growth", "growth_ladder", "convergence", "capacity", "as_planned"]
METHODS: tuple[Method, ...] = get_args(Method)
DESCRIBED: Mapping[Method, Label] = {
    "fixed_share": Label("固定占比", "Fixed share: everyone keeps the share known of the past"),
    "equal_growth": Label("同步增长", "Equal growth: everyone grows as fast as the total"),
    "growth_ladder": Label(
        "增长阶梯", "Growth ladder: rates by size class or peer group; the largest takes the rest"
    ),
    "convergence": Label("差距收敛", "Convergence: the gap per resident to the best closes step by step"),
    "capacity": Label("按能力", "Capacity: by population, industry, research, or a mix"),
    "as_planned": Label("按规划附件", "As planned: in each year the shares that the plan prints"),
}
RoundingName = Literal["largest_remainder", "residual", "controlled"]


@dataclass(frozen=True)
class AllocationRequest:
    """What is asked for; everything but the method has a default taken from the plan and the known figures.

    Parameters
    ----------
    totals
        Whole total by year, in place of the plan's.
    base
        Starting value by division: of the year before the first, or shares of any scale for `fixed_share`.
    capacity, mix
        Capacities by name and division (population, industry, research), and their parts in the mix.
    ladder, edges
        Growth rates by year (a mapping) for each size class, small to large, or peer group; sizes at which the next
        class begins.
    closing
        Part of the gap per head to the best that closes each year.
    floor, bounds
        Least value of every cell; least and most value by division and year (None: open).
    least_growth, most_growth
        Growth a year by division, by peer group, or for all ("").
    groups, group_totals
        Peer group of each division; totals by group and year that hold exactly.
    row_totals
        Sum over the years by division that holds exactly (flows only).
    locks
        Cells that are settled already, by division and year.
    residual
        Division that takes the difference in rounding or on a ladder; default the largest.
    """

    method: Method
    totals: Mapping[int, int] = field(default_factory=dict)
    base: Mapping[str, float] = field(default_factory=dict)
    capacity: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    mix: Mapping[str, float] = field(default_factory=dict)
    ladder: Mapping[str, Mapping[int, float]] | Sequence[Mapping[int, float]] = ()
    edges: Sequence[float] = ()
    closing: float = 0.1
    floor: int = 0
    bounds: Mapping[tuple[str, int], tuple[int | None, int | None]] = field(default_factory=dict)
    least_growth: Mapping[str, float] = field(default_factory=dict)
    most_growth: Mapping[str, float] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    group_totals: Mapping[tuple[str, int], int] = field(default_factory=dict)
    row_totals: Mapping[str, int] = field(default_factory=dict)
    locks: Mapping[tuple[str, int], int] = field(default_factory=dict)
    rounding: RoundingName = "largest_remainder"
    residual: str = ""


@dataclass(frozen=True)
class AllocatedCell:
    """What one division has to reach in one year, and why."""

    region: str
    name: str
    period: int
    value: int
    reason: Label


@dataclass(frozen=True)
class Allocation:
    """A target split over divisions and years; the cells of every year add up to its total."""

    plan: str
    target: str
    unit: str
    method: Method
    totals: Mapping[int, int]
    cells: tuple[AllocatedCell, ...]
    assumptions: tuple[Label, ...] = ()

    def value(self, region: str, period: int) -> int:
        """Return one cell's value."""
        return next(cell.value for cell in self.cells if (cell.region, cell.period) == (region, period))

    def document(self) -> dict[str, Any]:
        """Return it as plain values: cells with reasons, totals, assumptions."""
        return {
            "plan": self.plan,
            "target": self.target,
            "unit": self.unit,
            "method": self.method,
            "cells": [
                {
                    "region": cell.region,
                    "name": cell.name,
                    "period": cell.period,
                    "value": cell.value,
                    "reason": cell.reason.zh,
                    "reason_en": cell.reason.en,
                }
                for cell in self.cells
            ],
            "totals": {str(year): total for year, total in self.totals.items()},
            "assumptions": [label.zh for label in self.assumptions],
            "assumptions_en": [label.en for label in self.assumptions],
        }


def compare_allocations(scenarios: Mapping[str, Allocation]) -> list[dict[str, Any]]:
    """Lay allocations side by side: a row for each cell, a column for each scenario, and how far apart they are."""
    values = {
        name: {(cell.region, cell.period): cell for cell in found.cells} for name, found in scenarios.items()
    }
    keys = list(dict.fromkeys(key for cells in values.values() for key in cells))
    rows = []
    for key in keys:
        known = {name: cells[key].value for name, cells in values.items() if key in cells}
        label = next(cells[key].name for cells in values.values() if key in cells)
        spread = max(known.values()) - min(known.values())
        columns = {name: known.get(name) for name in scenarios}
        rows.append({"region": key[0], "name": label, "period": key[1], **columns, "spread": spread})
    return rows
