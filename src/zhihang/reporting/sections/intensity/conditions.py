# SPDX-License-Identifier: Apache-2.0
"""Section: each condition of a scheme with value, threshold and clause, for an industry, a firm or a park."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zhihang.reporting.data_table import Column, DataTable
from zhihang.reporting.wording import large, number, percent
from zhihang.terms.label import Label, Language

_MET = {True: Label("符合", "met"), False: Label("不符合", "not met"), None: Label("未知", "unknown")}
_UNITS = {
    "件": "patents", "人": "persons", "家": "firms", "倍": "times", "件/千人": "per 1,000 employees",
    "件/万人": "per 10,000 residents",
}  # fmt: skip
_BOUND = {"above": "＞", "at_least": "≥", "below": "＜", "at_most": "≤"}


def conditions_table(
    conditions: Sequence[Mapping[str, Any]],
    title: str,
    period: str,
    source: str,
    language: Language = "zh",
) -> DataTable:
    """Return the table of conditions; those within another one are indented."""

    def say(zh: str, en: str) -> str:
        return Label(zh, en).in_language(language)

    return DataTable.of(
        (
            {
                "label": ("\u3000" if one["part_of"] else "")
                + say(one["label"], one["label_en"])
                + ("" if one["decides"] else say("（原则上）", " (in principle)")),
                "value": _value(one, language),
                "threshold": _threshold(one, language),
                "passed": _MET[one["passed"]].in_language(language),
                "clause": one["clause"] or ("" if one["official"] else say("程序设定", "set by the program")),
            }
            for one in conditions
        ),
        columns=(
            Column("label", say("条件", "Condition")),
            Column("value", say("实际", "Actual")),
            Column("threshold", say("要求", "Required")),
            Column("passed", say("结果", "Result")),
            Column("clause", say("依据", "Clause")),
        ),
        title=title,
        unit=say("见各行", "see the rows"),
        period=period,
        source=source,
    )


def _value(one: Mapping[str, Any], language: Language) -> str:
    if one["operator"] not in _BOUND:
        yes, no = (
            (Label("无", "none"), Label("有", "some"))
            if one["operator"] == "is_false"
            else (Label("是", "yes"), Label("否", "no"))
        )
        return {True: yes.in_language(language), False: no.in_language(language), None: "—"}[one["passed"]]
    return "—" if one["value"] is None else _amount(one["value"], one["unit"], language)


def _threshold(one: Mapping[str, Any], language: Language) -> str:
    if one["operator"] in _BOUND:
        return _BOUND[one["operator"]] + _amount(one["threshold"], one["unit"], language)
    told = {
        "any_of": Label("任一项", "any"), "all_of": Label("各项", "all"), "is_false": Label("无", "none"),
    }.get(one["operator"], Label("是", "yes"))  # fmt: skip
    return told.in_language(language)


def _amount(value: float, unit: str, language: Language) -> str:
    if unit == "元":
        return large(value, Label("元", "yuan").in_language(language), language=language)
    if not unit:
        return percent(value, language=language)
    digits = 0 if round(float(value), 2).is_integer() else 2
    told = number(value, digits, language=language)
    return f"{told}{unit}" if language == "zh" else f"{told} {_UNITS.get(unit, unit)}"
