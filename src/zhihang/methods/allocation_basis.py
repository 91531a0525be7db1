# SPDX-License-Identifier: Apache-2.0
"""By what a total is split over units: shares, growth, ladders by size, closing gaps, capacity (M-TGT-05)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from zhihang.methods.allocation import Basis
from zhihang.methods.rounding import Integers, Reals, half_up


def fixed_share(shares: Reals) -> Basis:
    """Return a basis that gives every unit the same share each year, in proportion to `shares`."""
    return lambda year, previous: shares  # noqa: ARG005 - the same every year


def printed_shares(table: Reals) -> Basis:
    """In each year the shares of that year's column of a table of units by years."""
    return lambda year, _before: table[:, year]


def equal_growth(base: Reals) -> Basis:
    """Return a basis by which every unit grows at the rate of the total, from its own base, so that shares stay."""
    return fixed_share(base)


def growth_ladder(base: Reals, classes: Integers, rates: Reals) -> Basis:
    """Return a basis by which units of a size class grow at the class's rate of the year, rounded each year.

    Parameters
    ----------
    base
        Values of the year before the first.
    classes
        Class of each unit, a row of `rates`.
    rates
        Growth, classes by years, 0.3 for thirty per cent.

    Examples
    --------
    >>> ladder = growth_ladder(np.array([66.0]), np.array([0]), np.array([[0.3, 0.2]]))
    >>> ladder(0, None).tolist(), ladder(1, np.array([86])).tolist()
    ([86.0], [103.0])
    """

    def wanted(year: int, previous: Integers | None) -> Reals:
        before = base if previous is None else previous.astype(np.float64)
        return half_up(before * (1 + rates[classes, year])).astype(np.float64)

    return wanted


def size_classes(base: Reals, edges: Sequence[float]) -> Integers:
    """Return the size class of each unit: 0 below the first edge, 1 from it on, and so forth.

    >>> size_classes(np.array([10.0, 50.0, 400.0]), [50, 300]).tolist()
    [0, 1, 2]
    """
    found: Integers = np.searchsorted(np.asarray(edges, np.float64), base, side="right").astype(np.int64)
    return found


def convergence(base: Reals, size: Reals, closing: float) -> Basis:
    """Return a basis by which each unit's value per head closes a part of its gap to the best unit each year.

    Parameters
    ----------
    base
        Values of the year before the first.
    size
        What the value is set against: population, workers, enterprises.
    closing
        Part of the gap that closes each year: 0 keeps all ratios, 1 makes all units alike at once.
    """
    per_head = np.divide(base, size, out=np.zeros_like(base, dtype=np.float64), where=size > 0)
    best = float(per_head.max()) if len(per_head) else 0.0
    return lambda year, previous: (best - (best - per_head) * (1 - closing) ** (year + 1)) * size  # noqa: ARG005


def capacity(measures: Mapping[str, Reals], mix: Mapping[str, float]) -> Basis:
    """Return a basis that weighs units by capacities (population, industry, research), mixed in given proportions.

    >>> mixed = capacity({"a": np.array([1.0, 3.0]), "b": np.array([1.0, 1.0])}, {"a": 0.5, "b": 0.5})
    >>> mixed(0, None).tolist()
    [0.375, 0.625]
    """
    weights = capacity_shares(measures, mix)
    return fixed_share(weights)


def capacity_shares(measures: Mapping[str, Reals], mix: Mapping[str, float]) -> Reals:
    """Share of each unit in the mix of capacities; the shares add up to 1."""
    whole = sum(mix.values())
    parts = [weight / whole * measures[name] / measures[name].sum() for name, weight in mix.items()]
    mixed: Reals = np.sum(parts, axis=0)
    return mixed


def opening(first: Reals, then: Basis) -> Basis:
    """Return a basis that gives `first` in the first year, and follows another one from the second year on.

    >>> opened = opening(np.array([66.0]), growth_ladder(np.array([66.0]), np.array([0]), np.array([[0.3]])))
    >>> opened(0, None).tolist(), opened(1, np.array([66])).tolist()
    ([66.0], [86.0])
    """
    return lambda year, previous: first if year == 0 else then(year - 1, previous)
