# SPDX-License-Identifier: Apache-2.0
"""Words that no dictionary has, found in texts: runs of characters that come often, hold together and stand free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST = 8
"""Characters of the longest word looked for."""
_CHARACTERS = 0x110000
"""Characters there are."""


@dataclass(frozen=True)
class NewWord:
    """A word, how often it comes, and what speaks for it.

    `cohesion` is the pointwise mutual information (nats) of the two parts into which it falls most easily;
    `freedom` the entropy (nats) of its neighbours, on the side where it varies less.
    """

    text: str
    times: int
    cohesion: float
    freedom: float


def new_words(
    runs: Sequence[str], *, least_times: int = 8, least_cohesion: float = 3.0, least_freedom: float = 1.0
) -> list[NewWord]:
    r"""Return the words found in runs of Chinese characters, the most frequent first.

    A run :math:`w` is a word where

    .. math:: \\min_{w = uv} \\ln \\frac{N f(w)}{f(u) f(v)} \\ge c, \\qquad \\min(H_\\text{left}, H_\\text{right}) \\ge h

    with f the number of times it comes, N the number of characters, H the entropy of the neighbouring character
    (each end of a text counts as a neighbour of its own kind, different every time). Memory grows with the number
    of characters (about 60 bytes each).

    Parameters
    ----------
    runs
        Texts, or runs of them between marks; words do not reach from one into the next.
    least_times, least_cohesion, least_freedom
        Thresholds. They are rules of thumb, not values from a publication.

    Examples
    --------
    >>> runs = [f"{a}磷酸铁锂{b}" for a in "用把将含以由" for b in "作制成的与为"]
    >>> [word.text for word in new_words(runs, least_cohesion=0.5)]
    ['磷酸铁锂']
    """
    codes = _codes(runs)
    if len(codes) < 3:
        return []
    grams = _Grams(codes, least_times)
    found: list[NewWord] = []
    for length in range(2, LONGEST + 1):
        if not grams.grow(length):
            break
        found += _words_of(grams, length, least_cohesion, least_freedom)
    return sorted(found, key=lambda word: (-word.times, word.text))


class _Grams:
    """Frequent runs of each length, numbered; `at[length][place]` is the number of the run that begins there, or -1."""

    def __init__(self, codes: NDArray[np.int64], least: int) -> None:
        self.codes = codes
        self.least = least
        letters, numbers, times = np.unique(codes, return_inverse=True, return_counts=True)
        numbers = np.where(codes > 0, numbers, -1)
        self.at: dict[int, NDArray[np.int64]] = {1: numbers.astype(np.int64)}
        self.times: dict[int, NDArray[np.int64]] = {1: times.astype(np.int64)}
        self.total = int(np.count_nonzero(codes))
        self.letters = len(letters)

    def grow(self, length: int) -> bool:
        """Find the frequent runs of a length from those one shorter; say whether there are any."""
        shorter = self.at[length - 1]
        first, second = shorter[:-1], shorter[1:]
        places = np.flatnonzero((first >= 0) & (second >= 0))
        self.at[length] = np.full(len(shorter), -1, np.int64)
        key = first[places] * (int(shorter.max(initial=0)) + 1) + second[places]
        every = np.sort(key)
        starts = np.flatnonzero(np.diff(every, prepend=-1))
        times = np.diff(starts, append=len(every))
        often = times >= self.least
        kept = every[starts[often]]
        if len(kept):
            numbers = np.searchsorted(kept, key)
            same = kept[np.minimum(numbers, len(kept) - 1)] == key
            self.at[length][places[same]] = numbers[same]
        self.times[length] = times[often].astype(np.int64)
        return len(kept) > 0


def _words_of(grams: _Grams, length: int, cohesion: float, freedom: float) -> list[NewWord]:
    at, times = grams.at[length], grams.times[length]
    places = np.flatnonzero(at >= 0)
    first = np.full(len(times), -1, np.int64)
    first[at[places][::-1]] = places[::-1]
    tied = np.full(len(times), np.inf)
    for cut in range(1, length):
        left = grams.times[cut][grams.at[cut][first]]
        right = grams.times[length - cut][grams.at[length - cut][first + cut]]
        tied = np.minimum(tied, np.log(grams.total * times / (left * right)))
    places = places[(tied >= cohesion)[at[places]]]  # the others are no words, however free they stand
    free = np.minimum(
        _entropy(at[places], _neighbour(grams.codes, places - 1), times),
        _entropy(at[places], _neighbour(grams.codes, places + length), times),
    )
    chosen = np.flatnonzero((tied >= cohesion) & (free >= freedom))
    texts = ["".join(map(chr, grams.codes[first[n] : first[n] + length])) for n in chosen]
    return [
        NewWord(text, int(times[n]), float(tied[n]), float(free[n]))
        for text, n in zip(texts, chosen, strict=True)
    ]


def _neighbour(codes: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the characters at some places; an end of a text is a character of its own, beyond all by its place."""
    found = codes[np.clip(places, 0, len(codes) - 1)]
    return np.where(found > 0, found, _CHARACTERS + 1 + places)


def _entropy(
    numbers: NDArray[np.int64], neighbours: NDArray[np.int64], times: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the entropy of the neighbours of each run; of runs that are not among `numbers`, 0."""
    width = int(neighbours.max(initial=0)) + 1
    beside = np.sort(numbers * width + neighbours)
    starts = np.flatnonzero(np.diff(beside, prepend=-1))
    counts = np.diff(starts, append=len(beside))
    runs = beside[starts] // width
    share = counts / times[runs]
    found = np.bincount(runs, weights=-share * np.log(share), minlength=len(times))
    return found.astype(np.float64)


def _codes(runs: Sequence[str]) -> NDArray[np.int64]:
    """Return the code points of all runs, each followed by a zero."""
    joined = "\0".join(runs) + "\0"
    return np.frombuffer(joined.encode("utf-32-le", "replace"), np.uint32).astype(np.int64)
