# SPDX-License-Identifier: Apache-2.0
"""Documents of the text index, made from rows of the store."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from threading import Lock
from typing import Any

import pyarrow as pa
import tantivy

from zhihang.methods.segmentation import Segmenter, fold, is_wide, printable
from zhihang.retrieval.feed import SEPARATOR, text_columns
from zhihang.retrieval.layout import CODES, DAYS, SHOWN, SYMBOLS, field_name
from zhihang.retrieval.shown import packed
from zhihang.retrieval.word_pairs import NotedPairs

LONGEST = 400_000
"""Characters of one text that are indexed; a longer one is cut (a description of 400 pages)."""

Row = Mapping[str, Any]


class DocumentMaker:
    """Makes documents with one way of dividing Chinese, in several threads if wanted."""

    def __init__(self, segmenter: Segmenter, schema: tantivy.Schema, pairs: NotedPairs) -> None:
        self._cut = segmenter.cut
        self._schema = schema
        self._columns = [
            (column, field_name(scope, "words"), field_name(scope, "stems"))
            for column, scope in text_columns()
        ]
        self._one_at_a_time = Lock()
        self.pairs = pairs
        self.text_bytes = 0

    def documents(
        self, ordinals: Sequence[int], structures: pa.Table, texts: pa.RecordBatch | None
    ) -> list[tantivy.Document]:
        """Return the documents of some applications, of their structures and texts; some may have no texts."""
        told = {} if texts is None else {row["application_id"]: row for row in rows_of(texts)}
        divided: list[str] = []
        size, made = 0, []
        for ordinal, structure in zip(ordinals, structures.to_pylist(), strict=True):
            row = told.get(structure["application_id"], {})
            contents: dict[str, Any] = {"ordinal": ordinal, SHOWN: packed(structure, row)}
            _add_structure(contents, structure)
            size += self._add_texts(contents, row, divided)
            made.append(tantivy.Document.from_dict(contents, self._schema))
        with self._one_at_a_time:
            self.pairs.note(divided)
            self.text_bytes += size
        return made

    def _add_texts(self, made: dict[str, Any], row: Row, divided: list[str]) -> int:
        """Add the texts of an application, note those divided into words, and return their bytes."""
        size = 0
        for column, words, stems in self._columns:
            text = row.get(column)
            if not text:
                continue
            size += len(text) if text.isascii() else len(text.encode("utf-8", "replace"))
            folded = fold(text[:LONGEST] if text.isprintable() else printable(text[:LONGEST]))
            if is_wide(folded):
                joined = " ".join(self._cut(folded))
                divided.append(joined)
                made.setdefault(words, []).append(joined)
            else:
                made.setdefault(stems, []).append(folded)
        return size


def rows_of(table: pa.Table | pa.RecordBatch) -> Iterator[dict[str, Any]]:
    """Give the rows of a table without the columns that hold nothing."""
    names = [name for name in table.schema.names if table.column(name).null_count < table.num_rows]
    columns = [table.column(name).to_pylist() for name in names]
    return (dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True))


def _add_structure(made: dict[str, Any], row: Row) -> None:
    for name in DAYS:
        if row[name] is not None:
            made[name] = row[name]
    if row["filing_date"] is not None:
        made["year"] = row["filing_date"] // 10_000
    made["family"] = _number(row["family_id"] or row["application_id"])
    for name in CODES:
        if row[name]:
            made[name] = _divisions(row[name]) if name == "region" else [row[name]]
    if row["ipc"]:
        made[SYMBOLS], made["subclass"] = _symbols(row["ipc"])
    if row["applicant"]:
        made["applicant"] = _names(row["applicant"])


def _number(name: str) -> int:
    """Return a number for a name, the same on every day; 48 bits tell a country's families apart."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=6).digest(), "big")


@lru_cache(maxsize=100_000)
def _names(joined: str) -> list[str]:
    return list(dict.fromkeys(printable(name)[:200] for name in joined.split(SEPARATOR)))


@lru_cache(maxsize=10_000)
def _divisions(code: str) -> list[str]:
    """Return a division and those it lies in: 450302 lies in 450300 and 450000."""
    if len(code) != 6 or not code.isdigit():
        return [code]
    return list(dict.fromkeys([code, f"{code[:4]}00", f"{code[:2]}0000"]))


@lru_cache(maxsize=100_000)
def _symbols(joined: str) -> tuple[list[str], list[str]]:
    """Return symbols with all above them, H H01 H01M H01M10 H01M10/0525, in one text; and their subclasses."""
    found: dict[str, None] = {}
    subclasses: dict[str, None] = {}
    for symbol in joined.split(SEPARATOR):
        for part in _above(symbol):
            found[part] = None
        if len(symbol) >= 4:
            subclasses[symbol[:4]] = None
    return [" ".join(found)], list(subclasses)


def _above(symbol: str) -> Sequence[str]:
    return symbol[:1], symbol[:3], symbol[:4], symbol.partition("/")[0], symbol
