# SPDX-License-Identifier: Apache-2.0
"""Lists written into one cell: split, trimmed and numbered for whole columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.missing import absent_as_null, as_text

#: Separators met in exports. Where one contains another, the longer one stands first.
SEPARATORS = (";;", ";", "；", "|", "\n", "、")
#: Commas separate only where the caller says so: names and titles have commas of their own.
COMMAS = (",", "，")


@dataclass(frozen=True)
class Items:
    """The items of all lists of a column: row of the list (from 0), place in the list (from 1), text."""

    row: pa.Int32Array
    sequence: pa.Int32Array
    value: pa.StringArray

    def __len__(self) -> int:
        return len(self.row)


def explode(lists: pa.Array | pa.ChunkedArray, separators: Sequence[str]) -> Items:
    r"""Split each list at any of the separators; blanks and marks of absence (`-`, `NA`) are no items.

    >>> explode(pa.array(["a; b;;-", None, "c"]), [";"]).sequence.to_pylist()
    [1, 2, 1]
    """
    text = as_text(lists)
    parts = _split(text, separators)
    row = pc.list_parent_indices(parts).cast(pa.int32())
    value = absent_as_null(pc.utf8_trim_whitespace(pc.list_flatten(parts)))
    if value.null_count:
        kept = pc.is_valid(value)
        row, value = row.filter(kept), value.filter(kept)
    return Items(row, _places(row), value)


def detect_separator(sample: pa.Array | pa.ChunkedArray, *, commas: bool = False) -> str | None:
    """Separator in use in a column, the one that most cells contain; None where no cell contains any.

    Of separators as frequent as each other the longer one counts: a cell with `;;` contains `;` too.
    """
    text = as_text(sample)
    known = (*SEPARATORS, *(COMMAS if commas else ()))
    counts = {separator: pc.sum(pc.match_substring(text, separator)).as_py() or 0 for separator in known}
    best = max(known, key=lambda separator: (counts[separator], len(separator)))
    return best if counts[best] else None


def _split(text: pa.StringArray, separators: Sequence[str]) -> pa.ListArray:
    """Split at one separator by plain search; several are first made one."""
    longest_first = sorted(separators, key=len, reverse=True)
    if not longest_first:
        return pa.ListArray.from_arrays(pa.array(np.arange(len(text) + 1, dtype=np.int32)), text)
    first, *others = longest_first
    for other in others:
        if pc.any(pc.match_substring(text, other)).as_py():
            text = pc.replace_substring(text, other, first)
    return pc.split_pattern(text, pattern=first)


def _places(row: pa.Int32Array) -> pa.Int32Array:
    """Number the items of each row from 1; items of one row stand together."""
    rows = row.to_numpy(zero_copy_only=False)
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    lengths = np.diff(np.append(starts, len(rows)))
    return pa.array(np.arange(len(rows)) - np.repeat(starts, lengths) + 1, pa.int32())
