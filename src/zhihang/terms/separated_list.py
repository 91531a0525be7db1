# SPDX-License-Identifier: Apache-2.0
"""Lists written into one cell: split, trimmed and numbered for whole columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.missing import as_missing as as_missing
from zhihang.terms.missing import as_text

#: Separators met in exports, the most telling first. Commas separate only when the caller says so.
SEPARATORS = (";;", ";", "；", "|", "\n", "、")
COMMAS = (",", "，")


@dataclass(frozen=True)
class Items:
    """The items of all lists of a column: row of the list (from 0), place in it (from 1), text."""

    row: pa.Int32Array
    sequence: pa.Int32Array
    value: pa.StringArray


def explode(lists: pa.StringArray | pa.ChunkedArray, separators: Sequence[str]) -> Items:
    """Split every list at any of the separators; blanks, `-` and `NA` are no items."""
    text = as_text(lists)
    if separators:
        pattern = "|".join(re.escape(separator) for separator in sorted(separators, key=len, reverse=True))
        parts = pc.split_pattern_regex(text, pattern)
    else:
        parts = pc.split_pattern(text, "\x00")
    row = pc.list_parent_indices(parts).cast(pa.int32())
    value = pc.utf8_trim_whitespace(pc.list_flatten(parts))
    kept = pc.invert(pc.is_in(value, value_set=pa.array(["", "-", "NA"])))
    row, value = row.filter(kept), value.filter(kept)
    return Items(row, _places(row), value)


def detect_separator(sample: pa.StringArray | pa.ChunkedArray, *, commas: bool = False) -> str | None:
    """Separator in use in a column: the one that most cells contain; None when no cell has any."""
    text = as_text(sample)
    counts = {
        separator: pc.sum(pc.match_substring(text, separator)).as_py() or 0
        for separator in (*SEPARATORS, *(COMMAS if commas else ()))
    }
    best = max(counts, key=lambda separator: counts[separator])
    return best if counts[best] else None


def _places(row: pa.Int32Array) -> pa.Int32Array:
    """Number the items of each row from 1; equal rows stand together."""
    rows = row.to_numpy(zero_copy_only=False)
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    lengths = np.diff(np.append(starts, len(rows)))
    return pa.array(np.arange(len(rows)) - np.repeat(starts, lengths) + 1, pa.int32())
