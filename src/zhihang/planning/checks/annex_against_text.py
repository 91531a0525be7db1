# SPDX-License-Identifier: Apache-2.0
"""Check of plans: what an annex adds up to against what the text asks for."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.planning.check import Evidence, Finding, check, shown
from zhihang.planning.plan import Annex
from zhihang.terms.label import Label


@check(label=Label("附件与正文", "Annex against text"))
def annex_against_text(evidence: Evidence) -> Iterator[Finding]:
    """The annex that splits a target does not reach what the text says: the sum of flows, or the last stock."""
    for annex in evidence.plan.annexes:
        target = evidence.plan.target(annex.target)
        totals = annex.totals or _column_sums(annex)
        if not totals or target.kind not in ("cumulative", "level"):
            continue
        flow = target.kind == "cumulative"
        reached = sum(totals.values()) if flow else totals[max(totals)]
        fits = target.is_met_by(reached)
        how = " + ".join(shown(value) for value in totals.values()) + " = " if flow else f"{max(totals)}: "
        yield Finding(
            "holds" if fits else "error",
            "annex_against_text",
            (target.clause, annex.clause),
            (target.id,),
            Label(
                f"{annex.clause}合计{shown(reached)}，正文要求{target.comparator} {shown(target.base_value)}，"
                + ("一致" if fits else "附件全部完成也不满足正文"),
                f"{annex.clause} comes to {shown(reached)}, the text asks for"
                f" {target.comparator} {shown(target.base_value)}: "
                + ("they agree" if fits else "even a fully met annex does not meet the text"),
            ),
            f"{how}{shown(reached)}; {shown(reached)} {target.comparator} {shown(target.base_value)}"
            f" {'✓' if fits else '✗'}",
        )


def _column_sums(annex: Annex) -> dict[int, int]:
    columns = zip(*(row.values for row in annex.rows), strict=True)
    return {year: int(sum(v or 0 for v in column)) for year, column in zip(annex.years, columns, strict=True)}
