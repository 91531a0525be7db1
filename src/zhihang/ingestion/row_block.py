# SPDX-License-Identifier: Apache-2.0
"""A block of table rows turned into columns of clean text, with the rows that do not fit set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.ingestion.field import Column

MISSING = pa.array(
    ["", "-", "--", "—", "——", "/", "NA", "N/A", "n/a", "#N/A", "NULL", "null", "None", "NaN", "nan", "无"]
)
"""What people write into a cell that has no value."""


@dataclass(frozen=True)
class RowBlock:
    """Columns of text, null where there is no value, and the rows left out: line, value, reason."""

    lines: list[int]
    columns: list[pa.StringArray]
    rejections: list[tuple[int, str, str]]

    @classmethod
    def of(cls, rows: Sequence[tuple[int, list[str]]], columns: Sequence[Column]) -> RowBlock:
        """Turn rows into columns: blank rows and repeated headers go, rows that are too long are rejected."""
        width = len(columns)
        header = [column.header for column in columns]
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
            if cells[0] == header[0] and cells == header:
                continue
            lines.append(line)
            kept.append(cells)
        arrays = [clean(pa.array(cells, pa.string())) for cells in zip(*kept, strict=True)]
        return cls(lines, arrays, rejections)._without_blank_rows()

    def __len__(self) -> int:
        return len(self.lines)

    def keep(self, mask: pa.BooleanArray) -> RowBlock:
        """Keep the rows where `mask` is true."""
        lines = [line for line, kept in zip(self.lines, mask.to_pylist(), strict=True) if kept]
        return RowBlock(lines, [column.filter(mask) for column in self.columns], self.rejections)

    def _without_blank_rows(self) -> RowBlock:
        if not self.columns:
            return self
        filled = any_of([pc.is_valid(column) for column in self.columns])
        return self if pc.all(filled).as_py() else self.keep(filled)


def clean(text: pa.StringArray) -> pa.StringArray:
    """Trim every value; what stands for "no value" becomes null."""
    text = pc.utf8_trim_whitespace(text)
    missing = pc.is_in(text, value_set=MISSING)
    if not pc.any(missing).as_py():
        return text
    return pc.if_else(missing, pa.scalar(None, pa.string()), text)


def any_of(masks: Sequence[pa.BooleanArray]) -> pa.BooleanArray:
    """Where any of the masks is true."""
    found = masks[0]
    for mask in masks[1:]:
        found = pc.or_(found, mask)
    return found


def _fit(cells: list[str], width: int) -> tuple[list[str], bool]:
    """Pad or cut a row to `width`; says whether anything but blanks was to be cut off."""
    if len(cells) < width:
        return cells + [""] * (width - len(cells)), False
    return cells[:width], any(cell.strip() for cell in cells[width:])
