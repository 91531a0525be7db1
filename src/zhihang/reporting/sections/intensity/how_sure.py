# SPDX-License-Identifier: Apache-2.0
"""Section: how sure a list is, and what other thresholds and means would change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from zhihang.reporting.data_table import Column, DataTable
from zhihang.reporting.document import Block, Prose
from zhihang.reporting.wording import listed, percent
from zhihang.terms.label import Label, Language

if TYPE_CHECKING:
    from zhihang.intensity.industry_answer import IndustryAnswer

UNSURE = 0.9
_KIND = {
    "weighted": Label("加权平均", "the weighted mean"),
    "of_ratios": Label("各行业密集度的简单平均", "the mean of the ratios"),
}
_OVER = {
    "all": Label("全部行业", "all industries"),
    "patenting": Label("有专利的行业", "industries with patents"),
}
_BOUND = {"above": "高于", "at_least": "不低于", "below": "低于", "at_most": "不高于"}


def how_sure(answer: IndustryAnswer, summary: Mapping[str, Any], source: str) -> Iterator[Block]:
    """Yield which industries are not sure to be in or out, and the table of what moves the list."""
    rows = answer.rows()
    unsure = [row for row in rows if row["stability"] is not None and row["stability"] < UNSURE]
    if unsure:
        named = [f"{row['name']}（{percent(row['stability'], 0)}）" for row in unsure]
        yield Prose(
            f"稳定度低于{percent(UNSURE, 0)}的有{len(unsure)}个行业：{listed(named, most=len(named))}。"
            "其入选与否取决于分类对照和个别年份的数量，使用时宜谨慎。"
        )
    else:
        yield Prose(f"全部行业的判定稳定度都不低于{percent(UNSURE, 0)}。")
    names = {row["industry"]: row["name"] for row in rows}
    labels = {one["condition"]: one["label"] for row in rows[:1] for one in row["conditions"]}
    yield DataTable.of(
        (
            {
                "what": change_in_words(change["what"], labels),
                "enter": "、".join(names.get(code, code) for code in change["enter"]) or "无",
                "leave": "、".join(names.get(code, code) for code in change["leave"]) or "无",
            }
            for change in summary["changes"]
        ),
        columns=(Column("what", "改变"), Column("enter", "将进入"), Column("leave", "将退出")),
        title="门槛和均值取法改变时的进出",
        unit="个",
        period=f"{summary['year']}年",
        source=source,
    )


def change_in_words(what: str, labels: Mapping[str, str], language: Language = "zh") -> str:
    """Say a change of the rule in words.

    >>> change_in_words("mean of_ratios over patenting", {})
    '均值改为有专利的行业各行业密集度的简单平均'
    >>> change_in_words("seven at_least × 0.9", {"seven": "每千人7件"})
    '“每千人7件”门槛下调10%'
    >>> change_in_words("seven at_least × 1.1", {"seven": "At least 7"}, "en")
    'the bound of "At least 7" up by 10%'
    """
    zh = language == "zh"
    mean = re.fullmatch(r"mean (\w+) over (\w+)", what)
    if mean:
        kind, over = _KIND[mean[1]].in_language(language), _OVER[mean[2]].in_language(language)
        return f"均值改为{over}{kind}" if zh else f"the mean taken as {kind} over {over}"
    bound = re.fullmatch(r"(\w+) (\w+) × ([\d.]+)", what)
    if bound is None:
        return what
    factor, label = float(bound[3]), labels.get(bound[1], bound[1])
    by = f"{abs(factor - 1):.0%}"
    if zh:
        return f"“{label}”门槛{'下调' if factor < 1 else '上调'}{by}"
    return f'the bound of "{label}" {"down" if factor < 1 else "up"} by {by}'
