# SPDX-License-Identifier: Apache-2.0
"""A figure: one value with what it rests on and how sure it is; missing ones say why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

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


@dataclass(frozen=True)
class Figure:
    """A value in the unit of its indicator, or None with the reason in `note`.

    `status` is a code of list `observation_status`. `formula` is the arithmetic with the numbers filled in, `sources`
    the observations it rests on, and `others` further observations for the same place and period that were not used.
    """

    value: float | None
    status: str
    note: str = ""
    formula: str = ""
    sources: Sequence[Any] = field(default=())
    others: Sequence[Any] = field(default=())

    @classmethod
    def missing(cls, reason: str) -> Figure:
        """Return a figure without a value, and why."""
        return cls(None, "missing", reason)


def weakest(figures: Sequence[Figure]) -> str:
    """Return the status of a figure made of others.

    >>> weakest([Figure(1, "computed"), Figure(2, "estimated")])
    'estimated'
    """
    ranked = [(ORDER.index(f.status) if f.status in ORDER else len(ORDER), f.status) for f in figures]
    return min(ranked)[1]


def notes(figures: Sequence[Figure]) -> str:
    """Return the remarks of figures, each once."""
    return "; ".join(dict.fromkeys(figure.note for figure in figures if figure.note))
