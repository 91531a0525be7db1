# SPDX-License-Identifier: Apache-2.0
"""How the hazards of all ages moved from year to year: a common factor for each calendar year, and where it stands now.

When filings multiply, an office grants a smaller share of what is pending; hazards averaged over past cohorts then promise
far too many grants. Hazards by age times a factor by year follow what really happened, and the last factor is carried on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

LEAST_STEP = 0.1
"""Standard deviation of a yearly step of the logarithm where years did not differ by more than chance. UNVERIFIED."""
MOST_STEP = 0.5
YEARS = 8


@dataclass(frozen=True)
class PeriodEffects:
    """Factor of each year against today's level (1 = as now), and how far it may stray.

    Parameters
    ----------
    factors
        One for each column; 1 where nothing was seen.
    step
        Standard deviation of what a year adds to the logarithm.
    doubt
        Standard deviation of the logarithm of today's level.
    """

    factors: Values
    step: float
    doubt: float


def period_effects(events: Values, at_risk: Values) -> PeriodEffects:
    """Split events by age (row) and year (column) into hazards by age and factors by year; the last years are at the right.

    The factors follow a random walk seen through Poisson counts; its level at the end is found by a Kalman filter, so
    that a last year with few events does not speak alone.

    Examples
    --------
    Two ages whose hazards were halved in the last of six years, at which they stand now.

    >>> risk = np.full((2, 6), 10_000.0)
    >>> seen = np.array([[1000.0] * 5 + [500.0], [2000.0] * 5 + [1000.0]])
    >>> found = period_effects(seen, risk)
    >>> found.factors.round(1).tolist()
    [2.0, 2.0, 2.0, 2.0, 2.0, 1.0]
    """
    years = np.flatnonzero(events.sum(axis=0) >= 1)[-YEARS:]
    factors = np.ones(events.shape[1])
    if len(years) < 2:
        return PeriodEffects(factors, LEAST_STEP, LEAST_STEP)
    seen, risk = events[:, years], at_risk[:, years]
    logs = np.log(_factors(seen, risk))
    noise = 1 / seen.sum(axis=0)
    changes = np.diff(logs)
    own = float(np.mean(np.square(changes) - noise[1:] - noise[:-1]))
    step = float(np.clip(np.sqrt(max(own, 0.0)), LEAST_STEP, MOST_STEP))
    level, doubt = _level(logs, noise, step)
    factors[years] = np.exp(logs - level)
    return PeriodEffects(factors, step, doubt)


def _factors(events: Values, at_risk: Values) -> Values:
    """Fit events = at risk x hazard of the age x factor of the year, by turns; factors have mean 1."""
    factors = np.ones(events.shape[1])
    for _ in range(60):
        expected = (at_risk * factors).sum(axis=1)
        hazards = np.divide(events.sum(axis=1), expected, out=np.zeros(len(events)), where=expected > 0)
        given = hazards @ at_risk
        factors = np.divide(events.sum(axis=0), given, out=np.ones(len(factors)), where=given > 0)
        factors = factors / factors.mean()
    return np.asarray(factors, dtype=np.float64)


def _level(logs: Values, noise: Values, step: float) -> tuple[float, float]:
    level, variance = float(logs[0]), float(noise[0])
    for seen, error in zip(logs[1:], noise[1:], strict=True):
        variance += step**2
        gain = variance / (variance + error)
        level += gain * (seen - level)
        variance *= 1 - gain
    return float(level), float(np.sqrt(variance))
