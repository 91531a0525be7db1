# SPDX-License-Identifier: Apache-2.0
"""Topics as communities of the graph of neighbours: every text in one of them, small ones joined to the nearest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from zhihang.errors import NotInstalled

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Members = NDArray[np.int64]
LEAST_MEMBERS = 10
LEAST_SHARE = 0.002
"""Topics with fewer texts than ten, or than this share of all, are joined to the topic they hang on most."""


def communities(graph: csr_matrix, *, detail: float = 1.0, least: int | None = None) -> Members:
    """Return the topic of each vertex, the largest topic first (0, 1, ...).

    Leiden's method (Traag, Waltman and van Eck 2019, Scientific Reports 9, 5233) on modularity; `detail` above 1 gives
    more and smaller topics. One thread and no chance: same graph, same topics.
    """
    count = graph.shape[0]
    least = max(LEAST_MEMBERS, int(LEAST_SHARE * count)) if least is None else least
    found = _leiden(graph, detail) if graph.nnz else np.zeros(count, np.int64)
    return by_size(_joined(graph, _numbered(found), min(least, max(1, count // 2))))


def by_size(members: Members) -> Members:
    """Number topics anew, the largest first; of equal ones the one that comes first in the data.

    >>> by_size(np.array([5, 3, 3, 9])).tolist()
    [1, 0, 0, 2]
    """
    names, first, inverse, sizes = np.unique(
        members, return_index=True, return_inverse=True, return_counts=True
    )
    rank = np.empty(len(names), np.int64)
    rank[np.lexsort((first, -sizes))] = np.arange(len(names))
    return rank[inverse]


def _numbered(members: Members) -> Members:
    return np.asarray(np.unique(members, return_inverse=True)[1], np.int64)


def _leiden(graph: csr_matrix, detail: float) -> Members:
    try:
        import networkit
    except ImportError as error:
        raise NotInstalled(
            "Finding topics needs the library networkit.",
            {"missing": "networkit"},
            todo="pip install 'zhihang[navigation]'",
        ) from error
    from scipy.sparse import triu

    once = triu(graph, 1).tocoo()
    links = (once.data.astype(np.float64), (once.row.astype(np.uint64), once.col.astype(np.uint64)))
    before = networkit.getMaxNumberOfThreads()
    networkit.setNumberOfThreads(1)
    try:
        made = networkit.GraphFromCoo(links, n=graph.shape[0], weighted=True, directed=False)
        method = networkit.community.ParallelLeiden(made, iterations=5, randomize=False, gamma=detail)
        method.run()
        return np.asarray(method.getPartition().getVector(), np.int64)
    finally:
        networkit.setNumberOfThreads(before)


def _joined(graph: csr_matrix, members: Members, least: int) -> Members:
    """Join topics with fewer than `least` members to the one they are tied to most, the smallest first."""
    from scipy.sparse import csr_matrix

    while True:
        sizes = np.bincount(members)
        small = np.flatnonzero((sizes > 0) & (sizes < least))
        if not len(small) or np.count_nonzero(sizes) == 1:
            return members
        count = len(members)
        held = csr_matrix((np.ones(count), (np.arange(count), members)), shape=(count, len(sizes)))
        ties = (held.T @ graph @ held).toarray()
        np.fill_diagonal(ties, 0)
        # By number of links per size of the other, so that the largest topic does not take all.
        pull = ties / np.maximum(sizes, 1)[None, :]
        target = np.arange(len(sizes))
        for one in small[np.argsort(sizes[small], kind="stable")]:
            if not (target[small] == one).sum() > 1:
                target[one] = pull[one].argmax() if pull[one].any() else int(sizes.argmax())
        moved = target[members]
        if (moved == members).all():
            return members
        members = moved
