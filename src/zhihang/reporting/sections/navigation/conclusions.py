# SPDX-License-Identifier: Apache-2.0
"""Sections: the findings of a module with the figures and patents they rest on; the summary; what cannot be concluded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from zhihang.navigation.result import KINDS, Section
from zhihang.reporting.data_table import Column
from zhihang.reporting.document import Block, Heading, Note, Prose
from zhihang.reporting.sections.navigation.telling import Telling, cited, figure_text

SECTIONS = {"corpus": "数据", "direction": "产业发展方向", "position": "区域产业定位", "path": "发展路径"}
_IN_SUMMARY = 4


def summary(told: Telling) -> Iterator[Block]:
    """Yield the answer in short: how many patents, the first findings of each module, recommendations by kind."""
    result = told.result
    yield Prose(
        f"本报告围绕“{result.study.get('question') or result.name}”，分析{told.period}申请的{told.what}"
        f"{told.count(len(result.corpus))}，数据截至{result.cutoff}。主要结论如下："
    )
    number = 0
    for section in get_args(Section)[1:]:
        for finding in result.of(section)[:_IN_SUMMARY]:
            number += 1
            yield Prose(f"{number}. {finding.text}")
    counts = [(KINDS[kind], len(result.path.of(kind))) for kind in KINDS]  # type: ignore[arg-type]
    made = [f"{name}{count}条" for name, count in counts if count]
    if made:
        yield Prose(
            f"据此提出建议{len(result.path.recommendations)}条，其中{'、'.join(made)}，见“发展路径”。"
        )
    else:
        yield Prose("现有数据不足以提出有依据的建议，原因见“不能得出的结论”。")
    if result.limits:
        yield Prose(f"另有{len(result.limits)}项因数据所限不能得出结论，逐项说明见“不能得出的结论”。")


def findings(told: Telling, section: Section) -> Iterator[Block]:
    """Yield the findings of a module, each with the figures it cites; nothing where there are none."""
    found = told.result.of(section)
    if not found:
        return
    yield Heading("主要判断", 2)
    for number, one in enumerate(found, 1):
        yield Prose(f"{number}. {one.text}")
        basis = cited(one)
        if basis:
            yield Note(basis)


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
                "module": SECTIONS[one.section],
                "part": one.part,
                "why": one.text,
                "basis": "；".join(figure_text(figure) for figure in one.figures),
            }
            for one in found
        ],
        unit="项",
    )
