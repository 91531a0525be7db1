# SPDX-License-Identifier: Apache-2.0
"""Check of plans: a stock cannot rise by more than what flows into it."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.planning.check import Evidence, Finding, check, clauses, shown
from zhihang.terms.label import Label

_INFLOW = {
    "inventions_in_force": "invention_grants",
    "rights_in_force": "grants",
    "trademarks_in_force": "trademark_registrations",
}


@check(label=Label("存量与流量", "Stock against flow"))
def stock_against_flow(evidence: Evidence) -> Iterator[Finding]:
    """A stock has to rise by more than the target for what flows into it, even if nothing lapses (M-STAT-16)."""
    plan = evidence.plan
    for stock in evidence.targets("level"):
        region = plan.region_of(stock)
        for flow in evidence.targets("cumulative", indicator=_INFLOW.get(stock.indicator, "-")):
            known = evidence.figures.yearly(stock.indicator, region)
            base = known.get((flow.period_start or plan.first_year) - 1)
            if base is None or plan.region_of(flow) != region or stock.deadline != flow.deadline:
                continue
            rise = stock.base_value - base.value
            fits = rise <= flow.base_value
            sign = "≤" if fits else ">"
            yield Finding(
                "holds" if fits else "error",
                "stock_against_flow",
                clauses(stock, flow),
                (stock.id, flow.id),
                _message(fits, shown(rise), shown(flow.base_value), flow.comparator),
                f"{shown(stock.base_value)} − {shown(base.value)} = {shown(rise)} {sign} {shown(flow.base_value)}",
            )


def _message(fits: bool, rise: str, inflow: str, comparator: str) -> Label:
    if fits:
        return Label(
            f"存量需增加{rise}件，授权目标足以支撑",
            f"The grants aimed at cover a rise of the stock by {rise}",
        )
    return Label(
        f"存量须净增{rise}件，而授权目标只是{comparator} {inflow}件；即使没有一件失效，只完成授权目标也达不到存量目标",
        f"The stock has to rise by {rise}, but the target for grants is only {comparator} {inflow}:"
        " even if nothing lapses, meeting the one does not meet the other",
    )
