# SPDX-License-Identifier: Apache-2.0
"""All claims of a patent written into one cell, told apart by their numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Mask: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.bool_]]"

_BREAK = "\x1f"
_BEGIN = r"(^|[\n\r|。；;.])\s*(\d{1,3}\s*[.．、:：]\s*[^\d\s])"
_NUMBERED = r"^(?P<number>\d{1,3})\s*[.．、:：]\s*(?P<text>(?s:.)+)$"


@dataclass(frozen=True)
class Claims:
    """Claims: the row of the cell each comes from, its number and text."""

    row: pa.Int32Array
    number: pa.StringArray
    text: pa.StringArray


def split_claims(cells: pa.StringArray) -> Claims:
    """Split cells that hold all claims. Where the numbers do not run 1, 2, 3 the cell is kept as one claim.

    Examples
    --------
    >>> claims = split_claims(pa.array(["1. A box. 2. The box of claim 1, red."]))
    >>> claims.text.to_pylist()
    ['A box.', 'The box of claim 1, red.']
    """
    parts = pc.split_pattern(pc.replace_substring_regex(cells, _BEGIN, rf"\1{_BREAK}\2"), _BREAK)
    row = pc.list_parent_indices(parts).cast(pa.int32())
    text = pc.utf8_trim_whitespace(pc.list_flatten(parts))
    filled = pc.not_equal(text, "")
    row, text = row.filter(filled), text.filter(filled)
    found = pc.extract_regex(text, _NUMBERED)
    number = pc.struct_field(found, "number")
    running = _running(row, number, len(cells))
    whole = pc.and_(pc.is_valid(cells), pa.array(~running))
    kept = pa.array(running).take(row)
    return Claims(
        pa.concat_arrays([row.filter(kept), _rows_of(whole)]),
        pa.concat_arrays([number.filter(kept), pa.nulls(pc.sum(whole).as_py() or 0, pa.string())]),
        pa.concat_arrays([pc.struct_field(found, "text").filter(kept), cells.filter(whole)]),
    )


def _running(row: pa.Int32Array, number: pa.StringArray, count: int) -> Mask:
    """For each cell, whether its claims are numbered 1, 2, 3 without gap."""
    rows = row.to_numpy(zero_copy_only=False)
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    place = np.arange(len(rows)) - np.repeat(starts, np.diff(np.append(starts, len(rows)))) + 1
    stated = pc.fill_null(pc.cast(number, pa.int64()), 0).to_numpy(zero_copy_only=False)
    wrong = np.bincount(rows, weights=stated != place, minlength=count)
    running: Mask = wrong == 0
    return running


def _rows_of(mask: pa.BooleanArray) -> pa.Int32Array:
    return pa.array(np.flatnonzero(mask.to_numpy(zero_copy_only=False)).astype(np.int32))
