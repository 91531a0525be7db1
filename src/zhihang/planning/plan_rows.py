# SPDX-License-Identifier: Apache-2.0
"""A plan as rows to list and to show: one line for each plan, the parts of one plan, its targets by gold column."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from zhihang.planning.figures import regions_of
from zhihang.planning.plan import Annex, Plan, Target
from zhihang.planning.plan_file import Plans

Row = dict[str, Any]


def plan_list(plans: Plans) -> list[Row]:
    """Return a row for each plan on the shelf; one whose file has faults is listed as `faulty`."""
    sound = {plan.name: plan for plan in plans.sound()}
    return [_listed(name, sound.get(name)) for name in plans.names()]


def _listed(name: str, plan: Plan | None) -> Row:
    return {
        "name": name,
        "zh": plan.label.zh if plan else "",
        "en": plan.label.label.en if plan else "",
        "region": plan.region if plan else "",
        "period": plan.period if plan else "",
        "targets": len(plan.targets) if plan else None,
        "annexes": len(plan.annexes) if plan else None,
        "tasks": len(plan.tasks) if plan else None,
        "status": plan.status if plan else "faulty",
    }


def plan_shown(plan: Plan, plans: Plans) -> Row:
    """Return a plan in full as plain values: facts about it, then its parts as rows."""
    document = plan.document
    return {
        "name": plan.name,
        "zh": plan.label.zh,
        "en": plan.label.label.en,
        "region": plan.region,
        "period": plan.period,
        "parent": plan.parent,
        "status": plan.status,
        "policy": document.policy,
        "title": document.title.zh,
        "number": document.number,
        "issued_by": document.issued_by.zh if document.issued_by else "",
        "issued_on": document.issued_on.isoformat() if document.issued_on else "",
        "goals": [{"id": g.id, "clause": g.clause, "zh": g.label.zh, "en": g.label.en} for g in plan.goals],
        "targets": [target_row(plan, target, plans) for target in plan.targets],
        "annexes": [row for annex in plan.annexes for row in annex_rows(annex)],
        "tasks": [
            {
                "id": task.id,
                "clause": task.clause,
                "type": task.type,
                "title": task.label.zh,
                "title_en": task.label.en,
                "lead_units": "；".join(task.lead),
                "supporting_units": "；".join(task.supporting),
                "deadline": task.deadline,
            }
            for task in plan.tasks
        ],
        "conditions": [condition.model_dump(mode="json") for condition in plan.conditions],
        "facts": [fact.model_dump(mode="json") for fact in plan.facts],
        "bodies": list(bodies_of(plan)),
    }


def target_row(plan: Plan, target: Target, plans: Plans) -> Row:
    """Return a target under the column names that readings and annotations use."""
    value, unit = target.in_base(target.value)
    high = target.value_hi
    region = regions_of(plans.codes).by_code(plan.region_of(target)) if plan.region_of(target) else None
    return {
        "target_id": target.id,
        "clause": target.clause,
        "indicator": target.indicator,
        "indicator_zh": target.label.zh,
        "indicator_en": target.label.en,
        "value": _plain(target.value),
        "value_hi": None if high is None else _plain(high),
        "unit": target.unit,
        "value_base": _plain(value),
        "value_hi_base": None if high is None else _plain(target.in_base(high)[0]),
        "unit_base": unit,
        "comparator": target.comparator,
        "alt_comparator": target.alt_comparator,
        "kind": target.kind,
        "hedge": target.hedge,
        "obligation": target.obligation,
        "region": region.label.zh
        if region
        else target.subject.zh
        if target.subject
        else plan.region_of(target),
        "period_start": target.period_start,
        "period_end": target.period_end,
        "as_of": target.as_of,
        "frequency": target.frequency,
        "baseline": _baseline(target),
        "direction": target.direction,
        "parent": target.parent,
        "part_of": target.part_of,
    }


def annex_rows(annex: Annex) -> Iterable[Row]:
    """Yield a row for each cell of an annex, the totals last."""
    for row in annex.rows:
        for year, value in zip(annex.years, row.values, strict=True):
            yield _cell(annex, row.region, row.name, year, value)
    for year, value in annex.totals.items():
        yield _cell(annex, "", "合计", year, value)


def bodies_of(plan: Plan) -> Iterable[str]:
    """Yield the bodies that lead or support something, each once, in the order of the document."""
    named = [body for task in plan.tasks for body in (*task.lead, *task.supporting)]
    return dict.fromkeys([*named, *(body for target in plan.targets for body in target.bodies)])


def _cell(annex: Annex, region: str, name: str, year: int, value: Decimal | None) -> Row:
    return {
        "table": annex.clause,
        "target_id": annex.target,
        "region": region,
        "county": name,
        "year": year,
        "value": None if value is None else _plain(value),
        "unit": annex.unit,
    }


def _baseline(target: Target) -> str:
    if target.baseline is None:
        return ""
    value = "" if target.baseline.value is None else f" {target.baseline.value}{target.baseline.unit}"
    return target.baseline.period + value


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
