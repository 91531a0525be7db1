# SPDX-License-Identifier: Apache-2.0
"""Rows of a table, whatever holds them: a delimited text or the sheets of a workbook."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

import pyarrow as pa

from zhihang.ingestion.delimited import delimited_rows
from zhihang.ingestion.encoding import open_text, utf8_pieces
from zhihang.ingestion.headers import fold_header
from zhihang.ingestion.regular_csv import BLOCK_BYTES, count_lines, csv_blocks
from zhihang.ingestion.row_block import RowBlock
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.source import Source
from zhihang.ingestion.text_column import column_of_joined
from zhihang.ingestion.workbook import SheetBlock, Workbook, open_workbook

Row: TypeAlias = tuple[int, list[str]]
"""Line of the file (row of the worksheet), from 1, and the cells' text."""


def rows(source: Source, sample: Sample) -> Iterator[Row]:
    """Yield every row of the table `sample` was taken from, with the header and what stands above it."""
    if sample.sheet is None:
        with source.open() as stream:
            text = open_text(stream, sample.encoding)
            for line, row in delimited_rows(text, sample.delimiter or ",", name=source.name):
                yield line, [cell.replace("\0", "") for cell in row]
    else:
        book = open_workbook(source)
        yield from _sheet_rows(book.blocks(sample.sheet))
        book.close()


def body(source: Source, sample: Sample, header: int) -> Body:
    """Return the rows below row `header` of the sample (an index into `sample.rows`)."""
    return Body(source, sample, header)


@dataclass(frozen=True)
class Body:
    """The rows below a table's header: one by one, or in blocks of columns, which is much faster.

    Further sheets of a workbook that have the same header belong to the table; their rows are counted on.
    """

    source: Source
    sample: Sample
    header: int

    def __iter__(self) -> Iterator[Row]:
        if self.sample.sheet is None:
            return islice(rows(self.source, self.sample), self.header + 1, None)
        return _sheet_rows(self._sheet_blocks())

    def blocks(self, header: Sequence[str]) -> Iterator[RowBlock]:
        """Yield blocks of rows; `header` are the names of the columns."""
        if self.sample.sheet is not None:
            yield from (_row_block(block, header) for block in self._sheet_blocks())
            return
        first_line = self._first_line()
        with self.source.open() as stream:
            pieces = utf8_pieces(stream, self.sample.encoding, BLOCK_BYTES)
            below = _without_lines(pieces, first_line - 1)
            delimiter = self.sample.delimiter or ","
            yield from csv_blocks(below, delimiter, header, line=first_line, name=self.source.name)

    def _first_line(self) -> int:
        """Line of the file on which the first row below the header begins."""
        head = io.StringIO(self.sample.text, newline="")
        found = delimited_rows(head, self.sample.delimiter or ",", name=self.source.name)
        lines = [line for line, _ in islice(found, self.header + 2)]
        if len(lines) == self.header + 2:
            return lines[-1]
        text = self.sample.text
        return count_lines(text.encode()) + (not text.endswith(("\n", "\r"))) + 1

    def _sheet_blocks(self) -> Iterator[SheetBlock]:
        """Blocks of the chosen sheet and those like it, without what stands above the rows."""
        book = open_workbook(self.source)
        offset = 0
        for sheet, header in self._sheets_alike(book):
            last = 0
            for block in book.blocks(sheet):
                last = block[0] + block[1] - 1
                below = _below(block, header + 1)
                if below[1]:
                    yield offset + below[0], below[1], below[2]
            offset += last
        book.close()

    def _sheets_alike(self, book: Workbook) -> Iterator[tuple[str, int]]:
        """The chosen sheet and the later ones with the same header, each with the index of its header."""
        chosen = self.sample.sheet or ""
        yield chosen, self.header
        names = [fold_header(name) for name in self.sample.rows[self.header]]
        for sheet in book.sheets[book.sheets.index(chosen) + 1 :]:
            heads = [[fold_header(name) for name in row] for row in book.head(sheet)]
            if names in heads:
                yield sheet, heads.index(names)


def _sheet_rows(blocks: Iterator[SheetBlock]) -> Iterator[Row]:
    for first, count, columns in blocks:
        texts = [column.decode().split("\0") if column else [""] * count for column in columns]
        for number, cells in enumerate(zip(*texts, strict=True), start=first):
            yield number, list(cells)


def _row_block(block: SheetBlock, header: Sequence[str]) -> RowBlock:
    first, count, joined = block
    blank = pa.nulls(count, pa.string())
    columns = [column_of_joined(texts, count) if texts else blank for texts in joined]
    columns.extend([blank] * (len(header) - len(columns)))
    return RowBlock.of_columns(list(range(first, first + count)), columns[: len(header)], header)


def _below(block: SheetBlock, row: int) -> SheetBlock:
    """Leave out the rows up to `row` (counted from 1)."""
    first, count, columns = block
    above = min(max(0, row - first + 1), count)
    if not above:
        return block
    kept = [b"\0".join(texts.split(b"\0")[above:]) for texts in columns]
    return first + above, count - above, [texts if texts.strip(b"\0") else b"" for texts in kept]


def _without_lines(pieces: Iterator[bytes], count: int) -> Iterator[bytes]:
    """Leave out the first lines; they are all in the first piece."""
    first = next(pieces, b"")
    ends = islice(re.finditer(rb"\r\n|\r|\n", first), max(0, count - 1), count)
    yield first[next((end.end() for end in ends), len(first)) if count else 0 :]
    yield from pieces
