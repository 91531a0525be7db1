# SPDX-License-Identifier: Apache-2.0
"""Check of plans: what multiples and growth are measured against, and what the plan's own figures imply."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.planning.check import Evidence, Finding, check, shown
from zhihang.planning.plan import Fact, Target, read_unit
from zhihang.terms.label import Label


@check(label=Label("基数", "Baselines"))
def baseline(evidence: Evidence) -> Iterator[Finding]:
    """A multiple without a baseline, a baseline that known figures contradict, and earlier figures that follow."""
    for target in evidence.targets("multiple"):
        yield from _missing(evidence, target)
        yield from _contradicted(evidence, target)
    for target in evidence.targets("growth_rate"):
        if target.frequency != "annual average" or not target.indicator:
            yield _without_base(target)
    for fact in evidence.plan.facts:
        yield from _implied(evidence, fact)


def _missing(evidence: Evidence, target: Target) -> Iterator[Finding]:
    if target.baseline and target.baseline.value is not None:
        return
    levels = [
        t for t in evidence.targets("level", "cumulative", indicator=target.indicator or "-") if t.value
    ]
    known = evidence.baseline(target)
    if known:
        asked = target.value * known.value
        yield Finding(
            "info",
            "baseline_missing",
            (target.clause,),
            (target.id,),
            Label(
                f"文件未给出基数；据已知数{shown(known.value)}，目标为{shown(asked)}",
                f"The document gives no baseline; with the known {shown(known.value)} the aim is {shown(asked)}",
            ),
            f"{shown(target.value)} × {shown(known.value)} = {shown(asked)}; {known.source}",
        )
    elif levels:
        implied = levels[0].base_value / target.value
        yield Finding(
            "warning",
            "baseline_missing",
            (target.clause,),
            (target.id, levels[0].id),
            Label(
                f"文件未给出基数；由水平目标反推基数不高于{shown(implied, 2)}，无法核对",
                f"The document gives no baseline; the level aimed at implies at most {shown(implied, 2)},"
                " which nothing confirms",
            ),
            f"{shown(levels[0].base_value)} ÷ {shown(target.value)} = {shown(implied, 2)}",
        )
    else:
        yield _without_base(target)


def _without_base(target: Target) -> Finding:
    return Finding(
        "warning",
        "baseline_missing",
        (target.clause,),
        (target.id,),
        Label("没有基数，完成情况无法计算", "There is no baseline, so that progress cannot be computed"),
        f"{shown(target.value)} {target.unit} × ?",
    )


def _contradicted(evidence: Evidence, target: Target) -> Iterator[Finding]:
    stated = target.baseline
    if stated is None or stated.value is None:
        return
    unit = read_unit(stated.unit)
    value = unit.to_base(stated.value) if unit else stated.value
    for figure in evidence.figures.all(target.indicator, evidence.plan.region_of(target)):
        if figure.period == stated.period and value:
            apart = abs(float(figure.value / value) - 1)
            if apart > evidence.thresholds.baseline_apart:
                yield Finding(
                    "warning",
                    "baseline_contradicted",
                    (target.clause,),
                    (target.id,),
                    Label(
                        f"基数{shown(value)}与已知数{shown(figure.value)}相差{apart:.1%}",
                        f"The baseline {shown(value)} is {apart:.1%} off the known {shown(figure.value)}",
                    ),
                    f"{shown(figure.value)} ÷ {shown(value)}; {figure.source}",
                )


def _implied(evidence: Evidence, fact: Fact) -> Iterator[Finding]:
    """Yield the earlier figure that a stated multiple leads back to."""
    if fact.kind != "multiple" or not fact.against:
        return
    same = [
        other
        for other in evidence.plan.facts
        if other.indicator == fact.indicator and other.period[-4:] == fact.period[-4:]
    ]
    for other in same:
        if other.kind in ("cumulative", "level"):
            implied = other.value / fact.value
            digits = 2 if implied < 100 else 0
            yield Finding(
                "info",
                "implied_baseline",
                (fact.clause,),
                (),
                Label(
                    f"由倍数反推：{fact.against.replace('/', '—')}年{other.label.zh}约{shown(implied, digits)}{other.unit}",
                    f"The multiple leads back to {other.label.label.en}, {fact.against}: about {shown(implied, digits)}",
                ),
                f"{shown(other.value)} ÷ {shown(fact.value)} = {shown(implied, digits)}",
            )
