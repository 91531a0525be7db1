# SPDX-License-Identifier: Apache-2.0
"""A block of table rows turned into columns of clean text, with the rows that do not fit set aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.ingestion.text_column import column_of
from zhihang.terms.missing import as_missing

NUL_DROPPED = "NUL characters dropped"
UNDECODABLE = "holds bytes that are no text in the encoding of the file"


@dataclass(frozen=True)
class Flaw:
    """A cell whose text is not quite what the file holds: line, position of the column, raw and kept text."""

    line: int
    column: int
    raw: str
    value: str
    reason: str


@dataclass(frozen=True)
class RowBlock:
    """Columns of text, null where there is no value; the rows left out (line, value, reason); flawed cells."""

    lines: list[int]
    columns: list[pa.StringArray]
    rejections: list[tuple[int, str, str]]
    flaws: tuple[Flaw, ...] = ()

    @classmethod
    def of(cls, rows: Sequence[tuple[int, list[str]]], header: Sequence[str]) -> RowBlock:
        """Turn rows into columns: blank rows and repeated headers go, rows that are too long are rejected."""
        width = len(header)
        lines: list[int] = []
        kept: list[list[str]] = []
        rejections: list[tuple[int, str, str]] = []
        for line, cells in rows:
            if len(cells) != width:
                fitted, surplus = _fit(cells, width)
                if surplus:
                    reason = f"{len(cells)} cells where the header has {width}"
                    rejections.append((line, " | ".join(cells), reason))
                    continue
                cells = fitted
            lines.append(line)
            kept.append(cells)
        columns = list(zip(*kept, strict=True)) if kept else [()] * width
        flaws = [flaw for place, cells in enumerate(columns) for flaw in _flaws(lines, place, cells)]
        arrays = [column_of(cells) for cells in columns]
        return cls.of_columns(lines, arrays, header, rejections, flaws)

    @classmethod
    def of_columns(
        cls,
        lines: list[int],
        columns: Sequence[pa.StringArray],
        header: Sequence[str],
        rejections: Sequence[tuple[int, str, str]] = (),
        flaws: Sequence[Flaw] = (),
    ) -> RowBlock:
        """Clean columns that have one value per row; blank rows and repeated headers go."""
        cleaned = cls(lines, [clean(column) for column in columns], list(rejections), tuple(flaws))
        return cleaned._without_headers(header)._without_blank_rows()

    def __len__(self) -> int:
        return len(self.lines)

    def keep(self, mask: pa.BooleanArray) -> RowBlock:
        """Keep the rows where `mask` is true."""
        lines = [line for line, kept in zip(self.lines, mask.to_pylist(), strict=True) if kept]
        columns = [column.filter(mask) for column in self.columns]
        return replace(self, lines=lines, columns=columns)

    def _without_headers(self, header: Sequence[str]) -> RowBlock:
        same = pc.fill_null(pc.equal(self.columns[0], header[0].strip()), False)
        if not pc.any(same).as_py():
            return self
        for column, name in zip(self.columns[1:], header[1:], strict=True):
            same = pc.and_(same, pc.equal(pc.fill_null(column, ""), name.strip()))
        return self.keep(pc.invert(same)) if pc.any(same).as_py() else self

    def _without_blank_rows(self) -> RowBlock:
        present = [pc.is_valid(column) for column in self.columns if column.null_count < len(column)]
        filled = any_of(present) if present else pa.repeat(pa.scalar(False), len(self))
        return self if pc.all(filled).as_py() else self.keep(filled)


def clean(text: pa.StringArray) -> pa.StringArray:
    """Trim every value; what stands for "no value" becomes null."""
    return text if text.null_count == len(text) else as_missing(text)


def any_of(masks: Sequence[pa.BooleanArray]) -> pa.BooleanArray:
    """Where any of the masks is true."""
    found = masks[0]
    for mask in masks[1:]:
        found = pc.or_(found, mask)
    return found


def _flaws(lines: Sequence[int], place: int, cells: Sequence[str]) -> Iterator[Flaw]:
    """Cells with NUL characters, which are dropped, and those that could not be decoded in full."""
    together = "".join(cells)
    if "\0" not in together and "\ufffd" not in together:
        return
    for line, cell in zip(lines, cells, strict=True):
        if "\0" in cell:
            yield Flaw(line, place, cell, cell.replace("\0", ""), NUL_DROPPED)
        elif "\ufffd" in cell:
            yield Flaw(line, place, cell, cell, UNDECODABLE)


def _fit(cells: list[str], width: int) -> tuple[list[str], bool]:
    """Pad or cut a row to `width`; says whether anything but blanks was to be cut off."""
    if len(cells) < width:
        return cells + [""] * (width - len(cells)), False
    return cells[:width], any(cell.strip() for cell in cells[width:])
