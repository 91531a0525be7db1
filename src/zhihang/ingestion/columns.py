# SPDX-License-Identifier: Apache-2.0
"""Work on whole columns of raw rows: order them by record, number them, look values up by record."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

BLANKS = pa.array(["", "-", "--", "NA", "N/A", "null", "NULL", "None", "无", "—"])


def as_missing(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Trim texts; what only stands for "nothing" becomes null."""
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    if values.null_count == len(values):
        return values
    trimmed = pc.utf8_trim_whitespace(values)
    blank = pc.is_in(trimmed, value_set=BLANKS)
    return pc.if_else(blank, pa.scalar(None, pa.string()), trimmed) if pc.any(blank).as_py() else trimmed


def in_order(rows: pa.Table, group: str | None = None) -> pa.Table:
    """Sort rows by record and, within it, by `group`; equal ones keep their order."""
    keys = _keys(rows, group)
    if len(keys) < 2 or bool(np.all(keys[1:] >= keys[:-1])):
        return rows.combine_chunks()
    return rows.take(pa.array(np.argsort(keys, kind="stable"))).combine_chunks()


def running_number(rows: pa.Table, group: str | None = None) -> pa.Array:
    """Number rows from 1 within each record (and `group`); rows must stand in order."""
    keys = _keys(rows, group)
    if not len(keys):
        return pa.array([], pa.int32())
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    lengths = np.diff(np.append(starts, len(keys)))
    return pa.array((np.arange(len(keys)) - np.repeat(starts, lengths) + 1).astype(np.int32))


def _keys(rows: pa.Table, group: str | None) -> NDArray[np.int64]:
    record: NDArray[np.int64] = rows.column("record").to_numpy().astype(np.int64)
    if group is None:
        return record
    encoded = rows.column(group).combine_chunks().dictionary_encode()
    values = encoded.dictionary
    rank = np.empty(len(values) + 1, np.int64)
    rank[pc.array_sort_indices(values).to_numpy()] = np.arange(len(values))
    rank[-1] = len(values)
    place = pc.fill_null(encoded.indices, len(values)).to_numpy()
    keys: NDArray[np.int64] = record * (len(values) + 1) + rank[place]
    return keys


def taken(values: pa.Array, record: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Return for each row the value of its record."""
    return values.take(record.combine_chunks() if isinstance(record, pa.ChunkedArray) else record)


def first_of_each(rows: pa.Table, records: int) -> pa.Array:
    """Return for each record the position of its first row, null where it has none."""
    record = rows.column("record").to_numpy()
    first = np.full(records, -1, np.int64)
    first[record[::-1]] = np.arange(len(record))[::-1]
    return pa.array(first, mask=first < 0)
