# SPDX-License-Identifier: Apache-2.0
"""Rows of a delimited text (CSV, TSV), streamed within bounds so that no row can exhaust the memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import partial

from zhihang.errors import SourceError

MAX_LINE = 8 << 20
"""Longest physical line, in characters."""
MAX_CELLS = 16_384
"""Most cells in a row; no spreadsheet has more."""
MAX_CELL = 16 << 20
"""Longest cell, in characters; a quotation mark that is never closed makes one."""

DELIMITERS = ",\t;|"


def delimited_rows(text: io.TextIOBase, delimiter: str, *, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which each row begins and its cells; `name` is for messages.

    Quoted cells may hold line ends; LF, CR LF and CR all end a line. NUL characters are dropped.
    """
    csv.field_size_limit(MAX_CELL)
    rows = csv.reader(_lines(text, name), delimiter=delimiter)
    line = 1
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise SourceError(
                f'"{name}" cannot be split into cells.',
                {"line": line, "error": error},
                todo="Look for a quotation mark that is not closed on that line.",
            ) from error
        if len(row) > MAX_CELLS:
            raise _too_wide(name, line, f"{len(row):,} cells")
        yield line, row
        line = rows.line_num + 1


def detect_delimiter(head: str) -> str | None:
    r"""Return the delimiter that cuts the lines of `head` into most cells of equal number; None without one.

    Examples
    --------
    >>> detect_delimiter("a;b;c\n1;2;3\n")
    ';'
    """
    scores = {delimiter: _evenness(head, delimiter) for delimiter in DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    return best if scores[best] > 0 else None


def _evenness(head: str, delimiter: str) -> float:
    if delimiter not in head:
        return 0
    csv.field_size_limit(MAX_CELL)
    try:
        counts = [len(row) for row in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter) if row]
    except csv.Error:
        return 0
    counts = counts[:-1] if len(counts) > 2 else counts  # the last one may be cut
    usual = max(set(counts), key=lambda count: (counts.count(count), count), default=1)
    return counts.count(usual) / len(counts) * (usual - 1) if counts else 0


def _lines(text: io.TextIOBase, name: str) -> Iterator[str]:
    for number, line in enumerate(iter(partial(text.readline, MAX_LINE + 1), ""), start=1):
        if len(line) > MAX_LINE:
            raise _too_wide(name, number, f"over {MAX_LINE >> 20} million characters in one line")
        yield line.replace("\0", "") if "\0" in line else line


def _too_wide(name: str, line: int, found: str) -> SourceError:
    return SourceError(
        f'"{name}" is not a table of patents: a row is far too wide.',
        {"line": line, "found": found, "limit": f"{MAX_CELLS:,} cells, {MAX_LINE >> 20} MiB per line"},
        todo="Check the file; perhaps it lost its line ends, or it is not a table.",
    )
