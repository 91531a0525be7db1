# SPDX-License-Identifier: Apache-2.0
"""The dynamic bulletin (发展动态) on the patent-intensive industries of a region in a year, and what its firms do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhihang.intensity.firm_answer import FirmAnswer
from zhihang.intensity.holders import Watched
from zhihang.intensity.industry_answer import IndustryAnswer
from zhihang.reporting.document import Block, Document, Heading, Note
from zhihang.reporting.intensity_remark import told_in_chinese
from zhihang.reporting.sections.intensity.catalogue import catalogue_table, counted, overall
from zhihang.reporting.sections.intensity.firms import near_threshold, recognised, without_invention
from zhihang.reporting.sections.intensity.how_sure import how_sure
from zhihang.reporting.sections.intensity.innovation import innovation

COMPUTED_EN = {
    False: "Computed from the patents, statistics of industries and firms in this database",
    True: "Computed from a simulated register and a simulated economy (made by the program)",
}
COMPUTED = {False: "本数据库专利记录和分行业、企业数据计算", True: "模拟登记簿和模拟经济数据（程序生成）计算"}


@dataclass(frozen=True)
class Bulletin:
    """What a bulletin tells: industries, and, where there is a register, its firms."""

    industries: IndustryAnswer
    firms: FirmAnswer | None
    watched: Sequence[Watched]
    first: Sequence[Mapping[str, Any]]
    dated: date
    simulated: bool


def industry_bulletin(told: Bulletin) -> Document:
    """Return the bulletin."""
    summary = told.industries.summary()
    title = f"{summary['region_name']}专利密集型产业发展动态（{summary['year']}年）"
    return Document(
        title=title,
        date=told.dated,
        blocks=tuple(_blocks(told, summary)),
        simulated=told.simulated,
        subject=title,
    )


def _blocks(told: Bulletin, summary: Mapping[str, Any]) -> Iterator[Block]:
    source = COMPUTED[told.simulated]
    yield Heading("总体情况")
    yield from overall(told.industries, summary)
    yield Heading("产业目录")
    yield from catalogue_table(told.industries, summary, source)
    yield Heading("名单是否可靠")
    yield from how_sure(told.industries, summary, source)
    yield from section("创新特征", innovation(summary, source))
    if told.firms is not None:
        yield Heading("企业")
        yield from recognised(told.firms)
        yield from without_invention(told.first, summary["year"], source)
    if told.watched:
        yield Heading("临近门槛的权利人")
        yield from near_threshold(told.watched, date(summary["year"], 12, 31), source)
    yield from notes(summary)


def section(title: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield a heading and what stands under it; nothing where that is nothing."""
    held = list(blocks)
    if held:
        yield Heading(title)
        yield from held


def notes(summary: Mapping[str, Any]) -> Iterator[Block]:
    """Yield what the figures rest on and what they do not say."""
    yield Heading("说明")
    yield Note(
        f"密集度为{counted(summary)}与从业人员平均人数之比；行业分类为{summary['edition']}；"
        f"方案为{summary['scheme']}（{summary['label']}）。"
    )
    for text in told_in_chinese(remark["text"] for remark in summary["remarks"]):
        yield Note(text)
