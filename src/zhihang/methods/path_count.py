# SPDX-License-Identifier: Apache-2.0
"""Counting paths through a citation graph: as numbers, as logarithms where those overflow, or exactly."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count as counting
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihang.methods.levels import Levels, Side

Values = NDArray[Any]
ENDS, ALL = 0, 1
EXACT_FLOAT = 2.0**53
"""Counts below this are whole numbers exactly when computed with floating point."""
LARGEST_POWER = 1000.0
"""Products of counts beyond two to this power are kept as logarithms."""


@dataclass(frozen=True)
class Arithmetic:
    """How counts are added along a graph: of arrays in segments and of lists, and how they multiply."""

    kind: Any
    one: Any
    nothing: Any
    total: Callable[[Values, Values], Values]
    total_of: Callable[[list[Any]], Any]
    join: Callable[[Any, Any], Any]
    join_of: Callable[[Any, Any], Any]
    product: Callable[[Any, Any], Any]
    near: Callable[[Any, Any], Any]
    """Whether a value, or each of an array, is as large as the best but for rounding."""


def _log_total(values: Values, starts: Values) -> Values:
    largest = np.maximum.reduceat(values, starts)
    shifted = np.exp2(values - np.repeat(largest, np.diff(np.append(starts, len(values))), axis=0))
    return np.asarray(largest + np.log2(np.add.reduceat(shifted, starts)))


def _log_total_of(values: list[float]) -> float:
    largest = max(values)
    return largest + math.log2(math.fsum(2.0 ** (value - largest) for value in values))


def _log_join(one: float, other: float) -> float:
    return _log_total_of([one, other]) if max(one, other) > -math.inf else -math.inf


def _near_number(value: Any, best: Any) -> Any:
    return value >= best * (1 - 1e-9)


def _near_power(value: Any, best: Any) -> Any:
    return value >= best - 1e-6


def _same(value: Any, best: Any) -> Any:
    return value == best


PLAIN = Arithmetic(
    np.float64, 1.0, 0.0, np.add.reduceat, sum, np.add, operator.add, np.multiply, _near_number
)
POWERS = Arithmetic(
    np.float64, 0.0, -np.inf, _log_total, _log_total_of, np.logaddexp2, _log_join, np.add, _near_power
)
EXACT = Arithmetic(np.object_, 1, 0, np.add.reduceat, sum, np.add, operator.add, np.multiply, _same)


def modular(modulus: int) -> Arithmetic:
    """Return arithmetic of remainders; `modulus` times the longest segment must stay below 2**64."""
    by = np.uint64(modulus)
    return Arithmetic(
        np.uint64,
        1,
        0,
        lambda values, starts: np.add.reduceat(values, starts) % by,
        lambda values: sum(values) % modulus,
        lambda one, other: (one + np.uint64(other)) % by,
        lambda one, other: (one + other) % modulus,
        np.multiply,
        _same,
    )


def paths_from(side: Side, count: int, arithmetic: Arithmetic) -> Values:
    """Numbers of paths that lead to each of `count` positions: from the ends of the graph, and from anywhere.

    Two columns. The position itself counts as a path of length 0, at an end and, in the second, everywhere.
    """
    values = np.full((count, 2), arithmetic.one, dtype=arithmetic.kind)
    more = np.array([arithmetic.nothing, arithmetic.one], dtype=arithmetic.kind)
    with np.errstate(over="ignore"):
        for blocks, (low, high), (first, last) in side.steps:
            if len(blocks) > 1:
                for column, add in enumerate((arithmetic.nothing, arithmetic.one)):
                    walk(side, values[:, column], blocks, arithmetic.total_of, arithmetic.join_of, add=add)
                continue
            got = values.take(side.near[first:last], axis=0, mode="clip")
            values[low:high] = arithmetic.join(arithmetic.total(got, side.start[low:high] - first), more)
    return values


def walk(
    side: Side,
    values: Values,
    blocks: Sequence[tuple[int, int]],
    fold: Callable[[list[Any]], Any],
    join: Callable[[Any, Any], Any],
    *,
    weights: Values | None = None,
    add: Any = None,
) -> None:
    """Compute a run of thin blocks link by link, on lists: a call on arrays costs more than a few links.

    Each neighbour's value is joined with the weight of the link, they are folded, and `add` is joined.
    """
    low, high = min(block[0] for block in blocks), max(block[1] for block in blocks)
    first, last = int(side.start[low]), int(side.start[high])
    near, before = side.near[first:last].tolist(), values[side.near[first:last]].tolist()
    heavy = None if weights is None else weights.tolist()
    at = (side.start[low : high + 1] - first).tolist()
    own = values[low:high].tolist()
    for begin, end in blocks:
        for place in range(begin - low, end - low):
            links = range(at[place], at[place + 1])
            got = [own[near[k] - low] if low <= near[k] < high else before[k] for k in links]
            if heavy is not None:
                got = [join(one, heavy[k]) for one, k in zip(got, links, strict=True)]
            own[place] = fold(got) if add is None else join(fold(got), add)
    values[low:high] = own


class PathCounts:
    """Numbers of paths to and from every position, in floating point for ranking, exactly where asked.

    "in" counts paths that lead to a position, "out" those that lead on from it. Two columns: `ENDS` those from
    sources or to sinks, `ALL` those from or to anywhere.
    """

    def __init__(self, levels: Levels) -> None:
        self._sides = {"in": levels.into, "out": levels.out}
        self._count = len(levels.order)
        self.arithmetic, self.floating = self._floats()

    def _floats(self) -> tuple[Arithmetic, dict[str, Values]]:
        """Plain floating point if every product of two counts fits into it; else logarithms to the base of 2."""
        found = {way: paths_from(side, self._count, PLAIN) for way, side in self._sides.items()}
        powers = sum(float(np.log2(counts.max(initial=1.0))) for counts in found.values())
        if powers + math.log2(self._count + 2) < LARGEST_POWER:
            return PLAIN, found
        return POWERS, {way: paths_from(side, self._count, POWERS) for way, side in self._sides.items()}

    def exact(self, way: str) -> Values:
        """Return the counts as whole numbers of any size, for every position."""
        found = self.floating[way]
        if self.arithmetic is PLAIN and found.max(initial=0) < EXACT_FLOAT:
            return np.asarray(found.astype(np.int64).astype(object))
        return paths_from(self._sides[way], self._count, EXACT)

    def exact_at(self, way: str, positions: Sequence[int]) -> dict[int, tuple[int, int]]:
        """Return both counts as whole numbers of any size, for some positions.

        Large counts are computed as remainders by several moduli that have no common factor, and put together for
        the positions asked for: memory for two numbers per position, however many digits the counts have.
        """
        chosen = np.asarray(sorted(set(positions)), np.int64)
        found, side = self.floating[way][chosen], self._sides[way]
        if self.arithmetic is PLAIN and found.max(initial=0) < EXACT_FLOAT:
            return {
                place: (int(a), int(b)) for place, (a, b) in zip(chosen.tolist(), found.tolist(), strict=True)
            }
        powers = float(found.max() if self.arithmetic is POWERS else np.log2(found.max()))
        moduli = coprime_moduli(powers + 2, int(np.diff(side.start).max(initial=1)))
        rests = np.array([paths_from(side, self._count, modular(modulus))[chosen] for modulus in moduli])
        ends, anywhere = (rests[:, :, column].T.tolist() for column in (ENDS, ALL))
        return {
            place: (from_remainders(one, moduli), from_remainders(other, moduli))
            for place, one, other in zip(chosen.tolist(), ends, anywhere, strict=True)
        }


def coprime_moduli(powers: float, terms: int) -> list[int]:
    """Return moduli without common factors whose product exceeds two to `powers`, each small enough to add `terms`."""
    largest = (1 << min(62, 63 - max(terms + 1, 2).bit_length())) - 1
    found: list[int] = []
    reached = 0.0
    for tried in counting(largest, -2):
        if all(math.gcd(tried, other) == 1 for other in found):
            found.append(tried)
            reached += math.log2(tried)
            if reached > powers + 1:
                break
    return found


def from_remainders(rests: Sequence[int], moduli: Sequence[int]) -> int:
    """Return the smallest number that leaves these remainders (Chinese remainder theorem).

    >>> from_remainders([2, 3, 2], [3, 5, 7])
    23
    """
    number, product = 0, 1
    for rest, modulus in zip(rests, moduli, strict=True):
        number += product * ((rest - number) * pow(product, -1, modulus) % modulus)
        product *= modulus
    return number
