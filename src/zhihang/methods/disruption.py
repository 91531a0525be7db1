# SPDX-License-Identifier: Apache-2.0
"""Whether later documents cite a document in place of what it builds on, or together with it: the CD index (M-NAV-14)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihang.methods.citation_graph import NO_TIME, CitationGraph, Times

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]
BLOCK = 1_000_000
"""About how many pairs of a document and a later one are looked at in one go."""
_BLOCKS = 24
"""For how many blocks together the links to what is later are picked out."""
_CITES = 1 << 24


@dataclass(frozen=True)
class Disruption:
    """Later documents of each document, by what they cite of it and its references.

    Parameters
    ----------
    only
        Those that cite the document and none of its references.
    both
        Those that cite it and some of its references.
    references
        Those that cite some of its references but not the document.
    """

    only: Counts
    both: Counts
    references: Counts

    @property
    def cd(self) -> Floats:
        """CD index (-1 consolidating to 1 disruptive); NaN where no later document cites it or its references."""
        later = self.only + self.both + self.references
        found: Floats = np.full(len(later), np.nan)
        np.divide(self.only - self.both, later, out=found, where=later > 0)
        return found

    @property
    def citing(self) -> Counts:
        """Later documents that cite it."""
        return self.only + self.both

    @property
    def mcd(self) -> Floats:
        """CD index times the number of documents that cite it."""
        return self.cd * self.citing


def disruption(graph: CitationGraph, *, window: int | None = None, block: int = BLOCK) -> Disruption:
    """CD index of every document, from documents that appear later, up to and with `window` after it.

    `window` is in the unit of the graph's times. A document of the same time is not later. Documents without a time
    neither have an index nor count for others. Where the graph has no times at all, every document other than the one
    looked at counts as later: those that cite only its references may then be older than it.

    References
    ----------
    Funk and Owen-Smith (2017), Management Science 63(3), 791-817; M-NAV-14.

    Examples
    --------
    >>> graph = CitationGraph(list("abc"), np.array([0, 0, 1]), np.array([1, 2, 2]), np.array([0, 1, 2]))
    >>> disruption(graph).cd  # b builds on a, and c cites both: consolidating
    array([ 1., -1., nan])
    """
    order, low, high = _windows(graph, window)
    known = len(order)
    place = np.full(len(graph), -1, np.int32)
    place[order] = np.arange(known, dtype=np.int32)
    found = np.zeros((len(graph), 3), np.int64)
    for rows, counts in _blocks(graph, place, low, high, block):
        found[order[rows]] = counts
    return Disruption(found[:, 0], found[:, 1], found[:, 2])


def _windows(graph: CitationGraph, window: int | None) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return documents in the order of time, and the range of places of what is later than each."""
    if graph.times is None:
        count = len(graph)
        return np.arange(count), np.zeros(count, np.int32), np.full(count, count, np.int32)
    order = np.argsort(graph.times, kind="stable")
    order = order[graph.times[order] != NO_TIME]
    times: Times = graph.times[order]
    low = np.searchsorted(times, times, side="right").astype(np.int32)
    if window is None:
        return order, low, np.full(len(order), len(order), np.int32)
    return order, low, np.searchsorted(times, times + window, side="right").astype(np.int32)


def _blocks(
    graph: CitationGraph, place: NDArray[np.int32], low: NDArray[Any], high: NDArray[Any], size: int
) -> Iterator[tuple[slice, Counts]]:
    """Yield blocks of documents, in the order of time, with their three counts.

    The counts come out of one sparse product. A row holds a document's references, each 1, and the document itself
    with a weight above all sums; the columns are who cites what. An entry of the product says of a later document
    whether it cites the document (the weight is in it) and whether it cites references (something else is).
    """
    from scipy.sparse import coo_array, csr_array

    count = len(low)
    old, new = place[graph.older], place[graph.newer]
    sound = (old >= 0) & (new >= 0)
    ends = (old[sound], new[sound])
    cited_by = coo_array((np.ones(len(ends[0]), np.int32), ends), shape=(count, count)).tocsr()
    references, later = cited_by.T.tocsr(), cited_by
    blocks = list(_cut(references, cited_by, size))
    for number, (first, last) in enumerate(blocks):
        if number % _BLOCKS == 0:
            ahead = slice(first, blocks[min(number + _BLOCKS, len(blocks)) - 1][1])
            later = _between(cited_by, int(low[ahead].min()), int(high[ahead].max()))
        if low[first:last].min() >= high[first:last].max():
            continue
        links = slice(int(references.indptr[first]), int(references.indptr[last]))
        inside = references.indptr[first : last + 1] - references.indptr[first]
        cited = np.insert(references.indices[links], inside[:-1], np.arange(first, last))
        ones = np.insert(np.ones(links.stop - links.start, np.int32), inside[:-1], _CITES)
        rows = csr_array((ones, cited, inside + np.arange(last - first + 1)), shape=(last - first, count))
        yield slice(first, last), _counted(rows @ later, (first, last), low, high)


def _cut(references: Any, cited_by: Any, size: int) -> Iterator[tuple[int, int]]:
    """Cut the rows so that the product of each part takes about `size` steps."""
    cited = np.diff(cited_by.indptr)
    along = np.concatenate([[0], np.cumsum(cited[references.indices], dtype=np.int64)])
    steps = np.cumsum(np.diff(along[references.indptr]) + cited + 1)
    first = 0
    while first < len(steps):
        before = int(steps[first - 1]) if first else 0
        last = max(int(np.searchsorted(steps, before + size, side="right")), first + 1)
        yield first, last
        first = last


def _between(matrix: Any, low: int, high: int) -> Any:
    """Keep the columns from `low` to before `high`."""
    from scipy.sparse import csr_array

    if low == 0 and high >= matrix.shape[1]:
        return matrix
    kept = (matrix.indices >= low) & (matrix.indices < high)
    reached = np.concatenate([[0], np.cumsum(kept, dtype=np.int32)])
    indices = matrix.indices[kept]
    return csr_array(
        (np.ones(len(indices), np.int32), indices, reached[matrix.indptr].astype(np.int32)),
        shape=matrix.shape,
    )


def _counted(product: Any, rows: tuple[int, int], low: NDArray[Any], high: NDArray[Any]) -> Counts:
    """Count the entries of each row that are later: those citing the document only, both, the references only."""
    first, last = rows
    spread = np.diff(product.indptr)
    column, value = product.indices, product.data
    later = column >= np.repeat(low[first:last], spread)
    later &= column < np.repeat(high[first:last], spread)
    later &= column != np.repeat(np.arange(first, last, dtype=np.int32), spread)
    kinds = (later & (value == _CITES), later & (value > _CITES), later & (value < _CITES))
    sums = [np.concatenate([[0], np.cumsum(kind, dtype=np.int64)])[product.indptr] for kind in kinds]
    return np.column_stack([np.diff(one) for one in sums])
