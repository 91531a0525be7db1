# SPDX-License-Identifier: Apache-2.0
"""A map in two dimensions: near texts near each other, laid out by t-SNE from landmarks outwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from zhihang.errors import NotInstalled

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Points = NDArray[np.float32]
LANDMARKS = 25_000
"""Up to so many points are laid out in full; of more, so many are, and the others are put among their neighbours."""
EARLY, LATE, AFTER = 150, 350, 60
"""Rounds with neighbours drawn together, rounds of settling, and rounds of all points after placing."""
FFT_FROM = 3_000
"""From so many points on, repulsion is computed on a grid; one thread is as fast as two then, and steadier."""
SETTLED_UP_TO = 300_000
"""With more points than this the others stay where their neighbours put them."""


def lay_out(graph: csr_matrix, vectors: NDArray[np.float32], *, seed: int = 0) -> Points:
    """Return a place for each vector; same graph, vectors and seed, same bytes.

    The start is the first two axes of the vectors. The scale is that of t-SNE and means nothing.
    """
    count = graph.shape[0]
    if count < 5:
        return _on_a_line(count)
    start = _start(vectors)
    if count <= LANDMARKS:
        return _optimised(graph, start, EARLY, LATE, seed)
    chosen = np.sort(np.random.default_rng(seed).choice(count, LANDMARKS, replace=False))
    placed = _optimised(_among(graph, chosen), start[chosen], EARLY, LATE, seed)
    points = _spread(graph, chosen, placed, seed)
    return points if count > SETTLED_UP_TO else _optimised(graph, points, 0, AFTER, seed)


def _start(vectors: NDArray[np.float32]) -> Points:
    """First two axes of the centred vectors, the first scaled to a spread of 1e-4."""
    flat = vectors[:, :2] if vectors.shape[1] > 1 else np.column_stack((vectors[:, 0], vectors[:, 0] * 0))
    centred = flat.astype(np.float64) - flat.mean(axis=0, dtype=np.float64)
    centred /= max(float(centred[:, 0].std()), 1e-12)
    return np.asarray(centred * 1e-4, np.float32)


def _optimised(graph: csr_matrix, start: Points, early: int, late: int, seed: int) -> Points:
    tsne = _tsne()
    pull = graph.copy().astype(np.float64)
    sums = np.asarray(pull.sum(axis=1)).ravel()
    pull.data /= np.repeat(np.maximum(sums, 1e-12), np.diff(pull.indptr))
    pull = (pull + pull.T).tocsr()
    pull.data /= pull.data.sum()
    affinities = tsne.affinity.PrecomputedAffinities(pull, normalize=False)
    made = tsne.TSNEEmbedding(
        start.astype(np.float64),
        affinities,
        negative_gradient_method="fft" if len(start) > FFT_FROM else "bh",
        n_jobs=1,
        random_state=seed,
    )
    if early:
        made.optimize(n_iter=early, exaggeration=12, momentum=0.5, inplace=True)
    made.optimize(n_iter=late, exaggeration=1 if early else 1.5, momentum=0.8, inplace=True)
    return np.asarray(made, np.float32)


def _among(graph: csr_matrix, chosen: NDArray[np.int64]) -> csr_matrix:
    """Graph among the chosen: joined where they are neighbours, or have a neighbour in common."""
    own = graph[chosen]
    graph_two = (own @ own.T).tocsr()
    direct = own[:, chosen]
    both = (direct * 4 + graph_two).tocsr()
    both.setdiag(0)
    both.eliminate_zeros()
    return _strongest(both, 15)


def _strongest(graph: csr_matrix, most: int) -> csr_matrix:
    """Keep the strongest links of each row, then make the graph symmetric."""
    from scipy.sparse import csr_matrix

    rows = np.repeat(np.arange(graph.shape[0]), np.diff(graph.indptr))
    order = np.lexsort((graph.indices, -graph.data, rows))
    rank = np.arange(len(order)) - graph.indptr[rows[order]]
    kept = order[rank < most]
    made = csr_matrix((graph.data[kept], (rows[kept], graph.indices[kept])), shape=graph.shape)
    return made.maximum(made.T).tocsr()


def _spread(graph: csr_matrix, chosen: NDArray[np.int64], placed: Points, seed: int) -> Points:
    """Put every other point at the mean of its neighbours that have a place, ring by ring, a little beside it."""
    count = graph.shape[0]
    points, known = np.zeros((count, 2)), np.zeros(count)
    points[chosen], known[chosen] = placed, 1
    fixed = known > 0
    for _ in range(8):
        reach = graph @ known
        moved = np.divide(
            graph @ (points * known[:, None]), reach[:, None], where=reach[:, None] > 0, out=points.copy()
        )
        points = np.where(fixed[:, None], points, moved)
        known = np.where(fixed, 1.0, (reach > 0) * 1.0)
    lost = known == 0
    points[lost] = points[~lost].mean(axis=0)
    beside = np.random.default_rng(seed + 1).standard_normal((count, 2)) * _gap(placed)
    return np.asarray(points + np.where(fixed[:, None], 0, beside), np.float32)


def _gap(placed: Points) -> float:
    """Half the usual distance between points, were they spread evenly."""
    width = float(placed.std())
    return 0.5 * width * 4 / max(float(np.sqrt(len(placed))), 1.0)


def _on_a_line(count: int) -> Points:
    return np.column_stack((np.arange(count), np.zeros(count))).astype(np.float32)


def _tsne() -> Any:
    try:
        import openTSNE
        import openTSNE.affinity
    except ImportError as error:
        raise NotInstalled(
            "Drawing a map of texts needs the library openTSNE.",
            {"missing": "openTSNE"},
            todo="pip install 'zhihang[navigation]'",
        ) from error
    return openTSNE
