# SPDX-License-Identifier: Apache-2.0
"""The ways a number is written: patterns tried in order on whole arrays, each row read by the first that fits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Parts = dict[str, pa.StringArray]


@dataclass(frozen=True)
class Spelling:
    """One way of writing something.

    Parameters
    ----------
    pattern
        Regular expression (RE2) with named groups, matching the whole text.
    read
        Turns the captured groups, one array each, into the columns wanted. Rows whose `refused` column is
        true are left to the spellings that follow.
    """

    pattern: str
    read: Callable[[Parts], Parts]


def read_spellings(text: pa.StringArray, spellings: Sequence[Spelling], schema: pa.Schema) -> pa.Table:
    """Read each text by the first spelling that fits; rows that none fits are null in all columns.

    Returns
    -------
    A table with the columns of `schema`, one row per text, in the order of the texts.
    """
    pieces = list(_pieces(text, spellings, schema))
    if len(pieces) == 1:
        return pieces[0][1]
    rows = np.concatenate([rows for rows, _ in pieces]) if pieces else np.empty(0, np.int64)
    table = pa.concat_tables([piece for _, piece in pieces]) if pieces else schema.empty_table()
    return table.take(pa.array(np.argsort(rows, kind="stable"))).combine_chunks()


def _pieces(
    text: pa.StringArray, spellings: Sequence[Spelling], schema: pa.Schema
) -> Iterator[tuple[np.ndarray[tuple[int], np.dtype[np.int64]], pa.Table]]:
    rows = np.arange(len(text), dtype=np.int64)
    for spelling in spellings:
        if not len(text):
            break
        found = pc.extract_regex(text, pattern=spelling.pattern)
        fits = pc.is_valid(found).to_numpy(zero_copy_only=False)
        if not fits.any():
            continue
        every = bool(fits.all())
        matched = found if every else found.filter(pa.array(fits))
        columns = spelling.read({field.name: matched.field(field.name) for field in matched.type})
        taken = np.ones(len(matched), bool)
        if "refused" in columns:
            taken = ~columns.pop("refused").to_numpy(zero_copy_only=False)
        piece = _table(columns, schema, len(matched))
        matched_rows = rows if every else rows[fits]
        if taken.any():
            all_taken = bool(taken.all())
            yield matched_rows[taken], piece if all_taken else piece.filter(pa.array(taken))
        left = np.ones(len(text), bool)
        left[np.flatnonzero(fits)[taken]] = False
        rows, text = rows[left], text.filter(pa.array(left))
    if len(text):
        yield rows, _table({}, schema, len(text))


def _table(columns: Parts, schema: pa.Schema, length: int) -> pa.Table:
    return pa.table(
        [
            columns[field.name].cast(field.type) if field.name in columns else pa.nulls(length, field.type)
            for field in schema
        ],
        schema=schema,
    )
