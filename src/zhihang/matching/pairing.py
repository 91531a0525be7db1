# SPDX-License-Identifier: Apache-2.0
"""Readers against records in one respect: both as rows over the same features, their product is the score."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Scores = NDArray[np.float32]
Shares = list[list[tuple[str, float]]]


@dataclass(frozen=True)
class Pairing:
    """Readers (`left`) and records (`right`) over `features`; the score of a pair is min(1, left · right).

    `unit` says that no row is longer than 1, so that no product is above 1 either.
    """

    left: csr_matrix
    right: csr_matrix
    features: Sequence[str]
    unit: bool = False

    def shared(self, readers: NDArray[np.int64], records: NDArray[np.int64], most: int) -> Shares:
        """Return, for each pair, what both share and what each adds to the score, the `most` largest first."""
        if not self.left.nnz or not self.right.nnz:
            return [[] for _ in readers]
        both = self.left[readers].multiply(self.right[records]).tocsr()
        rows = np.repeat(np.arange(len(readers)), np.diff(both.indptr))
        order = np.lexsort((both.indices, -both.data, rows))
        place = np.arange(len(rows)) - both.indptr[rows]
        order = order[place < most]
        found: Shares = [[] for _ in readers]
        kept = (rows[order].tolist(), both.indices[order].tolist(), both.data[order].tolist())
        for row, feature, share in zip(*kept, strict=True):
            if share > 0:
                found[row].append((self.features[feature], share))
        return found

    def scores(self, readers: NDArray[np.int64], records: NDArray[np.int64]) -> Scores:
        """Return the score of each pair."""
        if not self.left.nnz or not self.right.nnz:
            return np.zeros(len(readers), np.float32)
        both = self.left[readers].multiply(self.right[records])
        made: Scores = np.minimum(np.asarray(both.sum(axis=1)).ravel(), 1.0).astype(np.float32)
        return made


class Totals:
    """Weighted sums of the scores of several pairings, for some readers at a time."""

    def __init__(self, pairings: Sequence[Pairing], weights: Scores) -> None:
        from scipy.sparse import csr_matrix, diags, hstack

        records = next((pairing.right.shape[0] for pairing in pairings), 0)
        unit = [number for number, pairing in enumerate(pairings) if pairing.unit]
        blank = csr_matrix((len(weights), 1), dtype=np.float32)
        lefts = [diags(weights[:, number]) @ pairings[number].left for number in unit]
        self._left = hstack([*lefts, blank], "csr", np.float32)
        rights = [pairings[number].right for number in unit]
        nothing = csr_matrix((records, 1), dtype=np.float32)
        self._right = hstack([*rights, nothing], "csr", np.float32).T.tocsr()
        others = [number for number, pairing in enumerate(pairings) if not pairing.unit]
        self._others = [(pairings[n].left, pairings[n].right.T.tocsr(), weights[:, n]) for n in others]
        self._row = np.zeros(records, np.float32)

    def block(self, first: int, last: int) -> Iterator[tuple[NDArray[np.int32], Scores]]:
        """Give, for each reader from `first` to before `last`, the records with a score and the scores."""
        parts = [(self._left[first:last] @ self._right).tocsr()]
        for left, right, weights in self._others:
            mine = left[first:last]
            if mine.nnz and right.nnz:
                product = (mine @ right).tocsr()
                np.minimum(product.data, 1.0, out=product.data)
                product.data *= np.repeat(weights[first:last], np.diff(product.indptr))
                parts.append(product)
        for reader in range(last - first):
            places = [(part, _slice(part, reader)) for part in parts]
            yield self._added([(part.indices[place], part.data[place]) for part, place in places])

    def _added(self, found: Sequence[tuple[NDArray[np.int32], Scores]]) -> tuple[NDArray[np.int32], Scores]:
        (records, scores), *more = found
        more = [part for part in more if len(part[0])]
        if not more:
            return records, scores
        row = self._row
        row[records] = scores
        new = [records]
        for places, values in more:
            new.append(places[row[places] == 0])
            row[places] += values
        every = np.concatenate(new)
        total = row[every]
        row[every] = 0
        return every, total


def incidence(lists: Iterable[Sequence[str]], features: Sequence[str]) -> csr_matrix:
    """Return a row for each list with 1 at each of its features; what is no feature is left out."""
    from scipy.sparse import csr_matrix

    place = {name: number for number, name in enumerate(features)}
    ends, columns = [0], []
    for names in lists:
        columns.extend(sorted({place[name] for name in names if name in place}))
        ends.append(len(columns))
    ones = np.ones(len(columns), np.float32)
    return csr_matrix((ones, np.array(columns, np.int32), ends), shape=(len(ends) - 1, len(features)))


def scaled(rows: csr_matrix) -> csr_matrix:
    """Return rows of length 1; empty rows stay empty."""
    from scipy.sparse import diags

    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return (diags(np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)) @ rows).tocsr()


def rarity(rows: csr_matrix) -> NDArray[np.float64]:
    """Return the weight of each feature: ln((1 + rows) / (1 + rows with it))."""
    frequency = np.bincount(rows.indices, minlength=rows.shape[1])
    weight: NDArray[np.float64] = np.log((1 + rows.shape[0]) / (1 + frequency))
    return weight


def heaviest(rows: csr_matrix, most: int) -> csr_matrix:
    """Return rows with only their `most` largest values."""
    from scipy.sparse import csr_matrix

    starts, columns, values = [0], [], []
    for row in range(rows.shape[0]):
        here = slice(rows.indptr[row], rows.indptr[row + 1])
        data, indices = rows.data[here], rows.indices[here]
        if len(data) > most:
            kept = np.sort(np.lexsort((indices, -data))[:most])
            data, indices = data[kept], indices[kept]
        columns.append(indices)
        values.append(data)
        starts.append(starts[-1] + len(data))
    made = (
        np.concatenate(values or [np.empty(0)]),
        np.concatenate(columns or [np.empty(0, np.int32)]),
        starts,
    )
    return csr_matrix(made, shape=rows.shape, dtype=np.float32)


def below(prefixes: Sequence[str], features: Sequence[str]) -> list[str]:
    """Return the features, which are sorted, that begin with one of the prefixes."""
    found: list[str] = []
    for prefix in prefixes:
        start = bisect_left(features, prefix)
        while start < len(features) and features[start].startswith(prefix):
            found.append(features[start])
            start += 1
    return found


def _slice(rows: csr_matrix, number: int) -> slice:
    return slice(int(rows.indptr[number]), int(rows.indptr[number + 1]))
