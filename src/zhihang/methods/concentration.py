# SPDX-License-Identifier: Apache-2.0
"""Concentration: how a total is spread over its parts (Herfindahl index, entropy, share of the largest)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray


def shares(values: Iterable[float]) -> list[float]:
    """Return the shares of values in their total; parts of 0 are left out.

    A negative part, or a total of 0, has no shares.

    >>> shares([3, 0, 1])
    [0.75, 0.25]
    """
    held = np.array(values if isinstance(values, np.ndarray) else list(values), np.float64)
    total = math.fsum(held)
    if (held < 0).any() or total <= 0:
        raise ValueError("shares need parts of 0 or more, and a total above 0")
    found: list[float] = (held[held > 0] / total).tolist()
    return found


def herfindahl(values: Iterable[float]) -> float:
    """Herfindahl-Hirschman index (1/n for n equal parts, 1 for a single one): the sum of squared shares.

    >>> herfindahl([3, 1])
    0.625
    """
    return math.fsum(share * share for share in shares(values))


def normalised_herfindahl(values: Sequence[float]) -> float:
    """Herfindahl index put on 0 (all parts equal) to 1 (a single one), parts of 0 included: (H - 1/n) / (1 - 1/n).

    >>> normalised_herfindahl([2, 2, 2, 2])
    0.0
    """
    n = len(values)
    return 1.0 if n == 1 else (herfindahl(values) - 1 / n) / (1 - 1 / n)


def entropy(values: Iterable[float], base: float = math.e) -> float:
    """Shannon entropy (0 for a single part, log n for n equal ones): minus the sum of s log s.

    >>> entropy([1, 1, 1, 1], base=2)
    2.0
    """
    found = -math.fsum(share * math.log(share) for share in shares(values)) / math.log(base)
    return found + 0.0  # no minus before 0


def top_share(values: Iterable[float], top: int) -> float:
    """Share (0 to 1) of the `top` largest parts (CRn).

    >>> top_share([5, 3, 1, 1], 2)
    0.8
    """
    held = sorted(shares(values), reverse=True)
    return min(1.0, math.fsum(held[:top]))


def herfindahl_of_rows(matrix: ArrayLike) -> NDArray[np.float64]:
    """Herfindahl index of each row of a matrix (region by class, for instance); NaN for a row of zeros."""
    held = np.asarray(matrix, dtype=float)
    total = held.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((held**2).sum(axis=1) / total**2, dtype=float)


def entropy_of_rows(matrix: ArrayLike, base: float = 2.0) -> NDArray[np.float64]:
    """Shannon entropy of each row of a matrix, in bits unless another base is given; NaN for a row of zeros."""
    held = np.asarray(matrix, dtype=float)
    with np.errstate(invalid="ignore", divide="ignore"):
        part = held / held.sum(axis=1, keepdims=True)
        term = np.where(part > 0, part * np.log(part), part)
    return np.asarray(-term.sum(axis=1) / np.log(base) + 0.0, dtype=float)
