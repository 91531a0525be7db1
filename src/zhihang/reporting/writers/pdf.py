# SPDX-License-Identifier: Apache-2.0
"""The writer of PDF documents: the same page as the Word document, set by Typst with embedded fonts."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, time
from itertools import groupby
from pathlib import Path
from typing import Any

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
from zhihang.reporting.data_table import Cell, DataTable
from zhihang.reporting.document import Annex, Document, Heading, Note, Prose
from zhihang.reporting.outline import Placed, annex_label, placed
from zhihang.reporting.plain_text import changed_texts
from zhihang.reporting.romanised import romanised
from zhihang.reporting.title_lines import title_lines
from zhihang.reporting.wording import day
from zhihang.reporting.writer import writer
from zhihang.reporting.writers import _fonts
from zhihang.reporting.writers._drawing import draw
from zhihang.reporting.writers._table_layout import (
    TURNED_PT,
    UPRIGHT_PT,
    fits_on_page,
    needs_turned_page,
    table_layout,
    text_width,
)
from zhihang.terms.label import Label

_TEMPLATE = Path(__file__).with_name("_pdf.typ")
_LONGEST_MARK_PT = 430.0
_ENDLESS = re.compile(r"[!-~]{20,}")


@writer(label=Label("PDF 文档", "PDF document"), suffix=".pdf", media_type="application/pdf")
def pdf(document: Document) -> bytes:
    """Official paper by GB/T 9704-2012 as it prints, with its fonts embedded and charts as vectors."""
    import typst

    document = changed_texts(document, romanised)
    dated = datetime.combine(document.date, time(), UTC)
    content: bytes = typst.compile(
        _TEMPLATE,
        font_paths=[_fonts.folder()],
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(_data(document), ensure_ascii=False)},
        timestamp=int(dated.timestamp()),
    )
    return content


def _data(document: Document) -> dict[str, Any]:
    language = document.language
    blocks = list(placed(document))
    author = document.signature or (document.header.issuer if document.header else "")
    return {
        "language": language,
        "title": document.title,
        "report": document.form == "report",
        "title-lines": title_lines(document.title),
        "author": [author] if author else [],
        "keywords": [SIMULATED[language]] if document.simulated else [],
        "subject": document.subject,
        "year": document.date.year,
        "month": document.date.month,
        "day": document.date.day,
        "red": palette.RED_HEADER,
        "mark": palette.SERIES[5],
        "mark-text": SIMULATED[language],
        "mark-sentence": SIMULATED_SENTENCE[language],
        "simulated": document.simulated,
        "header": _head(document),
        "addressee": document.addressee and document.addressee + ("：" if language == "zh" else ":"),
        "contents": _contents(blocks, document) if document.contents else [],
        "contents-word": caption_word("contents", language),
        "blocks": [_block(one, document, UPRIGHT_PT) for one in blocks if one.annex is None],
        "attachment-word": caption_word("attachment", language),
        "attachments": _attachments(document),
        "signature": _signature(document),
        "imprint": _imprint(document),
        "annexes": [_annex(annex, blocks, document) for annex in document.annexes],
    }


def _contents(blocks: list[Placed], document: Document) -> list[dict[str, Any]]:
    return [
        {
            "text": one.shown,
            "anchor": one.anchor,
            "depth": one.block.level - 1 if isinstance(one.block, Heading) else 2,
        }
        for one in blocks
        if one.anchor and document.in_contents(one.block)
    ]


def _head(document: Document) -> dict[str, Any] | None:
    head = document.header
    if head is None:
        return None
    number = head.number
    if head.approved_by:
        number += "\u3000\u3000" + caption_word("approved", document.language) + head.approved_by
    return {
        "issuer": head.issuer,
        "size": max(20.0, min(36.0, _LONGEST_MARK_PT / max(1.0, text_width(head.issuer)))),
        "number": number,
        "lines": [line for line in (head.copy_number, head.secrecy, head.urgency) if line],
    }


def _block(one: Placed, document: Document, available: float) -> dict[str, Any]:
    match one.block:
        case Heading(_, level, _):
            return {"kind": "heading", "text": one.shown, "level": level, "anchor": one.anchor}
        case Prose(text):
            return {"kind": "prose", "text": text}
        case Note(text):
            return {"kind": "note", "text": caption_word("note", document.language) + text}
        case DataTable() as table:
            return {"kind": "table", **_captions(one, table, document), **_table(table, document, available)}
        case Chart() as chart:
            return {"kind": "chart", **_captions(one, chart, document), **_chart(chart, document)}


def _captions(one: Placed, block: DataTable | Chart, document: Document) -> dict[str, Any]:
    language = document.language
    return {
        "title": one.shown,
        "anchor": one.anchor,
        "detail": unit_and_period(block, language),
        "notes": footnotes(block, language),
    }


def _chart(chart: Chart, document: Document) -> dict[str, Any]:
    drawing = draw(chart, form="svg", language=document.language, simulated=document.simulated)
    return {
        "svg": drawing.content.decode("utf-8"),
        "width": drawing.width_mm,
        "height": drawing.height_mm,
        "alt": describe(chart, document.language),
    }


def _table(table: DataTable, document: Document, available: float) -> dict[str, Any]:
    layout = table_layout(table, document.language, available=available)

    def row(cells: tuple[Cell, ...]) -> list[dict[str, str]]:
        return [
            {
                "text": _breakable(cell_text(cell, column, document.language)),
                "align": "right"
                if column.numeric
                else "center"
                if column.kind in ("level", "date")
                else "left",
                "fill": palette.LEVELS.get(str(cell), "") if column.kind == "level" else "",
            }
            for cell, column in zip(cells, table.columns, strict=True)
        ]

    return {
        "size": layout.size,
        "widths": layout.widths,
        "short": fits_on_page(table, document.language, available=available),
        "heading": _heading(table),
        "rows": [row(cells) for cells in table.rows],
        "none": caption_word("no_rows", document.language),
        "total": None if table.total is None else row(table.total),
    }


def _breakable(text: str) -> str:
    """Let words longer than any column, such as romanised Korean names, go on in the next line."""
    return _ENDLESS.sub(lambda found: "\u200b".join(found[0]), text)


def _heading(table: DataTable) -> list[list[dict[str, Any]]]:
    def cell(
        text: str, x: int, y: int, *, across: int = 1, down: int = 1, group: bool = False
    ) -> dict[str, Any]:
        return {"text": text, "x": x, "y": y, "across": across, "down": down, "group": group}

    columns = list(enumerate(table.columns))
    if not table.has_groups():
        return [[cell(column_heading(column), x, 0) for x, column in columns]]
    upper, lower = [], []
    for group, members in groupby(columns, key=lambda one: one[1].group):
        held = list(members)
        if group:
            upper.append(cell(group, held[0][0], 0, across=len(held), group=True))
            lower += [cell(column_heading(column), x, 1) for x, column in held]
        else:
            upper += [cell(column_heading(column), x, 0, down=2) for x, column in held]
    return [upper, lower]


def _attachments(document: Document) -> list[str]:
    names = document.attachment_names()
    return names if len(names) == 1 else [f"{index}. {name}" for index, name in enumerate(names, 1)]


def _signature(document: Document) -> dict[str, Any] | None:
    if not document.signature:
        return None
    dated = day(document.date, document.language)
    right = max(0.0, 4 + (text_width(dated) - text_width(document.signature)) / 2)
    return {"body": document.signature, "date": dated, "right": right}


def _imprint(document: Document) -> list[str]:
    imprint = document.imprint
    if imprint is None:
        return []
    printed = imprint.printed_by + "\u3000\u3000" + day(imprint.printed_on, document.language)
    lines = [printed + caption_word("printed", document.language)]
    if imprint.copies_to:
        stop = "。" if document.language == "zh" else "."
        lines.insert(0, caption_word("copies", document.language) + imprint.copies_to + stop)
    return lines


def _annex(annex: Annex, blocks: list[Placed], document: Document) -> dict[str, Any]:
    turned = needs_turned_page(annex, document.language)
    available = TURNED_PT if turned else UPRIGHT_PT
    return {
        "label": annex_label(document, annex),
        "title-lines": title_lines(annex.title, 28 if turned else 19),
        "turned": turned,
        "blocks": [_block(one, document, available) for one in blocks if one.annex is annex],
    }
