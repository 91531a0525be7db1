# SPDX-License-Identifier: Apache-2.0
"""Turn shares into whole numbers whose sums stay right."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def running(amounts: NDArray[np.float64]) -> NDArray[np.int64]:
    """Round a sequence so that every sum from its start is the rounded sum.

    >>> running(np.array([0.4, 0.4, 0.4])).tolist()
    [0, 1, 0]
    """
    ends = np.floor(np.cumsum(amounts) + 0.5 + 1e-9).astype(np.int64)
    parts: NDArray[np.int64] = np.diff(ends, prepend=0)
    return parts


def residual_to_largest(total: int, shares: NDArray[np.float64]) -> NDArray[np.int64]:
    """Split a total by shares, rounded half up, the rest to the largest (M-TGT-02, annex 2 of the Guilin plan).

    >>> residual_to_largest(10, np.array([0.25, 0.5, 0.25])).tolist()
    [3, 4, 3]
    """
    parts: NDArray[np.int64] = np.floor(total * shares / shares.sum() + 0.5 + 1e-9).astype(np.int64)
    parts[shares.argmax()] += total - parts.sum()
    return parts if parts.min() >= 0 else largest_remainder(total, shares)


def largest_remainder(total: int, shares: NDArray[np.float64]) -> NDArray[np.int64]:
    """Split a total by shares; units left over go to the largest remainders, the earlier first when equal.

    >>> largest_remainder(10, np.array([0.25, 0.5, 0.25])).tolist()
    [3, 5, 2]
    """
    if total == 0 or shares.sum() == 0:
        return np.zeros(len(shares), np.int64)
    exact = total * shares / shares.sum()
    parts: NDArray[np.int64] = np.floor(exact).astype(np.int64)
    order = np.argsort(parts - exact, kind="stable")
    parts[order[: total - parts.sum()]] += 1
    return parts
