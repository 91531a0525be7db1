# SPDX-License-Identifier: Apache-2.0
"""Check of plans: a plan that asks for less than the plan it serves."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.planning.check import Evidence, Finding, check, clauses, shown
from zhihang.planning.plan import Plan, Target
from zhihang.terms.label import Label


@check(label=Label("与上级规划衔接", "Against the parent plan"))
def below_parent(evidence: Evidence) -> Iterator[Finding]:
    """A target says which one of the parent plan it serves, and asks for less growth, or for a lower ratio, than that."""
    parent = evidence.parent
    served = {target.id: target for target in parent.targets} if parent else {}
    if parent is None and evidence.plan.parent:
        yield _lost(evidence.plan.parent, ())
    for target in evidence.plan.targets:
        if parent is None or not target.parent:
            continue
        above = served.get(target.parent)
        if above is None:
            yield _lost(f"{parent.name} {target.parent}", (target,))
            continue
        base = _base(evidence, target)
        if above.kind == "multiple" and target.kind in ("cumulative", "level") and base:
            yield _compared(parent, target, above, float(target.base_value) / base, f"÷ {shown(base)} ")
        elif above.kind == target.kind and _comparable(above, target):
            yield _compared(parent, target, above, float(target.base_value), "")


def _lost(name: str, targets: tuple[Target, ...]) -> Finding:
    return Finding(
        "warning",
        "parent_unknown",
        clauses(*targets),
        tuple(target.id for target in targets),
        Label(f"找不到上级规划或其目标“{name}”", f"The parent plan, or its target, is not there: {name}"),
        name,
    )


def _comparable(one: Target, other: Target) -> bool:
    return bool(one.full_unit and other.full_unit and one.full_unit.is_comparable(other.full_unit))


def _base(evidence: Evidence, target: Target) -> float:
    """Return the total of the period of equal length before the target's, where it is known."""
    if not (target.period_start and target.period_end):
        return 0.0
    length = target.period_end - target.period_start + 1
    period = f"{target.period_start - length}/{target.period_start - 1}"
    found = evidence.figures.of(target.indicator, evidence.plan.region_of(target), period)
    return float(found.value) if found else 0.0


def _compared(parent: Plan, target: Target, above: Target, reached: float, how: str) -> Finding:
    asked = float(above.base_value)
    fits = reached >= asked
    return Finding(
        "holds" if fits else "warning",
        "below_parent",
        (target.clause, f"{parent.name} {above.clause}"),
        (target.id, f"{parent.name} {above.id}"),
        Label(
            f"上级规划“{above.label.zh}”要求{shown(asked)}，本规划为{shown(reached, 3)}",
            f"The parent plan asks for {shown(asked)} (“{above.label.label.en}”), this one for {shown(reached, 3)}",
        ),
        f"{shown(target.base_value)} {how}= {shown(reached, 3)} {'≥' if fits else '<'} {shown(asked)}",
    )
