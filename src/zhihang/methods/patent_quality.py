# SPDX-License-Identifier: Apache-2.0
"""Indicators of the quality of patents, measured against patents of the same field and year (M-NAV-13)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihang.methods.citation_graph import NO_TIME, CitationGraph

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
FOUR = ("forward", "family", "claims", "generality")
SIX = (*FOUR, "backward", "grant_lag")
TRIM = 0.01
TOP = 0.01


def class_table(
    documents: ArrayLike, classes: ArrayLike, count: int, *, kinds: int | None = None
) -> csr_array:
    """Numbers of symbols of each of `count` documents in each class, from one entry per symbol."""
    from scipy.sparse import coo_array

    rows, columns = np.asarray(documents, np.int64), np.asarray(classes, np.int64)
    width = kinds if kinds is not None else int(columns.max(initial=-1)) + 1
    return coo_array((np.ones(len(rows)), (rows, columns)), shape=(count, width)).tocsr()


def scope(table: csr_array) -> Numbers:
    """Number of different classes of each document."""
    return np.asarray(np.diff(table.indptr), dtype=np.int64)


def forward_citations(graph: CitationGraph, window: int) -> Numbers:
    """Citations each document gets up to and with `window` after its time (in the unit of the graph's times).

    Citations between documents of which one has no time do not count. For the cohorts of the last `window` the
    number is not complete yet; whoever compares them says so.
    """
    if graph.times is None:
        return np.zeros(len(graph), np.int64)
    old, new = graph.times[graph.older], graph.times[graph.newer]
    counted = (old != NO_TIME) & (new != NO_TIME) & (new <= np.where(old == NO_TIME, 0, old) + window)
    return np.bincount(graph.older[counted], minlength=len(graph)).astype(np.int64)


def backward_citations(graph: CitationGraph) -> Numbers:
    """Number of documents of the graph that each document cites."""
    return np.bincount(graph.newer, minlength=len(graph)).astype(np.int64)


def part(some: ArrayLike, whole: ArrayLike) -> Floats:
    """Share of one count in another, such as literature among all cited documents; NaN where there is nothing."""
    top, bottom = np.asarray(some, float), np.asarray(whole, float)
    found = np.full(len(top), np.nan)
    np.divide(top, bottom, out=found, where=bottom > 0)
    return found


def spread(counts: ArrayLike) -> float:
    """One less the sum of squared shares (0 to 1): 0 where all is in one class; NaN without anything.

    >>> spread([5, 3, 2]), round(spread([3, 2, 1]), 4)
    (0.62, 0.6111)
    """
    values = np.asarray(counts, float)
    total = values.sum()
    return float(round(1 - ((values / total) ** 2).sum(), 12)) if total else float("nan")


def generality(graph: CitationGraph, table: csr_array) -> Floats:
    """How widely the documents that cite a document are spread over classes (0 to 1).

    A citing document counts once, divided over its classes by its symbols. NaN where none that cites has a class.
    """
    return _spread_over(graph.older, graph.newer, table)


def originality(graph: CitationGraph, table: csr_array) -> Floats:
    """How widely what a document cites is spread over classes (0 to 1); NaN where nothing cited has a class."""
    return _spread_over(graph.newer, graph.older, table)


def radicalness(graph: CitationGraph, table: csr_array) -> Floats:
    """Share (0 to 1) of the symbols of all cited documents that lie in classes the document itself is not in."""
    cited = _links(graph.newer, graph.older, table.shape[0]) @ table
    own = table.copy()
    own.data = np.ones_like(own.data)
    inside = cited.multiply(own).sum(axis=1)
    total = cited.sum(axis=1)
    return part(total - inside, total)


def grant_lag_index(lags: ArrayLike, cohorts: ArrayLike) -> Floats:
    """One less a patent's time to grant by the longest of its cohort: 1 is quick; NaN where not granted."""
    values, groups = np.asarray(lags, float), _groups(cohorts)
    longest = np.full(groups.max(initial=-1) + 1, -np.inf)
    known = ~np.isnan(values)
    np.maximum.at(longest, groups[known], values[known])
    return 1 - part(values, longest[groups])


def normalised(values: ArrayLike, cohorts: ArrayLike, *, trim: float = TRIM, least: int = 2) -> Floats:
    """Value of each patent against its cohort (0 to 1), as KIPRO does it.

    Within a cohort what lies below the share `trim` from the bottom, or above that from the top, is drawn in to those
    limits; then all is divided by the largest. Cohorts with fewer than `least` known values give NaN, as does a
    missing value; a cohort of zeros gives 0.
    """
    given, groups = np.asarray(values, float), _groups(cohorts)
    found = np.full(len(given), np.nan)
    for rows in _rows_of(groups):
        known = rows[~np.isnan(given[rows])]
        if len(known) < least:
            continue
        low, high = np.quantile(given[known], [trim, 1 - trim])
        drawn = np.clip(given[known], low, high)
        top = drawn.max()
        found[known] = drawn / top if top > 0 else 0.0
    return found


def breakthrough(forward: ArrayLike, cohorts: ArrayLike, *, top: float = TOP) -> NDArray[np.bool_]:
    """Whether a patent is among the share `top` of its cohort most cited; ties at the limit are all in.

    Patents never cited are not; a cohort smaller than one by `top` has one such patent, or as many as tie.
    """
    given, groups = np.asarray(forward, float), _groups(cohorts)
    found = np.zeros(len(given), np.bool_)
    for rows in _rows_of(groups):
        ranked = np.sort(given[rows])[::-1]
        limit = ranked[max(int(np.ceil(top * len(rows))), 1) - 1]
        found[rows] = (given[rows] >= limit) & (given[rows] > 0)
    return found


def composite(
    parts: Mapping[str, ArrayLike], names: tuple[str, ...] = FOUR, *, least: int | None = None
) -> Floats:
    """Mean of normalised indicators (`FOUR` or `SIX` of them); for granted patents only.

    NaN where fewer than `least` are known; by default all must be, as a patent never cited has no generality.
    """
    columns = np.column_stack([np.asarray(parts[name], float) for name in names])
    known = (~np.isnan(columns)).sum(axis=1)
    mean = part(np.nansum(columns, axis=1), known)
    mean[known < (len(names) if least is None else least)] = np.nan
    return mean


def _spread_over(here: NDArray[Any], there: NDArray[Any], table: csr_array) -> Floats:
    from scipy.sparse import diags_array

    symbols = table.sum(axis=1)
    weights = diags_array(np.divide(1.0, symbols, out=np.zeros(len(symbols)), where=symbols > 0))
    reached = _links(here, there, table.shape[0]) @ (weights @ table)
    total = reached.sum(axis=1)
    squares = reached.multiply(reached).sum(axis=1)
    return np.asarray(1 - part(squares, total**2), dtype=float)


def _links(here: NDArray[Any], there: NDArray[Any], count: int) -> csr_array:
    from scipy.sparse import coo_array

    return coo_array((np.ones(len(here)), (here, there)), shape=(count, count)).tocsr()


def _groups(cohorts: ArrayLike) -> Numbers:
    return np.unique(np.asarray(cohorts), return_inverse=True)[1].astype(np.int64)


def _rows_of(groups: Numbers) -> list[Numbers]:
    order = np.argsort(groups, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(groups[order])) + 1) if len(order) else []
