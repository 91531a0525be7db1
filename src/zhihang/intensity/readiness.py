# SPDX-License-Identifier: Apache-2.0
"""How far a park is from meeting a scheme: what it meets, by how much it falls short, which data are not there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhihang.facts.form import form, heading
from zhihang.intensity.firm_answer import ParkAnswer

MET, NOT_MET, NO_DATA = "met", "not_met", "no_data"
_NEEDS: Mapping[str, tuple[str, ...]] = {
    "ip_demonstration": ("park.ip_demonstration",),
    "industry_chosen": ("park.industry",),
    "management_body": ("park.management_body",),
    "chosen_industry_output": ("park.industry", "enterprise.industry", "enterprise.output"),
    "enterprises": ("enterprise.park",),
    "inventions_per_10k": ("park.residents",),
    "service_staff": ("park.service_staff",),
    "service_head": ("park.service_head",),
    "has_boundary": ("park.boundary",),
    "support_policies": ("park.support_policies",),
    "patent_revenue_to_output": ("enterprise.patent_product_revenue", "enterprise.output"),
    "rd_to_output": ("enterprise.rd", "enterprise.output"),
    "gross_output": ("enterprise.output",),
    "output_growth": ("enterprise.output",),
    "intensity": ("enterprise.employees",),
    "employment": ("enterprise.employees",),
    "revenue": ("enterprise.revenue",),
    "brand_holders": ("enterprise.own_trademark",),
}
"""Columns of the forms that a measure follows from."""
_PRESENCE = ("industry_chosen", "has_boundary")
"""Measures that are no where nothing was handed in: what is missing is the datum itself."""


def readiness(answer: ParkAnswer) -> list[dict[str, Any]]:
    """Each park against a scheme, those that meet most of what decides first."""
    rows = [_of_park(answer, row) for row in answer.rows()]
    return sorted(rows, key=lambda row: (-row["met"], len(row["no_data"]), row["park"]))


def _of_park(answer: ParkAnswer, row: Mapping[str, Any]) -> dict[str, Any]:
    conditions = [_with_state(one) for one in row["conditions"]]
    deciding = [one for one in conditions if one["decides"] and one["part_of"] is None]
    named = {
        state: [one["condition"] for one in deciding if one["state"] == state]
        for state in (MET, NOT_MET, NO_DATA)
    }
    return {
        "park": row["park"],
        "region": row["region"],
        "scheme": answer.found.scheme.name,
        "year": answer.found.year,
        "eligible": row["eligible"],
        "met": len(named[MET]),
        "of": len(deciding),
        "not_met": named[NOT_MET],
        "no_data": named[NO_DATA],
        "supply": sorted({one for each in conditions for one in each["supply"]}),
        "conditions": conditions,
    }


def _with_state(condition: Mapping[str, Any]) -> dict[str, Any]:
    passed = condition["passed"]
    state = NO_DATA if passed is None else MET if passed else NOT_MET
    measure = condition["measure"] or ""
    wanted = state == NO_DATA or (state == NOT_MET and measure in _PRESENCE)
    return {
        **condition,
        "state": state,
        "gap": _gap(condition) if state == NOT_MET else None,
        "supply": [_named(one) for one in _NEEDS.get(measure, ())] if wanted else [],
    }


def _gap(condition: Mapping[str, Any]) -> float | None:
    """By how much a value falls short of its bound, in the unit of the measure."""
    value, bound = condition["value"], condition["threshold"]
    if condition["operator"] not in ("above", "at_least", "below", "at_most") or value is None:
        return None
    return abs(float(bound) - float(value))


def _named(column: str) -> str:
    """A column by the heading it has in the workbook to fill in: 园区：人口（人）."""
    name, of = column.split(".")
    made = form(name)
    return f"{made.label.zh}：{heading(made.column(of))}"
