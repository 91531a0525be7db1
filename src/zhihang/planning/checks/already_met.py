# SPDX-License-Identifier: Apache-2.0
"""Check of plans: targets that known figures had met before they were due."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zhihang.planning.check import Evidence, Finding, check, shown
from zhihang.planning.figures import Figure
from zhihang.planning.plan import Target
from zhihang.terms.label import Label


@check(label=Label("已经达到的目标", "Targets already met"))
def already_met(evidence: Evidence) -> Iterator[Finding]:
    """A known figure of a year before the deadline already meets the target, or the path of a year."""
    for target in evidence.targets("level", "count"):
        region = evidence.plan.region_of(target)
        if not target.indicator or not region or target.deadline is None:
            continue
        for year, figure in evidence.figures.yearly(target.indicator, region).items():
            if year < target.deadline and target.is_met_by(_in_unit_of(target, figure)):
                yield _met(evidence, target, figure, year)
                break
        yield from _path(evidence, target, region)


def _met(evidence: Evidence, target: Target, figure: Figure, year: int) -> Finding:
    early = year <= evidence.plan.first_year
    value = shown(_in_unit_of(target, figure))
    return Finding(
        "warning" if early else "info",
        "already_met",
        (target.clause,),
        (target.id,),
        Label(
            f"{year}年已为{value}，达到{target.deadline}年目标{target.comparator} {shown(target.base_value)}，"
            "目标没有约束力",
            f"{year} already had {value}, which meets the target of {target.deadline}"
            f" ({target.comparator} {shown(target.base_value)}): it asks for nothing more",
        ),
        f"{value} {_sign(target)} {shown(target.base_value)}; {figure.source}",
    )


def _sign(target: Target) -> str:
    """Return how a value meets the target; a plain figure is met when it is passed."""
    signs = {">=": "≥", "<=": "≤", ">": ">", "<": "<"}
    return signs.get(target.comparator, "≤" if target.direction == "down" else "≥")


def _path(evidence: Evidence, target: Target, region: str) -> Iterator[Finding]:
    """Yield a finding for the first year whose printed path lies below what was known."""
    annex = evidence.plan.annex(target.id)
    known = evidence.figures.yearly(target.indicator, region)
    passed = [
        (year, aim, known[year])
        for year, aim in (annex.totals.items() if annex else ())
        if year in known and year != target.deadline and known[year].value >= aim
    ]
    if annex and passed:
        listed = "; ".join(f"{year}: {shown(figure.value)} ≥ {shown(aim)}" for year, aim, figure in passed)
        years = "、".join(str(year) for year, _, _ in passed)
        yield Finding(
            "info",
            "path_already_met",
            (annex.clause,),
            (target.id,),
            Label(
                f"{annex.clause}：{years}年的分年目标已被实际数超过",
                f"The path of {annex.clause} was passed in {years.replace('、', ', ')}",
            ),
            f"{listed}; {passed[0][2].source}",
        )


def _in_unit_of(target: Target, figure: Figure) -> Decimal:
    """Return a figure in the unit the target is compared in: per 10,000 residents where the target is."""
    unit = target.full_unit
    return figure.value / unit.scale if unit and "/" in unit.base else figure.value
