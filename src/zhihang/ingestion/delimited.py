# SPDX-License-Identifier: Apache-2.0
"""Rows of a delimited text (CSV, TSV), streamed within bounds so that no row can exhaust the memory."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator, Sequence

from zhihang.errors import SourceError

MAX_LINE = 8 << 20
"""Longest physical line, in characters."""
MAX_CELLS = 16_384
"""Most cells in a row; no spreadsheet has more."""
MAX_CELL = 8 << 20
"""Longest cell, in characters; a quotation mark that is never closed makes a longer one."""
MAX_READ_AGAIN = 64 << 20
"""How many characters may be read a second time because of quotation marks that are not closed."""

DELIMITERS = ",\t;|"


def delimited_rows(
    text: io.TextIOBase, delimiter: str, *, name: str, line: int = 1, width: int = MAX_CELLS
) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which each row begins and its cells.

    Quoted cells may hold line ends; LF, CR LF and CR all end a line. A quotation mark that
    is never closed, or only by one that opens a cell of a later row, is left out, and reading goes on with
    the next line.

    Parameters
    ----------
    text, delimiter, name
        The text, opened with ``newline=""``; what separates cells; how messages call the source.
    line
        Number of the first line.
    width
        Number of cells a row should have.
    """
    csv.field_size_limit(MAX_CELL)
    lines = _Lines(text, name, line)
    while not lines.ended:
        for row in _until_unclosed(lines, delimiter):
            unclosed = lines.ended  # the end came while a cell was open
            if unclosed or (len(lines.record) > 1 and _swallowed(lines.record, row, delimiter, width)):
                break
            yield lines.begin, _bounded(row, name, lines.begin)
            lines.next_record()
        if lines.record:
            yield lines.begin, _bounded(_unquoted(lines.first_alone(), delimiter), name, lines.begin)
            lines.next_record()


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


class _Lines(Iterator[str]):
    """Physical lines; those taken since the record began are kept, to be read in another way."""

    def __init__(self, text: io.TextIOBase, name: str, line: int) -> None:
        self.record: list[str] = []
        self.begin = line
        self.ended = False
        self._again: deque[str] = deque()
        self._read_again = 0
        self._text, self._name = text, name

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._read()
        self.record.append(line)
        return line

    def next_record(self) -> None:
        self.begin += len(self.record)
        self.record.clear()

    def first_alone(self) -> str:
        """Give back all lines of the record but the first, and return that."""
        first, *others = self.record
        self._again.extendleft(reversed(others))
        self.record[:] = [first]
        self.ended = False
        self._read_again += sum(map(len, others))
        if self._read_again > MAX_READ_AGAIN:
            raise SourceError(
                f'"{self._name}" cannot be split into rows: too many quotation marks are not closed.',
                {"line": self.begin, "begins": first[:80].strip()},
                todo="Export the table again, or save it from a spreadsheet program as XLSX.",
            )
        return first

    def _read(self) -> str:
        line = self._text.readline(MAX_LINE + 1)
        if not line:
            self.ended = True
            raise StopIteration
        if len(line) > MAX_LINE:
            found = f"over {MAX_LINE >> 20} million characters in one line"
            raise _too_wide(self._name, self.begin + len(self.record), found)
        return line


def _until_unclosed(lines: _Lines, delimiter: str) -> Iterator[list[str]]:
    """Rows up to the end or a cell beyond its bound; `lines.record` then holds what is left."""
    try:
        yield from csv.reader(lines, delimiter=delimiter)
    except csv.Error:
        return


def _swallowed(record: Sequence[str], row: Sequence[str], delimiter: str, width: int) -> bool:
    """Whether a row of several lines came about by a quotation mark that was not closed where it should have been.

    It did if a mark stands where the rules allow none, and the first line would do as a row or the whole will not.
    """
    return _irregular(record, delimiter) and (
        len(_unquoted(record[0], delimiter)) == width or len(row) > width
    )


def _irregular(record: Sequence[str], delimiter: str) -> bool:
    try:
        for _ in csv.reader(record, delimiter=delimiter, strict=True):
            pass
    except csv.Error:
        return True
    return False


def _unquoted(line: str, delimiter: str) -> list[str]:
    """Cells of a line in which quotation marks mean nothing; one that opens a cell is dropped."""
    cells = next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter, quoting=csv.QUOTE_NONE), [])
    return [cell.removeprefix('"') for cell in cells]


def _bounded(row: list[str], name: str, line: int) -> list[str]:
    if len(row) > MAX_CELLS:
        raise _too_wide(name, line, f"{len(row):,} cells")
    return row


def _evenness(head: str, delimiter: str) -> float:
    """Share of rows with the usual number of cells, times the number of delimiters in them."""
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


def _too_wide(name: str, line: int, found: str) -> SourceError:
    return SourceError(
        f'"{name}" is not a table of patents: a row is far too wide.',
        {"line": line, "found": found, "limit": f"{MAX_CELLS:,} cells, {MAX_LINE >> 20} MiB per line"},
        todo="Check the file; perhaps it lost its line ends, or it is not a table.",
    )
