# SPDX-License-Identifier: Apache-2.0
"""Linking strings: neighbours at one edit's distance, connected groups, and how right a grouping is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_BASE = np.uint64(0x9E3779B97F4A7C15)
_ROWS = 200_000


class Groups:
    """Things joined into groups, two at a time (union-find); the smallest number of a group stands for it."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def find(self, thing: int) -> int:
        """Return the number that stands for the group of a thing."""
        parent = self._parent
        root = thing
        while parent[root] != root:
            root = parent[root]
        while parent[thing] != root:
            parent[thing], thing = root, parent[thing]
        return root

    def join(self, one: int, other: int) -> bool:
        """Join the groups of two things; False where they were in one group before."""
        first, second = self.find(one), self.find(other)
        if first == second:
            return False
        self._parent[max(first, second)] = min(first, second)
        return True

    def labels(self) -> NDArray[np.int64]:
        """Return for each thing the number that stands for its group."""
        return np.fromiter((self.find(n) for n in range(len(self._parent))), np.int64, len(self._parent))


def one_edit_apart(
    texts: Sequence[str], *, longest: int = 60, largest: int = 50
) -> Iterator[tuple[int, int]]:
    """Pairs of texts that differ by one character changed, left out or added, as numbers of both.

    Each text is hashed whole and with each character left out in turn; neighbours share a hash. That takes time in
    proportion to the characters, not to pairs. In groups with more than `largest` members each is paired with the
    first only, so that thousands of spellings of one name stay cheap: put the likeliest spelling first.

    >>> sorted(set(one_edit_apart(["siemens ag", "siemems ag", "siemen ag", "simens co"])))
    [(0, 1), (0, 2)]
    """
    order = [number for number, text in enumerate(texts) if 1 < len(text) <= longest]
    if len(order) < 2:
        return
    hashes, owners = _deletions([texts[n] for n in order], longest)
    sorting = np.argsort(hashes, kind="stable")
    hashes = hashes[sorting]
    starts = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]]))
    sizes = np.diff(np.append(starts, len(hashes)))
    for start, size in zip(starts[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
        numbers = sorted({order[int(owners[m])] for m in sorting[start : start + size]})
        for at, one in enumerate(numbers[: 1 if size > largest else -1]):
            for other in numbers[at + 1 :]:
                if is_one_edit(texts[one], texts[other]):
                    yield one, other


def is_one_edit(one: str, other: str) -> bool:
    """Whether two texts differ by exactly one character changed, left out or added.

    >>> is_one_edit("bosch", "bosh"), is_one_edit("bosch", "bosch"), is_one_edit("bosch", "boshc")
    (True, False, False)
    """
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1 or one == other:
        return False
    place = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    return one[place + (len(one) == len(other)) :] == other[place + 1 :]


def _deletions(texts: Sequence[str], longest: int) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Hash each text, whole and with each of its characters left out."""
    powers = np.full(longest + 1, _BASE, dtype=np.uint64)
    powers[0] = 1
    powers = np.cumprod(powers, dtype=np.uint64)
    inverse = np.uint64(pow(int(_BASE), -1, 1 << 64))
    hashes, owners = [], []
    for start in range(0, len(texts), _ROWS):
        block = np.array(texts[start : start + _ROWS], dtype=f"<U{longest}")
        codes = block.view(np.uint32).reshape(len(block), -1).astype(np.uint64)
        sums = np.cumsum(codes * powers[: codes.shape[1]], axis=1, dtype=np.uint64)
        total = sums[:, -1]
        rows, columns = np.nonzero(codes)
        before = np.where(columns > 0, sums[rows, np.maximum(columns - 1, 0)], np.uint64(0))
        hashes += [total, before + (total[rows] - sums[rows, columns]) * inverse]
        owners += [np.arange(start, start + len(block), dtype=np.int32), (rows + start).astype(np.int32)]
    return np.concatenate(hashes), np.concatenate(owners)


@dataclass(frozen=True)
class Agreement:
    """How a grouping agrees with the true one, counted in pairs of things (shares, 0 to 1)."""

    found: int
    true: int
    right: int

    @property
    def precision(self) -> float:
        """Share of the pairs put together that belong together; 1 where none was put together."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the pairs that belong together that were put together; 1 where none belongs together."""
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def agreement(found: Sequence[object], true: Sequence[object]) -> Agreement:
    """Compare two groupings of the same things, given as one label for each thing.

    >>> agreement(["a", "a", "b", "b"], [1, 1, 1, 2])
    Agreement(found=2, true=3, right=1)
    """
    first, second = _numbered(found), _numbered(true)
    both = first * (int(second.max(initial=0)) + 1) + second
    return Agreement(*(_pairs(labels) for labels in (first, second, both)))


def _numbered(labels: Sequence[object]) -> NDArray[np.int64]:
    numbers: dict[object, int] = {}
    return np.fromiter((numbers.setdefault(label, len(numbers)) for label in labels), np.int64, len(labels))


def _pairs(labels: NDArray[np.int64]) -> int:
    _, sizes = np.unique(labels, return_counts=True)
    return int((sizes * (sizes - 1) // 2).sum())
