# SPDX-License-Identifier: Apache-2.0
"""Novelty of patents by their words: words and pairs never seen before, and how many took them up (M-NAV-15)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from zhihang.methods.segmentation import Segmenter, iterate_words
from zhihang.methods.text_vectors import count_words

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_ROMAN = re.compile(r"m*(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})")
PREVIOUS = 5
"""Calendar years that backward similarity looks at."""


@dataclass(frozen=True)
class TextNovelty:
    """Figures of each text, in the order given; missing (-1, nan) for texts of the baseline and without a year.

    Parameters
    ----------
    new_words, new_word_reuse
        Words that no earlier text has and at least one later text takes up, and how often later texts did in all.
    new_pairs, new_pair_reuse
        The same for two words that stand side by side.
    backward_similarity
        Mean cosine with all texts of the five years before; missing where there are none.
    """

    new_words: NDArray[np.int64]
    new_word_reuse: NDArray[np.int64]
    new_pairs: NDArray[np.int64]
    new_pair_reuse: NDArray[np.int64]
    backward_similarity: NDArray[np.float64]


def text_novelty(
    texts: Sequence[str],
    years: Sequence[int | None],
    numbers: Sequence[str],
    *,
    baseline: int,
    segmenter: Segmenter | None = None,
    any_pair: bool = False,
) -> TextNovelty:
    """Find what each text says first.

    Parameters
    ----------
    years, numbers
        Texts are read in order of year, then number: within a year that decides who is first.
    baseline
        Texts filed before this year make the vocabulary known from the start; they are not judged.
    any_pair
        Take any two words of a text for a pair, as in the paper, not only those side by side; needs much memory.

    References
    ----------
    Arts, Hou and Gomez (2021), Research Policy 50(2), 104144.
    """
    order = sorted(
        (i for i, year in enumerate(years) if year is not None), key=lambda i: (years[i], numbers[i])
    )
    read = [[word for word in iterate_words(texts[i], segmenter) if _tells(word)] for i in order]
    when = np.array([years[i] for i in order], np.int64)
    words = count_words(map(set, read)).matrix
    two = count_words(_pairs(line, any_pair) for line in read).matrix
    found = [np.full(len(texts), -1, np.int64) for _ in range(4)]
    judged = when >= baseline
    places = np.array(order, np.int64)[judged]
    for held, new, reuse in ((words, found[0], found[1]), (two, found[2], found[3])):
        counted, taken_up = _firsts(held)
        new[places], reuse[places] = counted[judged], taken_up[judged]
    similarity = np.full(len(texts), np.nan)
    similarity[places] = _backward(count_words(read).matrix, when)[judged]
    return TextNovelty(found[0], found[1], found[2], found[3], similarity)


def _tells(word: str) -> bool:
    return len(word) > 1 and not any(map(str.isdigit, word)) and not _ROMAN.fullmatch(word)


def _pairs(line: Sequence[str], any_pair: bool) -> Iterable[str]:
    made = combinations(sorted(set(line)), 2) if any_pair else pairwise(line)
    return {f"{one} {other}" for one, other in made}


def _firsts(held: csr_matrix) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Number of columns whose first row it is, and in how many later rows they stand; columns in one row do not count."""
    rows = np.repeat(np.arange(held.shape[0]), np.diff(held.indptr))
    frequency = np.bincount(held.indices, minlength=held.shape[1])
    first = np.full(held.shape[1], held.shape[0], np.int64)
    np.minimum.at(first, held.indices, rows)
    kept = frequency > 1
    new = np.bincount(first[kept], minlength=held.shape[0])[: held.shape[0]]
    reuse = np.bincount(first[kept], weights=frequency[kept] - 1, minlength=held.shape[0])[: held.shape[0]]
    return new.astype(np.int64), reuse.astype(np.int64)


def _backward(counts: csr_matrix, when: NDArray[np.int64]) -> NDArray[np.float64]:
    made = counts.astype(float)
    squares = np.asarray(made.multiply(made).sum(axis=1)).ravel()
    made.data /= np.repeat(np.sqrt(np.where(squares > 0, squares, 1)), np.diff(made.indptr))
    found = np.full(len(when), np.nan)
    for year in np.unique(when):
        rows = np.flatnonzero(when == year)
        before = np.flatnonzero((when < year) & (when >= year - PREVIOUS))
        if len(before):
            mean = np.asarray(made[before].sum(axis=0)).ravel() / len(before)
            found[rows] = made[rows] @ mean
    return found
