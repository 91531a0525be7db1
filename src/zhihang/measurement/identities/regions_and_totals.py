# SPDX-License-Identifier: Apache-2.0
"""Identity: the divisions of a region sum to the region."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from zhihang.facts.region_name import COUNTRY
from zhihang.measurement.identity import Evidence, Finding, Severity, apart, finding, hint, identity, told
from zhihang.measurement.known import Known, Range
from zhihang.terms.label import Label

BESIDE_MAINLAND = frozenset({"710000", "810000", "820000"})
SMALL = 0.005
"""A gap of less than this may be what is not allocated to any division; UNVERIFIED, no source states a bound."""


@identity(label=Label("分地区与合计", "Regions and totals"))
def regions_and_totals(evidence: Evidence) -> Iterator[Finding]:
    """The divisions directly below a region sum to it, where all are known (M-STAT-16, 2).

    The nation may be meant with Hong Kong, Macao and Taiwan or without: it is enough that one of the two sums
    agrees. Divisions that exceed their region are an error even where some are not known.
    """
    for code in evidence.figures.indicators:
        if _adds_up(evidence.figures.of(code)):
            for region in evidence.figures.regions(code):
                yield from _below(evidence, code, region)


def _adds_up(figures: Sequence[Known]) -> bool:
    return bool(figures) and "/" not in figures[0].unit and figures[0].unit not in ("", "%", "倍", "百分点")


def _below(evidence: Evidence, code: str, region: str) -> Iterator[Finding]:
    below = evidence.children.get(region, ())
    if len(below) < 2:
        return
    for where in dict.fromkeys(figure.where for figure in evidence.figures.of(code, region)):
        totals = evidence.figures.at(code, *where)
        parts = {child: evidence.figures.at(code, child, where[1], where[2]) for child in below}
        known = {child: found[0] for child, found in parts.items() if found}
        if len(known) > 1:
            yield from _compared(evidence, totals, known, below)


def _compared(
    evidence: Evidence, totals: Sequence[Known], known: dict[str, Known], below: Sequence[str]
) -> Iterator[Finding]:
    scopes = [frozenset(below)]
    if totals[0].region == COUNTRY:
        scopes.append(scopes[0] - BESIDE_MAINLAND)
    complete = [scope for scope in scopes if scope <= known.keys()]
    sums = [_sum([known[child] for child in sorted(scope)]) for scope in complete] or [
        _sum(list(known.values()))
    ]
    total = totals[0]
    if any(added.meets(one.range) for added in sums for one in totals):
        return
    added = min(sums, key=lambda one: apart(one, total.range))
    above = added.low > max(one.range.high for one in totals)
    if not complete and not above:
        return
    gap = apart(added, total.range)
    severity: Severity = "error" if above or gap > SMALL else "warning"
    if len(complete) == 1 and len(scopes) == 2 and not above:
        severity = "info"  # the nation may be meant with Hong Kong, Macao and Taiwan, which are not known
    yield _finding(evidence, severity, total, added, len(known), list(known.values()))


def _sum(parts: Sequence[Known]) -> Range:
    added = Range(0.0, 0.0)
    for part in parts:
        added = added + part.range
    return added


def _finding(
    evidence: Evidence, severity: Severity, total: Known, added: Range, count: int, parts: list[Known]
) -> Finding:
    name, region, when = evidence.label(total.indicator), evidence.region(total.region), total.span.text
    middle = (added.low + added.high) / 2
    slip = hint(total.value, middle)
    message = Label(
        f"{region.zh}{when}：{name.zh}各地区之和与合计不符" + (f"；{slip.zh}" if slip else ""),
        f"{region.en}, {when}: divisions do not sum to {name.en} of the region"
        + (f"; {slip.en}" if slip else ""),
    )
    scale = middle / total.value * float(total.written.replace(",", "")) if total.value else middle
    arithmetic = f"sum of {count} divisions = {scale:,.10g} {total.unit}; total {told(total)}"
    found = finding(severity, "regions_and_totals", [total, *parts], message, arithmetic)
    return replace(found, regions=(total.region,))
