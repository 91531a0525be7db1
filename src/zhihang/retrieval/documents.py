# SPDX-License-Identifier: Apache-2.0
"""Documents of the text index, made from rows of the store."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import tantivy

from zhihang.methods.character_pairs import pairs_of_all
from zhihang.methods.segmentation import Segmenter, fold, is_wide, printable
from zhihang.retrieval.feed import SEPARATOR, text_columns
from zhihang.retrieval.layout import CODES, DAYS, field_name

LONGEST = 400_000
"""Characters of one text that are indexed; a longer one is cut (a description of 400 pages)."""

Row = Mapping[str, Any]


class DocumentMaker:
    """Makes documents with one way of dividing Chinese."""

    def __init__(self, segmenter: Segmenter) -> None:
        self._cut = segmenter.cut
        names = [(column, scope) for column, scope in text_columns()]
        self._columns = [
            (c, *(field_name(s, kind) for kind in ("words", "pairs", "stems"))) for c, s in names
        ]
        self.text_bytes = 0

    def documents(self, rows: Sequence[tuple[int, Row, Row | None]]) -> list[tantivy.Document]:
        """Return the documents of some applications: ordinal, structure, texts of each."""
        made = [self._document(ordinal, structure) for ordinal, structure, _ in rows]
        wide: list[tuple[tantivy.Document, str, str]] = []
        for document, (_, _, texts) in zip(made, rows, strict=True):
            if texts is not None:
                wide += self._add_texts(document, texts)
        found = pairs_of_all([folded for _, _, folded in wide])
        for (document, name, _), couples in zip(wide, found, strict=True):
            document.add_text(name, couples)
        return made

    def _document(self, ordinal: int, structure: Row) -> tantivy.Document:
        made = tantivy.Document()
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
        return made

    def _add_texts(self, made: tantivy.Document, texts: Row) -> list[tuple[tantivy.Document, str, str]]:
        """Add words and stems; return what pairs are still to be made of."""
        wide = []
        for column, words, couples, stems in self._columns:
            text = texts.get(column)
            if not text:
                continue
            self.text_bytes += len(text) if text.isascii() else len(text.encode("utf-8", "replace"))
            folded = fold(text[:LONGEST] if text.isprintable() else printable(text[:LONGEST]))
            if is_wide(folded):
                made.add_text(words, " ".join(self._cut(folded)))
                wide.append((made, couples, folded))
            else:
                made.add_text(stems, folded)
        return wide


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
