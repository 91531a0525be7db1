# SPDX-License-Identifier: Apache-2.0
"""The report of a navigation study (专利导航报告), in the order of GB/T 39551 practice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from zhihang.facts.codelist import CodeLists
from zhihang.navigation.result import StudyResult
from zhihang.navigation.study import Variant
from zhihang.reporting.document import Annex, Block, Document, Heading, Prose
from zhihang.reporting.sections.navigation import (
    annexes,
    conclusions,
    cooperation,
    core_quality,
    data,
    holders,
    life,
    market,
    path,
    place,
    rivals,
    strength,
    technology,
    topics,
    trend,
)
from zhihang.reporting.sections.navigation.telling import SECTIONS, Telling, refusal

SectionOf = Callable[[Telling], Iterator[Block]]
Parts = Sequence[tuple[str, Sequence[SectionOf]]]
_STATUS: Parts = (
    ("申请趋势", (trend.trend,)),
    ("技术构成", (trend.branches, trend.classes)),
    ("创新主体", (holders.types, holders.leaders)),
    ("发明人", (holders.inventors,)),
    ("来源与布局", (market.market,)),
    ("法律状态与运用", (market.legal, market.dealings)),
)
_DIRECTION: Parts = (
    ("", (partial(conclusions.findings, section="direction"),)),
    ("技术生命周期", (life.life_cycle,)),
    ("成长曲线", (life.s_curves,)),
    ("各环节增速", (trend.growth_table,)),
    ("技术主题", (topics.topics,)),
    ("技术路线", (technology.roadmaps,)),
    ("技术功效与空白点", (technology.effects,)),
    ("核心专利", (technology.core, core_quality.core_quality)),
)
_FOUND: tuple[str, Sequence[SectionOf]] = ("", (partial(conclusions.findings, section="position"),))
_POSITION: Mapping[Variant, Parts] = {
    "industry": (
        _FOUND,
        ("总体位置", (place.places,)),
        ("产业链各环节", (place.chain, place.gaps)),
        ("控制力与依赖", (strength.control,)),
        ("主体与人才", (strength.talent,)),
        ("权利状况", (strength.legal_strength,)),
        ("合作网络", (cooperation.cooperation,)),
        ("供给与需求", (strength.supply,)),
        ("国外专利风险", (strength.risk,)),
    ),
    "enterprise": (
        _FOUND,
        ("竞争对手", (rivals.rivals,)),
        ("各技术分支", (place.chain, place.gaps)),
        ("专利控制力", (strength.control,)),
        ("自有权利状况", (strength.legal_strength,)),
        ("合作网络", (cooperation.cooperation,)),
        ("他人专利风险", (strength.risk,)),
        ("与各地比较", (place.places,)),
    ),
    "rd": (
        _FOUND,
        ("研发基础", (place.places, rivals.rivals)),
        ("各技术分支", (place.chain, place.gaps)),
        ("现有技术与可用空间", (rivals.prior_art,)),
        ("控制力与依赖", (strength.control,)),
        ("团队与人才", (strength.talent,)),
        ("合作网络", (cooperation.cooperation,)),
        ("供给与需求", (strength.supply,)),
        ("须防范的专利", (strength.risk,)),
    ),
}
_PATH: Parts = (
    ("", (conclusions.aims, partial(conclusions.findings, section="path"))),
    ("路径选择依据", (path.outlook,)),
    ("建议一览", (path.overview,)),
    ("", (path.recommendations,)),
)
_LIMITS = "不能得出的结论"


def chapters(variant: Variant) -> Sequence[tuple[str, Parts]]:
    """Return the chapters of a kind of study, in order."""
    named = SECTIONS[variant]
    return (
        ("摘要", (("", (conclusions.summary,)),)),
        (
            "研究概况与数据",
            (
                ("", (data.question, partial(conclusions.findings, section="corpus"))),
                ("数据集", (data.corpus,)),
                ("检索质量", (data.quality,)),
            ),
        ),
        (named["status"], _STATUS),
        (named["direction"], _DIRECTION),
        (named["position"], _POSITION[variant]),
        (named["path"], _PATH),
        ("与上次相比", (("", (path.changes,)),)),
        (_LIMITS, (("", (conclusions.limits,)),)),
    )


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
    for title, parts in chapters(told.variant):
        if title == told.sections["position"] and told.result.position.refused:
            parts = (("", (_no_position,)),)
        blocks = [block for heading, sections in parts for block in _part(told, heading, sections)]
        if blocks:
            yield Heading(title)
            yield from blocks


def _part(told: Telling, heading: str, sections: Sequence[SectionOf]) -> list[Block]:
    blocks = [block for section in sections for block in section(told)]
    return [Heading(heading, 2), *blocks] if blocks and heading else blocks


def _no_position(told: Telling) -> Iterator[Block]:
    what = "定位" if told.client else "区域定位"
    yield Prose(told.words(f"不作{what}：{refusal(told.result.position.refused)}。"))
