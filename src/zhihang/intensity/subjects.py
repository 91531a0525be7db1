# SPDX-License-Identifier: Apache-2.0
"""The subjects of an identification as arrays: one place each, NaN where a value is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Remark:
    """Something a reader of the result must know: what it is about, and what."""

    subject: str
    text: str


@dataclass(frozen=True)
class Subjects:
    """What is compared.

    Parameters
    ----------
    ids, names
        Code or identifier of each, and its name.
    measures
        Values by measure; NaN where not known, flags as 1 and 0.
    industries
        Industry code of each, for membership of lists.
    titles
        Titles of each, for firms; None where the register says nothing.
    remarks
        What must be told.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    measures: Mapping[str, Values]
    industries: tuple[str | None, ...]
    titles: tuple[frozenset[str] | None, ...] = ()
    remarks: tuple[Remark, ...] = field(default=())

    def __len__(self) -> int:
        return len(self.ids)

    def measure(self, name: str) -> Values:
        """Return the values of a measure; NaN throughout where nothing is known of it."""
        found = self.measures.get(name)
        return np.full(len(self), np.nan) if found is None else found

    def with_measures(self, more: Mapping[str, Values]) -> Subjects:
        """Return the same subjects with other or further measures."""
        return replace(self, measures={**self.measures, **more})


def ratio(above: Values, below: Values, per: float = 1.0) -> Values:
    """Quotient of two arrays times `per`; NaN where the lower one is 0 or either is not known.

    >>> ratio(np.array([1.0, 1.0]), np.array([4.0, 0.0])).tolist()
    [0.25, nan]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        found = above / below * per
    return np.where((below > 0) & np.isfinite(found), found, np.nan)


def texts(values: Sequence[object]) -> tuple[str, ...]:
    """Return values as texts, blank for None."""
    return tuple("" if value is None else str(value) for value in values)
