# SPDX-License-Identifier: Apache-2.0
"""Rows of a table, whatever holds them: a delimited text or a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from zhihang.ingestion.delimited import delimited_rows
from zhihang.ingestion.encoding import open_text
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.source import Source
from zhihang.ingestion.workbook import close_workbook, open_workbook

Row: TypeAlias = tuple[int, list[str]]
"""Line of the file (row of the worksheet), from 1, and the cells' text."""


def rows(source: Source, sample: Sample) -> Iterator[Row]:
    """Yield every row of the table `sample` was taken from, with the header and what stands above it."""
    if sample.sheet is None:
        with source.open() as stream:
            text = open_text(stream, sample.encoding)
            yield from delimited_rows(text, sample.delimiter or ",", name=source.name)
    else:
        yield from open_workbook(source).rows(sample.sheet)
        close_workbook()


def body(source: Source, sample: Sample, header: int) -> Iterator[Row]:
    """Yield the rows below row `header` of the sample (an index into `sample.rows`)."""
    found = rows(source, sample)
    for _ in range(header + 1):
        next(found, None)
    return found
