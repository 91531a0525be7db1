# SPDX-License-Identifier: Apache-2.0
"""Readers against records in one respect: both as rows over the same features, their product is the score."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Scores = NDArray[np.float32]
DENSE = 0.05
"""From this share of pairs with a score on, adding all of them is faster than adding one by one."""


@dataclass(frozen=True)
class Pairing:
    """Readers (`left`) and records (`right`) over `features`; the score of a pair is min(1, left · right)."""

    left: csr_matrix
    right: csr_matrix
    features: Sequence[str]

    def add_to(self, total: Scores, first: int, last: int, weights: Scores) -> None:
        """Add weight times score to `total`: readers from `first` to before `last` in rows, records in columns."""
        mine = self.left[first:last]
        if not mine.nnz or not self.right.nnz:
            return
        product = (mine @ self.right.T).tocsr()
        np.minimum(product.data, 1.0, out=product.data)
        product.data *= np.repeat(weights, np.diff(product.indptr))
        if product.nnz > DENSE * total.size:
            total += product.todense()
        else:
            rows = np.repeat(np.arange(last - first), np.diff(product.indptr))
            total[rows, product.indices] += product.data

    def shared(self, reader: int, records: Sequence[int]) -> list[list[tuple[str, float]]]:
        """Return, for each record, what it shares with a reader and what each adds to the score, the largest first."""
        mine = _slice(self.left, reader)
        if mine.start == mine.stop:
            return [[] for _ in records]
        weight = np.zeros(len(self.features), np.float32)
        weight[self.left.indices[mine]] = self.left.data[mine]
        return [self._shared(weight, record) for record in records]

    def _shared(self, weight: Scores, record: int) -> list[tuple[str, float]]:
        theirs = _slice(self.right, record)
        places = self.right.indices[theirs]
        shares = weight[places] * self.right.data[theirs]
        hits = np.flatnonzero(shares)
        found = sorted(zip((-shares[hits]).tolist(), places[hits].tolist(), strict=True))
        return [(self.features[place], -share) for share, place in found]


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
