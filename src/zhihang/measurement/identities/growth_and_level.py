# SPDX-License-Identifier: Apache-2.0
"""Identity: a level is the earlier level grown at the published rate."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.measurement.grid import Span
from zhihang.measurement.identity import Evidence, Finding, Severity, finding, hint, identity, told
from zhihang.measurement.indicator import Growth
from zhihang.measurement.known import Known, Range
from zhihang.terms.label import Label

REVISED, FAR = 0.005, 0.05
"""Up to `REVISED` apart the earlier level was probably revised, from `FAR` on a figure is wrong; UNVERIFIED."""


@identity(label=Label("增速与水平", "Growth and level"))
def growth_and_level(evidence: Evidence) -> Iterator[Finding]:
    """Growth times the base gives the level; a multiple times the base does too (M-STAT-16, 3).

    Small gaps are worth knowing only: publishers compare with the base as revised since.
    """
    for indicator in evidence.indicators.values():
        if indicator.growth and indicator.growth.give in ("rate", "multiple"):
            for given in evidence.figures.of(indicator.code):
                yield from _checked(evidence, indicator.growth, given)


def _checked(evidence: Evidence, growth: Growth, given: Known) -> Iterator[Finding]:
    earlier = _earlier(growth, given.span, level=given.level)
    now = evidence.figures.beside(given, growth.of)
    before = evidence.figures.beside(given, growth.of, earlier)
    pairs = [(one, two) for one in now for two in before if one.value > 0 and two.value > 0]
    one_more = 1.0 if growth.give == "rate" else 0.0
    multiple = Range(given.range.low + one_more, given.range.high + one_more)
    if not pairs or any(one.range.over(two.range).meets(multiple) for one, two in pairs):
        return
    one, two = min(pairs, key=lambda pair: abs(pair[0].value / pair[1].value - multiple.low))
    yield _finding(evidence, growth, given, one, two, given.value + one_more)


def _earlier(growth: Growth, span: Span, *, level: bool) -> Span:
    if growth.against == "year":
        return span.year_before()
    if growth.against == "plan" and not level and span.months == 60:
        return span.before()
    return span.year_before(5)


def _finding(
    evidence: Evidence, growth: Growth, given: Known, one: Known, two: Known, multiple: float
) -> Finding:
    name, region, when = evidence.label(growth.of), evidence.region(given.region), given.span.text
    right = one.value / two.value
    gap = abs(right / multiple - 1) if multiple > 0 else abs(right - multiple)
    severity: Severity = "error" if gap > FAR else "warning" if gap > REVISED else "info"
    slip = hint(one.value, two.value * multiple)
    message = Label(
        f"{region.zh}{when}：{name.zh}的增速与水平不符" + (f"；{slip.zh}" if slip else ""),
        f"{region.en}, {when}: growth and levels of {name.en} do not fit" + (f"; {slip.en}" if slip else ""),
    )
    shown = f"{(right - 1) * 100:,.4g} %" if growth.give == "rate" else f"{right:,.4g} 倍"
    arithmetic = f"{told(one)} against {told(two)} in {two.span.text} = {shown}; printed {told(given)}"
    return finding(severity, "growth_and_level", [given, one, two], message, arithmetic)
