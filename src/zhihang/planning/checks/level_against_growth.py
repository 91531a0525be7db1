# SPDX-License-Identifier: Apache-2.0
"""Check of plans: a level and a growth rate set for the same thing have to lead to the same place."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.planning.check import Evidence, Finding, check, clauses, shown
from zhihang.planning.plan import Target
from zhihang.terms.label import Label


@check(label=Label("水平与增速", "Level against growth"))
def level_against_growth(evidence: Evidence) -> Iterator[Finding]:
    """Growing at the rate asked for, from the last known figure, leads well beyond or short of the level asked for."""
    for rate in evidence.targets("growth_rate"):
        for level in evidence.targets("level", indicator=rate.indicator or "-"):
            known = evidence.figures.yearly(rate.indicator, evidence.plan.region_of(rate))
            last = level.deadline or evidence.plan.last_year
            bases = [figure for year, figure in known.items() if evidence.plan.first_year - 1 <= year < last]
            if bases and level.deadline == rate.deadline:
                yield _compared(evidence, rate, level, float(bases[0].value), bases[0].year)


def _compared(evidence: Evidence, rate: Target, level: Target, base: float, year: int) -> Finding:
    years = (level.deadline or year) - year
    grown = base * (1 + float(rate.value) / 100) ** years
    aim = float(level.base_value)
    apart = abs(grown / aim - 1) > evidence.thresholds.density_apart
    return Finding(
        "warning" if apart else "holds",
        "level_against_growth",
        clauses(level, rate),
        (level.id, rate.id),
        Label(
            f"从{year}年的{shown(base)}每年增长{shown(rate.value)}%，{level.deadline}年为{shown(grown, 0)}，"
            f"水平目标却是{shown(aim)}",
            f"Growing {shown(rate.value)} % a year from {shown(base)} in {year} gives {shown(grown, 0)}"
            f" in {level.deadline}; the level aimed at is {shown(aim)}",
        ),
        f"{shown(base)} × (1 + {shown(rate.value)} %)^{years} = {shown(grown, 0)}; {shown(aim)}",
    )
