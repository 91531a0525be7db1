# SPDX-License-Identifier: Apache-2.0
"""Random numbers told by a key: the same thing draws the same numbers whatever else is drawn beside it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
_STEP = np.uint64(0x9E3779B97F4A7C15)
_FACTORS = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


def mixed(keys: Keys) -> Keys:
    """Return keys as far from each other as if drawn at random (the mixer of SplitMix64).

    >>> hex(mixed(np.array([0x9E3779B97F4A7C15], np.uint64))[0])  # first number of the seed 0
    '0xe220a8397b1dcdaf'

    References
    ----------
    Steele, Lea, Flood (2014), Fast splittable pseudorandom number generators, OOPSLA.
    """
    found = keys ^ (keys >> np.uint64(30))
    found *= _FACTORS[0]
    found ^= found >> np.uint64(27)
    found *= _FACTORS[1]
    found ^= found >> np.uint64(31)
    return found


def exponential(keys: Keys, draws: int) -> NDArray[np.float64]:
    """Exponential numbers of mean 1: one row for each key, one column for each draw."""
    steps = np.arange(1, draws + 1, dtype=np.uint64) * _STEP
    bits = mixed(keys[:, np.newaxis] + steps) >> np.uint64(11)
    uniform = (bits.astype(np.float64) + 0.5) * 2.0**-53
    return np.asarray(-np.log(uniform))
