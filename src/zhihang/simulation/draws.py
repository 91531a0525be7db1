# SPDX-License-Identifier: Apache-2.0
"""Random draws that depend on the seed and on what they are for, never on the order or the size of the work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")
_BLOCK = 4096


@dataclass(frozen=True)
class Draws:
    """The source of all chance in one simulation.

    Every purpose has a stream of its own, named by words and numbers. A position in a stream can be reached
    without drawing what comes before it, so rows 1,000 to 2,000 get the same values alone or with all others.

    Examples
    --------
    >>> draws = Draws(seed=1)
    >>> alone = draws.uniform("title", 2015, first=1000, count=5)
    >>> bool((draws.uniform("title", 2015, first=0, count=1005)[1000:] == alone).all())
    True
    """

    seed: int

    def generator(self, *purpose: str | int) -> np.random.Generator:
        """Return the generator at the start of a stream."""
        return np.random.Generator(self._bits(purpose))

    def dice(self, *purpose: str | int) -> Dice:
        """Return dice for choices made one at a time."""
        return Dice(_numbers(self.generator(*purpose)))

    def uniform(self, *purpose: str | int, first: int, count: int) -> NDArray[np.float64]:
        """Return `count` numbers from 0 to below 1, from position `first` of a stream."""
        bits = self._bits(purpose)
        bits.advance(first)
        return np.random.Generator(bits).random(count)

    def _bits(self, purpose: tuple[str | int, ...]) -> np.random.PCG64:
        key = tuple(crc32(part.encode()) if isinstance(part, str) else part for part in purpose)
        return np.random.PCG64(np.random.SeedSequence(self.seed, spawn_key=key))


@dataclass(frozen=True)
class Dice:
    """Chance for choices made one at a time, where whole arrays do not fit."""

    numbers: Iterator[float]

    def chance(self) -> float:
        """Return a number from 0 to below 1."""
        return next(self.numbers)

    def below(self, limit: int) -> int:
        """Return a whole number from 0 to below a limit."""
        return int(next(self.numbers) * limit)

    def one(self, choices: Sequence[T]) -> T:
        """Return one of several things."""
        return choices[int(next(self.numbers) * len(choices))]

    def some(self, choices: Sequence[T], count: int, *, in_order: bool = False) -> list[T]:
        """Return several different things, in the order given or in any."""
        ranked = sorted(range(len(choices)), key=[next(self.numbers) for _ in choices].__getitem__)[:count]
        return [choices[place] for place in (sorted(ranked) if in_order else ranked)]


def _numbers(random: np.random.Generator) -> Iterator[float]:
    while True:
        yield from random.random(_BLOCK).tolist()
