# SPDX-License-Identifier: Apache-2.0
"""Blocks of a delimited text that keeps strictly to the rules of CSV, cut into cells by Arrow.

Most exports keep to the rules: quotation marks only around cells, doubled inside, every row as long as the
header. For them this gives what `delimited` gives, several times faster. A block that does not keep to
them is read by `delimited`; where not even the end of the block is certain, the rest of the text is.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import BinaryIO, TypeAlias, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from zhihang.ingestion.delimited import delimited_rows
from zhihang.ingestion.row_block import RowBlock

Bytes: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.uint8]]"

BLOCK_BYTES = 16 << 20
BLOCK_ROWS = 10_000
REPLACED = "\ufffd".encode()
"""What stands for bytes that could not be decoded; `delimited` tells where they are."""
_QUOTE, _LF, _CR = 34, 10, 13


def csv_blocks(
    pieces: Iterator[bytes], delimiter: str, header: Sequence[str], *, line: int, name: str
) -> Iterator[RowBlock]:
    """Yield blocks of rows from the bytes of a UTF-8 text that begins with the first row below the header.

    `line` is the number of the first line.
    """
    buffer = b""
    for piece in pieces:
        buffer += piece
        if len(buffer) < BLOCK_BYTES:
            continue
        end = _end_of_rows(buffer, delimiter)
        if not end:
            yield from _lenient(_Joined(buffer, pieces), delimiter, header, line=line, name=name)
            return
        block, buffer = buffer[:end], buffer[end:]
        count = count_lines(block)
        yield from _blocks(block, delimiter, header, line=line, count=count, name=name)
        line += count
    if buffer:
        count = count_lines(buffer) + (not buffer.endswith(b"\n"))
        if _end_of_rows(buffer, delimiter, whole=True):
            yield from _blocks(buffer, delimiter, header, line=line, count=count, name=name)
        else:
            yield from _lenient(io.BytesIO(buffer), delimiter, header, line=line, name=name)


def row_blocks(rows: Iterator[tuple[int, list[str]]], header: Sequence[str]) -> Iterator[RowBlock]:
    """Gather rows into blocks."""
    while block := list(islice(rows, BLOCK_ROWS)):
        yield RowBlock.of(block, header)


def count_lines(block: bytes) -> int:
    """Number of line ends (LF, CR LF, CR)."""
    data = np.frombuffer(block, np.uint8)
    return int(np.count_nonzero(data == _LF)) + _lone_returns(block, data)


def _lone_returns(block: bytes, data: Bytes) -> int:
    """Number of CR that no LF follows."""
    if b"\r" not in block:
        return 0
    returns = np.flatnonzero(data == _CR)
    followed = data[np.minimum(returns + 1, len(data) - 1)] == _LF
    return len(returns) - int(np.count_nonzero(followed))


def _blocks(
    block: bytes, delimiter: str, header: Sequence[str], *, line: int, count: int, name: str
) -> Iterator[RowBlock]:
    """Rows of a block whose quotation marks keep to the rules."""
    filled = block.rstrip(b"\r\n")
    if not filled:
        return
    if len(block) > len(filled) + 2:  # blank lines at the end, perhaps millions of them
        block, count = filled + b"\n", count_lines(filled) + 1
    found = _regular(block, delimiter, header, line, count)
    if found is not None:
        yield found
    else:
        yield from _lenient(io.BytesIO(block), delimiter, header, line=line, name=name)


def _lenient(
    stream: io.BufferedIOBase, delimiter: str, header: Sequence[str], *, line: int, name: str
) -> Iterator[RowBlock]:
    rows = delimited_rows(_text(stream), delimiter, name=name, line=line, width=len(header))
    yield from row_blocks(rows, header)


def _regular(block: bytes, delimiter: str, header: Sequence[str], line: int, count: int) -> RowBlock | None:
    """Cut a block into columns; None if anything about it is out of the ordinary."""
    data = np.frombuffer(block, np.uint8)
    if b"\0" in block or REPLACED in block or _lone_returns(block, data) or len(header) < 2:
        return None
    names = [str(position) for position in range(len(header))]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(block),
            arrow_csv.ReadOptions(column_names=names, block_size=len(block) + 1),
            arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=b'"' in block),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    columns = [column.combine_chunks() for column in table.columns]
    lines = _line_numbers(columns, line, count)
    return None if lines is None else RowBlock.of_columns(lines, columns, header)


def _line_numbers(columns: list[pa.StringArray], line: int, count: int) -> list[int] | None:
    """Line on which each row begins; None when blank lines make it uncertain."""
    rows = len(columns[0])
    if rows == count:
        return list(range(line, line + rows))
    lengths = np.ones(rows, np.int64)
    for column in columns:
        lengths += pc.count_substring(column, "\n").to_numpy(zero_copy_only=False)
    if lengths.sum() != count:
        return None
    return (line + np.concatenate([[0], np.cumsum(lengths)[:-1]])).tolist()  # type: ignore[no-any-return]


def _end_of_rows(block: bytes, delimiter: str, *, whole: bool = False) -> int:
    """Where the last complete row of a block ends; 0 without one, or if a quotation mark stands astray.

    With `whole` the block is the last one, or cut to complete rows already.
    """
    if b'"' not in block:
        return len(block) if whole else block.rfind(b"\n") + 1
    data = np.frombuffer(block, np.uint8)
    quotes = np.flatnonzero(data == _QUOTE)
    end = len(block) if whole else _last_line_end(block, quotes)
    quotes = quotes[quotes < end]
    if len(quotes) % 2:
        return 0
    edges = np.array([ord(delimiter), _LF, _CR, _QUOTE], np.uint8)
    opening, closing = quotes[0::2], quotes[1::2]
    before = data[opening[opening > 0] - 1]
    after = data[closing[closing < len(data) - 1] + 1]
    return end if np.isin(before, edges).all() and np.isin(after, edges).all() else 0


def _last_line_end(block: bytes, quotes: np.ndarray[tuple[int], np.dtype[np.int64]]) -> int:
    """Position after the last line end that is not inside a quoted cell."""
    end = len(block)
    while True:
        end = block.rfind(b"\n", 0, end)
        before = int(np.searchsorted(quotes, end))
        if end < 0 or before % 2 == 0:
            return end + 1
        end = int(quotes[before - 1])


def _text(stream: io.BufferedIOBase) -> io.TextIOWrapper:
    return io.TextIOWrapper(cast("BinaryIO", stream), "utf-8", errors="replace", newline="")


class _Joined(io.BufferedIOBase):
    """A stream over bytes at hand and the pieces that follow them."""

    def __init__(self, first: bytes, others: Iterator[bytes]) -> None:
        self._at_hand = memoryview(first)
        self._others = others

    def readable(self) -> bool:
        return True

    def read1(self, size: int = -1, /) -> bytes:
        while not self._at_hand:
            piece = next(self._others, None)
            if piece is None:
                return b""
            self._at_hand = memoryview(piece)
        size = len(self._at_hand) if size < 0 else size
        given, self._at_hand = self._at_hand[:size], self._at_hand[size:]
        return bytes(given)

    read = read1  # type: ignore[assignment]
