# SPDX-License-Identifier: Apache-2.0
"""How long it takes from filing to grant, month by month (M-FCT-03)."""

from __future__ import annotations

from dataclasses import dataclass
from math import erf, log, sqrt

import numpy as np
from numpy.typing import NDArray

from zhihang.simulation.scenario import Lag, Months

MONTHS = 96


@dataclass(frozen=True)
class LagTable:
    """Share of a year's grants by month of filing (row) and months from filing to grant (column)."""

    joint: NDArray[np.float64]

    @classmethod
    def of(cls, lags: list[Lag], months: Months, year: int) -> LagTable:
        """Build the table for filings of a year from the latest lag that has begun."""
        begun = [lag for lag in sorted(lags, key=lambda lag: lag.since) if lag.since <= year]
        by_lag = _distribution(begun[-1] if begun else lags[0])
        return cls(np.outer(_season(months), by_lag))

    def by_year(self) -> NDArray[np.float64]:
        """Share granted in the year of filing, one year later, two years later ... (adds up to 1)."""
        return np.bincount(self._years_later.ravel(), weights=self.joint.ravel())

    def draw(self, years_later: int, chance: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Draw month of filing (0 to 11) and lag in months of grants that come so many calendar years later."""
        weights = np.where(self._years_later == years_later, self.joint, 0).ravel()
        flat = np.searchsorted(np.cumsum(weights), chance * weights.sum(), side="right")
        flat = np.minimum(flat, np.flatnonzero(weights)[-1])
        return flat // self.joint.shape[1], flat % self.joint.shape[1]

    @property
    def _years_later(self) -> NDArray[np.int64]:
        month, lag = np.indices(self.joint.shape)
        return (month + lag) // 12


def draw_month(months: Months, chance: NDArray[np.float64]) -> NDArray[np.int64]:
    """Draw months of filing (0 to 11) by the season of filings alone."""
    return np.minimum(np.searchsorted(np.cumsum(_season(months)), chance, side="right"), 11)


def _season(months: Months) -> NDArray[np.float64]:
    shares = np.array([months.values[month] for month in range(1, 13)])
    return shares / shares.sum()


def _distribution(lag: Lag) -> NDArray[np.float64]:
    """Lognormal above the least time, cut into months and to at most `MONTHS`."""

    def below(month: float) -> float:
        above = month - lag.least_months
        scale = lag.median_months - lag.least_months
        return 0.5 * (1 + erf(log(above / scale) / lag.spread / sqrt(2))) if above > 0 else 0.0

    # A lag of zero months would put the grant before the filing, so the first month counts from 1.
    shares = np.array([0.0, *(below(month + 1) - below(month) for month in range(1, MONTHS))])
    return shares / shares.sum()
