# SPDX-License-Identifier: Apache-2.0
"""The ways a number is written: patterns tried in order on whole arrays, each row read by the first that fits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Parts = dict[str, pa.Array]


@dataclass(frozen=True)
class Spelling:
    """One way of writing something.

    Parameters
    ----------
    pattern
        Regular expression (RE2) with named groups, for the whole text.
    read
        Makes the columns wanted out of the captured groups, one array each. Rows where its column `refused` is
        true are left to the spellings that follow.
    """

    pattern: str
    read: Callable[[Parts], Parts]


class Pile:
    """Texts to be read, and what has been read of them so far.

    Parameters
    ----------
    text
        The texts; nulls are never read.
    schema
        The columns that readings give.
    told
        What is known of each text beside the text itself; handed to the spellings with the captured groups.
    """

    def __init__(
        self, text: pa.StringArray, schema: pa.Schema, told: Mapping[str, pa.Array] | None = None
    ) -> None:
        self._text = text
        self._schema = schema
        self._told = dict(told or {})
        self._unread: NDArray[np.bool_] = _as_mask(pc.is_valid(text))
        self._rows: list[NDArray[np.int64]] = []
        self._tables: list[pa.Table] = []

    def read(self, spellings: Sequence[Spelling], among: pa.BooleanArray | None = None) -> None:
        """Read the rows not yet read, or those of them that `among` selects."""
        wanted = self._unread if among is None else self._unread & _as_mask(pc.fill_null(among, False))
        rows = np.flatnonzero(wanted)
        for spelling in spellings:
            if not len(rows):
                return
            taken = self._read_one(spelling, rows)
            rows = rows[~taken]

    def _read_one(self, spelling: Spelling, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Read the rows that one spelling fits; return which of them it read."""
        found = pc.extract_regex(_taken(self._text, rows), pattern=spelling.pattern)
        fits = _as_mask(pc.is_valid(found))
        if not fits.any():
            return fits
        if not fits.all():
            found = found.filter(pa.array(fits))
        told = {name: _taken(values, rows[fits]) for name, values in self._told.items()}
        columns = spelling.read({**told, **{field.name: found.field(field.name) for field in found.type}})
        refused = columns.pop("refused", None)
        table = _table(columns, self._schema, len(found))
        if refused is not None:
            accepted = ~_as_mask(pc.fill_null(refused, True))
            table = table.filter(pa.array(accepted))
            fits[np.flatnonzero(fits)[~accepted]] = False
        self._unread[rows[fits]] = False
        self._rows.append(rows[fits])
        self._tables.append(table)
        return fits

    @property
    def unread(self) -> pa.BooleanArray:
        """Which texts have not been read."""
        return pa.array(self._unread)

    def table(self) -> pa.Table:
        """What was read, one row per text in the order of the texts; all columns null where nothing was."""
        read = np.concatenate(self._rows) if self._rows else np.empty(0, np.int64)
        if len(self._tables) == 1 and len(read) == len(self._text):
            return self._tables[0]
        place = np.full(len(self._text), -1, np.int64)
        place[read] = np.arange(len(read))
        tables = pa.concat_tables(self._tables) if self._tables else self._schema.empty_table()
        return tables.take(pa.array(place, mask=place < 0)).combine_chunks()


def without_unstable(
    found: pa.Table,
    key: pa.StringArray,
    among: pa.BooleanArray,
    read_again: Callable[[pa.StringArray], pa.StringArray],
) -> pa.Table:
    """Take back readings, of the rows of `among`, whose key would be read as another key.

    Numbers that fit no spelling of their office are taken as they stand. Once cleaned, some of them look like a
    spelling that says something else; what they mean is not certain, so they are not read at all.
    """
    rows = pc.indices_nonzero(pc.and_(among, pc.is_valid(key)))
    if not len(rows):
        return found
    keys = key.take(rows)
    unstable = pc.invert(pc.fill_null(pc.equal(read_again(keys), keys), False))
    if not pc.any(unstable).as_py():
        return found
    place = np.arange(len(key))
    place[rows.filter(unstable).to_numpy()] = -1
    return found.take(pa.array(place, mask=place < 0)).combine_chunks()


def _as_mask(values: pa.BooleanArray) -> NDArray[np.bool_]:
    return np.asarray(values.to_numpy(zero_copy_only=False), bool).copy()


def _taken(values: pa.Array, rows: NDArray[np.int64]) -> pa.Array:
    return values if len(rows) == len(values) else values.take(pa.array(rows))


def _table(columns: Parts, schema: pa.Schema, length: int) -> pa.Table:
    arrays = [
        columns[field.name].cast(field.type) if field.name in columns else pa.nulls(length, field.type)
        for field in schema
    ]
    return pa.table(arrays, schema=schema)
