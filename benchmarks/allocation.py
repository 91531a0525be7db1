# SPDX-License-Identifier: Apache-2.0
"""Time allocations, and try that they are exact: 17 by 5, 3,000 by 10, and 10,000 random cases.

::

    python benchmarks/allocation.py            everything
    python benchmarks/allocation.py 500        with so many random cases
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from zhihang.methods.allocation import Limits, NoRoom, Rounding, Split, allocate_years
from zhihang.methods.allocation_basis import fixed_share, growth_ladder, size_classes
from zhihang.planning.allocate import allocate
from zhihang.planning.allocation import METHODS, AllocationRequest, Method
from zhihang.planning.plan import Plan
from zhihang.planning.plan_file import Plans, parse_plan

COUNTIES, YEARS = 3000, 10
LARGE = """
label: {zh: 大规划}
document: {policy: large, title: {zh: 大规划}}
region: "000000"
period: 2016/2025
targets:
  - {id: T1, clause: 一, label: {zh: 申请量}, kind: cumulative, comparator: ">=", value: 9000000, unit: 件,
     period_start: 2016, period_end: 2025}
"""


def main(cases: int) -> int:
    """Run all; return how many failed."""
    plan = Plans()["guilin-2016-2020"]
    small = [_timed(f"17 x 5, {method}", 0.05, partial(_small, plan, method)) for method in METHODS]
    large = [
        _timed("3,000 x 10 with reasons, bounds and growth limits", 5.0, _large),
        _timed("3,000 x 10, both margins exact", 5.0, _both_margins),
    ]
    wrong = _random(cases)
    return sum(not ok for ok in (*small, *large)) + wrong


def _timed(name: str, aim: float, work: Callable[[], bool]) -> bool:
    exact = work()
    spent = []
    for _ in range(3):
        started = time.perf_counter()
        exact = work() and exact
        spent.append(time.perf_counter() - started)
    ok = exact and min(spent) <= aim
    print(f"{name:<50} {1000 * min(spent):8.1f} ms (aim {1000 * aim:.0f})  {'exact' if exact else 'WRONG'}")
    return ok


def _small(plan: Plan, method: Method) -> bool:
    found = allocate(plan, "T001", AllocationRequest(method))
    return all(
        sum(c.value for c in found.cells if c.period == y) == total for y, total in found.totals.items()
    )


def _large() -> bool:
    chance = np.random.default_rng(1)
    base = {f"{110000 + n}": float(value) for n, value in enumerate(chance.lognormal(4, 1.5, COUNTIES))}
    totals = {2016 + n: int(1.2 * sum(base.values()) * 1.1**n) for n in range(YEARS)}
    plan = parse_plan(LARGE, Path("large.yaml"))
    request = AllocationRequest("equal_growth", base=base, totals=totals, floor=2, least_growth={"": 0.02})
    found = allocate(plan, "T1", request, observations=[])
    sums = dict.fromkeys(totals, 0)
    for cell in found.cells:
        sums[cell.period] += cell.value
    return sums == totals


def _both_margins() -> bool:
    chance = np.random.default_rng(2)
    rows = chance.integers(0, 500, COUNTIES)
    columns = chance.multinomial(rows.sum(), np.full(YEARS, 1 / YEARS))
    basis = fixed_share(chance.random(COUNTIES))
    split = allocate_years(columns, basis, Limits.none(COUNTIES, YEARS), row_totals=rows)
    return bool((split.values.sum(axis=0) == columns).all() and (split.values.sum(axis=1) == rows).all())


def _random(cases: int) -> int:
    """Try random tables with every kind of wish; return how many came out wrong."""
    wrong = impossible = joint = 0
    started = time.perf_counter()
    for seed in range(cases):
        chance = np.random.default_rng([5, seed])
        try:
            totals, limits, split = _case(chance)
        except NoRoom:
            impossible += 1
            continue
        joint += split.joint
        wrong += not _right(totals, limits, split)
    spent = time.perf_counter() - started
    print(
        f"{cases:,} random cases in {spent:.1f} s: {wrong} wrong, {impossible} impossible and refused,"
        f" {joint} weighed over all years"
    )
    return wrong


def _case(chance: np.random.Generator) -> tuple[np.ndarray, Limits, Split]:
    units, years = int(chance.integers(1, 40)), int(chance.integers(1, 8))
    base = np.floor(chance.lognormal(4, 1.3, units)) * (chance.random(units) > 0.1)
    growth = chance.uniform(0.95, 1.35, years).cumprod()
    totals = np.floor(base.sum() * growth + units * chance.integers(0, 3)).astype(np.int64)
    limits = Limits.none(units, years)
    lower, upper = limits.lower, limits.upper
    if chance.random() < 0.5:
        lower[:] = chance.integers(0, 3, (units, 1))
    if chance.random() < 0.3:
        upper[:] = lower + np.floor(2 * totals.max() / units + 3 * base[:, None] + 2)
    if chance.random() < 0.3:
        unit, year = chance.integers(units), chance.integers(years)
        lower[unit, year] = upper[unit, year] = chance.integers(0, totals[year] // 3 + 1)
    least = limits.least_growth
    if chance.random() < 0.3 and (growth[1:] > growth[:-1] * 1.02).all():
        least = np.full(units, 0.01)
    limits = Limits(lower, upper, base, least, limits.most_growth)
    if chance.random() < 0.5:
        rounding: Rounding = "residual" if chance.random() < 0.5 else "largest_remainder"
        return totals, limits, allocate_years(totals, fixed_share(base), limits, rounding=rounding)
    rates = np.sort(chance.uniform(0, 0.3, (2, years)), axis=0)[::-1]
    basis = growth_ladder(base, size_classes(base, [60]), rates)
    return totals, limits, allocate_years(totals, basis, limits, absolute=True)


def _right(totals: np.ndarray, limits: Limits, split: Split) -> bool:
    values = split.values
    kept = (
        (values.sum(axis=0) == totals).all()
        and (values >= limits.lower).all()
        and (values <= limits.upper).all()
    )
    if np.isfinite(limits.least_growth).any():
        before = np.column_stack((limits.before, values[:, :-1]))
        locked = limits.lower == limits.upper
        kept = kept and (locked | (values >= (1 + limits.least_growth[:, None]) * before - 1e-6)).all()
    return bool(kept and (values >= 0).all())


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
