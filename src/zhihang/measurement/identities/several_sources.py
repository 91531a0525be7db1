# SPDX-License-Identifier: Apache-2.0
"""Identity: sources that give the same figure agree."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.measurement.identity import Evidence, Finding, Severity, apart, finding, hint, identity, told
from zhihang.measurement.known import Known
from zhihang.terms.label import Label

REVISED = 0.01
"""Values less than this apart may be of different days or scopes; UNVERIFIED, no source states a bound."""


@identity(label=Label("多个来源", "Several sources"))
def several_sources(evidence: Evidence) -> Iterator[Finding]:
    """Several figures for one indicator, region and period agree within rounding; restated ones are left out."""
    groups: dict[tuple[object, ...], list[Known]] = {}
    for figure in evidence.figures:
        if figure.status not in ("as_restated", "simulated"):
            groups.setdefault((figure.indicator, *figure.where, figure.dimension), []).append(figure)
    for found in groups.values():
        first = found[0]
        for other in found[1:]:
            if not first.range.meets(other.range):
                yield _finding(evidence, first, other)


def _finding(evidence: Evidence, first: Known, other: Known) -> Finding:
    name, region, when = evidence.label(first.indicator), evidence.region(first.region), first.span.text
    slip = hint(other.value, first.value)
    message = Label(
        f"{region.zh}{when}：{name.zh}有不同数值" + (f"；{slip.zh}" if slip else ""),
        f"{region.en}, {when}: sources differ on {name.en}" + (f"; {slip.en}" if slip else ""),
    )
    gap = apart(other.range, first.range)
    severity: Severity = "warning" if gap > REVISED or "computed" in (first.status, other.status) else "info"
    arithmetic = f"{told(first)} ({first.status}); {told(other)} ({other.status})"
    return finding(severity, "several_sources", [first, other], message, arithmetic)
