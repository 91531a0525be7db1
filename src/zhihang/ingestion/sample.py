# SPDX-License-Identifier: Apache-2.0
"""The beginning of a source, looked at once so that every reader can say whether it knows the format."""

from __future__ import annotations

import io
import itertools
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from zhihang.ingestion.delimited import delimited_rows, detect_delimiter
from zhihang.ingestion.encoding import decode_head, detect_stream_encoding, is_wide
from zhihang.ingestion.headers import fold_header as fold_header
from zhihang.ingestion.headers import header_fields
from zhihang.ingestion.markup_book import is_markup_book
from zhihang.ingestion.source import Source, UnknownKind
from zhihang.ingestion.workbook import open_workbook
from zhihang.ingestion.workbook_worker import OLE_MAGIC, ZIP_MAGIC

Shape = Literal["sheet", "xml", "json", "text", "binary"]

HEAD_BYTES = 65_536
LONG_HEAD_BYTES = 1 << 20
"""How much is read of a table whose first rows are longer than `HEAD_BYTES`."""
SAMPLE_ROWS = 30

ENOUGH_KNOWN = 2
"""So many known column names in one row make a worksheet the one that is meant."""

_BINARY_MAGIC = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"PAR1",
    b"SQLite",
    b"\x7fELF",
)
_TAGGED = re.compile(r"\s*(FN |PT [A-Z]\b|PATN\b|HHHHH|WKU )")
_JSON = re.compile(r"\s*(\{\s*[\"}]|\[\s*[\[{\"\]\d-])")
_TABLE_ENDINGS = (".csv", ".tsv", ".tab")


@dataclass(frozen=True)
class Sample:
    """What can be said of a source before reading it.

    `shape` is the outer form. For a sheet (CSV, TSV, XLSX, XLS) `rows` holds its first rows as text, blank
    ones included, and `sheet` the worksheet's name (None for a text). `text` is the decoded beginning of
    all but workbooks.
    """

    name: str
    shape: Shape
    encoding: str
    text: str
    rows: tuple[tuple[str, ...], ...] = ()
    delimiter: str | None = None
    sheet: str | None = None

    @cached_property
    def root(self) -> str:
        """Name of the first XML element with its prefix, blank when there is none."""
        found = re.search(
            r"<([A-Za-z_][\w.:-]*)",
            re.sub(r"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*(\[.*?\])?[^>]*>", "", self.text, flags=re.S),
        )
        return found.group(1) if found else ""

    @cached_property
    def folded_rows(self) -> tuple[frozenset[str], ...]:
        """The cells of each sampled row, folded for comparison."""
        return tuple(frozenset(fold_header(cell) for cell in row) for row in self.rows)

    def header_row(self, needed: frozenset[str] | set[str]) -> int | None:
        """Index of the first sampled row that holds all the `needed` column names (case and blanks aside)."""
        wanted = {fold_header(name) for name in needed}
        for index, row in enumerate(self.folded_rows):
            if wanted <= row:
                return index
        return None


def take_sample(source: Source, *, encoding: str | None = None, delimiter: str | None = None) -> Sample:
    """Look at the beginning of a source: its outer form, encoding and, for a table, its first rows.

    A text whose `encoding` or `delimiter` is stated is not searched for them; a stated delimiter makes it a table.
    """
    with source.open() as stream:
        head = stream.read(HEAD_BYTES)
        if head.startswith((ZIP_MAGIC, OLE_MAGIC)):
            return _workbook_sample(source)
        if head.startswith(_BINARY_MAGIC) or (_is_binary(head) and not is_wide(head)):
            return Sample(source.name, "binary", "", "")
        encoding = encoding or detect_stream_encoding(stream, head)
    text = _without_mark(decode_head(head, encoding))
    if delimiter is not None:
        return _text_sample(source, encoding, text, delimiter)
    if text.lstrip().startswith("<"):
        if is_markup_book(text, source.content_name):
            return _workbook_sample(source)
        return Sample(source.name, "xml", encoding, text)
    if _JSON.match(text):
        return Sample(source.name, "json", encoding, text)
    if _TAGGED.match(text):
        return Sample(source.name, "text", encoding, text)
    return _text_sample(source, encoding, text)


def _workbook_sample(source: Source) -> Sample:
    """Sample the sheet with the best known header; failing that the first one that looks like a table."""
    book = open_workbook(source)
    found: list[Sample] = []
    for sheet in book.sheets:
        rows = tuple(tuple(row) for row in book.head(sheet))
        sample = Sample(source.name, "sheet", "", "", rows, sheet=sheet)
        if _known_names(sample) >= ENOUGH_KNOWN:
            return sample
        if any(any(row) for row in rows):
            found.append(sample)
    if not found:
        raise UnknownKind(
            f'The workbook "{source.name}" holds no data.',
            {"sheets": ", ".join(book.sheets) or "none"},
            todo="Export it again and check that the result list is not empty.",
        )
    return next((sample for sample in found if _is_table(sample)), found[0])


def _known_names(sample: Sample) -> int:
    """Number of known column names in the row that has most."""
    return max((len(row & header_fields().keys()) for row in sample.folded_rows), default=0)


def _is_table(sample: Sample) -> bool:
    return sum(sum(map(bool, row)) > 1 for row in sample.rows) > 1


def _text_sample(source: Source, encoding: str, text: str, delimiter: str | None = None) -> Sample:
    text = _long_enough(source, encoding, text)
    delimiter = delimiter or detect_delimiter(text)
    if delimiter is None and not source.content_name.lower().endswith(_TABLE_ENDINGS):
        return Sample(source.name, "text", encoding, text)
    rows = delimited_rows(io.StringIO(text, newline=""), delimiter or ",", name=source.name)
    sampled = tuple(
        tuple(cell.replace("\0", "") for cell in row) for _, row in itertools.islice(rows, SAMPLE_ROWS)
    )
    return Sample(source.name, "sheet", encoding, text, sampled, delimiter or ",")


def _long_enough(source: Source, encoding: str, text: str) -> str:
    """Return the beginning of a text up to its last line end, read on when its first lines are very long."""
    if len(text) < HEAD_BYTES // 4:
        return text
    if len(text.splitlines()) <= 3:
        with source.open() as stream:
            head = stream.read(LONG_HEAD_BYTES)
        text = _without_mark(decode_head(head, encoding))
    cut = max(text.rfind("\n"), text.rfind("\r"))
    return text[: cut + 1] if cut > 0 else text


def _without_mark(text: str) -> str:
    return text.removeprefix("\ufeff")


def _is_binary(head: bytes) -> bool:
    """Whether the bytes are no text: many control characters that are not those of UTF-16."""
    control = sum(head.count(code) for code in range(32) if code not in (0, 9, 10, 12, 13, 26, 27))
    return control > max(2, len(head) / 100)
