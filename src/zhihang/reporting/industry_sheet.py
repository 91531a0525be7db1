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
from zhihang.reporting.document import Block, Document, Heading, Note, Prose
from zhihang.reporting.industry_bulletin import COMPUTED, COMPUTED_EN, notes, section
from zhihang.reporting.sections.intensity.conditions import conditions_table
from zhihang.reporting.sections.intensity.how_sure import change_in_words
from zhihang.reporting.wording import number, percent
from zhihang.terms.label import Label, Language

_IN = {
    True: Label("属于专利密集型产业", "is patent-intensive"),
    False: Label("不属于专利密集型产业", "is not patent-intensive"),
    None: Label("因数据不全无法判定", "cannot be judged for want of data"),
}
_MEASURE = {"grants": "granted", "filings": "filed", "stock": "in force at the end of"}


@dataclass(frozen=True)
class IndustrySheet:
    """What a sheet tells: an identification, the industry meant, patents by year, holders and divisions that lead."""

    answer: IndustryAnswer
    industry: str
    holders: Sequence[Mapping[str, Any]]
    divisions: Sequence[Mapping[str, Any]]
    dated: date
    simulated: bool
    region_en: str = ""
    language: Language = "zh"

    def say(self, zh: str, en: str) -> str:
        """Return the one of two wordings that is in the language of the sheet."""
        return zh if self.language == "zh" else en

    @property
    def period(self) -> str:
        """The year as it stands beside figures."""
        return f"{self.answer.found.year}{self.say('年', '')}"

    @property
    def source(self) -> str:
        """Where the figures come from."""
        return (COMPUTED if self.language == "zh" else COMPUTED_EN)[self.simulated]

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
    region, year = summary["region_name"], summary["year"]
    title = told.say(
        f"{region}{row['name']}（{row['industry']}）专利密集型产业情况表（{year}年）",
        f"Patent-intensive industries of {told.region_en or region}: {_named(told, row)}, {year}",
    )
    return Document(
        title=title,
        date=told.dated,
        blocks=tuple(_blocks(told, row, summary)),
        simulated=told.simulated,
        subject=title,
        language=told.language,
    )


def _named(told: IndustrySheet, row: Mapping[str, Any]) -> str:
    """The industry; the classification has Chinese names alone."""
    return told.say(row["name"], f"industry {row['industry']} ({row['name']})")


def _blocks(told: IndustrySheet, row: Mapping[str, Any], summary: Mapping[str, Any]) -> Iterator[Block]:
    say = told.say
    yield Heading(say("判定", "Verdict"))
    yield Prose(_verdict(row, summary) if told.language == "zh" else _verdict_en(told, row, summary))
    title = say(f"{row['name']}各项条件", f"Conditions of the scheme, {_named(told, row)}")
    yield conditions_table(row["conditions"], title, told.period, told.source, told.language)
    yield Prose(_moves(told, row, summary))
    yield Heading(say("规模与强度", "Size and intensity"))
    yield _figures(told, row)
    yield _trend(told, row["industry"])
    yield from section(say("主要权利人和分布", "Leading holders and places"), _leaders(told))
    yield from notes(summary) if told.language == "zh" else _notes_en(summary)


def _verdict(row: Mapping[str, Any], summary: Mapping[str, Any]) -> str:
    low, high = row["interval"] or (None, None)
    span = f"（95%区间{number(low, 1)}至{number(high, 1)}）" if low is not None else ""
    sure = "" if row["stability"] is None else f"，判定稳定度{percent(row['stability'], 0)}"
    before = "上年已在目录" if row["was_in_catalogue"] else "上年不在目录"
    intensity = (
        f"{number(row['intensity'], 1)}件/千人" if row["intensity"] is not None else "因资料不全未计算"
    )
    times = _times(row, summary)
    mean = f"，为平均值的{times}倍" if times else ""
    return (
        f"按《{summary['label']}》，{row['name']}{_IN[row['in_catalogue']].zh}（{before}）。"
        f"密集度{intensity}{span}{mean}{sure}。"
    )


def _verdict_en(told: IndustrySheet, row: Mapping[str, Any], summary: Mapping[str, Any]) -> str:
    low, high = row["interval"] or (None, None)
    span = f" (95 % interval {number(low, 1)} to {number(high, 1)})" if low is not None else ""
    sure = "" if row["stability"] is None else f" {percent(row['stability'], 0)} of the draws agree."
    before = "in the list" if row["was_in_catalogue"] else "not in the list"
    times = _times(row, summary)
    intensity = (
        f"Its intensity is {number(row['intensity'], 1)} patents per 1,000 employees{span}"
        if row["intensity"] is not None
        else "Its intensity is not known"
    )
    mean = f", {times} times the mean" if times else ""
    name = _named(told, row)
    return (
        f"By the scheme {told.answer.found.scheme.label.en}, {name} {_IN[row['in_catalogue']].en}"
        f" (the year before: {before}). {intensity}{mean}.{sure}"
    )


def _times(row: Mapping[str, Any], summary: Mapping[str, Any]) -> str:
    mean = summary["mean"]["intensity"]
    return "" if row["intensity"] is None or not mean else number(row["intensity"] / mean, 2)


def _moves(told: IndustrySheet, row: Mapping[str, Any], summary: Mapping[str, Any]) -> str:
    zh = told.language == "zh"
    labels = {one["condition"]: one["label" if zh else "label_en"] for one in row["conditions"]}
    words = (("enter", told.say("进入", "enter")), ("leave", told.say("退出", "leave")))
    moved = [
        f"{change}时将{word}" if zh else f"With {change} it would {word}"
        for one in summary["changes"]
        for change in (change_in_words(one["what"], labels, told.language),)
        for key, word in words
        if row["industry"] in one[key]
    ]
    if moved:
        return "；".join(moved) + "。" if zh else ". ".join(moved) + "."
    return told.say(
        "门槛上下浮动10%、改变均值取法，判定都不变。",
        "Bounds moved by 10 % either way and other means leave the verdict as it is.",
    )


def _notes_en(summary: Mapping[str, Any]) -> Iterator[Block]:
    patents, years = summary["patents"], summary["patents"]["years"]
    when = f"{years[0]} to {years[-1]}" if len(years) > 1 else f"{years[0]}"
    kinds = ", ".join(kind.replace("_", " ") for kind in patents["kinds"])
    yield Heading("Notes")
    yield Note(
        f"Intensity: patents ({kinds}) {_MEASURE[patents['measure']]} {when} by mean employment. Industries:"
        f" {summary['edition']}, named in Chinese as there. Scheme: {summary['scheme']}."
    )
    for text in dict.fromkeys(remark["text"] for remark in summary["remarks"]):
        yield Note(f"{text[0].upper()}{text[1:]}.")


def _figures(told: IndustrySheet, row: Mapping[str, Any]) -> DataTable:
    subjects, say = told.answer.found.subjects, told.say
    place = subjects.ids.index(row["industry"])

    def value(name: str, scale: float = 1.0) -> float | None:
        found = float(subjects.measure(name)[place])
        return None if found != found else found * scale

    pairs = (
        (say("专利数（件）", "Patents"), row["scale"]),
        (say("从业人员平均人数（人）", "Mean employment (persons)"), row["employment"]),
        (say("总产值（亿元）", "Gross output (100 million yuan)"), value("gross_output", 1e-8)),
        (say("总产值占比（%）", "Share of gross output (%)"), _hundred(row["output_share"])),
        (say("增加值（亿元）", "Value added (100 million yuan)"), value("value_added", 1e-8)),
        (say("营业收入（亿元）", "Revenue (100 million yuan)"), value("revenue", 1e-8)),
        (say("研发经费与营业收入之比（%）", "R&D to revenue (%)"), value("rd_intensity", 100)),
        (say("研发人员占比（%）", "R&D staff to staff (%)"), value("rd_staff_share", 100)),
        (
            say("专利数比上一窗口期增长（%）", "Growth of patents over the window before (%)"),
            value("patents_growth", 100),
        ),
    )
    return DataTable.of(
        ({"what": what, "value": held} for what, held in pairs),
        columns=(
            Column("what", say("指标", "Figure")),
            Column("value", say("数值", "Value"), "number", digits=1),
        ),
        title=say(f"{row['name']}主要指标", f"Leading figures, {_named(told, row)}"),
        unit=say("见各行", "see the rows"),
        period=told.period,
        source=told.source,
    )


def _hundred(share: float | None) -> float | None:
    return None if share is None else share * 100


def _trend(told: IndustrySheet, industry: str) -> Chart:
    shared, say = told.answer.made.shared, told.say
    counts = []
    for year in shared.years:
        held = shared.by_industry([year])
        counts.append(sum(count for code, count in held.items() if code.startswith(industry)))
    return Chart(
        say("各年专利数", "Patents by year"),
        say("件", "patents"),
        say(f"{shared.years[0]}至{shared.years[-1]}年", f"{shared.years[0]} to {shared.years[-1]}"),
        told.source,
        Lines(tuple(str(year) for year in shared.years), (Series(say("专利数", "Patents"), tuple(counts)),)),
        form="number",
        notes=(_shared(told),),
    )


def _shared(told: IndustrySheet) -> str:
    return told.say("属于几个行业的专利按份额分计。", "Patents of several industries count by their shares.")


def _leaders(told: IndustrySheet) -> Iterator[Block]:
    say, window = told.say, told.answer.made.window
    alone = say("属于几个行业的专利按份额分计，个人不列名。", f"{_shared(told)} Persons are not named.")
    for rows, title, head, noted in (
        (told.holders, say("专利最多的权利人", "Holders of most patents"), say("权利人", "Holder"), (alone,)),
        (told.divisions, say("专利的地区分布", "Patents by place"), say("地区", "Place"), ()),
    ):
        if rows:
            yield DataTable.of(
                ({"name": row["name"], "n": row["n"]} for row in rows),
                columns=(
                    Column("name", head),
                    Column("n", say("专利数", "Patents"), "number", unit=say("件", "")),
                ),
                title=title,
                unit=say("件", "patents"),
                period=say(f"{window[0]}至{window[-1]}年", f"{window[0]} to {window[-1]}"),
                source=told.source,
                notes=noted,
            )
