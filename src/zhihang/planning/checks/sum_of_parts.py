# SPDX-License-Identifier: Apache-2.0
"""Check of plans: parts have to add up to their total, and no part may exceed its whole."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.planning.check import Evidence, Finding, check, clauses, shown
from zhihang.planning.plan import Annex
from zhihang.terms.label import Label


@check(label=Label("分项与合计", "Sum of parts"))
def sum_of_parts(evidence: Evidence) -> Iterator[Finding]:
    """The divisions of an annex do not add up to the printed total, or a part is set higher than its whole."""
    for annex in evidence.plan.annexes:
        yield from _annex(annex)
    for part in evidence.plan.targets:
        if part.part_of:
            whole = evidence.plan.target(part.part_of)
            highest = part.in_base(part.value_hi or part.value)[0]
            most = whole.in_base(whole.value_hi or whole.value)[0]
            fits = highest <= most
            yield Finding(
                "holds" if fits else "error",
                "sum_of_parts",
                clauses(part, whole),
                (part.id, whole.id),
                Label(
                    f"“{part.label.zh}”{shown(highest)}"
                    + ("不超过" if fits else "超过")
                    + f"所属总体{shown(most)}",
                    f"“{part.label.label.en}” ({shown(highest)}) is "
                    + ("within" if fits else "more than")
                    + f" the whole it is a part of ({shown(most)})",
                ),
                f"{shown(highest)} ÷ {shown(most)} = {shown(100 * highest / most, 1)} %",
            )


def _annex(annex: Annex) -> Iterator[Finding]:
    for number, year in enumerate(annex.years):
        printed = annex.totals.get(year)
        values = [row.values[number] for row in annex.rows]
        known = [value for value in values if value is not None]
        added = sum(known)
        if printed is None:
            continue
        fits = added == printed and len(known) == len(values)
        missing = len(values) - len(known)
        yield Finding(
            "holds" if fits else "error",
            "sum_of_parts",
            (annex.clause,),
            (annex.target,),
            Label(
                f"{annex.clause}{year}年各地之和{shown(added)}，合计{shown(printed)}"
                + (f"，缺{missing}格" if missing else ""),
                f"{annex.clause}, {year}: the divisions add up to {shown(added)}, the total printed is {shown(printed)}"
                + (f"; {missing} cells are missing" if missing else ""),
            ),
            f"Σ = {shown(added)}; {shown(added)} − {shown(printed)} = {shown(added - printed)}",
        )
