# SPDX-License-Identifier: Apache-2.0
"""The text of patent markup: inline tags joined, paragraphs on lines of their own, characters as they are read.

Descriptions are most of a patent file, so they are never made into trees. Two regular expressions go over the
markup: the first takes away the tags inside a line, the second cuts at the tags that are left.
"""

from __future__ import annotations

import re

from lxml import etree

from zhihang.ingestion.xml_document import read_document
from zhihang.ingestion.xml_entities import unescape

_TAG = re.compile(rb"<[/?A-Za-z_][^<>]*>")
_CELL = b"\t"
# XML cannot hold 0x01: it marks the line breaks we make while those of the source are still there.
_BREAK = b"\x01"


class MarkupText:
    r"""Reads the text of one kind of markup.

    Parameters
    ----------
    inline
        Names of the tags that do not interrupt a word, as regular expressions; all others end a line.
    cells
        Names of the tags of table cells, which are kept apart by a blank.

    Examples
    --------
    >>> text = MarkupText(inline="b sub m[a-z]+", cells="entry")
    >>> text(b"<p>H<sub>2</sub>O &#x2014; <b>water</b>\n or ice</p><row><entry>1</entry><entry>2</entry></row>")
    'H2O — water or ice\n1 2'
    """

    def __init__(self, *, inline: str, cells: str = "entry") -> None:
        names = "|".join(inline.split())
        self._inline = re.compile(rf"<(?:(?:{names})(?:>|[\s/][^<>]*>)|/(?:{names})\s*>|\?[^<>]*>)".encode())
        self._cell = re.compile(rf"</?(?:{'|'.join(cells.split())})(?:>|[\s/][^<>]*>)".encode())
        self._cell_names = tuple(f"<{name}".encode() for name in cells.split())

    def __call__(self, markup: bytes) -> str:
        """Return the text of a piece of well-formed UTF-8 markup."""
        return self.utf8(markup).decode()

    def utf8(self, markup: bytes) -> bytes:
        """Return the text in UTF-8: long texts go into a draft like this, since a table holds them so anyway."""
        text = self._lines(markup)
        if b"<" in text or b">" in text or (b"!" in markup and b"<!" in markup):
            text = self._lines(_regular(markup))
        return unescape(text)

    def of(self, element: etree._Element) -> str:
        """Return the text of a parsed element."""
        return self(etree.tostring(element, encoding="utf-8", with_tail=False))

    def _lines(self, markup: bytes) -> bytes:
        markup = self._inline.sub(b"", markup)
        for name in self._cell_names:
            if name in markup:
                markup = self._cell.sub(_CELL, markup)
                break
        lines = filter(None, map(bytes.strip, _TAG.split(markup)))
        text = _BREAK.join(lines)
        if _CELL in text:
            text = re.sub(rb"\t\s*", b" ", text)
        if b"\r" in text:
            text = text.replace(b"\r", b"\n")
        if b"\n" in text:
            text = re.sub(rb"\n\s*", b" ", text)
        return text.replace(_BREAK, b"\n")


def _regular(markup: bytes) -> bytes:
    """Write markup with CDATA, comments or brackets inside its tags so that a `<` opens and a `>` closes a tag."""
    return etree.tostring(read_document(b"<text>" + markup + b"</text>").root, encoding="utf-8")
