# SPDX-License-Identifier: Apache-2.0
"""Importance of patents by their texts: unlike what came before, like what came after (M-NAV-16)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Values = NDArray[np.float64]
BEFORE, AFTER = 5, 5
BREAKTHROUGH = 0.1
"""Share of patents called breakthroughs, by importance less the mean of their year (logarithms)."""


@dataclass(frozen=True)
class TextImportance:
    """Figures of each text (row); missing (nan) where its years before or after are not all at hand.

    Parameters
    ----------
    backward, forward
        Sums of similarity with the texts of the years before and after (0 and more).
    importance
        `forward` over `backward`; missing where nothing before is alike.
    breakthrough
        Whether it is among the tenth of highest importance once years are set aside.
    """

    backward: Values
    forward: Values
    importance: Values
    breakthrough: NDArray[np.bool_]


def text_importance(
    counts: csr_matrix,
    years: ArrayLike,
    *,
    before: int = BEFORE,
    after: int = AFTER,
    last_full: int | None = None,
) -> TextImportance:
    r"""Compare each text with those of the years around it.

    Weights are :math:`TF \cdot \ln(N_{<t} / (1 + n_{w,<t}))`, with t the earlier of the two years of a pair; rows have
    length 1. A word in nearly all earlier texts weighs below 0. Texts of one year are not compared with each other.

    Parameters
    ----------
    last_full
        Last year known in full; later texts are compared with what came before only.

    References
    ----------
    Kelly, Papanikolaou, Seru and Taddy (2021), American Economic Review: Insights 3(3), 303-320.
    """
    when = np.asarray(years, np.int64)
    backward, forward = np.full(len(when), np.nan), np.full(len(when), np.nan)
    if not len(when):
        return TextImportance(backward, forward, backward.copy(), np.zeros(0, bool))
    first, last = int(when.min()), last_full if last_full is not None else int(when.max())
    rarity = {year: backward_rarity(counts, when, year) for year in sorted(set(when.tolist()))}
    for year in sorted(set(when.tolist())):
        rows = np.flatnonzero(when == year)
        if year - before >= first:
            earlier = [other for other in rarity if year - before <= other < year]
            backward[rows] = sum(
                (_reach(counts, rows, np.flatnonzero(when == other), rarity[other]) for other in earlier),
                np.zeros(len(rows)),
            )
        if year + after <= last:
            later = np.flatnonzero((when > year) & (when <= year + after))
            forward[rows] = _reach(counts, rows, later, rarity[year])
    with np.errstate(divide="ignore", invalid="ignore"):
        importance = np.where(backward > 1e-12, forward / backward, np.nan)
    return TextImportance(backward, forward, importance, _breakthroughs(importance, when))


def backward_rarity(counts: csr_matrix, years: ArrayLike, year: int) -> Values:
    """Return ln(N / (1 + n)) for each word: N texts before a year, n of them with the word; 0 where there are none.

    >>> from scipy.sparse import csr_matrix
    >>> counts = csr_matrix([[1, 1, 0, 0], [1, 0, 1, 0], [0, 0, 1, 1]])
    >>> backward_rarity(counts, [2000, 2001, 2003], 2003).round(4).tolist()
    [-0.4055, 0.0, 0.0, 0.6931]
    """
    rows = np.flatnonzero(np.asarray(years) < year)
    if not len(rows):
        return np.zeros(counts.shape[1])
    seen = np.bincount(counts[rows].indices, minlength=counts.shape[1])
    return np.asarray(np.log(len(rows) / (1 + seen)), float)


def _reach(counts: csr_matrix, rows: NDArray[np.int64], others: NDArray[np.int64], rarity: Values) -> Values:
    """Sum of cosines of each row with all the others, by weights of one year."""
    if not len(others):
        return np.zeros(len(rows))
    total = np.asarray(_unit(counts[others], rarity).sum(axis=0)).ravel()
    return np.asarray(_unit(counts[rows], rarity) @ total, float)


def _unit(counts: csr_matrix, rarity: Values) -> csr_matrix:
    made = counts.astype(float)
    made.data = made.data * rarity[made.indices]
    squares = np.asarray(made.multiply(made).sum(axis=1)).ravel()
    made.data /= np.repeat(np.sqrt(np.where(squares > 0, squares, 1)), np.diff(made.indptr))
    return made


def _breakthroughs(importance: Values, years: NDArray[np.int64]) -> NDArray[np.bool_]:
    known = np.isfinite(importance) & (importance > 0)
    found = np.zeros(len(importance), bool)
    if known.any():
        level = np.log(importance[known])
        for year in np.unique(years[known]):
            mine = years[known] == year
            level[mine] -= level[mine].mean()
        found[np.flatnonzero(known)[level >= np.quantile(level, 1 - BREAKTHROUGH) - 1e-12]] = True
    return found
