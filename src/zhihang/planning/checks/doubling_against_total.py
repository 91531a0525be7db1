# SPDX-License-Identifier: Apache-2.0
"""Check of plans: a multiple of the past against the total that the plan also names."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.planning.check import Evidence, Finding, check, clauses, shown
from zhihang.planning.figures import Figure
from zhihang.planning.plan import Target
from zhihang.terms.label import Label


@check(label=Label("成倍增长与总量", "Multiple against total"))
def doubling_against_total(evidence: Evidence) -> Iterator[Finding]:
    """A target to multiply something says more, or no more, than the figure set for the same thing."""
    for multiple in evidence.targets("multiple"):
        base = evidence.baseline(multiple)
        for total in evidence.targets("cumulative", "level", indicator=multiple.indicator or "-"):
            same = evidence.plan.region_of(total) == evidence.plan.region_of(multiple)
            if base and base.value and same and total.deadline == multiple.deadline:
                yield _compared(multiple, total, base)


def _compared(multiple: Target, total: Target, base: Figure) -> Finding:
    unit = total.full_unit
    aim = total.measured_value if unit and "/" in unit.base else total.base_value
    needed = multiple.value * base.value
    fits = aim >= needed
    scale = 1 / unit.scale if unit and "/" in unit.base else 1
    asked, named, past = shown(needed * scale), shown(aim * scale), shown(base.value * scale)
    times = f"{aim / base.value:.3f}"
    return Finding(
        "holds" if fits else "error",
        "doubling_against_total",
        clauses(multiple, total),
        (multiple.id, total.id),
        Label(
            f"“{multiple.label.zh}”要求达到{asked}，总量目标“{total.label.zh}”为{total.comparator} {named}，"
            f"是基数的{times}倍",
            f"“{multiple.label.label.en}” asks for {asked}; the figure set is {total.comparator} {named},"
            f" which is {times} times the past",
        ),
        f"{shown(multiple.value)} × {past} = {asked} {'≤' if fits else '>'} {named}; {named} ÷ {past} = {times}",
    )
