# SPDX-License-Identifier: Apache-2.0
"""The text of patent markup: inline tags joined, paragraphs on lines of their own, characters as they are read.

Descriptions are most of a patent file, so they are never made into trees. Two regular expressions go over the
markup: the first takes away the tags inside a line, the second cuts at the tags that are left.
"""

from __future__ import annotations

import re

import numpy as np
from lxml import etree

from zhihang.ingestion.xml_document import Unreadable, read_document
from zhihang.ingestion.xml_entities import unescape

_TAG = re.compile(rb"<[/?A-Za-z_][^>]*>")
_SPECIAL = re.compile(rb"[<>&\t\r\n\x01]")
_CELL = b"\t"
_CELLS = re.compile(rb"\t\s*")
_LINE_ENDS = re.compile(rb"\n\s*")
_SHORT = 2_000
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
        self._inline = re.compile(rf"<(?:/?(?:{names})(?:>|[\s/][^>]*>)|\?[^>]*>)".encode())
        self._cells = tuple(re.compile(rf"</?{name}(?:>|[\s/][^>]*>)".encode()) for name in cells.split())
        self._cell_names = tuple(f"<{name}".encode() for name in cells.split())

    def __call__(self, markup: bytes) -> str:
        """Return the text of a piece of well-formed UTF-8 markup."""
        return self.utf8(markup).decode()

    def utf8(self, markup: bytes) -> bytes:
        """Return the text in UTF-8: long texts go into a draft like this, since a table holds them so anyway."""
        if not _SPECIAL.search(markup):
            return markup.strip()
        text = self._lines(markup)
        if text is None:
            text = self._lines(_regular(markup))
        if text is None:
            msg = "markup that cannot be told from text"
            raise Unreadable(msg)
        return unescape(text)

    def of(self, element: etree._Element) -> str:
        """Return the text of a parsed element."""
        return self(etree.tostring(element, encoding="utf-8", with_tail=False))

    def _lines(self, markup: bytes) -> bytes | None:
        """Return the text with its references; None when a bracket stands where none of a tag can."""
        brackets = _brackets(markup)
        markup, found = self._inline.subn(b"", markup)
        for name, cell in zip(self._cell_names, self._cells, strict=True):
            if name in markup:
                markup, count = cell.subn(_CELL, markup)
                found += count
        lines = _TAG.split(markup)
        if 2 * (found + len(lines) - 1) != brackets:
            return None
        text = _BREAK.join(filter(None, map(bytes.strip, lines)))
        if _CELL in text:
            text = _CELLS.sub(b" ", text)
        if b"\r" in text:
            text = text.replace(b"\r", b"\n")
        if b"\n" in text:
            text = _LINE_ENDS.sub(b" ", text)
        return text.replace(_BREAK, b"\n")


def _brackets(markup: bytes) -> int:
    """Count `<` and `>`. In long texts one look finds both, since they differ in a single bit."""
    if len(markup) < _SHORT:
        return markup.count(b"<") + markup.count(b">")
    return int(np.count_nonzero((np.frombuffer(markup, np.uint8) & 0b1111_1101) == 0b0011_1100))


def _regular(markup: bytes) -> bytes:
    """Write markup with CDATA, comments or brackets inside its tags so that a `<` opens and a `>` closes a tag."""
    return etree.tostring(read_document(b"<text>" + markup + b"</text>").root, encoding="utf-8")
