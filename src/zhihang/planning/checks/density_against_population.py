# SPDX-License-Identifier: Apache-2.0
"""Check of plans: a stock, a stock per head and the population have to agree."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zhihang.planning.check import Evidence, Finding, Severity, check, clauses, shown
from zhihang.planning.plan import Target
from zhihang.terms.label import Label

_STOCK_OF = {"inventions_per_10k": "inventions_in_force", "inventions_per_million": "inventions_in_force"}
_TEN_THOUSAND = Decimal(10000)


@check(label=Label("密度与人口", "Density against population"))
def density_against_population(evidence: Evidence) -> Iterator[Finding]:
    """The stock aimed at, divided by the population, is far from the density aimed at (M-STAT-04).

    The population is the one behind the plan's own baseline, else the known one at the plan's end.
    """
    for density in evidence.targets("level"):
        for stock in evidence.targets("level", indicator=_STOCK_OF.get(density.indicator, "-")):
            region = evidence.plan.region_of(stock)
            if density.full_unit and density.deadline == stock.deadline and region:
                for population, source in _populations(evidence, density, stock):
                    yield _compared(evidence, density, stock, population, source)


def _populations(evidence: Evidence, density: Target, stock: Target) -> Iterator[tuple[Decimal, Label]]:
    """Yield the population that the plan's own baseline implies, or else the known one of the deadline."""
    region = evidence.plan.region_of(stock)
    before = evidence.plan.first_year - 1
    per_head = evidence.figures.yearly(density.indicator, region).get(before)
    held = evidence.figures.yearly(stock.indicator, region).get(before)
    if per_head and held and per_head.value:
        shown_year = str(before)
        yield (
            held.value / per_head.value,
            Label(f"{shown_year}年基数所含人口", f"population implied by the baseline of {shown_year}"),
        )
    elif known := evidence.figures.population(region, density.deadline or evidence.plan.last_year):
        yield known.value, Label(f"常住人口（{known.period}）", f"residents ({known.period})")


def _compared(evidence: Evidence, density: Target, stock: Target, people: Decimal, source: Label) -> Finding:
    implied = stock.base_value / people * _TEN_THOUSAND
    aim = density.measured_value * _TEN_THOUSAND
    enough = aim * people / _TEN_THOUSAND
    apart = float(implied / aim - 1)
    severity: Severity = "holds" if abs(apart) <= evidence.thresholds.density_apart else "warning"
    ten_thousands = shown(people / _TEN_THOUSAND, 1)
    relation_zh = "高于" if apart > 0 else "低于"
    return Finding(
        severity,
        "density_against_population",
        clauses(stock, density),
        (stock.id, density.id),
        Label(
            f"拥有量目标折合每万人口{shown(implied, 2)}件，{relation_zh}密度目标{density.comparator} {shown(aim)}件；"
            f"密度目标只对应{shown(enough, 0)}件（{source.zh}{ten_thousands}万人）",
            f"The stock aimed at is {shown(implied, 2)} per 10,000 residents, {'above' if apart > 0 else 'below'} the"
            f" density aimed at ({density.comparator} {shown(aim)}), which takes {shown(enough, 0)} patents"
            f" ({source.en}: {shown(people, 0)})",
        ),
        f"{shown(stock.base_value)} ÷ {ten_thousands}万 = {shown(implied, 2)}; "
        f"{shown(aim)} × {ten_thousands}万 = {shown(enough, 0)}",
    )
