# SPDX-License-Identifier: Apache-2.0
"""Counting paths through a citation graph: as numbers, as logarithms where those overflow, or exactly."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count as counting
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from zhihang.methods.levels import Levels, Side

Values = NDArray[Any]
Ends = Literal["ends", "all"]
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
    spread = np.diff(np.append(starts, len(values)))
    return np.asarray(largest + np.log2(np.add.reduceat(np.exp2(values - np.repeat(largest, spread)), starts)))


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


def paths_from(side: Side, levels: Levels, arithmetic: Arithmetic, *, ends: Ends) -> Values:
    """Number of paths that lead to each position from one end of the graph, or from all positions on that side.

    The position itself counts as a path of length 0, at an end and, with `ends` "all", everywhere.
    """
    values = np.full(len(levels.order), arithmetic.one, dtype=arithmetic.kind)
    add = None if ends == "ends" else arithmetic.one
    sweep(side, values, arithmetic, arithmetic.total, arithmetic.total_of, add=add)
    return values


def best_sums(side: Side, weights: Values, levels: Levels, arithmetic: Arithmetic) -> Values:
    """Largest sum of link weights on a path that leads to each position from one end; `weights` by links of `side`."""
    values = np.full(len(levels.order), arithmetic.nothing, dtype=arithmetic.kind)
    sweep(side, values, arithmetic, np.maximum.reduceat, max, weights=weights)
    return values


def sweep(
    side: Side,
    values: Values,
    arithmetic: Arithmetic,
    fold: Callable[[Values, Values], Values],
    fold_of: Callable[[list[Any]], Any],
    *,
    weights: Values | None = None,
    add: Any = None,
) -> None:
    """Fill `values` block by block: join each neighbour's value with the link's weight, fold them, add a constant."""
    with np.errstate(over="ignore"):
        for step in side.steps:
            if len(step) > 1:
                _walk(side, values, step, (fold_of, arithmetic.join_of), weights=weights, add=add)
                continue
            low, high = step[0]
            first, last = int(side.start[low]), int(side.start[high])
            got = values[side.near[first:last]]
            if weights is not None:
                got = arithmetic.join(got, weights[first:last])
            folded = fold(got, side.start[low:high] - first)
            values[low:high] = folded if add is None else arithmetic.join(folded, add)


def _walk(
    side: Side,
    values: Values,
    blocks: Sequence[tuple[int, int]],
    how: tuple[Callable[[list[Any]], Any], Callable[[Any, Any], Any]],
    *,
    weights: Values | None,
    add: Any,
) -> None:
    """Compute a run of thin blocks link by link, on lists: a call on arrays costs more than a few links."""
    fold, join = how
    low, high = min(block[0] for block in blocks), max(block[1] for block in blocks)
    first, last = int(side.start[low]), int(side.start[high])
    near, before = side.near[first:last].tolist(), values[side.near[first:last]].tolist()
    heavy = None if weights is None else weights[first:last].tolist()
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

    "in" counts paths that lead to a position, "out" those that lead on from it; "ends" those from sources or to
    sinks, "all" those from or to anywhere.
    """

    def __init__(self, levels: Levels) -> None:
        self.levels = levels
        self._found: dict[tuple[str, Ends], Values] = {}
        self._exact: dict[tuple[str, Ends], Values] = {}

    @cached_property
    def arithmetic(self) -> Arithmetic:
        """Plain floating point if every product of two counts fits into it; else logarithms to the base of 2."""
        ways = [self._float(way, "all", PLAIN) for way in ("in", "out")]
        powers = sum(float(np.log2(found.max(initial=1.0))) for found in ways)
        if powers + math.log2(len(self.levels.order) + 2) < LARGEST_POWER:
            return PLAIN
        self._found.clear()
        return POWERS

    def floating(self, way: str, ends: Ends) -> Values:
        """Return the counts of one kind in the arithmetic of this graph."""
        return self._float(way, ends, self.arithmetic)

    def _float(self, way: str, ends: Ends, arithmetic: Arithmetic) -> Values:
        if (way, ends) not in self._found:
            self._found[way, ends] = paths_from(self._side(way), self.levels, arithmetic, ends=ends)
        return self._found[way, ends]

    def exact(self, way: str, ends: Ends) -> Values:
        """Return the counts of one kind as whole numbers of any size, for every position."""
        if (way, ends) not in self._exact:
            found = self.floating(way, ends)
            if self.arithmetic is PLAIN and found.max(initial=0) < EXACT_FLOAT:
                self._exact[way, ends] = found.astype(np.int64).astype(object)
            else:
                self._exact[way, ends] = paths_from(self._side(way), self.levels, EXACT, ends=ends)
        return self._exact[way, ends]

    def exact_at(self, way: str, ends: Ends, positions: Sequence[int]) -> dict[int, int]:
        """Return the counts of one kind as whole numbers of any size, for some positions.

        Large counts are computed as remainders by several moduli that have no common factor, and put together for
        the positions asked for: memory for one number per position, however many digits the counts have.
        """
        chosen = np.asarray(sorted(set(positions)), np.int64)
        found = self.floating(way, ends)[chosen]
        if not len(chosen):
            return {}
        powers = float(found.max()) if self.arithmetic is POWERS else math.log2(float(found.max()))
        if powers < 53:
            numbers = np.exp2(found) if self.arithmetic is POWERS else found
            if self.arithmetic is PLAIN:
                return dict(zip(chosen.tolist(), map(int, numbers.tolist()), strict=True))
        if (way, ends) in self._exact:
            return {int(place): int(self._exact[way, ends][place]) for place in chosen}
        moduli = coprime_moduli(powers + 2, int(np.diff(self._side(way).start).max(initial=1)))
        rests = [
            paths_from(self._side(way), self.levels, modular(modulus), ends=ends)[chosen].tolist()
            for modulus in moduli
        ]
        return {
            place: from_remainders(one, moduli)
            for place, one in zip(chosen.tolist(), zip(*rests, strict=True), strict=True)
        }

    def _side(self, way: str) -> Side:
        return self.levels.into if way == "in" else self.levels.out


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
