# SPDX-License-Identifier: Apache-2.0
"""Check of plans: figures that look alike but count by different definitions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from zhihang.planning.check import Evidence, Finding, check, shown
from zhihang.planning.plan import Names, Plan, Target
from zhihang.terms.label import Label


@check(label=Label("口径重叠", "Overlapping definitions"))
def overlapping_definitions(evidence: Evidence) -> Iterator[Finding]:
    """Two targets, of this plan or of a related one, are of one family but are defined differently."""
    plans = [evidence.plan, *evidence.related]
    placed = [(plan, target) for plan in plans for target in plan.targets if target.indicator]
    for (one_plan, one), (other_plan, other) in combinations(placed, 2):
        ours = one_plan is evidence.plan
        says, other_says = _definition(one_plan, one), _definition(other_plan, other)
        differ = says and other_says and says != other_says
        if ours and differ and _family(one_plan, one) == _family(other_plan, other):
            yield _finding(evidence.plan, (one_plan, one), (other_plan, other))


def _family(plan: Plan, target: Target) -> str:
    own = plan.indicators.get(target.indicator)
    return own.family if own and own.family else target.indicator


def _definition(plan: Plan, target: Target) -> Names | None:
    own = plan.indicators.get(target.indicator)
    return target.definition or (own.definition if own else None)


def _finding(plan: Plan, one: tuple[Plan, Target], other: tuple[Plan, Target]) -> Finding:
    same_plan = other[0] is plan
    place = other[1].clause if same_plan else f"{other[0].name} {other[1].clause}"
    first, second = _words(*one), _words(*other)
    return Finding(
        "info" if same_plan else "warning",
        "overlapping_definitions",
        (one[1].clause, place),
        (one[1].id, other[1].id) if same_plan else (one[1].id, f"{other[0].name} {other[1].id}"),
        Label(
            f"口径不同，不可相加或直接比较：{first.zh}；{second.zh}",
            f"Counted by different definitions, not to be added or compared: {first.en}; {second.en}",
        ),
        f"{_figure(one[1])} | {_figure(other[1])}",
    )


def _words(plan: Plan, target: Target) -> Label:
    said = _definition(plan, target)
    words = said.label if said else target.label.label
    return Label(f"“{target.label.zh}”（{words.zh}）", f"“{target.label.label.en}” ({words.en})")


def _figure(target: Target) -> str:
    high = f"–{shown(target.value_hi)}" if target.value_hi is not None else ""
    return f"{target.comparator} {shown(target.value)}{high} {target.unit}"
