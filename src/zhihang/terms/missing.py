# SPDX-License-Identifier: Apache-2.0
"""The ways sources write that there is nothing: blanks, dashes, NA."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

#: Marks of absence in cells and lists, in upper case. `NONE` and `NULL` come from programs, `无` from forms.
MARKS = (
    "",
    "-",
    "--",
    "---",
    "－",
    "—",
    "——",
    "/",
    "NA",
    "N/A",
    "#N/A",
    "NAN",
    "NULL",
    "NONE",
    "NIL",
    "无",
    "暂无",
    "无数据",
)

_MARKS = pa.array(MARKS)
_LONGEST = max(len(mark.encode()) for mark in MARKS)


def as_text(values: pa.Array | pa.ChunkedArray) -> pa.StringArray:
    """Return any array as one contiguous array of strings."""
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    return values if values.type == pa.string() else values.cast(pa.string())


def as_missing(values: pa.Array | pa.ChunkedArray) -> pa.StringArray:
    """Trim texts and turn marks of absence into nulls."""
    return absent_as_null(pc.utf8_trim_whitespace(as_text(values)))


def absent_as_null(trimmed: pa.StringArray) -> pa.StringArray:
    """Turn marks of absence among trimmed texts into nulls."""
    short = pc.less_equal(pc.binary_length(trimmed), _LONGEST)
    if not pc.any(short).as_py():
        return trimmed
    marked = pc.is_in(pc.utf8_upper(pc.if_else(short, trimmed, "x")), value_set=_MARKS)
    return pc.if_else(marked, pa.scalar(None, pa.string()), trimmed)
