# SPDX-License-Identifier: Apache-2.0
"""Putting things together by what they share: pairs through an inverted index, what a pair has in common, the best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.int64]
Weights: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class Incidence:
    """Which things have which keys, ordered by thing and key, each pair once.

    `things` and `keys` are parallel; the keys of thing `t` stand from `starts[t]` to `starts[t + 1]`.
    """

    things: Numbers
    keys: Numbers
    starts: Numbers
    width: int

    @classmethod
    def of(cls, things: Numbers, keys: Numbers, count: int, width: int) -> Incidence:
        """Order pairs of thing (below `count`) and key (below `width`), leaving out what occurs twice."""
        both = distinct(things.astype(np.int64) * width + keys)
        ordered = both // width
        starts = np.concatenate([[0], np.cumsum(np.bincount(ordered, minlength=count))])
        return cls(ordered, both - ordered * width, starts, width)

    def degree(self, things: Numbers) -> Numbers:
        """Return how many keys each of some things has."""
        found: Numbers = self.starts[things + 1] - self.starts[things]
        return found

    def expand(self, things: Numbers) -> tuple[Numbers, Numbers]:
        """Return for each of some things its keys: position in `things`, key."""
        degrees = self.degree(things)
        rows = np.repeat(np.arange(len(things)), degrees)
        places = np.arange(len(rows)) - np.repeat(np.cumsum(degrees) - degrees, degrees)
        return rows, self.keys[np.repeat(self.starts[things], degrees) + places]

    def has(self, things: Numbers, keys: Numbers) -> NDArray[np.bool_]:
        """Say for each thing whether it has the key beside it."""
        both = self._both
        wanted = things * self.width + keys
        places = np.minimum(np.searchsorted(both, wanted), max(len(both) - 1, 0))
        return both[places] == wanted if len(both) else np.zeros(len(wanted), bool)

    @cached_property
    def _both(self) -> Numbers:
        """Thing and key as one number, in order."""
        return self.things * self.width + self.keys

    def shared(self, one: Numbers, other: Numbers) -> tuple[Numbers, Numbers]:
        """Return the keys that pairs of things have in common: number of the pair, key."""
        swap = self.degree(one) > self.degree(other)
        few, many = np.where(swap, other, one), np.where(swap, one, other)
        rows, keys = self.expand(few)
        held = self.has(many[rows], keys)
        return rows[held], keys[held]


def sharing_pairs(
    things: Numbers, keys: Numbers, *, largest: int = 40, near: int = 4
) -> tuple[Numbers, Numbers]:
    """Return pairs of things with a key in common, each once, the smaller number first.

    Under a key that more than `largest` things have, each is paired with the `near` next ones in order only, so that
    the pairs stay in proportion to the things.

    >>> one, other = sharing_pairs(np.array([0, 1, 2, 2]), np.array([7, 7, 7, 9]))
    >>> list(zip(one.tolist(), other.tolist()))
    [(0, 1), (0, 2), (1, 2)]
    """
    order = np.lexsort((things, keys))
    things, keys = things[order], keys[order]
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else keys
    sizes = np.diff(np.append(starts, len(keys)))
    left = np.repeat(sizes, sizes) - 1 - (np.arange(len(keys)) - np.repeat(starts, sizes))
    reach = np.where(np.repeat(sizes, sizes) > largest, np.minimum(left, near), left)
    first = np.repeat(np.arange(len(keys)), reach)
    second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(reach) - reach, reach)
    one, other = things[first], things[second]
    apart = one != other
    return distinct_pairs([(one[apart], other[apart])])


def distinct(numbers: Numbers) -> Numbers:
    """Return numbers in order, each once; for long arrays sorting is faster than the hashing of `numpy.unique`."""
    ordered: Numbers = np.sort(numbers)
    first = np.ones(len(ordered), bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def distinct_pairs(pairs: Sequence[tuple[Numbers, Numbers]]) -> tuple[Numbers, Numbers]:
    """Return pairs of numbers below 2**31, none negative, each pair once, in order of the first and then the second.

    >>> one, other = distinct_pairs([(np.array([3, 1]), np.array([4, 5])), (np.array([3]), np.array([4]))])
    >>> list(zip(one.tolist(), other.tolist()))
    [(1, 5), (3, 4)]
    """
    both = distinct(np.concatenate([(one.astype(np.int64) << 32) | other for one, other in pairs]))
    return both >> 32, both & 0xFFFFFFFF


def components(count: int, one: Numbers, other: Numbers) -> Numbers:
    """Return for each of `count` things the least number it is tied to, by pairs of things that are tied.

    >>> components(5, np.array([3, 1]), np.array([4, 3])).tolist()
    [0, 1, 2, 1, 1]
    """
    root: Numbers = np.arange(count, dtype=np.int64)
    while len(one):
        first, second = root[one], root[other]
        unlike = first != second
        if not unlike.any():
            break
        one, other, first, second = one[unlike], other[unlike], first[unlike], second[unlike]
        least = np.minimum(first, second)
        np.minimum.at(root, np.maximum(first, second), least)
        while not np.array_equal(root, root[root]):
            root = root[root]
    return root


def mutual_best(count: int, one: Numbers, other: Numbers, score: Weights) -> Numbers:
    """Return the numbers of the pairs that are the best of both their things.

    Equal ones are taken in a scattered order, the same each time, so that many things of equal score pair off at once.

    >>> mutual_best(3, np.array([0, 1]), np.array([1, 2]), np.array([1.0, 2.0])).tolist()
    [1]
    """
    order = np.lexsort((_scattered(one, other), -np.round(score, 9)))
    best = np.full(count, len(score), np.int64)
    rank = np.empty(len(score), np.int64)
    rank[order] = np.arange(len(score))
    np.minimum.at(best, one, rank)
    np.minimum.at(best, other, rank)
    return np.flatnonzero((best[one] == rank) & (best[other] == rank))


def _scattered(one: Numbers, other: Numbers) -> NDArray[np.uint64]:
    """Mix the bits of pairs of numbers (SplitMix64)."""
    value = one.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + other.astype(np.uint64)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    found: NDArray[np.uint64] = value ^ (value >> np.uint64(31))
    return found


def sums(values: Weights, groups: Numbers, count: int) -> Weights:
    """Add up values by group."""
    return np.bincount(groups, weights=values, minlength=count).astype(float)


def largest(values: Weights, groups: Numbers, count: int) -> Weights:
    """Return the largest value of each group; minus infinity where it has none."""
    found = np.full(count, -np.inf)
    np.maximum.at(found, groups, values)
    return found
