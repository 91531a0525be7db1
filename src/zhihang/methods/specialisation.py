# SPDX-License-Identifier: Apache-2.0
"""Specialisation: how much more a region does of something than all regions together (location quotient)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def location_quotient(matrix: ArrayLike) -> NDArray[np.float64]:
    r"""Location quotient (ratio, 1 = as in the whole) of each region (row) in each class (column).

    Also called revealed comparative or technological advantage:
    :math:`LQ_{ri} = (x_{ri} / \sum_i x_{ri}) / (\sum_r x_{ri} / \sum x)`.

    Parameters
    ----------
    matrix
        Counts of 0 or more, regions by classes.

    Returns
    -------
    NDArray[np.float64]
        A region or class without any count has no quotient: 0, as in EconGeo.

    Notes
    -----
    M-NAV-05. Not rounded (EconGeo's `RCA` rounds to two digits, its `location.quotient` does not).
    """
    held = np.asarray(matrix, dtype=float)
    rows, columns = held.sum(axis=1, keepdims=True), held.sum(axis=0, keepdims=True)
    expected = rows * columns / held.sum() if held.sum() else np.zeros_like(held)
    found = np.divide(held, expected, out=np.zeros_like(held), where=expected > 0)
    return np.asarray(found, dtype=float)


def symmetric_quotient(quotient: ArrayLike) -> NDArray[np.float64]:
    """Location quotient put on -1 (none) to 1, with 0 = as in the whole: (LQ - 1) / (LQ + 1)."""
    found = np.asarray(quotient, dtype=float)
    return np.asarray((found - 1) / (found + 1), dtype=float)


def specialised(matrix: ArrayLike, at_least: float = 1.0) -> NDArray[np.int64]:
    """Return 1 where the location quotient reaches `at_least`, else 0; exactly 1 counts."""
    quotient = location_quotient(matrix)
    near = np.isclose(quotient, at_least, rtol=1e-12, atol=0)  # 0.1 + 0.2 is still 0.3 here
    return ((quotient >= at_least) | near).astype(np.int64)


def diversity(binary: ArrayLike) -> NDArray[np.int64]:
    """Number of classes that each region is specialised in."""
    return np.asarray(np.sum(binary, axis=1), dtype=np.int64)


def ubiquity(binary: ArrayLike) -> NDArray[np.int64]:
    """Number of regions that are specialised in each class."""
    return np.asarray(np.sum(binary, axis=0), dtype=np.int64)
