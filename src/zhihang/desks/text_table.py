# SPDX-License-Identifier: Apache-2.0
"""Columns of a user's table as texts, years and lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from zhihang.ingestion.plain_table import read_plain_table
from zhihang.terms import patent_date
from zhihang.terms.missing import absent_as_null
from zhihang.terms.separated_list import COMMAS, detect_separator, explode

Rejected = Sequence[tuple[int, str, str]]


@dataclass(frozen=True)
class TextTable:
    """Some columns of a file, with the line of each row and the rows that could not be read."""

    name: str
    lines: list[int]
    columns: dict[str, pa.Array]
    rejected: Rejected

    def texts(self, names: Sequence[str]) -> list[str]:
        """Return columns joined row by row; marks of absence count as nothing."""
        parts = [absent_as_null(self.columns[name]).to_pylist() for name in names]
        return [". ".join(part for part in row if part) for row in zip(*parts, strict=True)]

    def days(self, name: str) -> Days:
        """Return the days and years of a column in whatever style."""
        read = patent_date.settle(self.columns[name])
        days, partial = read.date.to_pylist(), read.partial.to_pylist()
        years = [
            day.year if day else int(part[:4]) if part else None
            for day, part in zip(days, partial, strict=True)
        ]
        return Days(years, max((day for day in days if day), default=None))

    def lists(self, name: str, separator: str | None = None) -> list[list[str]]:
        """Return each cell's items; without a separator the one that most cells contain is taken."""
        column = self.columns[name]
        known = separator or detect_separator(column)
        items = explode(column, [known] if known else [";"])
        found: list[list[str]] = [[] for _ in self.lines]
        for row, value in zip(items.row.to_pylist(), items.value.to_pylist(), strict=True):
            found[row].append(value)
        return found

    def symbols(self, name: str) -> list[list[str]]:
        """Return the classification symbols of each cell; commas part them too."""
        separator = detect_separator(self.columns[name], commas=True)
        return self.lists(name, separator or COMMAS[0])


@dataclass(frozen=True)
class Days:
    """Year of each row, and the latest day of all."""

    years: list[int | None]
    latest: date | None


def read_text_table(path: Path, wanted: Sequence[str]) -> TextTable:
    """Read columns of a CSV, TSV or workbook; an unknown column is an error that names those there are."""
    read = read_plain_table(path, list(dict.fromkeys(wanted)))
    return TextTable(read.name, read.lines, read.columns, read.rejected)
