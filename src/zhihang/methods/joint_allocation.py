# SPDX-License-Identifier: Apache-2.0
"""Whole numbers in a table that keep sums over both margins, bounds and growth limits together (network flow, HiGHS)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zhihang.methods.rounding import UNBOUNDED, Integers, Reals

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_SECONDS = 60.0
_NODES = 200
"""Most branches looked at: a limit that gives the same table on every machine, as one of time would not."""
_OUT_OF_TIME = 1


@dataclass(frozen=True)
class Wishes:
    """A table of amounts, and what whole numbers in their place have to keep.

    Parameters
    ----------
    amounts
        What each cell should be near to; rows by columns.
    column_totals, row_totals
        Sums to keep exactly; rows may be free.
    lower, upper
        Whole bounds of each cell.
    least_growth, most_growth
        Of each row from one column to the next, 0.1 for ten per cent; None for no limit.
    """

    amounts: Reals
    column_totals: Integers
    row_totals: Integers | None
    lower: Reals
    upper: Reals
    least_growth: Reals | None = None
    most_growth: Reals | None = None


def fitted_to_margins(amounts: Reals, rows: Reals, columns: Reals, *, rounds: int = 200) -> Reals:
    """Scale rows and columns by turns until both sums are right (iterative proportional fitting).

    >>> fitted_to_margins(np.ones((2, 2)), np.array([1.0, 3.0]), np.array([2.0, 2.0])).round(3).tolist()
    [[0.5, 0.5], [1.5, 1.5]]
    """
    table = np.maximum(amounts, 0).astype(np.float64)
    table[table.sum(axis=1) == 0] = 1
    for _ in range(rounds):
        table *= _ratio(rows, table.sum(axis=1))[:, None]
        table *= _ratio(columns, table.sum(axis=0))[None, :]
        if np.abs(table.sum(axis=1) - rows).max() < 1e-9:
            break
    return table


def controlled_rounding(amounts: Reals) -> Integers:
    """Round every cell up or down so that all row and column sums are rounded up or down too, and the total.

    Where the sums are whole already they stay as they are. The result is as near to the amounts as possible
    (Bacharach 1966; Cox 1987).

    >>> controlled_rounding(np.array([[0.5, 0.5], [1.5, 1.5]])).sum(axis=1).tolist()
    [1, 3]
    """
    rows, columns = _snapped(amounts.sum(axis=1)), _snapped(amounts.sum(axis=0))
    total = float(_snapped(np.array([amounts.sum()]))[0])
    row_up, column_up = np.ceil(rows), np.ceil(columns)
    # A row and a column of what the sums lack to the next whole number make every sum of the frame whole.
    framed = np.block(
        [
            [_snapped(amounts), (row_up - rows)[:, None]],
            [(column_up - columns)[None, :], np.array([[total - np.floor(total)]])],
        ]
    )
    wishes = Wishes(
        amounts=framed,
        row_totals=np.append(row_up, column_up.sum() - np.floor(total)).astype(np.int64),
        column_totals=np.append(column_up, row_up.sum() - np.floor(total)).astype(np.int64),
        lower=np.floor(framed),
        upper=np.ceil(framed),
    )
    found = nearest_whole(wishes)
    if found is None:
        raise ValueError("every table has a controlled rounding, this one was not found")
    return found[:-1, :-1]


def nearest_whole(wishes: Wishes) -> Integers | None:
    """Find the whole numbers nearest to the amounts (least sum of deviations) that keep all wishes; None if none do."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    steps = _steps(wishes)
    sums, totals = _sums(wishes)
    growth, low, high = _growth(wishes)
    rest = totals - sums @ steps.start
    moved = growth @ steps.start
    moves = None
    # Without growth limits this is a network, whose corners are whole by themselves; should a solution lie between
    # corners all the same, whole numbers are asked for.
    for whole in (0, 1) if growth.shape[0] == 0 else (1,):
        found = milp(
            steps.cost,
            constraints=[
                LinearConstraint(sums @ steps.effect, rest, rest),
                LinearConstraint(growth @ steps.effect, low - moved, high - moved),
            ],
            bounds=Bounds(0, steps.most),
            integrality=np.full(len(steps.cost), whole),
            options={"time_limit": _SECONDS, "node_limit": _NODES, "mip_rel_gap": 1e-3},
        )
        if found.x is None:
            if found.status == _OUT_OF_TIME:
                raise TimeoutError(f"no table was found among {_NODES} branches")
            return None
        moves = np.round(found.x)
        if np.abs(moves - found.x).max(initial=0.0) < 1e-5:
            break
    values = np.round(steps.start + steps.effect @ moves).astype(np.int64)
    shaped: Integers = values.reshape(wishes.amounts.shape)
    return shaped


def least_change(wishes: Wishes) -> tuple[Integers, Integers] | None:
    """Find about the smallest changes of column and row totals that would let the wishes be kept; None if none help."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_matrix, hstack, identity

    steps = _steps(wishes)
    sums, totals = _sums(wishes)
    growth, low, high = _growth(wishes)
    count, lines = len(steps.cost), sums.shape[0]
    slack = identity(lines, format="csr")
    rest = totals - sums @ steps.start
    moved = growth @ steps.start
    wide = hstack([growth @ steps.effect, csr_matrix((growth.shape[0], 2 * lines))])
    found = milp(
        np.append(np.zeros(count), np.ones(2 * lines)),
        constraints=[
            LinearConstraint(hstack([sums @ steps.effect, slack, -slack]), rest, rest),
            LinearConstraint(wide, low - moved, high - moved),
        ],
        bounds=Bounds(0, np.append(steps.most, np.full(2 * lines, np.inf))),
        options={"time_limit": _SECONDS},
    )
    if found.x is None:
        return None
    # Solved in amounts, which takes no time; rounded outward, as whole numbers need a little more room.
    amounts = _snapped(found.x[count + lines :] - found.x[count : count + lines])
    change = (np.sign(amounts) * np.ceil(np.abs(amounts))).astype(np.int64)
    columns = wishes.amounts.shape[1]
    return change[:columns], change[columns:]


@dataclass(frozen=True)
class _Steps:
    """Cells as a start and steps away from it: to the next whole number, further up, further down."""

    start: Reals
    effect: csr_matrix
    cost: Reals
    most: Reals


def _steps(wishes: Wishes) -> _Steps:
    from scipy.sparse import csr_matrix

    amount, low, high = wishes.amounts.ravel(), wishes.lower.ravel(), wishes.upper.ravel()
    start = np.clip(np.floor(amount + 1e-9), low, high)
    ends = np.maximum(high - start, 0)
    most = np.concatenate((np.minimum(ends, 1), np.maximum(ends - 1, 0), start - low))
    first = np.abs(start + 1 - amount) - np.abs(start - amount)
    ones = np.ones(len(amount))
    cost = np.concatenate((first, ones, np.where(start > amount, -1.0, 1.0)))
    cell = np.tile(np.arange(len(amount)), 3)
    sign = np.concatenate((ones, ones, -ones))
    kept = np.flatnonzero(most > 0)
    effect = csr_matrix((sign[kept], (cell[kept], np.arange(len(kept)))), shape=(len(amount), len(kept)))
    return _Steps(start, effect, cost[kept], np.minimum(most[kept], UNBOUNDED))


def _sums(wishes: Wishes) -> tuple[csr_matrix, Reals]:
    """Return which cells each sum takes, and what it has to be: columns first, then rows if they are given."""
    from scipy.sparse import identity, kron, vstack

    rows, columns = wishes.amounts.shape
    parts = [kron(np.ones((1, rows)), identity(columns), format="csr")]
    totals = [wishes.column_totals.astype(np.float64)]
    if wishes.row_totals is not None:
        parts.append(kron(identity(rows), np.ones((1, columns)), format="csr"))
        totals.append(wishes.row_totals.astype(np.float64))
    return vstack(parts, format="csr"), np.concatenate(totals)


def _growth(wishes: Wishes) -> tuple[csr_matrix, Reals, Reals]:
    """Return the growth limits as lines over the cells: this column less a multiple of the one before."""
    from scipy.sparse import csr_matrix, vstack

    rows, columns = wishes.amounts.shape
    later = np.arange(rows * columns).reshape(rows, columns)[:, 1:].ravel()
    # A locked cell is somebody's decision and need not keep the limits.
    open_cells = (wishes.lower < wishes.upper).ravel()[later]
    parts, low, high = [csr_matrix((0, rows * columns))], [], []
    for rate, least in ((wishes.least_growth, True), (wishes.most_growth, False)):
        if rate is None or not len(later):
            continue
        factor = 1 + np.repeat(rate, columns - 1)
        held = np.flatnonzero(np.isfinite(factor) & open_cells)
        line = np.tile(np.arange(len(held)), 2)
        cell = np.concatenate((later[held], later[held] - 1))
        value = np.concatenate((np.ones(len(held)), -factor[held]))
        parts.append(csr_matrix((value, (line, cell)), shape=(len(held), rows * columns)))
        low.append(np.full(len(held), -1e-7 if least else -np.inf))
        high.append(np.full(len(held), np.inf if least else 1e-7))
    empty: Reals = np.empty(0)
    return vstack(parts, format="csr"), np.concatenate([empty, *low]), np.concatenate([empty, *high])


def _ratio(wanted: Reals, found: Reals) -> Reals:
    ratio: Reals = np.divide(wanted, found, out=np.zeros_like(wanted, dtype=np.float64), where=found > 0)
    return ratio


def _snapped(values: Reals) -> Reals:
    """Take what is within a hair of a whole number for it."""
    near = np.round(values)
    snapped: Reals = np.where(np.abs(values - near) < 1e-7, near, values)
    return snapped
