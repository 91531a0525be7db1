# SPDX-License-Identifier: Apache-2.0
"""A process of its own that reads one workbook, so that no workbook can exhaust or crash the program.

It is started by `workbook.Workbook`, takes commands on its standard input (``head 0``, ``rows 0``: a sheet
by its position) and answers with marshalled messages on its standard output. It imports little, so that it
starts fast.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import marshal
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from zhihang.errors import SourceError
from zhihang.ingestion.markup_book import MarkupBook
from zhihang.ingestion.source import Source

MAX_MEMORY = 4 << 30
"""A workbook may take this much memory while it is read."""
ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEAD_ROWS = 30
SMALL_BLOCK = 1_000
"""So many rows are turned into columns at once, while their cells are still in the processor's cache."""
BLOCK_ROWS = 10_000
BLOCK_CELLS = 1_000_000


def main(arguments: Sequence[str], commands: Iterator[str], out: BinaryIO) -> None:
    """Open the workbook named by path, member and packing, and answer commands until there are no more."""
    _limit_memory()
    path, member, packing = arguments
    with _faults_told(out):
        book = _open(Source(Path(path), member or None, packing))
        _send(out, "sheets", list(book.names))
        for command in commands:
            word, position = command.split()
            rows = book.rows(int(position))
            if word == "head":
                _send(out, "head", [[_text(cell) for cell in row] for row in islice(rows, HEAD_ROWS)])
            else:
                _send_rows(out, rows)


class _Binary:
    """Sheets of a workbook that python-calamine reads; the one asked for last is kept."""

    def __init__(self, source: Source) -> None:
        from python_calamine import CalamineWorkbook

        self._book: Any = (
            CalamineWorkbook.from_path(source.path)
            if source.packing == "plain"
            else CalamineWorkbook.from_filelike(io.BytesIO(source.read_all()))
        )
        sheets = self._book.sheets_metadata
        self.names = tuple(meta.name for meta in sheets if str(meta.typ).endswith("WorkSheet"))
        self._loaded: tuple[int, Any] | None = None

    def rows(self, position: int) -> Iterator[list[Any]]:
        """Yield the rows of a sheet."""
        if self._loaded is None or self._loaded[0] != position:
            self._loaded = None  # two large sheets at once would be too much
            self._loaded = (position, self._book.get_sheet_by_name(self.names[position]))
        return iter(self._loaded[1].iter_rows())


def _open(source: Source) -> _Binary | MarkupBook:
    with source.open() as stream:
        binary = stream.read(4) in (ZIP_MAGIC, OLE_MAGIC[:4])
    return _Binary(source) if binary else MarkupBook(source)


def _send_rows(out: BinaryIO, rows: Iterator[list[Any]]) -> None:
    """Send blocks of rows: number of the first, number of rows, each column as its texts joined by NUL."""
    number, most = 1, 0
    while few := list(islice(rows, SMALL_BLOCK)):
        most = most or max(SMALL_BLOCK, min(BLOCK_ROWS, BLOCK_CELLS // max(1, len(few[0]))))
        count, parts = 0, []
        while few:
            parts.append([_joined(column) for column in zip(*few, strict=True)])
            count += len(few)
            few = list(islice(rows, SMALL_BLOCK)) if count < most else []
        columns = [b"\0".join(texts) for texts in zip(*parts, strict=True)]
        _send(out, "block", (number, count, [text if text.strip(b"\0") else b"" for text in columns]))
        number += count
    _send(out, "end", None)


def _joined(column: Sequence[Any]) -> bytes:
    """Texts of a column joined by NUL."""
    try:
        text = "\0".join(column)
    except TypeError:
        column = [_text(cell) for cell in column]
        text = "\0".join(column)
    if text.count("\0") != len(column) - 1:
        text = "\0".join(cell.replace("\0", "") for cell in column)
    return text.encode("utf-8", "replace")


def _text(cell: object) -> str:
    """Text of a cell as a person would type it: no `.0`, dates in ISO form."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e17 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return str(cell)


def _send(out: BinaryIO, kind: str, content: Any) -> None:
    message = marshal.dumps((kind, content))
    out.write(len(message).to_bytes(8, "big"))
    out.write(message)
    out.flush()


@contextlib.contextmanager
def _faults_told(out: BinaryIO) -> Iterator[None]:
    """Tell faults of the workbook to the one who asked."""
    from python_calamine import CalamineError

    try:
        yield
    except SourceError as error:
        _send(out, "refused", (error.what, error.facts, error.todo))
    except (CalamineError, SyntaxError, OSError, ValueError) as error:  # that of lxml is a SyntaxError
        _send(out, "damaged", (type(error).__name__, str(error)))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on this platform
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = MAX_MEMORY if hard == resource.RLIM_INFINITY else min(MAX_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


if __name__ == "__main__":
    main(sys.argv[1:], iter(sys.stdin), sys.stdout.buffer)
