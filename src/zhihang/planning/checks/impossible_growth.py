# SPDX-License-Identifier: Apache-2.0
"""Check of plans: growth from what is known to what is aimed at that hardly any region ever had."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.planning.check import Evidence, Finding, check, shown
from zhihang.planning.figures import Figure
from zhihang.planning.plan import Target
from zhihang.terms.label import Label


@check(label=Label("难以实现的增长", "Growth hardly possible"))
def impossible_growth(evidence: Evidence) -> Iterator[Finding]:
    """From the last known figure before the deadline, a level needs more growth per year than the threshold."""
    for target in evidence.targets("level", "count"):
        region = evidence.plan.region_of(target)
        if not target.indicator or not region or target.deadline is None or target.direction == "down":
            continue
        unit = target.full_unit
        scale = 1 / unit.scale if unit and "/" in unit.base else 1
        known = [
            figure
            for year, figure in evidence.figures.yearly(target.indicator, region).items()
            if year < target.deadline and figure.value > 0
        ]
        if known:
            yield from _judged(evidence, target, known[-1], float(known[-1].value * scale))


def _judged(evidence: Evidence, target: Target, last: Figure, value: float) -> Iterator[Finding]:
    years = (target.deadline or last.year) - last.year
    aim = float(target.base_value)
    growth = (aim / value) ** (1 / years) - 1
    if aim <= value:
        return
    implausible = growth > evidence.thresholds.growth_per_year
    counted = f"({shown(aim)} ÷ {shown(value)})^(1/{years}) − 1 = {growth:.1%}"
    yield Finding(
        "warning" if implausible else "holds",
        "impossible_growth",
        (target.clause,),
        (target.id,),
        Label(
            f"{last.year}年为{shown(value)}，到{target.deadline}年达到{shown(aim)}需每年增长{growth:.1%}",
            f"{last.year} had {shown(value)}; {shown(aim)} in {target.deadline} takes {growth:.1%} more each year",
        ),
        f"{counted}; {last.source}",
    )
