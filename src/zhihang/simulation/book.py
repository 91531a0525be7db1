# SPDX-License-Identifier: Apache-2.0
"""A book of texts: rows carry positions in it, and the texts are looked up when they are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Positions = NDArray[np.int32]


@dataclass(frozen=True)
class Book:
    """Texts by position; position 0 is always blank, so a blank cell is a position like any other."""

    texts: pa.Array

    @classmethod
    def of(cls, texts: Iterable[str]) -> Book:
        """Make a book; the first text given stands at position 1."""
        return cls(pa.array(["", *texts], pa.string()))

    @classmethod
    def of_cells(cls, rows: Iterable[Sequence[str]], *, width: int) -> Book:
        """Make a book of several cells side by side, joined with commas; its position 0 is as many blank cells."""
        return cls(pa.array(["," * (width - 1), *(",".join(row) for row in rows)], pa.string()))

    def look_up(self, positions: NDArray[np.integer] | NDArray[np.bool_]) -> pa.Array:
        """Return the text of each position; true stands for 1 and false for 0."""
        return self.texts.take(pa.array(positions.astype(np.int32, copy=False)))

    def cells(self, positions: NDArray[np.integer] | NDArray[np.bool_]) -> pa.Array:
        """Return the text of each position with a comma after it, as a whole cell of a line."""
        return self._closed.take(pa.array(positions.astype(np.int32, copy=False)))

    @cached_property
    def _closed(self) -> pa.Array:
        return pc.binary_join_element_wise(self.texts, ",", "")

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, position: int) -> str:
        return str(self.texts[position].as_py())


@dataclass(frozen=True)
class Ranges:
    """Consecutive positions that belong to consecutive owners: owner k has `counts[k]` of them from `starts[k]`."""

    starts: NDArray[np.int64]
    counts: NDArray[np.int64]

    @classmethod
    def of(cls, counts: Iterable[int], *, first: int = 1) -> Ranges:
        """Lay out ranges one after another, from position `first`."""
        sizes = np.fromiter(counts, np.int64)
        return cls(first + np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64), sizes)

    def pick(self, owner: NDArray[np.integer], chance: NDArray[np.float64]) -> Positions:
        """Return a position of each owner; a chance from 0 to below 1 runs through its range."""
        size = self.counts[owner]
        inside = np.minimum((chance * size).astype(np.int64), np.maximum(size - 1, 0))
        return np.where(size > 0, self.starts[owner] + inside, 0).astype(np.int32)
