# SPDX-License-Identifier: Apache-2.0
"""Documents of the text index, made from rows of the store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tantivy

from zhihang.methods.segmentation import Segmenter, fold, is_wide, joined_pairs, printable
from zhihang.retrieval.feed import SEPARATOR, text_columns
from zhihang.retrieval.layout import CODES, DAYS, field_name

LONGEST = 400_000
"""Characters of one text that are indexed; a longer one is cut (a description of 400 pages)."""

Row = Mapping[str, Any]


class DocumentMaker:
    """Makes documents with one way of dividing Chinese."""

    def __init__(self, segmenter: Segmenter) -> None:
        self._cut = segmenter.cut
        self._new: Callable[[], tantivy.Document] = tantivy.Document
        names = [(column, scope) for column, scope in text_columns()]
        self._columns = [
            (c, *(field_name(s, kind) for kind in ("words", "pairs", "stems"))) for c, s in names
        ]
        self.text_bytes = 0

    def document(self, ordinal: int, structure: Row, texts: Row | None) -> tantivy.Document:
        """Return the document of one application."""
        made = self._new()
        made.add_unsigned("ordinal", ordinal)
        made.add_unsigned("family", structure["family"])
        for name in DAYS:
            if structure[name] is not None:
                made.add_integer(name, structure[name])
        if structure["filing_date"] is not None:
            made.add_integer("year", structure["filing_date"] // 10_000)
        for name in CODES:
            for value in structure[name]:
                made.add_text(name, value)
        if texts is not None:
            self._add_texts(made, texts)
        return made

    def _add_texts(self, made: tantivy.Document, texts: Row) -> None:
        for column, words, couples, stems in self._columns:
            text = texts[column]
            if not text:
                continue
            self.text_bytes += len(text) if text.isascii() else len(text.encode("utf-8", "replace"))
            folded = fold(text[:LONGEST] if text.isprintable() else printable(text[:LONGEST]))
            if is_wide(folded):
                made.add_text(words, " ".join(self._cut(folded)))
                made.add_text(couples, joined_pairs(folded))
            else:
                made.add_text(stems, folded)


def expanded(row: Row) -> dict[str, Any]:
    """Return the structure of an application with lists in place of joined values, and what lies above each."""
    symbols = _split(row["ipc"])
    return {
        **{name: row[name] for name in DAYS},
        "family": _number(row["family_id"] or row["application_id"]),
        **{name: [row[name]] if row[name] else [] for name in ("kind", "office", "status")},
        "region": _divisions(row["region"]),
        "ipc": _above(symbols),
        "subclass": list(dict.fromkeys(symbol[:4] for symbol in symbols if len(symbol) >= 4)),
        "applicant": list(dict.fromkeys(printable(name)[:200] for name in _split(row["applicant"]))),
    }


def _number(name: str) -> int:
    """Return a number for a name, the same on every day; 48 bits tell a country's families apart."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=6).digest(), "big")


def _split(joined: str | None) -> Sequence[str]:
    return joined.split(SEPARATOR) if joined else ()


def _divisions(code: str | None) -> list[str]:
    """Return a division and those it lies in: 450302 lies in 450300 and 450000."""
    if not code:
        return []
    if len(code) != 6 or not code.isdigit():
        return [code]
    return list(dict.fromkeys([code, f"{code[:4]}00", f"{code[:2]}0000"]))


def _above(symbols: Sequence[str]) -> list[str]:
    """Return symbols with everything above them: H, H01, H01M, H01M10, H01M10/0525."""
    found: dict[str, None] = {}
    for symbol in symbols:
        group = symbol.partition("/")[0]
        for part in (symbol[:1], symbol[:3], symbol[:4], group, symbol):
            found[part] = None
    return list(found)
