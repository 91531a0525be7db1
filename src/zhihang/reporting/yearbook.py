# SPDX-License-Identifier: Apache-2.0
"""The statistical yearbook (统计年报) of a region: parts, tables and charts of a layout, filled with measured figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from zhihang.facts.codelist import CodeLists
from zhihang.measurement.catalogue import Indicators
from zhihang.reporting.answers import UNKNOWN, Answers, Ask, Need, Point
from zhihang.reporting.chart import Bars, Chart, Lines, Series
from zhihang.reporting.data_table import Column, DataTable, figure
from zhihang.reporting.definition import definition_of
from zhihang.reporting.document import Block, Document, Heading, Note, Prose
from zhihang.reporting.value_name import ValueNames
from zhihang.reporting.wording import change, number, period, quantity
from zhihang.reporting.yearbook_layout import ChartLayout, PartLayout, YearbookLayout
from zhihang.reporting.yearbook_table import Book, needs_of, table_of, unit_name
from zhihang.terms.label import Label, Language

OrganisationNames: TypeAlias = Callable[[Sequence[str]], Mapping[str, Label]]
"""Names of organisations, by id; those of natural persons stay out."""
MOST_HOLDERS = 2000
"""So many of the largest holders are looked up, at most."""


@dataclass(frozen=True)
class YearbookRequest:
    """Of which region and year, in which language, dated when; `until` is the newest day of the data."""

    region: str
    year: int
    language: Language
    dated: date
    until: str


def yearbook(
    request: YearbookRequest,
    layout: YearbookLayout,
    ask: Ask,
    *,
    indicators: Indicators,
    codes: CodeLists,
    organisations: OrganisationNames,
) -> Document:
    """Return the yearbook as a document."""
    answers = Answers(request.region, indicators)
    answers.fetch(_needs(layout, request.year), ask)
    names = ValueNames(codes, {"organisation": organisations(_holders(answers, layout))})
    book = Book(request.year, request.language, answers, names, request.until)
    language = request.language
    blocks: list[Block] = [Heading("编辑说明" if language == "zh" else "About this yearbook", numbered=False)]
    blocks += [Prose(_filled(words.of(language), book)) for words in layout.preface]
    for part in layout.parts:
        blocks += _part(part, book)
    blocks += _definitions(layout, book, codes)
    return Document(
        title=_filled(layout.title.of(language), book),
        date=request.dated,
        blocks=tuple(blocks),
        simulated=answers.simulated,
        language=language,
        contents=True,
        subject=f"{request.region} {request.year}",
    )


def _needs(layout: YearbookLayout, year: int) -> Iterator[Need]:
    for table in layout.tables:
        yield from needs_of(table, year)
    leads = tuple(dict.fromkeys(code for part in layout.parts for code in part.lead))
    yield Need(leads, (), str(year - 1), str(year))


def _holders(answers: Answers, layout: YearbookLayout) -> list[str]:
    """Return the ids of organisations that tables of the largest ones may name."""
    held: dict[str, float] = {}
    for table in layout.tables:
        if "organisation" in table.dimensions:
            for value in answers.values(table.indicators[0], "organisation") - {UNKNOWN}:
                point = Point(table.indicators[0], answers.last_year, (("organisation", value),))
                held[value] = max(held.get(value, 0.0), answers.figure(point).value or 0.0)
    return sorted(held, key=lambda value: (-held[value], value))[:MOST_HOLDERS]


def _part(part: PartLayout, book: Book) -> Iterator[Block]:
    yield Heading(part.title.of(book.language))
    lead = _lead(part, book)
    if lead:
        yield Prose(lead)
    made: dict[str, DataTable] = {}
    for layout in part.tables:
        table = table_of(layout, book)
        made[layout.name] = table
        yield table
    for chart in part.charts:
        drawn = _chart(chart, made[chart.table], book.language)
        if drawn is not None:
            yield drawn


def _lead(part: PartLayout, book: Book) -> str:
    """Return the part's opening sentence: each leading figure, and how it changed."""
    zh = book.language == "zh"
    said = []
    for code in part.lead:
        indicator = book.answers.indicators[code]
        now = book.answers.figure(Point(code, str(book.year)))
        before = book.answers.figure(Point(code, str(book.year - 1)))
        if now.value is None:
            continue
        unit = unit_name(indicator.unit, book.language)
        unit = "" if indicator.unit == "1" else unit
        if indicator.unit == "%":
            told = number(now.value, indicator.decimals or 1) + "%"
            said.append(f"{indicator.label.zh}为{told}" if zh else f"{indicator.label.en}: {told}")
            continue
        told = quantity(now.value, unit, indicator.decimals, language=book.language)
        rest = change(now.value, before.value, unit=unit, language=book.language)
        name = indicator.label.zh if zh else f"{indicator.label.en}: "
        said.append(f"{name}{told}，{rest}" if zh else f"{name}{told}, {rest}")
    if not said:
        return ""
    whole = book.answers.whole
    place = (whole.zh if zh else whole.en) if whole else ""
    return (
        f"{book.year}年，{place}" + "；".join(said) + "。"
        if zh
        else f"{place}, {book.year}. " + "; ".join(said) + "."
    )


def _chart(chart: ChartLayout, table: DataTable, language: Language) -> Chart | None:
    """Return a chart drawn from a table; None where no figure of it is known."""
    shown = [i for i, column in enumerate(table.columns) if column.kind in ("integer", "number")]
    wanted = [shown[i] for i in chart.columns if i < len(shown)] if chart.columns else shown
    categories = tuple(str(row[0]) for row in table.rows)
    series = tuple(
        Series(
            table.columns[i].group or table.columns[i].title,
            tuple(None if (v := figure(row[i])) is None else float(v) for row in table.rows),
        )
        for i in wanted
    )
    if not series or not any(value is not None for one in series for value in one.values):
        return None
    only = table.columns[wanted[0]].title
    year = only if chart.form == "bars" and len(wanted) == 1 and only.isdigit() else ""
    drawn = Lines(categories, series) if chart.form == "lines" else Bars(categories, series)
    digits = max(table.columns[i].digits for i in wanted)
    whole = all(table.columns[i].kind == "integer" for i in wanted)
    return Chart(
        chart.title.of(language),
        table.unit,
        period(year, None, language) if year else table.period,
        table.source,
        drawn,
        "integer" if whole else "number",
        digits,
    )


def _definitions(layout: YearbookLayout, book: Book, codes: CodeLists) -> Iterator[Block]:
    """Yield what each computed indicator of the book counts; those of registers are taken as published."""
    zh, known = book.language == "zh", book.answers.indicators
    used = dict.fromkeys(code for table in layout.tables for code in table.indicators)
    computed = [each for each in map(known.__getitem__, used) if not (each.sum and each.sum.observation)]
    rows = [
        {
            "name": indicator.label.zh if zh else indicator.label.en,
            "unit": unit_name(indicator.unit, book.language),
            "rule": definition_of(indicator, known, codes) if zh else indicator.description or indicator.code,
        }
        for indicator in computed
    ]
    titles = ("指标", "单位", "计算口径") if zh else ("Indicator", "Unit", "What it counts")
    yield Heading("主要指标解释" if zh else "What the indicators count")
    yield DataTable.of(
        rows,
        columns=[Column(key, title) for key, title in zip(("name", "unit", "rule"), titles, strict=True)],
        title="计算指标的口径" if zh else "Computed indicators",
        unit="见表内" if zh else "as stated",
        period=f"{book.year}年" if zh else str(book.year),
        source="知航指标目录" if zh else "Zhihang catalogue of indicators",
    )
    rest = len(used) - len(computed)
    yield Note(
        f"其余{rest}项指标采用登记机关、统计部门和主管部门公布的数。每项指标的依据和算例见 zhihang indicators，"
        "每个数的来历见 zhihang explain。"
        if zh
        else f"The other {rest} indicators are taken as registers and offices published them. `zhihang indicators` "
        "shows reference and worked example of each, `zhihang explain` how a figure came about."
    )


def _filled(text: str, book: Book) -> str:
    whole = book.answers.whole
    zh = book.language == "zh"
    place = (whole.zh if zh else whole.en) if whole else book.answers.region
    return text.replace("{region}", place).replace("{year}", str(book.year)).replace("{until}", book.until)
