# SPDX-License-Identifier: Apache-2.0
"""Which Chinese words stand next to each other somewhere in the texts: a filter that may err only towards yes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

BITS_PER_APPLICATION = 128
"""Bits kept for each application; of short records, one pair in ten to fifty is taken for one that stands somewhere."""
FEWEST, MOST = 16, 29
"""Powers of two that bound the bits of the whole."""

_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
_FIRST, _SECOND, _MIXED = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93
_BITS = np.uint8(128) >> np.arange(8, dtype=np.uint8)
_APART = " \0 "


@dataclass(frozen=True)
class NotedPairs:
    """A Bloom filter that takes up pairs of neighbouring words: two slots for each pair, a byte for each slot."""

    slots: NDArray[np.bool_]

    @classmethod
    def for_applications(cls, count: int) -> NotedPairs:
        """Return an empty filter for about so many applications."""
        power = (max(count, 1) * BITS_PER_APPLICATION - 1).bit_length()
        return cls(np.zeros(1 << min(max(power, FEWEST), MOST), np.bool_))

    @classmethod
    def read(cls, path: Path) -> NotedPairs:
        """Return the filter kept in a file, to take up more."""
        return cls(np.unpackbits(np.fromfile(path, np.uint8)).view(np.bool_))

    def note(self, texts: Iterable[str]) -> None:
        """Take up the neighbours in texts that are divided by blanks."""
        codes = _codes(_APART.join(texts))
        for places in _places(_mixed(codes[:-1], codes[1:]), len(self.slots)):
            self.slots[places] = True

    def packed(self) -> WordPairs:
        """Return what was taken up, to be looked up."""
        return WordPairs(np.packbits(self.slots))


@dataclass(frozen=True)
class WordPairs:
    """The pairs that were taken up, a bit for each slot.

    >>> noted = NotedPairs.for_applications(10)
    >>> noted.note(["锂 电池 的 正极"])
    >>> noted.packed().neighbours(["锂", "的"], ["电池", "正极"]).tolist()
    [[True, False], [False, True]]
    """

    bits: NDArray[np.uint8]

    @classmethod
    def mapped(cls, path: Path) -> WordPairs:
        """Return the pairs kept in a file, which stay there."""
        return cls(np.memmap(path, np.uint8, "r"))

    def write(self, path: Path) -> None:
        """Keep the pairs in a file."""
        self.bits.tofile(path)

    def neighbours(self, firsts: Sequence[str], seconds: Sequence[str]) -> NDArray[np.bool_]:
        """Say for each of some words (a row each) and each of others whether the one may stand before the other."""
        if not firsts or not seconds:
            return np.zeros((len(firsts), len(seconds)), np.bool_)
        one, other = _codes(" ".join(firsts)), _codes(" ".join(seconds))
        return self._noted(_mixed(one[:, None], other[None, :]))

    def in_a_row(self, words: Sequence[str]) -> bool:
        """Say whether each of some words may stand before the next."""
        codes = _codes(" ".join(words))
        return bool(self._noted(_mixed(codes[:-1], codes[1:])).all())

    def _noted(self, mixed: NDArray[np.uint64]) -> NDArray[np.bool_]:
        here, there = (
            self.bits[places >> 3] & _BITS[places & 7] for places in _places(mixed, 8 * len(self.bits))
        )
        found: NDArray[np.bool_] = (here != 0) & (there != 0)
        return found


def _places(mixed: NDArray[np.uint64], slots: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the two slots of each pair."""
    mask = np.uint64(slots - 1)
    return (mixed & mask).view(np.int64), ((mixed >> np.uint64(32)) & mask).view(np.int64)


def _mixed(first: NDArray[np.uint64], second: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return a number for each pair, all of its bits moved by all bits of both."""
    mixed = first * np.uint64(_FIRST) + second * np.uint64(_SECOND)
    mixed ^= mixed >> np.uint64(32)
    mixed *= np.uint64(_MIXED)
    mixed ^= mixed >> np.uint64(29)
    return mixed


def _codes(text: str) -> NDArray[np.uint64]:
    """Return a number for each word of a text divided by blanks, the same wherever the word stands.

    The number of a word is the sum of its characters, each times a power of the base by its place in the word, modulo
    2^64. All are taken from one running sum.
    """
    signs = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
    blank = (signs == 32) | ((signs >= 9) & (signs <= 13))
    borders = np.flatnonzero(np.diff(np.concatenate(([1], blank.view(np.int8), [1]))))
    starts, ends = borders[::2], borders[1::2]
    powers, inverses = _powers(1 << max(len(signs) - 1, 0).bit_length())
    sums = np.zeros(len(signs) + 1, np.uint64)
    np.cumsum(signs * powers[: len(signs)], out=sums[1:])
    found: NDArray[np.uint64] = (sums[ends] - sums[starts]) * inverses[starts]
    return found


@cache
def _powers(count: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the powers of the base from 0 on, and of its inverse, modulo 2^64."""
    made = []
    for base in (_BASE, _INVERSE):
        factors = np.full(count, base, np.uint64)
        factors[:1] = 1
        made.append(np.cumprod(factors))
    return made[0], made[1]
