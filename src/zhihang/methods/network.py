# SPDX-License-Identifier: Apache-2.0
"""Networks of holders or inventors: who works with or cites whom, who is central, which groups, who bridges them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihang.errors import NotInstalled

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
SMALL = 5_000
"""Up to so many members betweenness is computed; it takes members times links."""
LARGEST = 100
"""A document with more members than this says little about who works with whom and is left out."""


@dataclass(frozen=True)
class Network:
    """Members and weighted links; undirected links are in the matrix both ways.

    `left_out` counts documents with more members than `LARGEST`.
    """

    names: Sequence[str]
    matrix: csr_array
    directed: bool = False
    left_out: int = 0

    @cached_property
    def either(self) -> csr_array:
        """Links without their direction: the weights of both ways added."""
        return (self.matrix + self.matrix.T).tocsr() if self.directed else self.matrix

    def links(self) -> list[tuple[str, str, float]]:
        """Return every link with its weight, undirected ones once, the heaviest first."""
        found = self.matrix.tocoo()
        rows, columns = found.coords
        kept = np.ones(len(rows), np.bool_) if self.directed else rows < columns
        order = np.lexsort((columns[kept], rows[kept], -found.data[kept]))
        ends = zip(rows[kept][order].tolist(), columns[kept][order].tolist(), strict=True)
        weights = found.data[kept][order].tolist()
        return [(self.names[a], self.names[b], weight) for (a, b), weight in zip(ends, weights, strict=True)]


def linked(
    froms: Sequence[str], tos: Sequence[str], weights: ArrayLike | None = None, *, directed: bool = False
) -> Network:
    """Network of given links; repeated ones add up, links of a member to itself are left out."""
    from scipy.sparse import coo_array

    names = sorted({*froms, *tos})
    number = {name: place for place, name in enumerate(names)}
    rows = np.array([number[name] for name in froms], np.int64)
    columns = np.array([number[name] for name in tos], np.int64)
    heavy = np.ones(len(rows)) if weights is None else np.asarray(weights, float)
    kept = rows != columns
    ends = (rows[kept], columns[kept])
    matrix = coo_array((heavy[kept], ends), shape=(len(names), len(names))).tocsr()
    return Network(names, matrix if directed else (matrix + matrix.T).tocsr(), directed)


def together(documents: Sequence[str], members: Sequence[str], *, largest: int = LARGEST) -> Network:
    """Network of members that share documents (co-applicants, co-inventors): links count the documents shared.

    >>> together(["p", "p", "q", "q", "q"], ["A", "B", "A", "B", "C"]).links()
    [('A', 'B', 2.0), ('A', 'C', 1.0), ('B', 'C', 1.0)]
    """
    from scipy.sparse import coo_array, diags_array

    names, columns = np.unique(np.asarray(members, dtype=object).astype(str), return_inverse=True)
    _, rows = np.unique(np.asarray(documents, dtype=object).astype(str), return_inverse=True)
    incidence = coo_array((np.ones(len(rows)), (rows, columns))).tocsr()
    incidence.data[:] = 1.0
    sizes = np.diff(incidence.indptr)
    incidence = diags_array((sizes <= largest).astype(float)) @ incidence
    matrix = (incidence.T @ incidence).tocsr()
    matrix.setdiag(0)
    matrix.eliminate_zeros()
    return Network(names.tolist(), matrix, left_out=int((sizes > largest).sum()))


def between_groups(older: Numbers, newer: Numbers, holder: Sequence[str | None]) -> Network:
    """Network of citations between holders of documents: from who cites to who is cited; own citations left out."""
    pairs = [(holder[new], holder[old]) for old, new in zip(older.tolist(), newer.tolist(), strict=True)]
    known = [(one, other) for one, other in pairs if one and other]
    return linked([one for one, _ in known], [other for _, other in known], directed=True)


def degree(network: Network) -> Numbers:
    """Number of members each member has a link with."""
    return np.asarray(np.diff(network.either.indptr), dtype=np.int64)


def strength(network: Network) -> Floats:
    """Weights of the links of each member added up."""
    return np.asarray(network.either.sum(axis=1), dtype=float)


def components(network: Network) -> Numbers:
    """Number of the connected part of each member; parts are numbered from the largest, 0, down."""
    from scipy.sparse.csgraph import connected_components

    _, labels = connected_components(network.either, directed=False)
    return by_size(labels)


def by_size(labels: ArrayLike) -> Numbers:
    """Number groups anew: the largest is 0; of groups of one size the one with the first member comes first.

    >>> by_size([7, 3, 3]).tolist()
    [1, 0, 0]
    """
    _, first, groups, sizes = np.unique(
        np.asarray(labels), return_index=True, return_inverse=True, return_counts=True
    )
    order = np.lexsort((first, -sizes))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return rank[groups]


def pagerank(
    network: Network, *, damping: float = 0.85, tolerance: float = 1e-10, rounds: int = 1000
) -> Floats:
    """PageRank of each member (shares that add up to 1), by following links with their weights.

    Members without links onward hand on their share to all alike.
    """
    count = len(network.names)
    if not count:
        return np.empty(0)
    out = np.asarray(network.matrix.sum(axis=1), dtype=float)
    onward = network.matrix.T.tocsr()
    rank = np.full(count, 1 / count)
    for _ in range(rounds):
        handed = np.divide(rank, out, out=np.zeros(count), where=out > 0)
        stuck = rank[out == 0].sum()
        new = damping * (onward @ handed + stuck / count) + (1 - damping) / count
        if np.abs(new - rank).sum() < tolerance:
            return np.asarray(new)
        rank = new
    return rank


def betweenness(network: Network) -> Floats | None:
    """Share (0 to 1) of the shortest ways between others that lead through a member; None beyond `SMALL` members."""
    if len(network.names) > SMALL:
        return None
    if len(network.names) < 3:
        return np.zeros(len(network.names))
    kit = _networkit()
    found = kit.centrality.Betweenness(_as_kit(kit, network, weighted=False), normalized=True)
    found.run()
    return np.array(found.scores())


def communities(network: Network, *, seed: int = 1, resolution: float = 1.0) -> Numbers:
    """Community of each member (Leiden, by weights), numbered from the largest, 0, down; the same seed, the same."""
    kit = _networkit()
    threads = kit.getMaxNumberOfThreads()
    kit.setNumberOfThreads(1)  # with more, the result depends on which comes first
    kit.setSeed(seed, False)
    try:
        found = kit.community.ParallelLeiden(
            _as_kit(kit, network, weighted=True), randomize=True, gamma=resolution
        )
        found.run()
        return by_size(found.getPartition().getVector())
    finally:
        kit.setNumberOfThreads(threads)


def bridging(network: Network, groups: ArrayLike) -> Floats:
    """How evenly a member's links are spread over groups (participation, 0 to 1); 0 where all stay in one group."""
    from scipy.sparse import coo_array

    labels = np.asarray(groups, np.int64)
    count = len(labels)
    member = coo_array(
        (np.ones(count), (np.arange(count), labels)), shape=(count, labels.max(initial=-1) + 1)
    )
    reached = (network.either @ member.tocsr()).tocsr()
    total = np.asarray(reached.sum(axis=1), dtype=float)
    squares = np.asarray(reached.multiply(reached).sum(axis=1), dtype=float)
    found = np.zeros(count)
    np.divide(squares, total**2, out=found, where=total > 0)
    return np.where(total > 0, 1 - found, 0.0)


def _networkit() -> Any:
    try:
        import networkit
    except ImportError as error:
        raise NotInstalled(
            "Communities and betweenness need networkit.", todo='pip install "zhihang[navigation]"'
        ) from error
    return networkit


def _as_kit(kit: Any, network: Network, *, weighted: bool) -> Any:
    from scipy.sparse import triu

    upper = triu(network.either).tocoo()
    data = upper.data if weighted else np.ones(len(upper.data))
    return kit.GraphFromCoo((data, upper.coords), n=len(network.names), weighted=weighted, directed=False)
