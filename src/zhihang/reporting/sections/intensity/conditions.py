# SPDX-License-Identifier: Apache-2.0
"""Section: each condition of a scheme with value, threshold and clause, for an industry, a firm or a park."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zhihang.reporting.data_table import Column, DataTable
from zhihang.reporting.wording import large, number, percent

_MET = {True: "符合", False: "不符合", None: "未知"}
_BOUND = {"above": "＞", "at_least": "≥", "below": "＜", "at_most": "≤"}


def conditions_table(
    conditions: Sequence[Mapping[str, Any]], title: str, period: str, source: str
) -> DataTable:
    """Return the table of conditions; those within another one are indented."""
    return DataTable.of(
        (
            {
                "label": ("\u3000" if one["part_of"] else "")
                + one["label"]
                + ("" if one["decides"] else "（原则上）"),
                "value": _value(one),
                "threshold": _threshold(one),
                "passed": _MET[one["passed"]],
                "clause": one["clause"] or ("" if one["official"] else "程序设定"),
            }
            for one in conditions
        ),
        columns=(
            Column("label", "条件"),
            Column("value", "实际"),
            Column("threshold", "要求"),
            Column("passed", "结果"),
            Column("clause", "依据"),
        ),
        title=title,
        unit="见各行",
        period=period,
        source=source,
    )


def _value(one: Mapping[str, Any]) -> str:
    if one["operator"] not in _BOUND:
        yes, no = ("无", "有") if one["operator"] == "is_false" else ("是", "否")
        return {True: yes, False: no, None: "—"}[one["passed"]]
    return "—" if one["value"] is None else _amount(one["value"], one["unit"])


def _threshold(one: Mapping[str, Any]) -> str:
    if one["operator"] in _BOUND:
        return _BOUND[one["operator"]] + _amount(one["threshold"], one["unit"])
    return {"any_of": "任一项", "all_of": "各项", "is_false": "无"}.get(one["operator"], "是")


def _amount(value: float, unit: str) -> str:
    if unit == "元":
        return large(value, "元")
    if not unit:
        return percent(value)
    digits = 0 if float(value).is_integer() else 2
    return f"{number(value, digits)}{unit}"
