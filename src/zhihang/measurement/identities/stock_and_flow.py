# SPDX-License-Identifier: Apache-2.0
"""Identity: a stock rises by no more than the grants."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.measurement.grid import Span
from zhihang.measurement.identity import Evidence, Finding, finding, identity, told
from zhihang.measurement.known import Known
from zhihang.terms.label import Label

FLOWS = {
    "inventions_in_force": "invention_grants",
    "utility_models_in_force": "utility_model_grants",
    "designs_in_force": "design_grants",
    "rights_in_force": "grants",
    "trademarks_in_force": "trademark_registrations",
}
KINDS = {12: "year", 60: "five_year"}


@identity(label=Label("存量与流量", "Stock and flow"))
def stock_and_flow(evidence: Evidence) -> Iterator[Finding]:
    """The stock at the end is that at the beginning, plus grants, less what ended, plus transfers (M-STAT-16, 1).

    What ended is seldom published; but it is not below zero. So a stock that rises by more than was granted needs
    rights transferred from elsewhere, or one of the figures is wrong. A warning.
    """
    for stock_code, flow_code in FLOWS.items():
        for now in evidence.figures.of(stock_code):
            for months, kind in KINDS.items():
                span = Span(now.span.last_month - months + 1, months)
                flows = evidence.figures.at(flow_code, now.region, span, kind)
                before = evidence.figures.beside(now, stock_code, Span(now.span.last_month - months, 1))
                if flows and before:
                    yield from _checked(evidence, now, before[0], flows[0])


def _checked(evidence: Evidence, now: Known, before: Known, flow: Known) -> Iterator[Finding]:
    rise = now.range - before.range
    if rise.low <= flow.range.high:
        return
    name, region, when = evidence.label(now.indicator), evidence.region(now.region), flow.span.text
    message = Label(
        f"{region.zh}{when}：{name.zh}的增加超过同期授权",
        f"{region.en}, {when}: {name.en} rise by more than was granted",
    )
    net = now.value - before.value
    arithmetic = (
        f"{told(now)} - {told(before)} = {net:,.10g}; granted {told(flow)}; "
        f"{net - flow.value:,.10g} must have come by transfer"
    )
    yield finding("warning", "stock_and_flow", [now, before, flow], message, arithmetic)
