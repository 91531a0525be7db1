# SPDX-License-Identifier: Apache-2.0
"""Workbooks that are markup: a page of HTML tables saved as .xls, or the XML spreadsheet of Excel 2003.

Portals write both under the ending of a workbook. Each table of a page is a sheet.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from zhihang.errors import SourceError
from zhihang.ingestion.delimited import MAX_CELLS
from zhihang.ingestion.encoding import detect_stream_encoding, utf8_pieces
from zhihang.ingestion.source import Source

Row: TypeAlias = list[object]

XML_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
MAX_ROWS = 1 << 20
"""No worksheet has more rows."""
MAX_CELLS_OF_SHEET = 100_000_000
_SS = f"{{{XML_SPREADSHEET}}}"
_PAGE = re.compile(
    r"(?is)\s*(<\?xml[^>]*>|<!--.*?-->|<!doctype[^>]*>|\s)*<(html|table|head|meta|style|body|div)\b"
)
_ENDINGS = (".xls", ".xlsx", ".et")
_PIECE = 1 << 20
_TAIL = 1 << 16


def is_markup_book(head: str, name: str) -> bool:
    """Whether a text that begins with `head` in a file called `name` is a workbook in markup.

    A page counts as one if it is called a workbook, says that Excel made it, or begins with a table.

    Examples
    --------
    >>> is_markup_book("<html><body><table><tr>", "专利.xls"), is_markup_book("<html><table>", "page.html")
    (True, False)
    """
    page = _PAGE.match(head)
    if page is None:
        return XML_SPREADSHEET in head
    by_office = "urn:schemas-microsoft-com:office:excel" in head
    return by_office or name.lower().endswith(_ENDINGS) or page[2].lower() == "table"


@dataclass
class _Span:
    """A cell that reaches into the rows below."""

    rows: int
    text: str


@dataclass
class MarkupBook:
    """Sheets of a workbook in markup: their names, and their rows, all of one width within a sheet.

    The text is parsed anew for each question, in pieces, so that memory does not grow with it.
    """

    source: Source
    names: tuple[str, ...] = ()
    _widths: tuple[int, ...] = field(default=(), repr=False)
    _spreadsheet: bool = field(default=False, repr=False)

    def __post_init__(self) -> None:
        """Look through it once for the names of the sheets and the number of their columns."""
        with self.source.open() as stream:
            self._spreadsheet = XML_SPREADSHEET.encode() in stream.read(_TAIL).replace(b"\0", b"")
        widths: dict[str, int] = {}
        rows: Counter[str] = Counter()
        for name, row in self._all_rows():
            widths[name] = max(widths.get(name, 0), len(row))
            rows[name] += 1
            if widths[name] * rows[name] > MAX_CELLS_OF_SHEET:
                raise SourceError(
                    f'"{self.source.name}" is far too large for a worksheet.',
                    {"sheet": name, "rows": f"{rows[name]:,} or more", "columns": f"{widths[name]:,}"},
                    todo="Delete unused rows and columns and save it anew, or export it as CSV.",
                )
        self.names, self._widths = tuple(widths), tuple(widths.values())

    def rows(self, position: int) -> Iterator[Row]:
        """Yield the rows of a sheet, blank cells as blank text."""
        name, width = self.names[position], self._widths[position]
        for sheet, row in self._all_rows():
            if sheet == name:
                yield row + [""] * (width - len(row))

    def _all_rows(self) -> Iterator[tuple[str, Row]]:
        with self.source.open() as stream:
            head = stream.read(_TAIL)
            encoding = detect_stream_encoding(stream, head)
        with self.source.open() as stream:
            pieces = utf8_pieces(stream, encoding, _PIECE)
            yield from _sheet_rows(pieces) if self._spreadsheet else _page_rows(pieces, self.source.name)


def _page_rows(pieces: Iterator[bytes], name: str) -> Iterator[tuple[str, Row]]:
    """Rows of all tables of a page; a row that holds a table inside is there for the looks and left out."""
    from lxml import etree

    parser: Any = etree.HTMLPullParser(events=("start", "end"), encoding="utf-8", remove_comments=True)
    tables: list[tuple[str, dict[int, _Span]]] = []
    count, tail = 0, b""
    for piece in _and_end(pieces):
        if piece is None:
            if b"</table" not in tail.lower():
                raise SourceError(
                    f'"{name}" is cut off: its last table has no end.', todo="Export or download it again."
                )
            parser.close()
        else:
            tail = (tail + piece)[-_TAIL:]
            parser.feed(piece)
        for event, element in parser.read_events():
            if element.tag == "table":
                if event == "start":
                    count += 1
                    tables.append((f"table {count}", {}))
                else:
                    tables.pop()
            elif element.tag == "tr" and event == "end" and tables:
                sheet, spans = tables[-1]
                if element.find(".//table") is None:
                    yield sheet, _page_row(element, spans)
                    _let_go(element)


def _page_row(element: Any, spans: dict[int, _Span]) -> Row:
    row: Row = []

    def fill() -> None:
        while (span := spans.get(len(row))) is not None:
            row.append(span.text)
            span.rows -= 1
            if not span.rows:
                del spans[len(row) - 1]

    for cell in element:
        if cell.tag not in ("td", "th"):
            continue
        fill()
        text, below = _page_text(cell), _count(cell.get("rowspan")) - 1
        for further in range(min(_count(cell.get("colspan")), MAX_CELLS - len(row))):
            if below:
                spans[len(row)] = _Span(below, "" if further else text)
            row.append("" if further else text)
    fill()
    return row


def _page_text(cell: Any) -> str:
    """Text of a cell as it is seen: blanks run together, `br` and blocks end a line."""
    parts = [""]
    for event in cell.iter():
        if event is not cell and event.tag in ("br", "p", "div", "li"):
            parts.append("")
        parts[-1] += event.text or "" if isinstance(event.tag, str) else ""
        if event is not cell:
            parts[-1] += event.tail or ""
    return "\n".join(text for part in parts if (text := " ".join(part.split())))


def _count(stated: str | None) -> int:
    text = (stated or "1").strip()
    return min(max(1, int(text)), MAX_ROWS) if text.isdecimal() and len(text) < 9 else 1


def _sheet_rows(pieces: Iterator[bytes]) -> Iterator[tuple[str, Row]]:
    """Rows of all sheets of an XML spreadsheet; rows and cells it leaves out are blank."""
    from lxml import etree

    parser: Any = etree.XMLPullParser(
        events=("start", "end"),
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
    )
    sheet, last = "", 0
    for piece in _and_end(pieces):
        if piece is None:
            parser.close()
        else:
            parser.feed(piece)
        for event, element in parser.read_events():
            if element.tag == _SS + "Worksheet" and event == "start":
                sheet, last = element.get(_SS + "Name") or "", 0
            elif element.tag == _SS + "Row" and event == "end":
                number = max(_count(element.get(_SS + "Index")), last + 1)
                yield from ((sheet, []) for _ in range(number - last - 1))
                yield sheet, _sheet_row(element)
                last = number
                _let_go(element)


def _sheet_row(element: Any) -> Row:
    row: Row = []
    for cell in element.iterchildren(_SS + "Cell"):
        place = min(max(_count(cell.get(_SS + "Index")), len(row) + 1), MAX_CELLS)
        row.extend([""] * (place - len(row) - 1))
        data = cell.find(_SS + "Data")
        row.append("" if data is None else _sheet_value(data))
        merged = cell.get(_SS + "MergeAcross")
        row.extend([""] * (min(_count(merged), MAX_CELLS - len(row)) if merged else 0))
    return row


def _sheet_value(data: Any) -> object:
    """Value of a cell as calamine gives it: number, truth, date or text."""
    text = "".join(data.itertext())
    try:
        match data.get(_SS + "Type"):
            case "Number":
                return float(text)
            case "Boolean":
                return text.strip() == "1"
            case "DateTime":
                return dt.datetime.fromisoformat(text.strip())
    except ValueError:
        return text
    return text


def _and_end(pieces: Iterator[bytes]) -> Iterator[bytes | None]:
    yield from (piece for piece in pieces if piece)
    yield None


def _let_go(element: Any) -> None:
    """Free a row that was read, and those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
