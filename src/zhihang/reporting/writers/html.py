# SPDX-License-Identifier: Apache-2.0
"""The writer of HTML pages: one file with its own style and charts, readable on screen, on paper and aloud."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby
from pathlib import Path

from zhihang.reporting import palette
from zhihang.reporting.caption import (
    SIMULATED,
    SIMULATED_SENTENCE,
    caption_word,
    cell_text,
    column_heading,
    footnotes,
    unit_and_period,
)
from zhihang.reporting.chart import Chart
from zhihang.reporting.chart_text import describe
from zhihang.reporting.data_table import Cell, Column, DataTable
from zhihang.reporting.document import Document, Heading, Note, Prose
from zhihang.reporting.outline import Placed, annex_label, placed
from zhihang.reporting.wording import day
from zhihang.reporting.writer import writer
from zhihang.reporting.writers._drawing import draw
from zhihang.reporting.writers._interactive import data_element, policy_hash, script
from zhihang.terms.label import Label

_STYLE = Path(__file__).with_name("_page.css")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_CONTENTS_FROM = 4
_LIVE = ' class="live"'
_THEMED = {
    palette.INK: "var(--ink)",
    palette.FAINT: "var(--faint)",
    palette.RULE: "var(--rule)",
    palette.RISE: f"var(--rise, {palette.RISE})",
    palette.SUM: f"var(--sum, {palette.SUM})",
    **{colour: f"var(--s{number}, {colour})" for number, colour in enumerate(palette.SERIES, 1)},
}
"""Colours of charts that change with light and dark; fields with figures in them keep theirs."""


@writer(label=Label("网页", "HTML page"), suffix=".html", media_type="text/html")
def html(document: Document) -> bytes:
    """One self-contained page: tables for screen readers, charts as SVG with their figures below, light and dark."""
    code_of_charts = script() if document.interactive else ""
    page = _Page(document, live=bool(code_of_charts))
    policy = _POLICY + (f"; script-src {policy_hash(code_of_charts)}" if code_of_charts else "")
    code = "zh-CN" if document.language == "zh" else "en"
    head = (
        f'<!DOCTYPE html>\n<html lang="{code}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="color-scheme" content="light dark">\n<title>{escape(document.title)}</title>\n'
        f"<style>\n{_STYLE.read_text(encoding='utf-8')}</style>\n</head>\n"
    )
    module = f'<script type="module">{code_of_charts}</script>\n' if code_of_charts else ""
    return f"{head}<body>\n{page.body()}{module}</body>\n</html>\n".encode()


class _Page:
    """Writes the body, part by part."""

    def __init__(self, document: Document, *, live: bool) -> None:
        self.document, self.language, self.live = document, document.language, live
        self.blocks = list(placed(document))

    def body(self) -> str:
        """Return the whole body."""
        document = self.document
        parts = [
            self._mark(),
            "<main>\n",
            self._head(),
            f"<h1>{escape(document.title)}</h1>\n",
            self._contents(),
        ]
        if document.addressee:
            colon = "：" if self.language == "zh" else ":"
            parts.append(f"<p>{escape(document.addressee)}{colon}</p>\n")
        parts += [self._block(one) for one in self.blocks if one.annex is None]
        parts += [self._attachments(), self._signature()]
        for annex in document.annexes:
            title = f"{annex_label(document, annex)}\u3000{annex.title}"
            blocks = "".join(self._block(one) for one in self.blocks if one.annex is annex)
            parts.append(f'<section class="annex">\n<h2>{escape(title)}</h2>\n{blocks}</section>\n')
        return "".join([*parts, "</main>\n", self._imprint()])

    def _mark(self) -> str:
        if not self.document.simulated:
            return ""
        sentence = f"<small>{SIMULATED_SENTENCE[self.language]}</small>"
        return f'<div class="simulated" role="note">{SIMULATED[self.language]}{sentence}</div>\n'

    def _head(self) -> str:
        head = self.document.header
        if head is None:
            return ""
        lines = "".join(
            f"<p>{escape(line)}</p>\n" for line in (head.copy_number, head.secrecy, head.urgency) if line
        )
        number = escape(head.number)
        if head.approved_by:
            number += f"\u3000\u3000{caption_word('approved', self.language)}{escape(head.approved_by)}"
        return f'{lines}<p class="issuer">{escape(head.issuer)}</p>\n<p class="number">{number}</p>\n'

    def _contents(self) -> str:
        shown = [one for one in self.blocks if one.anchor and self.document.in_contents(one.block)]
        if not self.document.contents and len(shown) < _CONTENTS_FROM:
            return ""
        lines = "".join(f'<li><a href="#{one.anchor}">{escape(one.shown)}</a></li>\n' for one in shown)
        word = caption_word("contents", self.language)
        opened = " open" if self.document.contents else ""
        return f'<nav aria-label="{word}"><details{opened}><summary>{word}</summary>\n<ol>\n{lines}</ol></details></nav>\n'

    def _block(self, one: Placed) -> str:
        match one.block:
            case Heading(_, level, _):
                return f'<h{level + 1} id="{one.anchor}">{escape(one.shown)}</h{level + 1}>\n'
            case Prose(text):
                return f'<p class="text">{escape(text)}</p>\n'
            case Note(text):
                return f'<p class="note">{caption_word("note", self.language)}{escape(text)}</p>\n'
            case DataTable() as table:
                return self._table(table, one.shown, one.anchor) + self._notes(table)
            case Chart() as chart:
                return self._chart(chart, one)

    def _chart(self, chart: Chart, one: Placed) -> str:
        drawing = draw(chart, form="svg", language=self.language, simulated=self.document.simulated)
        picture = _inline(drawing.content.decode("utf-8"), one.anchor, describe(chart, self.language))
        table = self._table(chart.table(self.language), one.shown, f"{one.anchor}-figures")
        word = caption_word("behind", self.language)
        data = data_element(chart, self.language) if self.live else ""
        return (
            f'<figure id="{one.anchor}"{_LIVE if self.live else ""}>\n<figcaption>{escape(one.shown)}'
            f"<small>{escape(unit_and_period(chart, self.language))}</small></figcaption>\n{picture}\n{data}"
            f"{self._notes(chart)}<details><summary>{word}</summary>\n{table}</details>\n</figure>\n"
        )

    def _notes(self, block: DataTable | Chart) -> str:
        return "".join(f'<p class="note">{escape(line)}</p>\n' for line in footnotes(block, self.language))

    def _table(self, table: DataTable, shown: str, anchor: str) -> str:
        caption = f"{escape(shown)}<small>{escape(unit_and_period(table, self.language))}</small>"
        rows = "".join(self._row(cells, table.columns) for cells in table.rows)
        if not table.rows:
            rows = (
                f'<tr><td colspan="{len(table.columns)}">{caption_word("no_rows", self.language)}</td></tr>\n'
            )
        total = "" if table.total is None else f"<tfoot>\n{self._row(table.total, table.columns)}</tfoot>\n"
        return (
            f'<div class="wide" role="region" tabindex="0" aria-label="{escape(table.title)}">\n'
            f'<table id="{anchor}">\n<caption>{caption}</caption>\n<thead>\n{_heading(table)}</thead>\n'
            f"<tbody>\n{rows}</tbody>\n{total}</table>\n</div>\n"
        )

    def _row(self, cells: tuple[Cell, ...], columns: tuple[Column, ...]) -> str:
        first, *rest = zip(cells, columns, strict=True)
        written = f'<th scope="row">{escape(cell_text(*first, self.language))}</th>'
        for cell, column in rest:
            kind = ' class="figure"' if column.numeric else ' class="middle"' if column.kind != "text" else ""
            if column.kind == "level" and cell in palette.LEVELS:
                kind = f' class="middle level" style="background:{palette.LEVELS[str(cell)]}"'
            written += f"<td{kind}>{escape(cell_text(cell, column, self.language))}</td>"
        return f"<tr>{written}</tr>\n"

    def _attachments(self) -> str:
        names = self.document.attachment_names()
        if not names:
            return ""
        items = "".join(f"<li>{escape(name)}</li>" for name in names)
        return f"<p>{caption_word('attachment', self.language)}</p>\n<ol>{items}</ol>\n"

    def _signature(self) -> str:
        if not self.document.signature:
            return ""
        dated = f'<time datetime="{self.document.date.isoformat()}">{day(self.document.date, self.language)}</time>'
        return f'<div class="signature"><p>{escape(self.document.signature)}</p><p>{dated}</p></div>\n'

    def _imprint(self) -> str:
        imprint = self.document.imprint
        if imprint is None:
            return ""
        printed = f"{imprint.printed_by}\u3000\u3000{day(imprint.printed_on, self.language)}"
        lines = [printed + caption_word("printed", self.language)]
        if imprint.copies_to:
            lines.insert(0, caption_word("copies", self.language) + imprint.copies_to)
        inside = "".join(f"<p>{escape(line)}</p>" for line in lines)
        return f'<footer class="imprint">{inside}</footer>\n'


def _heading(table: DataTable) -> str:
    if not table.has_groups():
        cells = "".join(f'<th scope="col">{escape(column_heading(column))}</th>' for column in table.columns)
        return f"<tr>{cells}</tr>\n"
    upper = lower = ""
    for group, members in groupby(table.columns, key=lambda column: column.group):
        held = list(members)
        if group:
            upper += f'<th scope="colgroup" colspan="{len(held)}">{escape(group)}</th>'
            lower += "".join(f'<th scope="col">{escape(column_heading(column))}</th>' for column in held)
        else:
            upper += "".join(
                f'<th scope="col" rowspan="2">{escape(column_heading(column))}</th>' for column in held
            )
    return f"<tr>{upper}</tr>\n<tr>{lower}</tr>\n"


def _inline(svg: str, prefix: str, description: str) -> str:
    """Make a picture part of the page: ids of its own, the page's ink, a description for those who cannot see it."""
    svg = re.sub(r'\bid="', f'id="{prefix}-', svg)
    svg = re.sub(r'(xlink:href="|\bhref="|url\()#', rf"\g<1>#{prefix}-", svg)
    svg = re.sub("|".join(_THEMED), lambda found: _THEMED[found[0]], svg)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(description)}" ', 1)
