# SPDX-License-Identifier: Apache-2.0
"""The markup of the Red Book: how its text reads, and how its parts are found without parsing them."""

from __future__ import annotations

from zhihang.ingestion.xml_text import MarkupText

TEXT = MarkupText(
    inline="b i figref sub sup sub2 sup2 u o img m[a-z]+ claim-ref crossref smallcaps patcit nplcit",
    cells="entry",
)


class Irregular(Exception):
    """Markup is not as regular as it must be to be read without a parser."""


def find_start(markup: bytes, tag: bytes, begin: int = 0, end: int | None = None) -> int:
    """Index of the first start tag called `tag`, -1 if there is none."""
    place = markup.find(b"<" + tag, begin, end)
    while place >= 0 and markup[place + len(tag) + 1 : place + len(tag) + 2] not in (b">", b" "):
        place = markup.find(b"<" + tag, place + 1, end)
    return place


def find_part(markup: bytes, tag: bytes, begin: int = 0, end: int | None = None) -> tuple[int, int]:
    """Begin and end of the element called `tag`; both -1 where there is none."""
    start = find_start(markup, tag, begin, end)
    if start < 0:
        return -1, -1
    close = markup.find(b"</" + tag + b">", start, end)
    if close < 0:
        raise Irregular
    return start, close + len(tag) + 3


def cut(markup: bytes, tag: bytes) -> tuple[bytes, bytes]:
    """Return the element called `tag`, blank where there is none, and the markup without it."""
    start, end = find_part(markup, tag)
    return (markup[start:end], markup[:start] + markup[end:]) if start >= 0 else (b"", markup)
