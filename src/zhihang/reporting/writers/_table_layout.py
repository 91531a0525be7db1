# SPDX-License-Identifier: Apache-2.0
"""How wide the columns of a printed table are, how large its type, and whether it needs a page turned on its side."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhihang.reporting.caption import cell_text, column_heading
from zhihang.reporting.chart import Chart
from zhihang.reporting.data_table import DataTable
from zhihang.reporting.document import Annex
from zhihang.terms.label import Language

SIZES = (12.0, 10.5, 9.0, 8.0, 7.0, 6.0)
"""Type sizes in points: 小四, 五号, 小五 and smaller."""
UPRIGHT_PT, TURNED_PT = 442.0, 638.0
"""Widths of the type area in points, upright (156 mm) and turned (225 mm)."""
SHORT = 24
"""A table of so many rows is kept on one page."""
_SMALLEST_UPRIGHT = 9.0
_PADDING_EM = 0.9
_UNBROKEN = re.compile(r"[!-~]+")
_LONGEST_WORD = 11.0
_LINE_EM, _ROW_EM = 1.45, 0.7
"""A line of a cell, and what a row has above and below."""
_PAGE_PT = 430.0
"""Room for the rows of a table on a page, under its caption and above its notes."""
_WISHED_LINE = 40.0
"""Up to so much a text takes of what is left over."""
_LONGEST_LINE = 14.0
_SHORTER_LINES = (10.0, 7.0, 5.5)
"""Texts take more lines before the type becomes too small to read."""


@dataclass(frozen=True)
class TableLayout:
    """Type size in points and column widths as shares of the table's width."""

    size: float
    widths: tuple[float, ...]


def table_layout(table: DataTable, language: Language, *, available: float = UPRIGHT_PT) -> TableLayout:
    """Choose the largest type in which no figure needs a second line, and widths by content."""
    wanted = _wanted(table, language)
    size = _size(wanted, available)
    for longest in _SHORTER_LINES:
        if size >= _SMALLEST_UPRIGHT:
            break
        narrower = _wanted(table, language, longest)
        fitting = min(_size(narrower, available), _SMALLEST_UPRIGHT)
        if fitting > size:
            wanted, size = narrower, fitting
    widths = _with_spare(wanted, _wanted(table, language, _WISHED_LINE), available / size - sum(wanted))
    return TableLayout(size, tuple(width / sum(widths) for width in widths))


def fits_on_page(table: DataTable, language: Language, *, available: float = UPRIGHT_PT) -> bool:
    """Whether a table is short enough, with the lines its texts take, to be kept on one page."""
    if len(table.rows) > SHORT:
        return False
    layout = table_layout(table, language, available=available)
    room = [share * available / layout.size - _PADDING_EM for share in layout.widths]
    lines = (
        max(
            -(-text_width(cell_text(cell, column, language)) // max(1.0, wide)) or 1
            for cell, column, wide in zip(row, table.columns, room, strict=True)
        )
        for row in table.all_rows()
    )
    return sum(_LINE_EM * count + _ROW_EM for count in lines) * layout.size <= _PAGE_PT


def needs_turned_page(annex: Annex, language: Language) -> bool:
    """Whether a table of the annex would need very small type on an upright page."""
    tables = [block for block in annex.blocks if isinstance(block, DataTable)]
    small = [table for table in tables if _size(_wanted(table, language), UPRIGHT_PT) < _SMALLEST_UPRIGHT]
    return bool(small) and not any(isinstance(block, Chart) for block in annex.blocks)


def text_width(text: str) -> float:
    """Width of a text in ems: a Chinese character 1, a letter or digit about a half."""
    if text.isascii():
        return 0.56 * len(text)
    return sum(0.56 if ord(character) < 0x2E80 else 1.0 for character in text)


def _longest_word(table: DataTable, position: int, language: Language) -> float:
    """Width of the longest piece that cannot be broken, such as a publication number; very long ones are broken."""
    column = table.columns[position]
    words = (
        word
        for row in table.all_rows()
        for word in _UNBROKEN.findall(cell_text(row[position], column, language))
    )
    return min(_LONGEST_WORD, max(map(text_width, words), default=0.0))


def _with_spare(wanted: list[float], wished: list[float], spare: float) -> list[float]:
    """Give what is left over to texts that would need further lines, then to all alike."""
    spare = max(0.0, spare)
    short = [max(0.0, wish - want) for wish, want in zip(wished, wanted, strict=True)]
    given = min(1.0, spare / sum(short)) if sum(short) else 0.0
    widths = [want + more * given for want, more in zip(wanted, short, strict=True)]
    rest = (spare - given * sum(short)) / len(widths)
    return [width + rest for width in widths]


def _size(wanted: list[float], available: float) -> float:
    return next((size for size in SIZES if sum(wanted) * size <= available), SIZES[-1])


def _wanted(table: DataTable, language: Language, longest: float = _LONGEST_LINE) -> list[float]:
    wanted = []
    for position, column in enumerate(table.columns):
        cells = [text_width(cell_text(row[position], column, language)) for row in table.all_rows()]
        widest = max(cells, default=0.0)
        body = (
            widest if column.numeric else max(min(widest, longest), _longest_word(table, position, language))
        )
        heading = text_width(column_heading(column))
        wanted.append(max(body, min(heading, max(4.0, heading / 3)), 2.0) + _PADDING_EM)
    return wanted
