# SPDX-License-Identifier: Apache-2.0
"""Sections: the findings of a module with the figures and patents they rest on; the summary; what cannot be concluded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from zhihang.navigation.result import KINDS, Finding, Kind, Section
from zhihang.reporting.data_table import Column
from zhihang.reporting.document import Block, Heading, Note, Prose
from zhihang.reporting.sections.navigation.telling import Telling, cited, figure_text, word

_SHORT = {"direction": "方向", "position": "定位", "path": "路径"}
_IN_SUMMARY, _OF_A_KIND = 4, 3


def summary(told: Telling) -> Iterator[Block]:
    """Yield the answer in short: how many patents, the first findings of each module, recommendations by kind."""
    result = told.result
    yield Prose(
        f"本报告围绕“{result.study.get('question') or result.name}”，分析{told.period}申请的{told.what}"
        f"{told.count(len(result.corpus))}，数据截至{result.cutoff}。主要结论如下："
    )
    for section in get_args(Section)[1:]:
        for one in first_of_each_kind(told, section):
            yield Prose(f"（{_SHORT[section]}）{one.text}")
    counts = [(KINDS[kind], len(result.path.of(kind))) for kind in KINDS]  # type: ignore[arg-type]
    made = [f"{name}{count}条" for name, count in counts if count]
    if made:
        yield Prose(
            f"据此提出建议{len(result.path.recommendations)}条，其中{'、'.join(made)}，见“{told.sections['path']}”。"
        )
    else:
        yield Prose("现有数据不足以提出有依据的建议，原因见“不能得出的结论”。")
    if result.limits:
        yield Prose(f"另有{len(result.limits)}项因数据所限不能得出结论，逐项说明见“不能得出的结论”。")


def first_of_each_kind(told: Telling, section: Section) -> list[Finding]:
    """Return the first finding of each kind in a module, the first few kinds."""
    kinds: dict[str, Finding] = {}
    for one in told.result.of(section):
        kinds.setdefault(one.key.split(":")[0], one)
    return list(kinds.values())[:_IN_SUMMARY]


def findings(told: Telling, section: Section) -> Iterator[Block]:
    """Yield the findings of a module, each with the figures it cites; of one kind the first ones, the annex has all."""
    found = numbered(told, section)
    if not found:
        return
    yield Heading("主要判断", 2)
    seen: dict[str, int] = {}
    for number, one in found:
        kind = one.key.split(":")[0]
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] > _OF_A_KIND:
            continue
        yield Prose(f"{number}. {one.text}")
        basis = cited(one)
        if basis:
            yield Note(basis)
    left = sum(max(0, count - _OF_A_KIND) for count in seen.values())
    if left:
        yield Note(f"另有{left}项同类判断，见附件“全部判断及依据”。")


def numbered(told: Telling, section: Section) -> list[tuple[int, Finding]]:
    """Return the findings of a module with their numbers in the whole report."""
    return [(place, one) for place, one in enumerate(told.result.findings, 1) if one.section == section]


AIMS: Mapping[str, Sequence[Kind]] = {
    "企业产品开发": ("strengthen", "enter", "avoid", "layout"),
    "技术合作开发": ("partner",),
    "技术引进与投资并购对象遴选": ("buy", "license"),
    "权利处置": ("let_go",),
}


def aims(told: Telling) -> Iterator[Block]:
    """Yield which aims of the part on enterprises the recommendations serve, and which are not looked at."""
    if told.variant != "enterprise":
        return
    parts = []
    for aim, kinds in AIMS.items():
        count = sum(len(told.result.path.of(kind)) for kind in kinds)
        parts.append(f"{aim}{count}条" if count else f"{aim}没有")
    yield Prose(
        f"各项建议对应的经营目标：{'、'.join(parts)}。投资并购对象的评估和上市准备须逐件审查权利稳定性与侵权风险，"
        "不在本报告范围内。"
    )


def limits(told: Telling) -> Iterator[Block]:
    """Yield what cannot be concluded, and why."""
    found = told.result.limits
    if not found:
        yield Prose("本次研究的各项分析所需数据均已具备，没有因数据所限而放弃的结论。")
        return
    yield Prose(f"以下{len(found)}项因数据不足或条件不满足，不能得出结论；其余结论不受影响。")
    yield told.table(
        "不能得出的结论及原因",
        [Column("module", "模块"), Column("part", "内容"), Column("why", "原因"), Column("basis", "依据")],
        [
            {
                "module": told.sections[one.section],
                "part": word("part", one.part),
                "why": one.text,
                "basis": "；".join(figure_text(figure) for figure in one.figures),
            }
            for one in found
        ],
        unit="项",
    )
