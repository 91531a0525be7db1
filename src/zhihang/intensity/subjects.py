# SPDX-License-Identifier: Apache-2.0
"""The subjects of an identification as arrays: one place each, NaN where a value is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
T = TypeVar("T")


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
    recognised
        For firms: titles that lists with validity speak of, and whether each is held on the day. They go before what
        the register says.
    listed
        Titles there are such lists of: who is on none does not hold them, unless the register says so.
    remarks
        What must be told.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    measures: Mapping[str, Values]
    industries: tuple[str | None, ...]
    titles: tuple[frozenset[str] | None, ...] = ()
    recognised: tuple[Mapping[str, bool], ...] = ()
    listed: frozenset[str] = frozenset()
    remarks: tuple[Remark, ...] = field(default=())

    def __len__(self) -> int:
        return len(self.ids)

    def holds_any(self, wanted: frozenset[str]) -> NDArray[np.int8]:
        """State of holding one of some titles: 1 yes, 0 no, -1 not known."""
        listed, titles = wanted <= self.listed, self.titles or (None,) * len(self)
        if not self.recognised:
            known = {told: _holds(wanted, told, {}, listed) for told in set(titles)}
            return np.array([known[told] for told in titles], np.int8)
        pairs = zip(titles, self.recognised, strict=True)
        return np.array([_holds(wanted, told, lists, listed) for told, lists in pairs], np.int8)

    def measure(self, name: str) -> Values:
        """Return the values of a measure; NaN throughout where nothing is known of it."""
        found = self.measures.get(name)
        return np.full(len(self), np.nan) if found is None else found

    def only(self, places: NDArray[np.intp]) -> Subjects:
        """Return some of the subjects."""
        chosen = places.tolist()

        def some(held: tuple[T, ...]) -> tuple[T, ...]:
            return tuple(map(held.__getitem__, chosen)) if held else held

        measures = {name: values[..., places] for name, values in self.measures.items()}
        return Subjects(
            some(self.ids), some(self.names), measures, some(self.industries), some(self.titles),
            some(self.recognised), self.listed, self.remarks,
        )  # fmt: skip

    def with_measures(self, more: Mapping[str, Values]) -> Subjects:
        """Return the same subjects with other or further measures."""
        return replace(self, measures={**self.measures, **more})


def _holds(
    wanted: frozenset[str], told: frozenset[str] | None, known: Mapping[str, bool], listed: bool
) -> int:
    if any(known.get(title, False) for title in wanted):
        return 1
    if told is not None and (told & wanted) - known.keys():
        return 1
    return 0 if told is not None or listed or wanted <= known.keys() else -1


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
