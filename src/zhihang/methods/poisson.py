# SPDX-License-Identifier: Apache-2.0
"""Small counts: what chance alone does to them, exactly (M-FCT-07)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def expected_range(mean: float, level: float = 0.95) -> tuple[int, int]:
    """Range of counts that a Poisson distribution of this mean gives with at least the chance of each tail left out.

    A count outside it differs from the mean by more than chance.

    >>> expected_range(163)
    (138, 188)
    """
    from scipy import stats

    low, high = stats.poisson.ppf([(1 - level) / 2, (1 + level) / 2], mean)
    return int(low), int(high)


def mean_interval(count: int, level: float = 0.95) -> tuple[float, float]:
    """Exact interval (Garwood) for the mean behind one count.

    >>> low, high = mean_interval(10)
    >>> round(low, 3), round(high, 3)
    (4.795, 18.39)
    >>> mean_interval(0)[0]
    0.0
    """
    from scipy import stats

    tail = (1 - level) / 2
    low = float(stats.chi2.ppf(tail, 2 * count)) / 2 if count else 0.0
    return low, float(stats.chi2.ppf(1 - tail, 2 * count + 2)) / 2


def chance_of_same_mean(before: int, after: int, *, exposure: float = 1.0) -> float:
    """Chance of counts at least so far apart if the mean behind them did not change (exact, two-sided).

    `exposure` is how long the second was counted over the first. Given their sum, the second is binomial.

    >>> round(chance_of_same_mean(163, 125), 3)
    0.029
    """
    from scipy import stats

    if before + after == 0:
        return 1.0
    return float(stats.binomtest(after, before + after, exposure / (1 + exposure)).pvalue)


def ranks(values: Sequence[float] | NDArray[np.float64]) -> NDArray[np.int64]:
    """Rank of each value, 1 for the largest; equal ones share the better rank and the next rank is left out.

    >>> ranks([3.0, 5.0, 3.0, 1.0]).tolist()
    [2, 1, 2, 4]
    """
    given = np.asarray(values, dtype=np.float64)
    downward = np.sort(-given)
    return np.searchsorted(downward, -given, side="left") + 1


def rank_intervals(
    counts: NDArray[np.float64],
    over: NDArray[np.float64],
    *,
    level: float = 0.9,
    draws: int = 200,
    seed: int = 1,
) -> NDArray[np.int64]:
    """Interval of the rank of each count over its goal (or population), if counts are Poisson; one row each.

    The root of a count scatters by one half whatever its size, so roots are drawn, all at once.
    """
    shift = np.random.default_rng(seed).standard_normal((draws, len(counts)), dtype=np.float32) / 2
    roots = np.sqrt(counts + 0.25).astype(np.float32)
    order = np.argsort(-np.square(np.maximum(roots + shift, 0.0)) / over.astype(np.float32), axis=1)
    placed = np.empty_like(order)
    places = np.broadcast_to(np.arange(1, len(counts) + 1), order.shape)
    np.put_along_axis(placed, order, places, axis=1)
    ends = np.quantile(placed, [(1 - level) / 2, (1 + level) / 2], axis=0, method="nearest")
    return ends.T.astype(np.int64)
