# SPDX-License-Identifier: Apache-2.0
"""Check of plans: targets that cannot be checked as they are worded: no unit, no period, no deadline, not reviewed."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.planning.check import Evidence, Finding, Severity, check, shown
from zhihang.planning.plan import Target, read_unit
from zhihang.terms.label import Label


@check(label=Label("目标表述", "Wording of targets"))
def wording(evidence: Evidence) -> Iterator[Finding]:
    """A target has no unit or one we do not know, no deadline, or names a flow without saying over what time."""
    for target in evidence.plan.targets:
        unit = f"{target.unit}/{target.per}" if target.per else target.unit
        if not target.unit:
            yield _said(target, "warning", "unit_missing", Label("目标没有单位", "The target has no unit"))
        elif read_unit(unit) is None:
            words = Label(
                f"单位“{unit}”无法识别，不能换算", f"The unit “{unit}” is not known and cannot be converted"
            )
            yield _said(target, "info", "unit_unknown", words)
        if target.deadline is None and not target.frequency:
            due = target.as_of if isinstance(target.as_of, str) else ""
            words = Label(
                f"没有明确的完成年份{f'（{due}）' if due else ''}",
                "No year is named for it to be due",
            )
            yield _said(target, "info", "deadline_missing", words)
        if target.kind == "level" and not target.frequency and not target.period_start:
            yield from _flow(evidence, target)
    if evidence.plan.status == "draft":
        yield Finding(
            "warning",
            "not_reviewed",
            (),
            (),
            Label("草稿尚未由人核对", "A draft that nobody has compared with the document yet"),
            evidence.plan.name,
        )


def _flow(evidence: Evidence, target: Target) -> Iterator[Finding]:
    if evidence.nature(evidence.plan, target) == "flow":
        words = Label(
            "流量指标未说明是当年数还是累计数，按当年数理解",
            "A flow, but the text does not say whether of the year or added up; read as of the year",
        )
        yield _said(target, "info", "flow_without_period", words)


def _said(target: Target, severity: Severity, code: str, message: Label) -> Finding:
    figure = f"{target.comparator} {shown(target.value)} {target.unit}"
    return Finding(severity, code, (target.clause,), (target.id,), message, figure.strip())
