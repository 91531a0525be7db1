# SPDX-License-Identifier: Apache-2.0
"""The fact sheet of one industry in a region and year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhihang.errors import NotFound
from zhihang.intensity.industry_answer import IndustryAnswer
from zhihang.reporting.chart import Chart, Lines, Series
from zhihang.reporting.data_table import Column, DataTable
from zhihang.reporting.document import Block, Document, Heading, Prose
from zhihang.reporting.industry_bulletin import COMPUTED, notes, section
from zhihang.reporting.sections.intensity.conditions import conditions_table
from zhihang.reporting.sections.intensity.how_sure import change_in_words
from zhihang.reporting.wording import number, percent

_IN = {True: "属于专利密集型产业", False: "不属于专利密集型产业", None: "因数据不全无法判定"}


@dataclass(frozen=True)
class IndustrySheet:
    """What a sheet tells: an identification, the industry meant, patents by year, holders and divisions that lead."""

    answer: IndustryAnswer
    industry: str
    holders: Sequence[Mapping[str, Any]]
    divisions: Sequence[Mapping[str, Any]]
    dated: date
    simulated: bool

    @property
    def row(self) -> dict[str, Any]:
        """The row of the industry."""
        rows = {row["industry"]: row for row in self.answer.rows()}
        if self.industry not in rows:
            raise NotFound.named("industry", self.industry, rows, see="zhihang industries identify")
        return rows[self.industry]


def industry_sheet(told: IndustrySheet) -> Document:
    """Return the sheet."""
    row, summary = told.row, told.answer.summary()
    title = f"{summary['region_name']}{row['name']}（{row['industry']}）专利密集型产业情况表（{summary['year']}年）"
    return Document(
        title=title,
        date=told.dated,
        blocks=tuple(_blocks(told, row, summary)),
        simulated=told.simulated,
        subject=title,
    )


def _blocks(told: IndustrySheet, row: Mapping[str, Any], summary: Mapping[str, Any]) -> Iterator[Block]:
    source = COMPUTED[told.simulated]
    yield Heading("判定")
    yield Prose(_verdict(row, summary))
    yield conditions_table(row["conditions"], f"{row['name']}各项条件", f"{summary['year']}年", source)
    yield Prose(_moves(row, summary))
    yield Heading("规模与强度")
    yield _figures(told.answer, row, summary, source)
    yield _trend(told.answer, row["industry"], source)
    yield from section("主要权利人和分布", _leaders(told, source))
    yield from notes(summary)


def _verdict(row: Mapping[str, Any], summary: Mapping[str, Any]) -> str:
    low, high = row["interval"] or (None, None)
    span = f"（95%区间{number(low, 1)}至{number(high, 1)}）" if low is not None else ""
    sure = "" if row["stability"] is None else f"，判定稳定度{percent(row['stability'], 0)}"
    before = "上年已在目录" if row["was_in_catalogue"] else "上年不在目录"
    return (
        f"按《{summary['label']}》，{row['name']}{_IN[row['in_catalogue']]}（{before}）。"
        f"密集度{number(row['intensity'], 1)}件/千人{span}，为平均值的{_times(row, summary)}{sure}。"
    )


def _times(row: Mapping[str, Any], summary: Mapping[str, Any]) -> str:
    mean = summary["mean"]["intensity"]
    return "（无数据）" if row["intensity"] is None or not mean else f"{number(row['intensity'] / mean, 2)}倍"


def _moves(row: Mapping[str, Any], summary: Mapping[str, Any]) -> str:
    labels = {one["condition"]: one["label"] for one in row["conditions"]}
    moved = [
        f"{change_in_words(change['what'], labels)}时将{word}"
        for change in summary["changes"]
        for key, word in (("enter", "进入"), ("leave", "退出"))
        if row["industry"] in change[key]
    ]
    return "；".join(moved) + "。" if moved else "门槛上下浮动10%、改变均值取法，判定都不变。"


def _figures(
    answer: IndustryAnswer, row: Mapping[str, Any], summary: Mapping[str, Any], source: str
) -> DataTable:
    subjects = answer.found.subjects
    place = subjects.ids.index(row["industry"])

    def value(name: str, scale: float = 1.0) -> float | None:
        found = float(subjects.measure(name)[place])
        return None if found != found else found * scale

    return DataTable.of(
        [
            {"what": "专利数（件）", "value": row["scale"]},
            {"what": "从业人员平均人数（人）", "value": row["employment"]},
            {"what": "总产值（亿元）", "value": value("gross_output", 1e-8)},
            {"what": "总产值占比（%）", "value": _hundred(row["output_share"])},
            {"what": "增加值（亿元）", "value": value("value_added", 1e-8)},
            {"what": "营业收入（亿元）", "value": value("revenue", 1e-8)},
            {"what": "研发经费与营业收入之比（%）", "value": value("rd_intensity", 100)},
            {"what": "研发人员占比（%）", "value": value("rd_staff_share", 100)},
            {"what": "专利数比上一窗口期增长（%）", "value": value("patents_growth", 100)},
        ],
        columns=(Column("what", "指标"), Column("value", "数值", "number", digits=2)),
        title=f"{row['name']}主要指标",
        unit="见各行",
        period=f"{summary['year']}年",
        source=source,
    )


def _hundred(share: float | None) -> float | None:
    return None if share is None else share * 100


def _trend(answer: IndustryAnswer, industry: str, source: str) -> Chart:
    shared = answer.made.shared
    counts = []
    for year in shared.years:
        held = shared.by_industry([year])
        counts.append(sum(count for code, count in held.items() if code.startswith(industry)))
    return Chart(
        "各年专利数",
        "件",
        f"{shared.years[0]}至{shared.years[-1]}年",
        source,
        Lines(tuple(str(year) for year in shared.years), (Series("专利数", tuple(counts)),)),
        form="number",
        notes=("属于几个行业的专利按份额分计。",),
    )


def _leaders(told: IndustrySheet, source: str) -> Iterator[Block]:
    for rows, title, head in (
        (told.holders, "专利最多的权利人", "权利人"),
        (told.divisions, "专利的地区分布", "地区"),
    ):
        if rows:
            yield DataTable.of(
                ({"name": row["name"], "n": row["n"]} for row in rows),
                columns=(Column("name", head), Column("n", "专利数", "number", unit="件")),
                title=title,
                unit="件",
                period=f"{told.answer.made.window[0]}至{told.answer.made.window[-1]}年",
                source=source,
                notes=("属于几个行业的专利按份额分计，个人不列名。",) if head == "权利人" else (),
            )
