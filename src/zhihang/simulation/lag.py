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
        shares: NDArray[np.float64] = np.bincount(self._years_later.ravel(), self.joint.ravel()).astype(
            np.float64
        )
        return shares

    def draw(
        self, years_later: int, chance: NDArray[np.float64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Draw month of filing (0 to 11) and lag in months of grants that come so many calendar years later."""
        weights = np.where(self._years_later == years_later, self.joint, 0).ravel()
        found = np.searchsorted(np.cumsum(weights), chance * weights.sum(), side="right")
        flat = np.minimum(found, np.flatnonzero(weights)[-1]).astype(np.int64)
        return flat // self.joint.shape[1], flat % self.joint.shape[1]

    @property
    def _years_later(self) -> NDArray[np.int64]:
        months, lags = (np.arange(size) for size in self.joint.shape)
        later: NDArray[np.int64] = np.add.outer(months, lags) // 12
        return later


def draw_month(months: Months, chance: NDArray[np.float64]) -> NDArray[np.int64]:
    """Draw months of filing (0 to 11) by the season of filings alone."""
    found = np.searchsorted(np.cumsum(_season(months)), chance, side="right")
    return np.minimum(found, 11).astype(np.int64)


def _season(months: Months) -> NDArray[np.float64]:
    shares = np.array([months.values[month] for month in range(1, 13)])
    season: NDArray[np.float64] = shares / shares.sum()
    return season


def _distribution(lag: Lag) -> NDArray[np.float64]:
    """Lognormal above the least time, cut into months and to at most `MONTHS`."""

    def below(month: float) -> float:
        above = month - lag.least_months
        scale = lag.median_months - lag.least_months
        return 0.5 * (1 + erf(log(above / scale) / lag.spread / sqrt(2))) if above > 0 else 0.0

    # A lag of zero months would put the grant before the filing, so the first month counts from 1.
    shares = np.array([0.0, *(below(month + 1) - below(month) for month in range(1, MONTHS))])
    distribution: NDArray[np.float64] = shares / shares.sum()
    return distribution
