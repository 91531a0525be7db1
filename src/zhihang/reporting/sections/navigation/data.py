# SPDX-License-Identifier: Apache-2.0
"""Sections: the question of the study, how its patents were found, how well, and in what languages."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.navigation.study import VARIANTS
from zhihang.navigation.variant import PARTS
from zhihang.reporting.data_table import Column
from zhihang.reporting.document import Block, Note, Prose
from zhihang.reporting.sections.navigation.telling import Telling
from zhihang.reporting.wording import number, percent

_STEPS = {"scope": "检索范围", "period": "期间", "expand": "扩展", "noise": "去噪", "level": "归并"}
_MEASURES = {"precision": "查准率", "recall": "查全率", "f1": "F1值"}


def ended(text: str) -> str:
    """Close a sentence that somebody typed, unless it is closed already.

    >>> ended("研究问题：往哪里去？"), ended("研究问题：方向")
    ('研究问题：往哪里去？', '研究问题：方向。')
    """
    return text if text.endswith(("。", "？", "！", "?", "!", ".")) else f"{text}。"


def question(told: Telling) -> Iterator[Block]:
    """Yield what is asked, by whom, of which kind, for which region and time."""
    study = told.result.study
    kind = VARIANTS[told.variant]
    yield Prose(
        f"本研究属{kind}，参照{PARTS[told.variant]}开展。"
        + ended(f"研究问题：{study.get('question') or '（未填写）'}")
        + (f"委托方：{study['client']}。" if study.get("client") else "")
    )
    yield Prose(
        f"分析以{told.what}为单位，共{told.count(len(told.result.corpus))}，申请年份{told.period}，"
        f"对象为{told.focus}，检索式与各步增减见附件“检索日志”。"
    )
    cut = told.result.corpus.truncated
    if cut:
        yield Note(
            f"发明专利自申请日起一般18个月公布，{'、'.join(map(str, cut))}年的数据不完整，"
            "图中以斜纹标出，不参与增速、生命周期和拟合的计算。"
        )


def corpus(told: Telling) -> Iterator[Block]:
    """Yield how the corpus came to be, and what is in it."""
    held = told.result.corpus
    if held.steps:
        yield told.table(
            "数据集的形成",
            [
                Column("step", "步骤"),
                Column("reason", "依据"),
                Column("patents", "增减", "integer", told.unit),
                Column("left", "步骤后", "integer", told.unit),
            ],
            [
                {
                    "step": _STEPS.get(one.step, one.step),
                    "reason": one.reason,
                    "patents": one.patents,
                    "left": one.left,
                }
                for one in held.steps
            ],
            notes=("归并后以专利族计的，族成员合为一族。",) if held.level == "family" else (),
        )
    total = sum(held.languages.values())
    told_languages = "、".join(
        f"{_language(told, code)}{percent(count / total, 1)}"
        for code, count in sorted(held.languages.items(), key=lambda one: -one[1])[:5]
        if total
    )
    yield Prose(
        f"数据集中{_without(told, held.without_abstract)}，{number(held.untagged)}{told.unit}未归入任何技术分支；"
        + (
            f"已知引证{number(held.citations)}条，其中申请人自引{number(held.own_citations)}条。"
            if held.citations
            else "数据中没有专利之间的引证。"
        )
        + (f"文本语言构成：{told_languages}。" if told_languages else "")
    )


def _without(told: Telling, count: int) -> str:
    return f"{number(count)}{told.unit}没有摘要" if count else "各专利均有摘要"


def quality(told: Telling) -> Iterator[Block]:
    """Yield precision and recall as estimated from samples."""
    found = told.result.corpus.quality
    if not found:
        yield Note("尚未对检索结果抽样标注，查全率、查准率未知；可用抽样标注补充后重新计算。")
        return
    yield told.table(
        "检索与标引质量（抽样估计）",
        [
            Column("what", "指标"),
            Column("of", "对象"),
            Column("value", "估计值", "percent"),
            Column("low", "下限", "percent", group="95%区间"),
            Column("high", "上限", "percent", group="95%区间"),
            Column("sampled", "样本", "integer", "件"),
            Column("how", "方法"),
        ],
        [
            {
                "what": _MEASURES.get(one.what, one.what),
                "of": told.node_names.get(one.of, one.of) or "全部",
                "value": one.value,
                "low": one.low,
                "high": one.high,
                "sampled": one.sampled,
                "how": one.how,
            }
            for one in found
        ],
        unit="%",
        notes=("区间为Wilson区间。",),
    )


def _language(told: Telling, code: str) -> str:
    known = told.codes["language"]
    return known[code].label.zh if code in known else code or "未知"
