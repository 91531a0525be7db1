# SPDX-License-Identifier: Apache-2.0
"""The report of a navigation study (专利导航报告), in the order of GB/T 39551 practice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from zhihang.facts.codelist import CodeLists
from zhihang.navigation.result import StudyResult
from zhihang.reporting.document import Annex, Block, Document, Heading, Prose
from zhihang.reporting.sections.navigation import (
    annexes,
    conclusions,
    cooperation,
    data,
    holders,
    life,
    market,
    path,
    place,
    strength,
    technology,
    topics,
    trend,
)
from zhihang.reporting.sections.navigation.telling import Telling, refusal

SectionOf = Callable[[Telling], Iterator[Block]]
CHAPTERS: Sequence[tuple[str, Sequence[tuple[str, Sequence[SectionOf]]]]] = (
    ("摘要", (("", (conclusions.summary,)),)),
    (
        "研究概况与数据",
        (
            ("", (data.question, partial(conclusions.findings, section="corpus"))),
            ("数据集", (data.corpus,)),
            ("检索质量", (data.quality,)),
        ),
    ),
    (
        "产业发展现状",
        (
            ("申请趋势", (trend.trend,)),
            ("技术构成", (trend.branches, trend.classes)),
            ("创新主体", (holders.types, holders.leaders)),
            ("发明人", (holders.inventors,)),
            ("来源与布局", (market.market,)),
            ("法律状态与运用", (market.legal, market.dealings)),
        ),
    ),
    (
        "产业发展方向",
        (
            ("", (partial(conclusions.findings, section="direction"),)),
            ("技术生命周期", (life.life_cycle,)),
            ("成长曲线", (life.s_curves,)),
            ("各环节增速", (trend.growth_table,)),
            ("技术主题", (topics.topics,)),
            ("技术路线", (technology.roadmaps,)),
            ("技术功效与空白点", (technology.effects,)),
            ("核心专利", (technology.core,)),
        ),
    ),
    (
        "区域产业定位",
        (
            ("", (partial(conclusions.findings, section="position"),)),
            ("总体位置", (place.places,)),
            ("产业链各环节", (place.chain, place.gaps)),
            ("控制力与依赖", (strength.control,)),
            ("主体与人才", (strength.talent,)),
            ("权利状况", (strength.legal_strength,)),
            ("合作网络", (cooperation.cooperation,)),
            ("供给与需求", (strength.supply,)),
            ("国外专利风险", (strength.risk,)),
        ),
    ),
    (
        "发展路径",
        (
            ("", (partial(conclusions.findings, section="path"),)),
            ("路径选择依据", (path.outlook,)),
            ("建议一览", (path.overview,)),
            ("", (path.recommendations,)),
        ),
    ),
    ("与上次相比", (("", (path.changes,)),)),
    ("不能得出的结论", (("", (conclusions.limits,)),)),
)
_OF_POSITION = "区域产业定位"


def navigation_report(result: StudyResult, *, simulated: bool, codes: CodeLists | None = None) -> Document:
    """Return the report of a study for reading: docx, pdf, html."""
    told = Telling(result, codes or CodeLists())
    found: list[Annex | None] = [annexes.breakdown(told), annexes.search_log(told), annexes.methods(told)]
    found += [annexes.all_findings(told), annexes.evidence(told)]
    label = result.study.get("label") or {}
    name = str(label.get("zh") if isinstance(label, dict) else label) or result.name
    return Document(
        title=name if "导航" in name else f"{name}专利导航报告",
        date=date.fromisoformat(result.made_on[:10]),
        blocks=tuple(_blocks(told)),
        simulated=simulated,
        annexes=tuple(one for one in found if one is not None),
        contents="headings",
        subject=str(result.study.get("question") or name),
        form="report",
        interactive=True,
    )


def navigation_workbook(
    result: StudyResult, *, simulated: bool, codes: CodeLists | None = None, report: Document | None = None
) -> Document:
    """Return the report for the workbook: all its tables, with the signs of core patents and the list of all patents."""
    told = Telling(result, codes or CodeLists())
    report = report or navigation_report(result, simulated=simulated, codes=codes)
    more = [annexes.signs_of_core(told)] if result.direction.core else []
    return replace(report, annexes=(*report.annexes, *more, annexes.all_patents(told)))


def _blocks(told: Telling) -> Iterator[Block]:
    for title, parts in CHAPTERS:
        if title == _OF_POSITION and told.result.position.refused:
            parts = (("", (_no_position,)),)
        blocks = [block for heading, sections in parts for block in _part(told, heading, sections)]
        if blocks:
            yield Heading(title)
            yield from blocks


def _part(told: Telling, heading: str, sections: Sequence[SectionOf]) -> list[Block]:
    blocks = [block for section in sections for block in section(told)]
    return [Heading(heading, 2), *blocks] if blocks and heading else blocks


def _no_position(told: Telling) -> Iterator[Block]:
    yield Prose(f"不作区域定位：{refusal(told.result.position.refused)}。")
