# SPDX-License-Identifier: Apache-2.0
"""White spaces of a technology-effect matrix: cells with far fewer patents than their row and column let expect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Verdict = Literal["white_space", "crowded", "as_expected", "too_few_expected"]
LEAST_EXPECTED = 5.0
"""Below this expectation an empty cell says nothing: it is no opportunity. UNVERIFIED: a parameter."""
CLEAR = 2.0
"""A standardised residual beyond this many standard deviations is clear (M-NAV-12)."""
FALSE_SHARE = 0.05
"""Share of false white spaces among those named, all cells tested together (Benjamini-Hochberg)."""
SPAN = 3
"""Years of the two stretches that growth compares."""


@dataclass(frozen=True)
class Cell:
    """A cell of the matrix.

    Parameters
    ----------
    observed, expected, residual
        Patents with both tags; row sum times column sum over total; adjusted standardised residual.
    q
        Smallest share of false findings at which this cell would be named; None where too few are expected.
    recent, before
        Patents of the last three full years and of the three before; None without years.
    holder, holder_share
        Who holds most of the cell, and the share (0-1) of its patents.
    """

    row: str
    column: str
    observed: int
    expected: float
    residual: float
    q: float | None
    verdict: Verdict
    recent: int | None
    before: int | None
    holder: str | None
    holder_share: float | None


def technology_effect_matrix(
    technologies: Sequence[Collection[str]],
    effects: Sequence[Collection[str]],
    *,
    years: Sequence[int | None] = (),
    holders: Sequence[Collection[str]] = (),
    truncated: Collection[int] = (),
    least_expected: float = LEAST_EXPECTED,
) -> list[Cell]:
    r"""Cells of technologies by effects, with what chance lets expect.

    .. math:: e_{ij} = r_i c_j / n, \quad d_{ij} = (o_{ij} - e_{ij}) / \sqrt{e_{ij} (1 - r_i/n)(1 - c_j/n)}

    A white space has a residual below -2, at least five expected, and stands when all cells are tested together. A patent
    with several tags counts in several cells, so cells are not quite independent.

    References
    ----------
    M-NAV-12; Haberman (1973), Biometrics 29, 205-220.
    """
    found = [
        (one, other, i)
        for i, (rows, columns) in enumerate(zip(technologies, effects, strict=True))
        for one in sorted(set(rows))
        for other in sorted(set(columns))
    ]
    row_names, column_names = sorted({one for one, _, _ in found}), sorted({other for _, other, _ in found})
    at: dict[tuple[str, str], list[int]] = {}
    for one, other, i in found:
        at.setdefault((one, other), []).append(i)
    observed = np.array([[len(at.get((one, other), ())) for other in column_names] for one in row_names])
    if not observed.size:
        return []
    expected, residual = expectation(observed)
    q = _q_values(residual, expected >= least_expected)
    last = max((year for year in years if year is not None and year not in truncated), default=None)
    cells = []
    for i, one in enumerate(row_names):
        for j, other in enumerate(column_names):
            members = at.get((one, other), [])
            verdict = _verdict(expected[i, j] >= least_expected, residual[i, j], q[i, j])
            recent, before = _growth([years[k] for k in members] if years else [], last)
            holder, share = _top_holder([holders[k] for k in members] if holders else [])
            cells.append(
                Cell(
                    one,
                    other,
                    int(observed[i, j]),
                    float(expected[i, j]),
                    float(residual[i, j]),
                    None if np.isnan(q[i, j]) else float(q[i, j]),
                    verdict,
                    recent,
                    before,
                    holder,
                    share,
                )
            )
    return cells


def expectation(observed: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Expected counts of a matrix, and adjusted standardised residuals (0 where nothing can vary).

    >>> expected, residual = expectation([[30, 10], [10, 30]])
    >>> expected.tolist(), residual.round(4).tolist()
    ([[20.0, 20.0], [20.0, 20.0]], [[4.4721, -4.4721], [-4.4721, 4.4721]])
    """
    held = np.asarray(observed, float)
    total = held.sum()
    rows, columns = held.sum(axis=1, keepdims=True), held.sum(axis=0, keepdims=True)
    expected = rows @ columns / total if total else np.zeros_like(held)
    spread = np.sqrt(expected * (1 - rows / max(total, 1)) * (1 - columns / max(total, 1)))
    residual = np.divide(held - expected, spread, out=np.zeros_like(held), where=spread > 1e-12)
    return expected, residual


def _q_values(residual: NDArray[np.float64], tested: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Benjamini-Hochberg over the tested cells, for being too low (one side); missing where not tested."""
    normal = NormalDist()
    found = np.full(residual.shape, np.nan)
    p = np.array([normal.cdf(value) for value in residual[tested]])
    if p.size:
        order = np.argsort(p, kind="stable")
        scaled = p[order] * p.size / np.arange(1, p.size + 1)
        q = np.empty(p.size)
        q[order] = np.minimum.accumulate(scaled[::-1])[::-1].clip(max=1.0)
        found[tested] = q
    return found


def _verdict(enough: bool, residual: float, q: float) -> Verdict:
    if not enough:
        return "crowded" if residual > CLEAR else "too_few_expected"
    if residual < -CLEAR and q <= FALSE_SHARE:
        return "white_space"
    return "crowded" if residual > CLEAR else "as_expected"


def _growth(years: Sequence[int | None], last: int | None) -> tuple[int | None, int | None]:
    if last is None:
        return None, None
    recent = sum(year is not None and last - SPAN < year <= last for year in years)
    before = sum(year is not None and last - 2 * SPAN < year <= last - SPAN for year in years)
    return recent, before


def _top_holder(held: Sequence[Collection[str]]) -> tuple[str | None, float | None]:
    counts = Counter(name for names in held for name in sorted(set(names)))
    if not counts:
        return None, None
    name, count = min(counts.items(), key=lambda item: (-item[1], item[0]))
    return name, count / len(held)
