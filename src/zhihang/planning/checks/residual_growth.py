# SPDX-License-Identifier: Apache-2.0
"""Check of plans: one unit of an annex that carries what the others leave, growing faster than all of them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from zhihang.planning.check import Evidence, Finding, check
from zhihang.planning.plan import Annex
from zhihang.terms.label import Label

_LARGE = Decimal("0.5")


@check(label=Label("余数单位的增速", "Growth of the residual unit"))
def residual_growth(evidence: Evidence) -> Iterator[Finding]:
    """The unit with more than half of an annex's total grows faster than all others together in every year (M-TGT-03)."""
    for annex in evidence.plan.annexes:
        if evidence.plan.target(annex.target).kind == "level" and len(annex.years) > 1 and annex.rows:
            yield from _dominant(annex)


def _dominant(annex: Annex) -> Iterator[Finding]:
    if any(value is None for row in annex.rows for value in row.values):
        return
    columns = [
        [value or Decimal(0) for value in column]
        for column in zip(*(r.values for r in annex.rows), strict=True)
    ]
    top = max(range(len(annex.rows)), key=lambda n: columns[0][n])
    if columns[0][top] < _LARGE * sum(columns[0]):
        return
    own = [_growth(before[top], after[top]) for before, after in pairwise(columns)]
    rest = [
        _growth(sum(before) - before[top], sum(after) - after[top]) for before, after in pairwise(columns)
    ]
    if all(one > other for one, other in zip(own, rest, strict=True)):
        name = annex.rows[top].name
        listed = "; ".join(
            f"{year}: {one:.1%} > {other:.1%}"
            for year, one, other in zip(annex.years[1:], own, rest, strict=True)
        )
        share = f"{columns[0][top] / sum(columns[0]):.1%} → {columns[-1][top] / sum(columns[-1]):.1%}"
        yield Finding(
            "warning",
            "residual_growth",
            (annex.clause,),
            (annex.target,),
            Label(
                f"{name}承担余数，每年增速都高于其他各地之和，占比{share}",
                f"{name} takes what the others leave: every year it grows faster than all of them together; share {share}",
            ),
            listed,
        )


def _growth(before: Decimal | int, after: Decimal | int) -> Decimal:
    return Decimal(after) / Decimal(before) - 1 if before else Decimal(0)
