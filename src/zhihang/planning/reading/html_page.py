# SPDX-License-Identifier: Apache-2.0
"""Web pages: paragraphs and tables out of HTML; scripts, styles and menus are left out."""

from __future__ import annotations

from html.parser import HTMLParser

from zhihang.errors import SourceError
from zhihang.planning.reading.document import Document
from zhihang.planning.reading.text_builder import TextBuilder

_SILENT = {"script", "style", "noscript", "template", "svg", "select", "button", "nav", "title", "head"}
_BLOCKS = {
    "p",
    "div",
    "br",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "header",
    "footer",
    "dd",
}
_BLOCKS |= {"dt", "ul", "ol", "blockquote", "pre", "center", "hr", "form", "caption"}
_DEEPEST = 8


def read_html_page(document: Document) -> Document:
    """Read a page that was decoded."""
    parser = _Parser()
    parser.feed(document.text)
    parser.finish()
    if not parser.builder.text.strip():
        raise SourceError("The page has no text.", {"file": document.name}, todo="Save the page once more.")
    return Document(
        document.name,
        parser.builder.text,
        "html",
        document.encoding,
        tuple(parser.builder.grids),
        document.findings,
        frozenset(parser.builder.breaks),
    )


class _Parser(HTMLParser):
    """Collects lines and tables; a table within a table becomes one of its own, behind the outer one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = TextBuilder()
        self._line: list[str] = []
        self._silent = 0
        self._tables: list[list[list[str]]] = []
        self._later: list[list[list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            if not self._tables:
                self._flush()
            if len(self._tables) < _DEEPEST:
                self._tables.append([])
        elif tag == "tr" and self._tables:
            self._tables[-1].append([])
        elif tag in ("td", "th") and self._tables:
            self._cell(dict(attrs))
        elif tag in _BLOCKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "table" and self._tables:
            self._later.append(self._tables.pop())
            if not self._tables:
                self._write_tables()
        elif tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._tables:
            if self._tables[-1] and self._tables[-1][-1]:
                self._tables[-1][-1][-1] += data
        else:
            self._line.append(data)

    def finish(self) -> None:
        """Write what is still open."""
        self.close()
        self._later.extend(reversed(self._tables))
        self._tables = []
        self._write_tables()
        self._flush()

    def _cell(self, attributes: dict[str, str | None]) -> None:
        rows = self._tables[-1]
        if not rows:
            rows.append([])
        span = attributes.get("colspan") or "1"
        rows[-1].extend([""] * (min(int(span), 64) - 1 if span.isdigit() and int(span) else 0))
        rows[-1].append("")

    def _break(self) -> None:
        if self._tables:
            self.handle_data("\n")
        else:
            self._flush()

    def _flush(self) -> None:
        text = " ".join("".join(self._line).split())
        self._line = []
        if text:
            self.builder.line(text)

    def _write_tables(self) -> None:
        for rows in reversed(self._later):
            self.builder.grid(rows)
        self._later = []
