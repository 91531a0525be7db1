# SPDX-License-Identifier: Apache-2.0
"""Find the rule by which a printed table of yearly targets was made, and the cells that break it (M-TGT-02, -03)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from zhihang.methods.rounding import Integers, Reals, half_up

_LEAST_ROWS = 3
_ROUND_RATES = tuple(np.round(np.arange(-0.5, 2.0001, 0.01), 2).tolist())


@dataclass(frozen=True)
class Ladder:
    """Growth from year to year that several rows share."""

    rates: tuple[float, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True)
class PrintedRule:
    """A rule, what it gives for every cell, and how far it explains the table.

    Parameters
    ----------
    name
        `fixed_share_residual`, `growth_ladder_residual` or `none`.
    fitted
        What the rule gives; the residual row is the total less the other rows as printed.
    given
        Cells the rule starts from and does not explain (the first column of a ladder, rows with steps of their own).
    matched, judged
        Cells the rule gives right, of those it says something about.
    explained
        `matched` less the number of values the rule needs: what makes one rule better than another.
    hints
        Ladders that too few rows follow to count as the rule; they fit nothing in `fitted`.
    """

    name: str
    residual: int
    fitted: Integers
    given: NDArray[np.bool_]
    matched: int
    judged: int
    explained: int
    shares: Reals = field(default_factory=lambda: np.empty(0))
    share_ranges: Reals = field(default_factory=lambda: np.empty((0, 2)))
    ladders: tuple[Ladder, ...] = ()
    stepped: tuple[int, ...] = ()
    hints: tuple[Ladder, ...] = ()

    def exceptions(self, printed: Integers) -> list[tuple[int, int]]:
        """Return the cells, row and column, where the rule gives something else than what is printed."""
        return [(int(row), int(column)) for row, column in np.argwhere(self.fitted != printed)]


def rule_of(printed: Integers, totals: Integers) -> PrintedRule:
    """Return the rule that explains most of a table, rows by years; `none` if no rule explains half of it.

    >>> shares = np.array([0.1, 0.3, 0.6])
    >>> table = np.column_stack([half_up(shares * total) for total in (100, 110, 123)])
    >>> rule_of(table, table.sum(axis=0)).name
    'fixed_share_residual'
    """
    rules = [fixed_share_rule(printed, totals), growth_ladder_rule(printed, totals)]
    best = max(rules, key=lambda rule: rule.explained)
    if best.explained <= 0 or best.matched < 0.5 * best.judged:
        nothing = np.ones(printed.shape, np.bool_)
        return PrintedRule("none", best.residual, printed.copy(), nothing, 0, 0, 0)
    return best


def fixed_share_rule(printed: Integers, totals: Integers) -> PrintedRule:
    """Fit one share to each row: share times total, rounded half up, the largest row takes the difference."""
    residual = int(printed.sum(axis=1).argmax())
    fitted = printed.copy()
    shares, ranges = np.zeros(len(printed)), np.zeros((len(printed), 2))
    for row, values in enumerate(printed):
        low, high = (values - 0.5) / totals, (values + 0.5) / totals
        ranges[row] = _most_common(low, high)
        shares[row] = ranges[row].mean()
        if row != residual:
            fitted[row] = half_up(shares[row] * totals)
    others = np.arange(len(printed)) != residual
    fitted[residual] = totals - printed[others].sum(axis=0)
    shares[residual] = 1 - shares[others].sum()
    matched = int((fitted == printed)[others].sum())
    judged = printed[others].size
    given = np.zeros(printed.shape, np.bool_)
    return PrintedRule(
        "fixed_share_residual",
        residual,
        fitted,
        given,
        matched,
        judged,
        matched - len(printed) + 1,
        shares=shares,
        share_ranges=ranges,
    )


def growth_ladder_rule(printed: Integers, totals: Integers) -> PrintedRule:
    """Fit ladders of growth rates that several rows share; the largest row takes what is left.

    Each year grows from the rounded value of the year before. A ladder counts if a third of the other rows follow it;
    rows on none are taken to have steps of their own.
    """
    residual = int(printed[:, -1].argmax())
    rest = [row for row in range(len(printed)) if row != residual]
    fitted, given = printed.copy(), np.ones(printed.shape, np.bool_)
    found = _ladders(printed, rest)
    ladders = [ladder for ladder in found if 3 * len(ladder.rows) >= len(rest)]
    for ladder in ladders:
        for row in ladder.rows:
            fitted[row] = climbed(int(printed[row, 0]), ladder.rates)
            given[row, 1:] = False
    others = np.arange(len(printed)) != residual
    fitted[residual] = totals - printed[others].sum(axis=0)
    given[residual] = False
    on_ladder = [row for ladder in ladders for row in ladder.rows]
    matched = int((fitted == printed)[on_ladder, 1:].sum())
    return PrintedRule(
        "growth_ladder_residual",
        residual,
        fitted,
        given,
        matched,
        len(on_ladder) * (printed.shape[1] - 1),
        matched - sum(len(ladder.rates) for ladder in ladders),
        ladders=tuple(ladders),
        stepped=tuple(row for row in rest if row not in on_ladder),
        hints=tuple(ladder for ladder in found if ladder not in ladders),
    )


def climbed(first: int, rates: Sequence[float]) -> Integers:
    """Return a path that grows by the rates, rounded half up each year.

    >>> climbed(66, [0.3, 0.2, 0.15, 0.1]).tolist()
    [66, 86, 103, 118, 130]
    """
    path = [first]
    for rate in rates:
        path.append(int(half_up(np.array([path[-1] * (1 + rate)]))[0]))
    return np.array(path, dtype=np.int64)


def _ladders(printed: Integers, rows: Sequence[int]) -> list[Ladder]:
    rest, found = list(rows), []
    while (ladder := _ladder(printed, rest)) is not None:
        found.append(ladder)
        rest = [row for row in rest if row not in ladder.rows]
    return found


def _ladder(printed: Integers, rows: Sequence[int]) -> Ladder | None:
    """Find the ladder that most rows follow, each in all years but one at most; None if too few do."""
    chosen = [row for row in rows if (printed[row, :-1] > 0).all()]
    members: tuple[int, ...] = ()
    rates: tuple[float, ...] = ()
    # Rates are found among all rows first, then again among those that follow them.
    while len(chosen) >= _LEAST_ROWS and tuple(chosen) != members:
        members = tuple(chosen)
        rates = tuple(
            _common_rate(printed[chosen, a], printed[chosen, b]) for a, b in pairwise(_columns(printed))
        )
        allowed = 1 if len(rates) > 2 else 0
        paths = {row: climbed(int(printed[row, 0]), rates) for row in chosen}
        chosen = [row for row in chosen if (paths[row] != printed[row]).sum() <= allowed]
    if len(chosen) < _LEAST_ROWS:
        return None
    return Ladder(rates, tuple(chosen))


def _columns(printed: Integers) -> range:
    return range(printed.shape[1])


def _common_rate(before: Integers, after: Integers) -> float:
    """Return the growth rate that most pairs allow; a round one where it serves as well."""
    low, high = (after - 0.5) / before - 1, (after + 0.5) / before - 1
    free = float(_most_common(low, high).mean())
    tried = [free, *_ROUND_RATES]
    allowed = [int(((low <= rate + 1e-9) & (rate < high - 1e-9)).sum()) for rate in tried]
    most = max(allowed)
    return float(min((r for r, count in zip(tried, allowed, strict=True) if count == most), key=_roughness))


def _roughness(rate: float) -> tuple[float, float]:
    """Rank rates by how round they are: fives of per cent, then whole per cent, then any."""
    for rank, step in enumerate((0.05, 0.01)):
        if abs(rate / step - round(rate / step)) < 1e-6:
            return (rank, abs(rate))
    return (2, abs(rate))


def _most_common(low: Reals, high: Reals) -> Reals:
    """Return the widest stretch that lies in most of the intervals."""
    ends = np.unique(np.concatenate((low, high)))
    middles = (ends[:-1] + ends[1:]) / 2
    covered = ((low[None, :] <= middles[:, None]) & (middles[:, None] < high[None, :])).sum(axis=1)
    best = np.flatnonzero(covered == covered.max())
    widest = best[np.argmax((ends[1:] - ends[:-1])[best])]
    return ends[widest : widest + 2]
