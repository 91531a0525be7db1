# SPDX-License-Identifier: Apache-2.0
"""Documents of a citation graph in levels: each stands above all it cites, so that a level is computed at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihang.methods.citation_graph import CitationGraph, Nodes, without_circles

Offsets = NDArray[np.int64]
Step = tuple[tuple[tuple[int, int], ...], tuple[int, int], tuple[int, int]]
"""Blocks computed in one go, the range of their positions, the range of their links."""
THIN = 24
"""Levels with fewer links than this are walked link by link; calls on arrays would cost more."""
FAT = 1 << 17
"""Levels with more links than this are computed in pieces of about so many, which stay in the processor's cache."""
LONGEST_RUN = 100_000
"""Most thin levels walked in one go, to bound the memory of it."""


@dataclass(frozen=True)
class Side:
    """One direction of a graph in levels: neighbours of each position, and the order in which to compute.

    `near[start[p]:start[p + 1]]` are the neighbours of position p; `blocks` are ranges of positions that have some,
    each depending on blocks before it only.
    """

    start: Offsets
    near: Nodes
    blocks: tuple[tuple[int, int], ...]

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Fat blocks one by one, runs of thin ones together; each with its range of positions and of links."""
        runs: list[list[tuple[int, int]]] = []
        thin_before = False
        for low, high in self.blocks:
            thin = bool(self.start[high] - self.start[low] < THIN)
            if thin and thin_before and len(runs[-1]) < LONGEST_RUN:
                runs[-1].append((low, high))
            else:
                runs += [[piece] for piece in self._pieces(low, high)]
            thin_before = thin
        return tuple(self._step(run) for run in runs)

    def _pieces(self, low: int, high: int) -> list[tuple[int, int]]:
        """Cut a block into pieces of about `FAT` links."""
        wanted = np.arange(self.start[low] + FAT, self.start[high], FAT)
        cuts = np.unique([low, *np.searchsorted(self.start[low:high], wanted) + low, high]).tolist()
        return list(pairwise(cuts))

    def _step(self, run: list[tuple[int, int]]) -> Step:
        low, high = min(run)[0], max(run)[1]
        return tuple(run), (low, high), (int(self.start[low]), int(self.start[high]))

    def of(self, position: int) -> tuple[int, int]:
        """Return the range of links of a position."""
        return int(self.start[position]), int(self.start[position + 1])


@dataclass(frozen=True)
class Levels:
    """A graph without circles, its documents renumbered as positions: level by level, those nobody cites last.

    Parameters
    ----------
    order
        Document at each position.
    starts
        First position of each level, and the number of positions.
    into, out
        What each position cites, and what it is cited by; links count in the order of each.
    """

    order: Nodes
    starts: Offsets
    into: Side
    out: Side

    @property
    def sources(self) -> int:
        """Number of documents that cite nothing; they are the first positions."""
        return int(self.starts[1]) if len(self.starts) > 1 else 0


def levelled(graph: CitationGraph) -> tuple[CitationGraph, Levels]:
    """Return a graph in levels, and the graph itself with circles of citations joined (it tells which).

    >>> graph = CitationGraph(list("abcd"), np.array([0, 1, 2, 1]), np.array([1, 2, 1, 3]))
    >>> joined, levels = levelled(graph)
    >>> [joined.named(node) for node in levels.order], levels.starts.tolist()
    (['a', 'b+c', 'd'], [0, 1, 2, 3])
    """
    out = _neighbours(graph.older, graph.newer, len(graph))
    peeled = list(_peel(out, graph.newer))
    if sum(map(len, peeled)) < len(graph):
        graph = without_circles(graph, _circles(graph, peeled))
        out = _neighbours(graph.older, graph.newer, len(graph))
        peeled = list(_peel(out, graph.newer))
    return graph, _levels(out, peeled)


def _levels(out: tuple[Offsets, Nodes], peeled: list[Nodes]) -> Levels:
    start, near = out
    count = len(start) - 1
    cites = np.diff(start)
    parts = [(level[cites[level] > 0], level[cites[level] == 0]) for level in peeled]
    order = np.concatenate([part for both in parts for part in both] or [np.empty(0, np.int32)])
    position = np.empty(count, np.int32)
    position[order] = np.arange(count, dtype=np.int32)
    new_start = np.concatenate([[0], np.cumsum(cites[order])])
    newer = position.take(_reached(start, near, order))
    starts = np.concatenate([[0], np.cumsum([len(level) for level in peeled], dtype=np.int64)])
    into_start, older = _turned(new_start, newer)
    into = tuple(zip(starts[1:-1].tolist(), starts[2:].tolist(), strict=True))
    fertile = [
        (low, low + len(some))
        for low, (some, _) in zip(starts[:-1].tolist(), parts, strict=True)
        if len(some)
    ]
    return Levels(
        order, starts, Side(into_start, older, into), Side(new_start, newer, tuple(reversed(fertile)))
    )


def _neighbours(older: Nodes, newer: Nodes, count: int) -> tuple[Offsets, Nodes]:
    """Return for each document where its citing documents begin in a list of them, and the list."""
    from scipy.sparse import coo_array

    matrix = coo_array((np.ones(len(older), np.int8), (older, newer)), shape=(count, count))
    matrix.has_canonical_format = True  # links come once each; adding up and sorting would take longer
    found = matrix.tocsr()
    return found.indptr.astype(np.int64), found.indices


def _turned(start: Offsets, near: Nodes) -> tuple[Offsets, Nodes]:
    """Return the same links listed at their other ends."""
    from scipy.sparse import csr_array

    count = len(start) - 1
    narrow = np.int32 if len(near) < np.iinfo(np.int32).max else np.int64
    rows = (np.ones(len(near), np.int8), near, start.astype(narrow))
    turned = csr_array(rows, shape=(count, count)).tocsc()
    return turned.indptr.astype(np.int64), turned.indices.astype(np.int32, copy=False)


def _reached(start: Offsets, near: Nodes, nodes: Nodes) -> Nodes:
    """Return the neighbours of some documents, one after the other, taken in pieces to keep memory low."""
    counts = start[nodes + 1] - start[nodes]
    ends = np.cumsum(counts)
    found = np.empty(int(ends[-1]) if len(ends) else 0, np.int32)
    cuts = np.unique([0, *np.searchsorted(ends, np.arange(FAT, len(found), FAT)), len(nodes)]).tolist()
    for low, high in pairwise(cuts):
        before = int(ends[low - 1]) if low else 0
        shift = start[nodes[low:high]] - (ends[low:high] - counts[low:high])
        links = np.arange(before, int(ends[high - 1])) + np.repeat(shift, counts[low:high])
        near.take(links, out=found[before : ends[high - 1]], mode="clip")
    return found


def _peel(out: tuple[Offsets, Nodes], newer: Nodes) -> Iterator[Nodes]:
    """Yield level after level: documents whose cited documents have all been yielded before."""
    start, near = out
    waiting = np.bincount(newer, minlength=len(start) - 1).astype(np.int32)
    level = np.flatnonzero(waiting == 0).astype(np.int32)
    while len(level):
        yield level
        if len(level) < THIN:
            level = np.array(_next_of_few(start, near, waiting, level.tolist()), np.int32)
            continue
        reached = _reached(start, near, level)
        if len(reached) > len(waiting) // 16:
            times = np.bincount(reached, minlength=len(waiting))
            waiting -= times.astype(np.int32)
            level = np.flatnonzero((waiting == 0) & (times > 0)).astype(np.int32)
        else:
            citing, counts = np.unique_counts(np.sort(reached))
            waiting[citing] -= counts.astype(np.int32)
            level = np.sort(citing[waiting[citing] == 0])


def _next_of_few(start: Offsets, near: Nodes, waiting: NDArray[Any], level: list[int]) -> list[int]:
    starts, nears, left = start.data, near.data, waiting.data  # single numbers come faster from these
    found = []
    for node in level:
        for link in range(starts[node], starts[node + 1]):
            citing = nears[link]
            left[citing] -= 1
            if not left[citing]:
                found.append(citing)
    return sorted(found)


def _circles(graph: CitationGraph, peeled: list[Nodes]) -> Nodes:
    """Return for each document the smallest document of its circle; itself where it is in none."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    inside = np.ones(len(graph), np.bool_)
    for level in peeled:
        inside[level] = False
    nodes = np.flatnonzero(inside)
    place = np.full(len(graph), -1, np.int64)
    place[nodes] = np.arange(len(nodes))
    links = inside[graph.older] & inside[graph.newer]
    ends = place[graph.older[links]], place[graph.newer[links]]
    matrix = coo_array((np.ones(len(ends[0]), np.int8), ends), shape=(len(nodes), len(nodes)))
    count, labels = connected_components(matrix.tocsr(), connection="strong")
    smallest = np.full(count, len(graph), np.int64)
    np.minimum.at(smallest, labels, nodes)
    member = np.arange(len(graph), dtype=np.int32)
    member[nodes] = smallest[labels]
    return member
