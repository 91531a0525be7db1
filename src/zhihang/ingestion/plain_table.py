# SPDX-License-Identifier: Apache-2.0
"""A user's own table read for two or three of its columns: any encoding, delimiter or workbook, nothing stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from zhihang.errors import NotFound, SourceError
from zhihang.ingestion.delimited import DELIMITERS
from zhihang.ingestion.sample import Sample, fold_header, take_sample
from zhihang.ingestion.sheet import body
from zhihang.ingestion.source import Source, sources


@dataclass(frozen=True)
class PlainTable:
    """Columns of text with the line of each row, and the rows that do not fit (line, text, reason)."""

    name: str
    lines: list[int]
    columns: dict[str, pa.Array]
    rejected: list[tuple[int, str, str]]


def read_plain_table(path: Path, wanted: Sequence[str], *, also: Sequence[str] = ()) -> PlainTable:
    """Read the columns `wanted` of a delimited text or workbook, and those of `also` that it has.

    The header is the first row that has the first of them; case, blanks and full-width letters make no difference. A
    text in whose header no column is found is tried with the other delimiters: where every cell holds a list, its
    separators outnumber the delimiters.
    """
    found = list(sources(path))
    if len(found) != 1:
        raise SourceError(
            f'"{path.name}" is an archive with {len(found)} files.', todo="Unpack it and name one of them."
        )
    source = found[0]
    sample = take_sample(source)
    if sample.shape != "sheet" and not sample.text:
        raise SourceError(
            f'"{path.name}" is no table.',
            {"looks like": sample.shape},
            todo="Give a CSV, TSV, XLSX or XLS file.",
        )
    sample, header = _cut(source, sample, wanted[0])
    rows = _rows(sample)
    if header is None:
        raise NotFound(
            f'Column "{wanted[0]}" is not known.',
            {
                "file": path.name,
                "wanted": ", ".join(dict.fromkeys(wanted)),
                "first row": ", ".join(rows[0])[:200] if rows else "none",
            },
            todo="Put the names of the columns above the rows, or name the columns as the table does.",
        )
    return _read(source, sample, header, [*wanted], path, also)


def _cut(source: Source, sample: Sample, first: str) -> tuple[Sample, int | None]:
    """Return the sample cut into cells so that a row has the column `first`, and the place of that row."""
    header = _header(sample, first)
    if header is not None or sample.sheet is not None or not sample.text:
        return sample, header
    for delimiter in DELIMITERS:
        other = take_sample(source, encoding=sample.encoding, delimiter=delimiter)
        header = _header(other, first)
        if header is not None:
            return other, header
    return sample, None


def _header(sample: Sample, first: str) -> int | None:
    return next((i for i, row in enumerate(_rows(sample)) if _place(row, first) is not None), None)


def _rows(sample: Sample) -> list[list[str]]:
    rows = sample.rows or [[line] for line in sample.text.splitlines()[:50]]
    return [[cell.strip() for cell in row] for row in rows]


def _place(names: Sequence[str], wanted: str) -> int | None:
    """Return where a column stands: under its very name, else under one that differs in case or blanks only."""
    if wanted in names:
        return names.index(wanted)
    folded = [fold_header(name) for name in names]
    return folded.index(fold_header(wanted)) if folded.count(fold_header(wanted)) == 1 else None


def _read(
    source: Source, sample: Sample, header: int, wanted: list[str], path: Path, also: Sequence[str]
) -> PlainTable:
    names = _rows(sample)[header]
    for name in wanted:
        if _place(names, name) is None:
            raise NotFound.named("column", name, names, see=f'The header of "{path.name}".')
    every = {name: _place(names, name) for name in (*wanted, *also)}
    places = {name: place for name, place in every.items() if place is not None}
    for name in places:
        if names.count(name) > 1:
            raise SourceError(
                f'"{path.name}" has {names.count(name)} columns "{name}".',
                {"header": ", ".join(names)[:200]},
                todo="Give each column a name of its own.",
            )
    lines: list[int] = []
    parts: dict[str, list[pa.Array]] = {name: [] for name in places}
    rejected: list[tuple[int, str, str]] = []
    for block in body(source, sample, header).blocks(names):
        lines += block.lines
        rejected += block.rejections
        for name, place in places.items():
            parts[name].append(block.columns[place])
    columns = {
        name: pa.chunked_array(found, pa.string()).combine_chunks() if found else pa.array([], pa.string())
        for name, found in parts.items()
    }
    return PlainTable(source.name, lines, columns, rejected)
