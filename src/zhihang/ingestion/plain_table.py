# SPDX-License-Identifier: Apache-2.0
"""A user's own table read for two or three of its columns: any encoding, delimiter or workbook, nothing stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from zhihang.errors import NotFound, SourceError
from zhihang.ingestion.sample import Sample, take_sample
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

    The header is the first row that has the first of them.
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
    rows = sample.rows or [[line] for line in sample.text.splitlines()[:50]]
    return _read(source, sample, [[cell.strip() for cell in row] for row in rows], wanted, path, also)


def _read(
    source: Source,
    sample: Sample,
    rows: Sequence[Sequence[str]],
    wanted: Sequence[str],
    path: Path,
    also: Sequence[str],
) -> PlainTable:
    header = next((i for i, row in enumerate(rows) if wanted[0] in row), None)
    if header is None:
        raise NotFound.named(
            "column", wanted[0], rows[0] if rows else [], see=f'The first row of "{path.name}".'
        )
    names = list(rows[header])
    missing = [name for name in wanted if name not in names]
    if missing:
        raise NotFound.named("column", missing[0], names, see=f'The header of "{path.name}".')
    wanted = [*wanted, *(name for name in also if name in names)]
    lines: list[int] = []
    parts: dict[str, list[pa.Array]] = {name: [] for name in wanted}
    rejected: list[tuple[int, str, str]] = []
    for block in body(source, sample, header).blocks(names):
        lines += block.lines
        rejected += block.rejections
        for name in wanted:
            parts[name].append(block.columns[names.index(name)])
    columns = {
        name: pa.chunked_array(found, pa.string()).combine_chunks() if found else pa.array([], pa.string())
        for name, found in parts.items()
    }
    return PlainTable(source.name, lines, columns, rejected)
