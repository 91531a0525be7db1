# SPDX-License-Identifier: Apache-2.0
"""Nearest neighbours of vectors, and the graph that joins each to its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from zhihang.errors import NotInstalled

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Vectors = NDArray[np.float32]
Indices = NDArray[np.int64]
EXACT_UP_TO = 50_000
"""With more vectors, neighbours are looked for in the nearest cells only."""
CELLS_LOOKED_AT = 24


def nearest(vectors: Vectors, neighbours: int, *, seed: int = 0) -> tuple[Indices, Vectors]:
    """Return for each vector of length 1 its nearest others and their cosines, nearest first.

    Exact up to 50,000 vectors. Above, vectors are sorted into cells of which the nearest 24 are searched.
    """
    faiss = _faiss()
    count = len(vectors)
    neighbours = min(neighbours, count - 1)
    index = faiss.IndexFlatIP(vectors.shape[1]) if count <= EXACT_UP_TO else _cells(vectors, seed)
    index.add(vectors)
    found, cosines = np.empty((count, neighbours), np.int64), np.empty((count, neighbours), np.float32)
    for start in range(0, count, 16_384):
        block = slice(start, min(start + 16_384, count))
        similar, places = index.search(vectors[block], neighbours + 1)
        found[block], cosines[block] = _without_self(places, similar, start)
    return found, cosines


def joined(places: Indices, cosines: Vectors) -> csr_matrix:
    """Return the symmetric graph of neighbours, weighted by the larger cosine, none below 0."""
    from scipy.sparse import csr_matrix

    count, each = places.shape
    starts = np.arange(0, count * each + 1, each, dtype=np.int64)
    weights = np.maximum(cosines, 1e-6).ravel() * (places.ravel() >= 0)
    graph = csr_matrix((weights, np.maximum(places, 0).ravel(), starts), shape=(count, count))
    graph = graph.maximum(graph.T).tocsr()
    graph.eliminate_zeros()
    graph.sort_indices()
    return graph


def _without_self(places: Indices, similar: Vectors, first: int) -> tuple[Indices, Vectors]:
    """Leave out each vector itself; where equal vectors pushed it off the list, the last of them."""
    own = places == np.arange(first, first + len(places))[:, None]
    own[~own.any(axis=1), -1] = True
    kept = ~own
    return places[kept].reshape(len(places), -1), similar[kept].reshape(len(places), -1)


def _cells(vectors: Vectors, seed: int) -> Any:
    faiss = _faiss()
    cells = int(4 * np.sqrt(len(vectors)))
    centres = faiss.IndexFlatIP(vectors.shape[1])
    index = faiss.IndexIVFFlat(centres, vectors.shape[1], cells, faiss.METRIC_INNER_PRODUCT)
    index.cp.seed, index.cp.niter = seed + 1, 8
    index.cp.max_points_per_centroid = 50
    index.train(vectors)
    index.nprobe = CELLS_LOOKED_AT
    return index


def _faiss() -> Any:
    try:
        import faiss
    except ImportError as error:
        raise NotInstalled(
            "Looking for neighbours needs the library faiss.",
            {"missing": "faiss-cpu"},
            todo="pip install 'zhihang[navigation]'",
        ) from error
    return faiss
