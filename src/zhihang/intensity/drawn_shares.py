# SPDX-License-Identifier: Apache-2.0
"""The concordance drawn anew: shares of each way's industries, the same draws wherever a way is met."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from zhihang.intensity.patent_counts import SharedPatents
from zhihang.intensity.subjects import Values
from zhihang.methods.keyed_random import exponential, mixed

AT_ONCE = 4_000_000
"""So many numbers are held at a time."""


def drawn_shares(shared: SharedPatents, draws: int, seed: int) -> Iterator[tuple[slice, Values]]:
    """Yield links of some ways after each other, and the share of each (row) in each draw (column).

    The shares of a way among several industries are its weights times exponential numbers, made to sum to 1
    (Bayesian bootstrap). Its draws follow from its key and the seed alone, so neither other patents nor other years
    or areas read beside it change them.
    """
    starts = np.searchsorted(shared.ways, np.arange(len(shared.keys) + 1))
    parts = _parts(starts, max(AT_ONCE // draws, 1))
    for first, last in parts:
        links = slice(int(starts[first]), int(starts[last]))
        known = shared.drawn.get((draws, seed)) if len(parts) == 1 else None
        if known is None:
            known = _drawn(shared, starts[first : last + 1], first, draws, seed)
            if len(parts) == 1:
                shared.drawn[draws, seed] = known
        yield links, known


def _parts(starts: NDArray[np.intp], most: int) -> list[tuple[int, int]]:
    """First and last but one of ways after each other that together have about so many links."""
    if len(starts) < 2:
        return []
    ends = np.searchsorted(starts, np.arange(most, int(starts[-1]), most))
    return list(
        pairwise([0, *np.unique(ends[(ends > 0) & (ends < len(starts) - 1)]).tolist(), len(starts) - 1])
    )


def _drawn(shared: SharedPatents, starts: NDArray[np.intp], first: int, draws: int, seed: int) -> Values:
    """Shares of the links of some ways."""
    links, begin = slice(int(starts[0]), int(starts[-1])), starts[:-1] - starts[0]
    own = shared.ways[links] - first
    found = np.repeat(shared.weights[links][:, np.newaxis], draws, axis=1)
    several = np.flatnonzero(np.diff(starts)[own] > 1)
    keys = mixed(shared.keys[own[several] + first].view(np.uint64) + np.uint64(seed))
    found[several] *= exponential(mixed(keys + (several - begin[own[several]]).astype(np.uint64)), draws)
    found /= np.add.reduceat(found, begin, axis=0)[own]
    return found
