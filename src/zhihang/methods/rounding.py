# SPDX-License-Identifier: Apache-2.0
"""Whole numbers whose sum stays right: largest remainder, and the residual to one unit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Reals = NDArray[np.float64]

_HAIR = 1e-9
_NEGLIGIBLE = 1e-12
UNBOUNDED = float(2**53)


def half_up(values: Reals) -> Integers:
    """Round halves upward, as tables are rounded by hand (数值修约, M-TGT-02).

    >>> half_up(np.array([0.5, 1.5, 2.49, 2.4999999999])).tolist()
    [1, 2, 2, 3]
    """
    rounded: Integers = np.floor(values + 0.5 + _HAIR).astype(np.int64)
    return rounded


def largest_remainder(
    exact: Reals, total: int, lower: Reals | None = None, upper: Reals | None = None
) -> Integers:
    """Whole numbers that add up to a total: all rounded down, what is left to the largest remainders (Hamilton).

    Parameters
    ----------
    exact
        Amounts, not negative, that add up to `total` or nearly so.
    lower, upper
        Whole bounds that `exact` keeps; the result keeps them too.

    Returns
    -------
    One number for each amount. Of equal remainders the larger amount comes first, then the earlier one.

    Examples
    --------
    >>> largest_remainder(np.array([2.5, 5.0, 2.5]), 10).tolist()
    [3, 5, 2]
    """
    parts: Integers = np.floor(exact + _HAIR).astype(np.int64)
    low = np.zeros_like(exact) if lower is None else lower
    high = np.full_like(exact, UNBOUNDED) if upper is None else upper
    remainder = np.round(exact - parts, 9)
    order = np.lexsort((np.arange(len(exact)), -exact, -remainder))
    return _settle(parts, total, order, low, high)


def _settle(parts: Integers, total: int, order: NDArray[np.intp], low: Reals, high: Reals) -> Integers:
    """Hand out, or take back, what is missing, one unit each in the order given, as often as it takes."""
    missing = total - int(parts.sum())
    while missing:
        step = 1 if missing > 0 else -1
        queue = order if step > 0 else order[::-1]
        able = queue[parts[queue] < high[queue]] if step > 0 else queue[parts[queue] > low[queue]]
        if not len(able):
            raise ValueError("the bounds leave no room for the total")
        chosen = able[: abs(missing)]
        parts[chosen] += step
        missing -= step * len(chosen)
    return parts


def residual_to(
    exact: Reals, total: int, residual: int, lower: Reals | None = None, upper: Reals | None = None
) -> Integers | None:
    """All but one rounded half up, the residual one takes the difference (M-TGT-02); None if it cannot.

    >>> residual_to(np.array([2.5, 5.0, 2.5]), 10, 1).tolist()
    [3, 4, 3]
    """
    low = np.zeros_like(exact) if lower is None else lower
    high = np.full_like(exact, UNBOUNDED) if upper is None else upper
    parts: Integers = np.clip(half_up(exact), low, high).astype(np.int64)
    parts[residual] = 0
    rest = total - int(parts.sum())
    if not low[residual] <= rest <= high[residual]:
        return None
    parts[residual] = rest
    return parts


def proportional(total: float, weights: Reals, lower: Reals, upper: Reals) -> Reals:
    """Split a total in proportion to weights as far as the bounds allow.

    Each part is ``clip(k * weight, lower, upper)`` with the one `k` that makes the sum right; parts without weight
    stay at their lower bound until all others are at their upper one. The bounds must leave room for the total.

    >>> proportional(10, np.array([1.0, 1.0, 2.0]), np.array([4.0, 0, 0]), np.full(3, 100.0)).tolist()
    [4.0, 2.0, 4.0]
    """
    parts = lower.astype(np.float64)
    relative = weights / (weights.max(initial=0.0) or 1.0)
    weighted = relative > _NEGLIGIBLE
    for free, shares in ((weighted, relative), (~weighted, np.ones_like(parts))):
        rest = total - parts.sum()
        if free.any() and rest > _HAIR:
            held = parts[free].sum()
            aim = held + min(rest, upper[free].sum() - held)
            parts[free] = _scaled(aim, shares[free], lower[free], upper[free])
    return parts


def _scaled(total: float, weights: Reals, lower: Reals, upper: Reals) -> Reals:
    """Find the factor at which the clipped parts add up; their sum grows by straight pieces between the bends."""
    bends = np.concatenate((lower / weights, upper / weights))
    slopes = np.concatenate((weights, -weights))
    order = np.argsort(bends, kind="stable")
    bends, slopes = bends[order], np.cumsum(slopes[order])
    sums = lower.sum() + np.concatenate(([0.0], np.cumsum(np.diff(bends) * slopes[:-1])))
    place = min(int(np.searchsorted(sums, total, side="right")), len(bends)) - 1
    factor = bends[place]
    if slopes[place] > 0:
        factor += (total - sums[place]) / slopes[place]
    clipped: Reals = np.clip(factor * weights, lower, upper)
    return clipped
