# SPDX-License-Identifier: Apache-2.0
"""Split yearly totals over units: whole numbers, exact, within bounds and growth limits (指标分解, M-TGT-02 to 05)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from zhihang.methods.rounding import UNBOUNDED, Integers, Reals, half_up, largest_remainder, proportional
from zhihang.methods.rounding import residual_to as rounded_with_residual

Rounding = Literal["largest_remainder", "residual", "controlled"]
Basis: TypeAlias = Callable[[int, "Integers | None"], Reals]
"""From the number of the year, and the whole numbers of the year before (None in the first), to wanted amounts."""


class NoRoom(Exception):
    """The wishes contradict each other in one year.

    `side` says what is broken: `lower` (the least values exceed the total), `upper` (the most values fall short of
    it), `cell` (one unit's least value exceeds its most), `margins` (units and years have different sums), `joint`
    (only all years and both margins together), `time` (no table was found in time, though there may be one).
    """

    def __init__(
        self,
        side: str,
        year: int,
        *,
        sum: int = 0,
        total: int = 0,
        unit: int = -1,
        bounds: Reals | None = None,
    ) -> None:
        super().__init__(side, year)
        self.side, self.year, self.sum, self.total, self.unit = side, year, sum, total, unit
        self.bounds = np.empty(0) if bounds is None else bounds


@dataclass(frozen=True)
class Limits:
    """What every cell has to keep; arrays are units by years.

    Parameters
    ----------
    lower, upper
        Whole bounds; a locked cell has both equal.
    before
        Values of the year before the first, for the growth limits; NaN where unknown.
    least_growth, most_growth
        By unit, from year to year, 0.1 for ten per cent; NaN for none.
    """

    lower: Reals
    upper: Reals
    before: Reals
    least_growth: Reals
    most_growth: Reals

    @classmethod
    def none(cls, units: int, years: int) -> Limits:
        """Return limits that only ask for values not below zero."""
        unknown = np.full(units, np.nan)
        return cls(np.zeros((units, years)), np.full((units, years), UNBOUNDED), unknown, unknown, unknown)

    @property
    def grows(self) -> bool:
        """Whether any growth limit is set."""
        return bool(np.isfinite(self.least_growth).any() or np.isfinite(self.most_growth).any())


@dataclass(frozen=True)
class Split:
    """What came of it, units by years: amounts wanted by the basis, amounts within bounds, whole numbers, the bounds."""

    wanted: Reals
    exact: Reals
    values: Integers
    lower: Reals
    upper: Reals
    residual: NDArray[np.bool_]
    joint: bool = False


def allocate_years(
    totals: Integers,
    basis: Basis,
    limits: Limits,
    *,
    rounding: Rounding = "largest_remainder",
    residual: int | None = None,
    absolute: bool = False,
    row_totals: Integers | None = None,
) -> Split:
    """Split the total of each year over the units.

    Parameters
    ----------
    totals
        One whole number for each year.
    basis
        Gives the wanted amounts of a year; they are scaled to the total unless `absolute`.
    rounding
        `largest_remainder`; `residual` (all others rounded half up, one unit takes the difference, by default the
        largest); `controlled` (nearest whole numbers with both margins exact).
    absolute
        The wanted amounts hold as they are, and the residual unit alone takes what is left.
    row_totals
        Whole sum of each unit over the years, if that is given too.

    Raises
    ------
    NoRoom
        If no table keeps all wishes.
    """
    if row_totals is not None or rounding == "controlled":
        return _jointly(totals, basis, limits, row_totals, controlled=rounding == "controlled")
    try:
        return _year_by_year(totals, basis, limits, rounding, residual, absolute)
    except NoRoom:
        # A year that leaves too little room for the next: all years are then weighed together.
        if not limits.grows or len(totals) == 1:
            raise
        return _jointly(totals, basis, limits, None)


def _year_by_year(
    totals: Integers,
    basis: Basis,
    limits: Limits,
    rounding: Rounding,
    residual: int | None,
    absolute: bool,
) -> Split:
    parts = []
    previous: Integers | None = None
    for year, total in enumerate(totals.tolist()):
        amounts = basis(year, previous)
        low, high = _bounds(limits, year, previous)
        _check_room(year, total, low, high)
        kept, whole, rest = _one_year(total, amounts, (low, high), rounding, residual, absolute)
        scaled = amounts if absolute else _shared(total, amounts)
        parts.append((scaled, kept, whole, low, high, rest))
        previous = whole
    wanted, exact, values, lower, upper, took = (np.column_stack(part) for part in zip(*parts, strict=True))
    return Split(wanted, exact, values, lower, upper, took)


def _one_year(
    total: int,
    wanted: Reals,
    bounds: tuple[Reals, Reals],
    rounding: Rounding,
    residual: int | None,
    absolute: bool,
) -> tuple[Reals, Integers, NDArray[np.bool_]]:
    """Return amounts within bounds, whole numbers, and which unit took the difference, for one year."""
    lower, upper = bounds
    took = np.zeros(len(wanted), np.bool_)
    largest = int(np.argmax(wanted)) if residual is None else residual
    if absolute:
        kept = np.clip(wanted, lower, upper)
        values = rounded_with_residual(kept, total, largest, lower, upper)
        if values is not None:
            took[largest] = True
            return np.where(took, values, kept), values, took
    exact = proportional(total, wanted, lower, upper)
    if rounding == "residual":
        values = rounded_with_residual(exact, total, largest, lower, upper)
        if values is not None:
            took[largest] = True
            return exact, values, took
    return exact, largest_remainder(exact, total, lower, upper), took


def _bounds(limits: Limits, year: int, previous: Integers | None) -> tuple[Reals, Reals]:
    """Return the bounds of a year with what growth limits make of the year before."""
    before = limits.before if previous is None else previous.astype(np.float64)
    least = np.ceil(before * (1 + limits.least_growth) - 1e-9)
    most = np.floor(before * (1 + limits.most_growth) + 1e-9)
    locked = limits.lower[:, year] == limits.upper[:, year]
    lower = np.where(
        np.isfinite(least) & ~locked, np.fmax(limits.lower[:, year], least), limits.lower[:, year]
    )
    upper = np.where(np.isfinite(most) & ~locked, np.fmin(limits.upper[:, year], most), limits.upper[:, year])
    return lower, upper


def _check_room(year: int, total: int, lower: Reals, upper: Reals) -> None:
    crossed = np.flatnonzero(lower > upper)
    if len(crossed):
        unit = int(crossed[0])
        raise NoRoom("cell", year, sum=int(lower[unit]), total=int(upper[unit]), unit=unit)
    if lower.sum() > total:
        raise NoRoom("lower", year, sum=int(lower.sum()), total=total, bounds=lower)
    if upper.sum() < total:
        raise NoRoom("upper", year, sum=int(upper.sum()), total=total, bounds=upper)


def _jointly(
    totals: Integers, basis: Basis, limits: Limits, row_totals: Integers | None, *, controlled: bool = False
) -> Split:
    """Find the whole table at once, as near to the wanted amounts as all wishes allow."""
    from zhihang.methods.joint_allocation import Wishes, controlled_rounding, fitted_to_margins, nearest_whole

    wanted = _wanted_of_all(totals, basis)
    if row_totals is not None:
        if row_totals.sum() != totals.sum():
            raise NoRoom("margins", -1, sum=int(row_totals.sum()), total=int(totals.sum()))
        wanted = fitted_to_margins(wanted, row_totals.astype(np.float64), totals.astype(np.float64))
    lower, upper = limits.lower.copy(), limits.upper.copy()
    lower[:, 0], upper[:, 0] = _bounds(limits, 0, None)
    for year, total in enumerate(totals.tolist()):
        _check_room(year, total, lower[:, year], upper[:, year])
    least, most = _rates(limits.least_growth), _rates(limits.most_growth)
    wishes = Wishes(wanted, totals, row_totals, lower, upper, least, most)
    free = not limits.grows and (lower <= np.floor(wanted)).all() and (upper >= np.ceil(wanted)).all()
    try:
        values = controlled_rounding(wanted) if controlled and free else nearest_whole(wishes)
    except TimeoutError as error:
        raise NoRoom("time", -1) from error
    if values is None:
        raise NoRoom("joint", -1)
    return Split(wanted, wanted, values, lower, upper, np.zeros(wanted.shape, np.bool_), joint=True)


def joint_wishes(
    totals: Integers, basis: Basis, limits: Limits, row_totals: Integers | None
) -> tuple[Integers, Integers] | None:
    """Return about the smallest changes of yearly totals, and of units' sums, that make room; None if none do."""
    from zhihang.methods.joint_allocation import Wishes, least_change

    wanted = _wanted_of_all(totals, basis)
    lower, upper = _bounds(limits, 0, None)
    first = replace(limits, lower=limits.lower.copy(), upper=limits.upper.copy())
    first.lower[:, 0], first.upper[:, 0] = lower, upper
    least, most = _rates(limits.least_growth), _rates(limits.most_growth)
    return least_change(Wishes(wanted, totals, row_totals, first.lower, first.upper, least, most))


def _wanted_of_all(totals: Integers, basis: Basis) -> Reals:
    columns: list[Reals] = []
    for year, total in enumerate(totals.tolist()):
        previous = half_up(columns[-1]) if columns else None
        columns.append(_shared(total, basis(year, previous)))
    return np.column_stack(columns)


def _shared(total: int, wanted: Reals) -> Reals:
    """Scale amounts to a total; all alike where none is wanted."""
    base = wanted if wanted.sum() > 0 else np.ones_like(wanted)
    scaled: Reals = total * base / base.sum()
    return scaled


def _rates(rates: Reals) -> Reals | None:
    return rates if np.isfinite(rates).any() else None
