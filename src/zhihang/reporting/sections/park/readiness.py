# SPDX-License-Identifier: Apache-2.0
"""Sections: how far a park is from the eligibility of an experimental zone, and from its targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from zhihang.reporting.data_table import Column, DataTable
from zhihang.reporting.document import Block, Note, Prose
from zhihang.reporting.wording import large, listed, number, percent

_STATES: Mapping[str, str] = {"met": "符合", "not_met": "不符合", "no_data": "缺数据"}
_OPERATORS: Mapping[str, str] = {"at_least": "≥", "above": "＞", "at_most": "≤", "below": "＜"}
_SOURCE = "入库专利、企业名录和园区表，知航计算；条件据国知发管字〔2013〕27号"


def eligibility(ready: Mapping[str, Any]) -> Iterator[Block]:
    """Yield the conditions one by one, and which data are to be handed in."""
    lacking, unknown = len(ready["not_met"]), len(ready["no_data"])
    text = f"{ready['of']}项必备条件中符合{ready['met']}项，不符合{lacking}项，缺数据{unknown}项。"
    failed = [one["label"] for one in ready["conditions"] if one["decides"] and one["state"] == "not_met"]
    yield Prose(text + (f"不符合的为{listed(failed, most=len(failed))}。" if failed else ""))
    yield _table(ready, "实验区申报条件对照")
    if ready["supply"]:
        yield Note(f"需补充的数据：{'；'.join(ready['supply'])}。")


def targets_reached(ready: Mapping[str, Any]) -> Iterator[Block]:
    """Yield the targets at the end of the period: those with numbers decide, the others are told."""
    yield Prose(
        f"期末目标中有数值的{ready['of']}项，目前达到{ready['met']}项；其余目标没有数值标准，列出相关数据供参考。"
    )
    yield _table(ready, "实验区期末目标对照")


def _table(ready: Mapping[str, Any], title: str) -> DataTable:
    return DataTable.of(
        [
            {
                "clause": one["clause"],
                "label": one["label"],
                "value": _shown(one, one["value"]),
                "bound": _bound(one) if one["official"] else "无数值标准",
                "state": _STATES[one["state"]] if one["official"] or one["value"] is None else "见现值",
                "kind": "必备" if one["decides"] else "参考",
                "gap": _shown(one, one["gap"] if one["official"] else None),
            }
            for one in ready["conditions"]
        ],
        columns=[
            Column("clause", "条款"),
            Column("label", "条件"),
            Column("value", "现值"),
            Column("bound", "要求"),
            Column("state", "结果"),
            Column("kind", "性质"),
            Column("gap", "差距"),
        ],
        title=title,
        unit="见各行",
        period=f"{ready['year']}年",
        source=_SOURCE,
    )


def _bound(one: Mapping[str, Any]) -> str:
    if one["operator"] in _OPERATORS:
        return _OPERATORS[one["operator"]] + _shown(one, one["threshold"])
    return "否" if one["operator"] == "is_false" else "是"


def _shown(one: Mapping[str, Any], value: Any) -> str:
    if value is None:
        return "—"
    if one["operator"] not in _OPERATORS:
        return "是" if value else "否"
    if not one["unit"]:
        return percent(value)
    if one["unit"] == "元":
        return large(value, "元")
    return number(value, 0 if float(value).is_integer() else 1) + str(one["unit"])
