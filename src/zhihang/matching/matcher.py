# SPDX-License-Identifier: Apache-2.0
"""What a matcher is: one respect in which a new record may concern a reader, and how much that weighs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from zhihang.matching.interest import Interest
from zhihang.matching.pairing import Pairing
from zhihang.shelf import Shelf
from zhihang.terms.label import Label

Pair: TypeAlias = Callable[[Interest], Pairing]


@dataclass(frozen=True)
class Matcher:
    """One respect.

    Parameters
    ----------
    name, label, description
        Name (that of its file), what the reader sees before the reason, one sentence on it.
    weight
        What a score of 1 adds to the whole.
    pair
        Puts readers and records over the same features.
    order
        Place among the reasons.
    """

    name: str
    label: Label
    description: str
    weight: float
    pair: Pair
    order: int = 50


def matcher(*, label: Label, weight: float, order: int = 50) -> Callable[[Pair], Matcher]:
    """Turn a function of `Interest` into the matcher of that name; its docstring is the description."""

    def make(pair: Pair) -> Matcher:
        return Matcher(
            pair.__name__, label, (pair.__doc__ or "").strip().splitlines()[0], weight, pair, order
        )

    return make


def matchers(folders: Sequence[Path] = ()) -> Shelf[Matcher]:
    """Return the shelf of matchers; `folders` are a workspace's own, looked at first."""
    return Shelf("matcher", Matcher, "zhihang.matching.matchers", tuple(folders))
