# SPDX-License-Identifier: Apache-2.0
"""Chain ladder: what counts that arrive late will amount to (M-FCT-06).

A triangle has a row for each origin (month or year of filing) and a column for each delay; a cell is what was known of
the origin after the delay, all together. NaN is what cannot be known yet.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihang.errors import NotComparable

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Nowcast:
    """What is known of each origin, and what it will amount to.

    Parameters
    ----------
    known, ultimate, low, high
        Latest known count of each origin, the count expected in the end, and the ends of its interval; not a number
        where an origin is so young that never anything was known of one.
    factors
        Development from each delay to the next.
    shares
        Share of the final count that is known after each delay.
    """

    known: Values
    ultimate: Values
    low: Values
    high: Values
    factors: Values
    shares: Values
    errors: Values

    @property
    def completeness(self) -> Values:
        """Share of each origin that is known; 1 where nothing more is expected, 0 where nothing can be said."""
        share = np.divide(self.known, self.ultimate, out=np.ones_like(self.known), where=self.ultimate > 0)
        return np.where(np.isnan(self.ultimate), 0.0, share)


def development_factors(triangle: Values) -> Values:
    """Return the factor from each delay to the next: sums over the origins that know both.

    A delay that no origin passed, or whose counts were all zero, has factor 1.
    """
    factors = np.ones(triangle.shape[1] - 1)
    for delay in range(triangle.shape[1] - 1):
        both = ~np.isnan(triangle[:, delay]) & ~np.isnan(triangle[:, delay + 1])
        before = triangle[both, delay].sum()
        factors[delay] = triangle[both, delay + 1].sum() / before if before > 0 else 1.0
    return factors


def nowcast(triangle: Values, *, level: float = 0.9, latest: int | None = None) -> Nowcast:
    """Return the counts to expect in the end; the interval is of the size of what is missing, overdispersed as seen.

    Parameters
    ----------
    latest
        Take factors from so many of the latest origins that know a delay; None takes all.

    Notes
    -----
    The standard error is Mack's (1993), and at least that of a Poisson count of what is missing.

    Examples
    --------
    >>> nan = float("nan")
    >>> found = nowcast(np.array([[40, 90, 100], [44, 99, nan], [50, nan, nan]]))
    >>> found.factors.round(4).tolist(), found.ultimate.round(4).tolist()
    ([2.25, 1.1111], [100.0, 110.0, 125.0])
    """
    from scipy import stats

    table = np.asarray(triangle, dtype=np.float64)
    _checked(table)
    used = _latest(table, latest)
    factors = development_factors(used)
    last = np.array([np.flatnonzero(~np.isnan(row))[-1] for row in table])
    known = table[np.arange(len(table)), last]
    to_go = np.append(np.cumprod(factors[::-1])[::-1], 1.0)
    to_go[: _first_seen(used)] = np.inf
    ultimate = np.where(np.isinf(to_go[last]), np.nan, known * np.where(np.isinf(to_go), 1.0, to_go)[last])
    errors = _mack(used, factors, known, last)
    errors = np.sqrt(np.maximum(errors**2, ultimate - known))
    width = stats.norm.ppf((1 + level) / 2) * errors
    low = np.maximum(ultimate - width, known)
    return Nowcast(known, ultimate, low, ultimate + width, factors, 1 / to_go, errors)


def _first_seen(table: Values) -> int:
    """Return the first delay at which anything was ever known; nothing follows from a count of 0 before it."""
    seen = np.flatnonzero(np.nansum(table, axis=0) > 0)
    return int(seen[0]) if len(seen) else 0


def triangle_of(origins: NDArray[np.int64], delays: NDArray[np.int64], counts: Values, last: int) -> Values:
    """Build a triangle from counts by origin and delay; an origin knows the delays that end by period `last`.

    Origins and `last` are numbers of periods; what came at delay 0 came in the period of the origin.
    Without any count the table is empty.
    """
    if not len(origins):
        return np.empty((0, 0))
    first, widest = int(origins.min()), int(delays.max()) + 1
    arrived = np.zeros((last - first + 1, max(widest, last - first + 1)))
    kept = (origins <= last) & (origins + delays <= last)
    np.add.at(arrived, (origins[kept] - first, delays[kept]), counts[kept])
    table = arrived.cumsum(axis=1)
    rows, columns = np.indices(table.shape)
    table[rows + columns > last - first] = np.nan
    return np.asarray(table, dtype=np.float64)


def _latest(table: Values, latest: int | None) -> Values:
    if latest is None:
        return table
    kept = np.full_like(table, np.nan)
    for delay in range(table.shape[1]):
        reach = table[:, min(delay + 1, table.shape[1] - 1)]
        rows = np.flatnonzero(~np.isnan(table[:, delay]) & ~np.isnan(reach))[-latest:]
        kept[rows, delay] = table[rows, delay]
        kept[rows, min(delay + 1, table.shape[1] - 1)] = reach[rows]
    return kept


def _mack(table: Values, factors: Values, known: Values, last: NDArray[np.intp]) -> Values:
    """Mack's standard error of each origin's final count."""
    delays = len(factors)
    scatter, bases = np.zeros(delays), np.zeros(delays)
    for delay in range(delays):
        both = ~np.isnan(table[:, delay]) & ~np.isnan(table[:, delay + 1]) & (table[:, delay] > 0)
        before, after = table[both, delay], table[both, delay + 1]
        bases[delay] = before.sum()
        if len(before) > 1:
            scatter[delay] = (before * (after / before - factors[delay]) ** 2).sum() / (len(before) - 1)
        elif delay > 1 and scatter[delay - 2] > 0:
            scatter[delay] = min(
                scatter[delay - 1] ** 2 / scatter[delay - 2], scatter[delay - 1], scatter[delay - 2]
            )
    errors = np.zeros(len(known))
    for row, (count, start) in enumerate(zip(known, last, strict=True)):
        if not count:
            continue
        reached, part = count, 0.0
        for delay in range(start, delays):
            step = scatter[delay] / factors[delay] ** 2
            part += step * (1 / reached + (1 / bases[delay] if bases[delay] else 0.0))
            reached *= factors[delay]
        errors[row] = reached * np.sqrt(part)
    return errors


def _checked(table: Values) -> None:
    if table.ndim != 2 or not table.size or np.isnan(table[:, 0]).any():
        raise NotComparable(
            "A triangle needs a known count for each origin at delay 0.",
            {"shape": "x".join(str(size) for size in table.shape)},
            todo="Leave out origins of which nothing is known.",
        )
