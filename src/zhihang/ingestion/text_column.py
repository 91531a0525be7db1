# SPDX-License-Identifier: Apache-2.0
"""Columns of text built from many cells at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa


def column_of(cells: Sequence[str]) -> pa.StringArray:
    """Return the cells as a column; NUL characters are dropped, lone surrogates become `?`."""
    if not cells:
        return pa.array([], pa.string())
    joined = "\0".join(cells)
    if joined.count("\0") != len(cells) - 1:
        joined = "\0".join(cell.replace("\0", "") for cell in cells)
    return column_of_joined(joined.encode("utf-8", "replace"), len(cells))


def marks_in(column: pa.StringArray, marks: Sequence[str]) -> list[str]:
    """Return those of the marks that may stand in a column: those that its memory holds anywhere."""
    data = column.buffers()[2]
    if data is None or not marks:
        return []
    text = data.to_pybytes()
    return [mark for mark in marks if mark.encode() in text]


def column_of_joined(joined: bytes, count: int) -> pa.StringArray:
    r"""Return a column of `count` texts that were joined by NUL, in UTF-8.

    Examples
    --------
    >>> column_of_joined("甲\0\0b".encode(), 3).to_pylist()
    ['甲', '', 'b']
    """
    data = np.frombuffer(joined, np.uint8)
    text = data != 0
    ends = np.flatnonzero(~text)
    offsets = np.empty(count + 1, np.int32)
    offsets[0] = 0
    offsets[1:-1] = ends - np.arange(len(ends))
    offsets[-1] = len(data) - len(ends)
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(data[text]))
