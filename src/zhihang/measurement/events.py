# SPDX-License-Identifier: Apache-2.0
"""Counted rows as arrays: how many were counted where, when and under which conditions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from zhihang.measurement.grid import When

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Dims: TypeAlias = tuple[str | None, ...]
NOTHING = 1e-9
"""Parts of patents that differ by less are equal."""


@dataclass(frozen=True)
class Lines:
    """Places, by their number, and values of dimensions that occur together."""

    place: Ints
    dims: Sequence[NDArray[np.object_]]

    def __len__(self) -> int:
        return len(self.place)

    def dims_of(self, line: int) -> Dims:
        """Return the values of the dimensions of a line."""
        return tuple(column[line] for column in self.dims)

    @cached_property
    def number(self) -> Mapping[tuple[int, Dims], int]:
        """Number of the line of a place and values of dimensions."""
        columns = (self.place.tolist(), *(column.tolist() for column in self.dims))
        keys = ((place, tuple(dims)) for place, *dims in zip(*columns, strict=True))
        return {key: line for line, key in enumerate(keys)}


@dataclass(frozen=True)
class Counted:
    """What an indicator counts: a row of values for each line, a column for each period or day."""

    lines: Lines
    when: Sequence[When]
    values: Floats

    @cached_property
    def column(self) -> Mapping[When, int]:
        """Number of the column of a period or day."""
        return {when: number for number, when in enumerate(self.when)}

    def at(self, keys: Sequence[tuple[int, Dims]], when: Sequence[When]) -> Floats:
        """Return the values of lines and times, 0 for those that do not occur."""
        number, column = self.lines.number, self.column
        rows = np.array([number.get(key, -1) for key in keys], np.int64)
        columns = np.array([column.get(each, -1) for each in when], np.int64)
        found = np.zeros((len(rows), len(columns)))
        known, there = np.flatnonzero(rows >= 0), np.flatnonzero(columns >= 0)
        found[np.ix_(known, there)] = self.values[np.ix_(rows[known], columns[there])]
        return found

    def only(self, when: Sequence[When]) -> Counted:
        """Return some of the periods."""
        if list(when) == list(self.when):
            return self
        return Counted(self.lines, when, self.values[:, [self.column[each] for each in when]])

    @cached_property
    def occurring(self) -> Mapping[int, Sequence[Dims]]:
        """Return the values of dimensions that occur in each place."""
        found: dict[int, list[Dims]] = {}
        for line in np.flatnonzero(self.values.any(axis=1)).tolist():
            found.setdefault(int(self.lines.place[line]), []).append(self.lines.dims_of(line))
        return found


@dataclass(frozen=True)
class Events:
    """Groups of rows that entered or left what is counted, `n` rows each: in which line and step, of which thing.

    `fits` says for each group and question whether its rows fulfil the conditions. `dated` of them have a filing date,
    and lie `days` before 1970, added up.
    """

    lines: Lines
    line: Ints
    step: Ints
    thing: Ints
    fits: Sequence[NDArray[np.bool_]]
    n: Floats
    dated: Floats
    days: Floats

    def summed(self, weight: Floats, steps: int) -> Floats:
        """Add a weight of the groups up by line and step."""
        cells = np.bincount(self.line * steps + self.step, weights=weight, minlength=len(self.lines) * steps)
        return cells.reshape(len(self.lines), steps).astype(np.float64, copy=False)


def numbered(columns: Sequence[pa.ChunkedArray], count: int) -> tuple[Ints, list[NDArray[np.object_]]]:
    """Number the combinations of values in columns of a length; return that of each row, and the values of each."""
    combined = np.zeros(count, np.int64)
    known: list[NDArray[np.object_]] = []
    for column in columns:
        whole = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
        encoded = pc.dictionary_encode(whole, null_encoding="encode")
        values = np.array([*encoded.dictionary.to_pylist(), None], dtype=object)[:-1]
        known.append(values)
        combined = combined * max(1, len(values)) + encoded.indices.to_numpy(zero_copy_only=False).astype(
            np.int64
        )
    codes, number = np.unique(combined, return_inverse=True)
    found: list[NDArray[np.object_]] = []
    for values in reversed(known):
        codes, place = np.divmod(codes, max(1, len(values)))
        found.append(values[place])
    return number.reshape(-1).astype(np.int64), found[::-1]
