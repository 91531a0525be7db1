# SPDX-License-Identifier: Apache-2.0
"""A figure: one value with what it rests on and how sure it is; missing ones say why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

ORDER = (
    "missing",
    "simulated",
    "incomplete",
    "estimated",
    "preliminary",
    "derived",
    "as_restated",
    "published",
    "computed",
)
"""A figure made of several is as sure as the least sure of them; this list begins with that."""


class Working(NamedTuple):
    """How a figure came about.

    `formula` is the arithmetic with the numbers filled in, `sources` the observations or figures it rests on, `others`
    further observations for the same place and period that were not used.
    """

    formula: str = ""
    sources: Sequence[Any] = ()
    others: Sequence[Any] = ()


class Figure(NamedTuple):
    """A value in the unit of its indicator, or None with the reason in `note`.

    `status` is a code of list `observation_status`. `behind` works out how the figure came about, for whoever asks.
    """

    value: float | None
    status: str
    note: str = ""
    behind: Callable[[], Working] = Working

    @classmethod
    def missing(cls, reason: str) -> Figure:
        """Return a figure without a value, and why."""
        return cls(None, "missing", reason)

    @property
    def formula(self) -> str:
        """The arithmetic with the numbers filled in."""
        return self.behind().formula

    @property
    def sources(self) -> Sequence[Any]:
        """Observations or figures it rests on."""
        return self.behind().sources

    @property
    def others(self) -> Sequence[Any]:
        """Further observations for the same place and period, that were not used."""
        return self.behind().others


def weakest(statuses: Iterable[str]) -> str:
    """Return the status of a figure made of others.

    >>> weakest(["computed", "estimated"])
    'estimated'
    """
    return min(statuses, key=lambda status: (ORDER.index(status) if status in ORDER else len(ORDER), status))


def joined(notes: Iterable[str]) -> str:
    """Return remarks, each once."""
    return "; ".join(dict.fromkeys(note for note in notes if note))
