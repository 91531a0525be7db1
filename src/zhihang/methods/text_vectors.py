# SPDX-License-Identifier: Apache-2.0
"""Texts as vectors: words counted, weighed by how rare they are (TF-IDF), and put on a few axes (truncated SVD)."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Vectors = NDArray[np.float32]
LEAST_DOCUMENTS = 3
MOST_SHARE = 0.5
"""Words in more than this share of the texts tell nothing apart."""
AXES = 100
FITTED_ON = 40_000
"""The axes are found on so many texts, taken at equal steps; all texts are then put on them."""
_OVERSAMPLED = 10
_ROUNDS = 4
_BLOCK = 50_000


@dataclass(frozen=True)
class WordCounts:
    """How often each word (column) stands in each text (row)."""

    matrix: csr_matrix
    terms: Sequence[str]


@dataclass(frozen=True)
class Background:
    """Other texts that words are known from: how many, and how many of them hold each word (column)."""

    texts: int
    frequency: NDArray[np.float64]


def count_words(texts: Iterable[Iterable[str]]) -> WordCounts:
    """Count the words of texts; columns are in the order of the words, so the order of texts changes nothing in them.

    >>> counted = count_words([["b", "a", "b"], [], ["c"]])
    >>> list(counted.terms), counted.matrix.toarray().tolist()
    (['a', 'b', 'c'], [[1, 2, 0], [0, 0, 0], [0, 0, 1]])
    """
    from scipy.sparse import csr_matrix

    numbers: dict[str, int] = {}
    columns, ends = array("i"), array("q", [0])
    for words in texts:
        columns.extend([numbers.setdefault(word, len(numbers)) for word in words])
        ends.append(len(columns))
    terms = sorted(numbers)
    place = np.empty(len(terms), np.int32)
    for position, term in enumerate(terms):
        place[numbers[term]] = position
    indices = place[np.frombuffer(columns, np.int32)] if columns else np.empty(0, np.int32)
    ones = np.ones(len(indices), np.int32)
    starts = np.frombuffer(ends, np.int64).copy()
    matrix = csr_matrix((ones, indices, starts), shape=(len(starts) - 1, len(terms)))
    matrix.sum_duplicates()
    return WordCounts(matrix, terms)


def weigh(
    counted: WordCounts,
    *,
    least_documents: int = LEAST_DOCUMENTS,
    most_share: float = MOST_SHARE,
    background: Background | None = None,
) -> WordCounts:
    """Return TF-IDF weights, rows of length 1, without words that are in too few or too many texts.

    Weight = (1 + ln count) · (1 + ln((1 + n) / (1 + texts with the word))). The texts of a background count as further
    texts, but for the least number.
    """
    matrix, terms = counted.matrix, counted.terms
    texts = matrix.shape[0]
    frequency: NDArray[np.float64 | np.intp] = np.bincount(matrix.indices, minlength=matrix.shape[1])
    often = frequency >= least_documents
    whole = texts
    if background is not None:
        whole, frequency = texts + background.texts, frequency + background.frequency
    most = max(most_share * whole, least_documents)
    kept = np.flatnonzero(often & (frequency <= most))
    chosen = matrix[:, kept].astype(np.float32)
    chosen.sort_indices()
    chosen.data = 1 + np.log(chosen.data)
    rarity = (1 + np.log((1 + whole) / (1 + frequency[kept]))).astype(np.float32)
    chosen.data *= rarity[chosen.indices]
    lengths = (
        np.sqrt(np.add.reduceat(np.append(chosen.data**2, 0), chosen.indptr[:-1])) if texts else np.empty(0)
    )
    lengths = np.where(np.diff(chosen.indptr) > 0, lengths, 1).astype(np.float32)
    chosen.data /= np.repeat(lengths, np.diff(chosen.indptr))
    return WordCounts(chosen, [terms[column] for column in kept.tolist()])


def reduce(weights: csr_matrix, axes: int = AXES, *, seed: int = 0) -> Vectors:
    """Return texts on the axes of largest variance, each of length 1 (0 where a text has no word left).

    Truncated SVD by subspace iteration on the side of the words (Halko, Martinsson and Tropp 2011, SIAM Review 53(2)),
    in single precision; same weights and seed, same bytes.
    """
    texts, terms = weights.shape
    axes = max(1, min(axes, terms - 1, texts - 1))
    step = max(1, -(-texts // FITTED_ON))
    fitted = weights[::step] if step > 1 else weights
    back = fitted.T.tocsr()
    width = min(axes + _OVERSAMPLED, terms)
    basis = np.random.default_rng(seed).standard_normal((terms, width), dtype=np.float32)
    for _ in range(_ROUNDS):
        basis = _upright(back @ (fitted @ basis))
    seen = fitted @ basis
    values, turned = np.linalg.eigh((seen.T @ seen).astype(np.float64))
    order = np.argsort(values)[::-1][:axes]
    turned = turned[:, order]
    # A direction has no sign of its own: its largest part is made positive.
    turned = turned * np.sign(turned[np.abs(turned).argmax(axis=0), np.arange(turned.shape[1])])
    components = (basis @ turned.astype(np.float32)).astype(np.float32)
    found = np.empty((texts, components.shape[1]), np.float32)
    for start in range(0, texts, _BLOCK):
        found[start : start + _BLOCK] = weights[start : start + _BLOCK] @ components
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    np.divide(found, lengths, out=found, where=lengths > 1e-9)
    found[lengths[:, 0] <= 1e-9] = 0
    return found


def _upright(columns: Vectors) -> Vectors:
    """Return columns of length 1 at right angles that span the same (through the small matrix of their products)."""
    values, turned = np.linalg.eigh((columns.T @ columns).astype(np.float64))
    kept = values > values[-1] * 1e-12
    return np.asarray(columns @ (turned[:, kept] / np.sqrt(values[kept])).astype(np.float32), np.float32)
