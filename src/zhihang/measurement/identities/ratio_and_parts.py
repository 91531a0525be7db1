# SPDX-License-Identifier: Apache-2.0
"""Identity: a published share or quotient is that of the published figures it is made of."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.measurement.identity import Evidence, Finding, Severity, apart, finding, hint, identity, told
from zhihang.measurement.indicator import Indicator
from zhihang.measurement.known import Known
from zhihang.terms.label import Label
from zhihang.terms.unit import Unit

REVISED = 0.01
"""A quotient less than this apart may rest on a later revision of a part; UNVERIFIED, no source states a bound."""


@identity(label=Label("比率与分子分母", "Ratio and parts"))
def ratio_and_parts(evidence: Evidence) -> Iterator[Finding]:
    """Every indicator that is a quotient, where it and both of its parts are published: the quotient is right.

    Densities by population are looked at by `density_and_population`, since publishers differ in the population.
    """
    for indicator in evidence.indicators.values():
        if indicator.ratio and indicator.ratio.denominator != "residents":
            for given in evidence.figures.of(indicator.code):
                yield from _checked(evidence, indicator, given)


def _checked(evidence: Evidence, indicator: Indicator, given: Known) -> Iterator[Finding]:
    assert indicator.ratio is not None
    span = given.span.year_before() if indicator.ratio.denominator_at == "previous" else None
    above = evidence.figures.beside(given, indicator.ratio.numerator)
    below = evidence.figures.beside(given, indicator.ratio.denominator, span)
    pairs = [(one, two) for one in above for two in below if two.value > 0 and one.value > 0]
    if not pairs or any(one.range.over(two.range).meets(given.range) for one, two in pairs):
        return
    one, two = min(pairs, key=lambda pair: apart(pair[0].range.over(pair[1].range), given.range))
    quotient = one.range.over(two.range)
    right = one.value / two.value
    yield _finding(evidence, given, one, two, right, apart(quotient, given.range))


def _finding(evidence: Evidence, given: Known, one: Known, two: Known, right: float, gap: float) -> Finding:
    name, region, when = evidence.label(given.indicator), evidence.region(given.region), given.span.text
    slip = hint(given.value, right)
    message = Label(
        f"{region.zh}{when}：{name.zh}与分子、分母不符" + (f"；{slip.zh}" if slip else ""),
        f"{region.en}, {when}: {name.en} is not the quotient of its parts" + (f"; {slip.en}" if slip else ""),
    )
    scale = float(Unit.parse(given.unit).scale) if given.unit else 1.0
    arithmetic = f"{told(one)} / {told(two)} = {right / scale:,.6g} {given.unit}; printed {told(given)}"
    severity: Severity = "error" if gap > REVISED or {one.source, two.source} == {given.source} else "warning"
    return finding(severity, "ratio_and_parts", [given, one, two], message, arithmetic)
