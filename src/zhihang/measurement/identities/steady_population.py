# SPDX-License-Identifier: Apache-2.0
"""Identity: a population does not jump, and two regions do not exchange theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from zhihang.measurement.identity import Evidence, Finding, Severity, finding, identity, told
from zhihang.measurement.known import Known
from zhihang.terms.label import Label

CODES = ("residents", "residents_behind_density", "registered_population")
JUMP = 0.08
"""A change of more than this between neighbouring figures, for each year between them but at most five, is
implausible; UNVERIFIED, no source states a bound."""
SAME = 0.03
"""Figures of two regions that are no further apart than this may be each other's."""


@identity(label=Label("人口平稳", "Steady population"))
def steady_population(evidence: Evidence) -> Iterator[Finding]:
    """A population that jumps away from those before and after it is implausible; exchanged ones are an error.

    Of two figures nobody can say which is odd, and the boundary may have changed between them: worth knowing only.
    """
    for code in CODES:
        odd = _jumps(evidence, code)
        done: set[Known] = set()
        for figure, usual in odd.items():
            other = _exchanged(figure, odd)
            if other is not None and other not in done:
                yield _exchange(evidence, figure, other, odd)
            elif other is None:
                alone = len(evidence.figures.of(code, figure.region)) > 2
                yield _jump(evidence, "warning" if alone else "info", figure, usual)
            done.add(figure)


def _jumps(evidence: Evidence, code: str) -> Mapping[Known, Known]:
    """Return the figures that jump, with the neighbour in time that they jump away from."""
    found: dict[Known, Known] = {}
    for region in evidence.figures.regions(code):
        row = [figure for figure in evidence.figures.of(code, region) if figure.level]
        for place, figure in enumerate(row):
            beside = [row[at] for at in (place - 1, place + 1) if 0 <= at < len(row)]
            far = [other for other in beside if _far(figure, other)]
            # Of two figures that differ, the odd one is that which differs from all around it.
            alone = len(row) > 2 and len(far) == len(beside) and not _between(figure, beside)
            if far and (alone or (len(row) == 2 and place == 1)):
                found[figure] = far[0]
    return found


def _far(one: Known, two: Known) -> bool:
    years = min(max(abs(one.span.last_month - two.span.last_month) / 12, 1.0), 5.0)
    return abs(one.value - two.value) > JUMP * years * max(one.value, two.value)


def _between(figure: Known, beside: list[Known]) -> bool:
    """Whether a figure lies between its neighbours: then it may be on the way from one to the other."""
    values = [one.value for one in beside]
    return len(values) == 2 and min(values) <= figure.value <= max(values)


def _exchanged(figure: Known, odd: Mapping[Known, Known]) -> Known | None:
    """Return the odd figure of the same day whose usual value this one has, and the other way round."""
    for other in odd:
        if other.region != figure.region and other.span == figure.span:
            crossed = (odd[other].value, odd[figure].value)
            pairs = zip((figure.value, other.value), crossed, strict=True)
            if all(abs(a - b) <= SAME * max(a, b) for a, b in pairs):
                return other
    return None


def _exchange(evidence: Evidence, figure: Known, other: Known, odd: Mapping[Known, Known]) -> Finding:
    one, two, when = evidence.region(figure.region), evidence.region(other.region), figure.span.text
    message = Label(
        f"{when}：{one.zh}与{two.zh}的{evidence.label(figure.indicator).zh}互换",
        f"{when}: {one.en} and {two.en} have exchanged their {evidence.label(figure.indicator).en}",
    )
    arithmetic = (
        f"{one.zh} {told(figure)}, in {odd[figure].span.text} {told(odd[figure])}; "
        f"{two.zh} {told(other)}, in {odd[other].span.text} {told(odd[other])}"
    )
    return finding(
        "error", "steady_population", [figure, other, odd[figure], odd[other]], message, arithmetic
    )


def _jump(evidence: Evidence, severity: Severity, figure: Known, usual: Known) -> Finding:
    region, name, when = evidence.region(figure.region), evidence.label(figure.indicator), figure.span.text
    message = Label(f"{region.zh}{when}：{name.zh}突变", f"{region.en}, {when}: {name.en} jumps")
    arithmetic = f"{told(figure)}; in {usual.span.text} {told(usual)}"
    return finding(severity, "steady_population", [figure, usual], message, arithmetic)
