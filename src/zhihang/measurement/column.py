# SPDX-License-Identifier: Apache-2.0
"""A column of figures: the values of one indicator in many places and periods, as arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhihang.measurement.figure import Figure, Working


class Column(NamedTuple):
    """Values (NaN where missing), statuses and notes by place and period."""

    value: NDArray[np.float64]
    status: NDArray[np.object_]
    note: NDArray[np.object_]

    @classmethod
    def of(cls, figures: Sequence[Sequence[Figure]], columns: int) -> Column:
        """Put figures side by side."""
        shape = len(figures), columns
        flat = [figure for row in figures for figure in row]
        values = np.array([np.nan if f.value is None else f.value for f in flat], np.float64)
        return cls(
            values.reshape(shape),
            texts([f.status for f in flat], shape),
            texts([f.note for f in flat], shape),
        )

    @classmethod
    def missing(cls, reason: str, shape: tuple[int, int]) -> Column:
        """Return figures without values, and why."""
        return cls(np.full(shape, np.nan), texts(["missing"], shape), texts([reason], shape))

    def figure(self, row: int, column: int, behind: Callable[[], Working] = Working) -> Figure:
        """Return one figure."""
        value = float(self.value[row, column])
        there = None if np.isnan(value) else value
        return Figure(there, self.status[row, column], self.note[row, column], behind)

    def rows(self, rows: Sequence[int]) -> Column:
        """Return some of the rows."""
        return Column(self.value[rows], self.status[rows], self.note[rows])

    def by_column(self) -> tuple[Sequence[float | None], Sequence[str], Sequence[str]]:
        """Return values, statuses and notes, one column after the other."""
        value = self.value.T.ravel()
        gone = np.isnan(value)
        values: Sequence[float | None] = value.tolist()
        if gone.any():
            values = [None if out else each for each, out in zip(values, gone.tolist(), strict=True)]
        return values, self.status.T.ravel().tolist(), self.note.T.ravel().tolist()

    def at(self, columns: Sequence[int]) -> Column:
        """Return some of the columns."""
        return Column(self.value[:, columns], self.status[:, columns], self.note[:, columns])

    def where(self, use: NDArray[np.bool_], other: Column) -> Column:
        """Return another's figures where `use` is true."""
        chosen = (np.where(use, b, a) for a, b in zip(self, other, strict=True))
        return Column(*chosen)


def beside(parts: Sequence[Column]) -> Column:
    """Put columns of figures side by side."""
    value, status, note = (np.concatenate(arrays, axis=1) for arrays in zip(*parts, strict=True))
    return Column(value, status, note)


def texts(found: Sequence[str], shape: tuple[int, int]) -> NDArray[np.object_]:
    """Return texts as an array; one for all, one for each column, or one for each cell."""
    array = np.empty(len(found), object)
    array[:] = found
    size = shape[0] * shape[1]
    return array.reshape(shape) if len(found) == size else np.broadcast_to(array, shape)


def told(say: Callable[..., str], *given: NDArray[Any]) -> NDArray[np.object_]:
    """Return what `say` makes of the texts of each cell; equal ones are made once."""
    known: dict[tuple[Any, ...], str] = {}
    found = []
    for key in zip(*(array.ravel().tolist() for array in given), strict=True):
        if key not in known:
            known[key] = say(*key)
        found.append(known[key])
    return texts(found, given[0].shape)
