# SPDX-License-Identifier: Apache-2.0
"""Two views of the grants to come, from what is pending and from past grants, weighed by how each did in the past.

Cohorts know that a wave of filings will be granted; past grants know that an office grants no more than it can. When
filings multiply, the first view promises too much, when they stop growing, the second too little. Both are tried at the
ends of past years and weighed by their errors.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihang.methods.grant_lag import GrantLag, lag_of
from zhihang.methods.period_effect import LEAST_STEP, MOST_STEP, PeriodEffects, period_effects
from zhihang.methods.series_model import root_drift

Values = NDArray[np.float64]

ORIGINS = 6
AHEAD = 2
"""Years ahead that a trial looks."""
LEAST_GRANTS = 5.0
"""Years with fewer grants are not tried: chance would decide."""


@dataclass(frozen=True)
class Cohorts:
    """Applications of each cohort, and their grants and refusals by lag in calendar years; the last cohort is this year's.

    `over` says whether the last year is over, so that its cells count.
    """

    filings: Values
    granted: Values
    refused: Values
    over: bool = True

    def until(self, cohorts: int) -> Cohorts:
        """Return what was known at the end of an earlier year."""
        lags = self.granted.shape[1]
        known = np.add.outer(np.arange(cohorts), np.arange(lags)) < cohorts
        cut = slice(0, cohorts)
        return Cohorts(
            self.filings[cut], np.where(known, self.granted[cut], 0), np.where(known, self.refused[cut], 0)
        )

    @property
    def passed(self) -> NDArray[np.int64]:
        """How many lags of each cohort lie wholly in the past."""
        count = len(self.filings)
        return np.clip(np.arange(count, 0, -1) - (0 if self.over else 1), 0, self.granted.shape[1])

    @property
    def by_year(self) -> Values:
        """Grants of each whole year."""
        years: Values = by_calendar(self.granted).sum(axis=0)
        return years if self.over else years[:-1]


@dataclass(frozen=True)
class CurrentLag:
    """Hazards at today's level, and how grants and refusals stood in past years against it."""

    lag: GrantLag
    grants: PeriodEffects
    factors: tuple[Values, Values]


def current_lag(cohorts: Cohorts, latest: int | None = None) -> CurrentLag:
    """Return the hazards of pending applications as they stand now."""
    count, lags = cohorts.granted.shape
    known = np.arange(lags)[None, :] < cohorts.passed[:, None]
    ended = np.cumsum(cohorts.granted + cohorts.refused, axis=1)
    before = cohorts.filings[:, None] - np.hstack([np.zeros((count, 1)), ended[:, :-1]])
    waiting = by_calendar(np.where(known, np.maximum(before, 0), 0))
    cells = np.minimum(np.add.outer(np.arange(count), np.arange(lags)), count - 1)
    effects = [
        period_effects(by_calendar(np.where(known, ends, 0)), waiting)
        for ends in (cohorts.granted, cohorts.refused)
    ]
    factors = (effects[0].factors[cells], effects[1].factors[cells])
    lag = lag_of(
        cohorts.filings, cohorts.granted, cohorts.refused, seen=cohorts.passed, latest=latest, effects=factors
    )
    return CurrentLag(lag, effects[0], factors)


def by_calendar(cells: Values) -> Values:
    """Turn cohort x lag into lag x calendar year, the same years as the cohorts."""
    cohorts, lags = cells.shape
    turned = np.zeros((lags, cohorts))
    for lag in range(min(lags, cohorts)):
        turned[lag, lag:] = cells[: cohorts - lag, lag]
    return turned


@dataclass(frozen=True)
class GrantOutlook:
    """How the two views are put together.

    Parameters
    ----------
    course
        Factor of each coming year on the hazards of today.
    weight
        Weight of past grants; the rest is that of what is pending.
    step
        Standard deviation of the logarithm of a year's grants about the two together, as it was in the trials.
    doubt
        Standard deviation of the logarithm because the two views disagree and either may be right.
    trials
        How many forecasts were compared.
    """

    course: Values
    weight: float
    step: float
    doubt: float
    trials: int


def grant_outlook(cohorts: Cohorts, steps: int, latest: int | None = None) -> GrantOutlook:
    """Weigh the two views at the ends of past years and put them together for the years to come.

    In the year of the cut, if it is not over, the first step is that year.
    """
    whole = len(cohorts.filings) - (0 if cohorts.over else 1)
    past = cohorts.by_year
    errors = []
    for origin in range(max(whole - ORIGINS, 4), whole):
        ahead = past[origin : origin + AHEAD]
        if past[origin - 1] < LEAST_GRANTS or ahead.min() < LEAST_GRANTS:
            continue
        pending = expected_ahead(cohorts.until(origin), len(ahead), latest)
        flow = flow_ahead(past[:origin], len(ahead))
        for number, seen in enumerate(ahead):
            if pending[number] > 0 and flow[number] > 0:
                scale = 1 / np.sqrt(1 + number)  # two years ahead one errs more: brought to one year
                errors.append([np.log(seen / pending[number]) * scale, np.log(seen / flow[number]) * scale])
    if len(errors) < 3:
        return GrantOutlook(np.ones(steps), 0.0, LEAST_STEP * 2, 0.0, len(errors))
    found = np.array(errors)
    squares = np.mean(np.square(found), axis=0) + (LEAST_STEP / 2) ** 2
    weight = float(squares[0] / squares.sum())
    blended = found @ np.array([1 - weight, weight])
    step = float(np.clip(np.sqrt(np.mean(np.square(blended))), LEAST_STEP, MOST_STEP))
    apart = _apart(cohorts, past, steps, latest)
    doubt = float(np.sqrt(weight * (1 - weight)) * np.abs(apart[:3]).mean())
    course = np.clip(np.exp(weight * apart), 0.2, 5.0)
    return GrantOutlook(course, weight, step, min(doubt, MOST_STEP), len(errors))


def _apart(cohorts: Cohorts, past: Values, steps: int, latest: int | None) -> Values:
    """Return the logarithm of past grants carried on over grants from what is pending, year by year."""
    if past[-1] < LEAST_GRANTS:
        return np.zeros(steps)
    pending = expected_ahead(cohorts, steps, latest)
    flow = flow_ahead(past, steps)
    ratio = np.divide(flow, pending, out=np.ones(steps), where=(pending > 0) & (flow > 0))
    return np.asarray(np.log(ratio), dtype=np.float64)


def flow_ahead(past: Values, steps: int) -> Values:
    """Return the grants of the next years from past grants: half way between standing still and going on."""
    used = past[np.flatnonzero(past)[0] :][-ORIGINS:] if past.any() else past
    if len(used) < 2:
        return np.repeat(past[-1], steps)
    return np.asarray((used[-1] + root_drift(used, steps)) / 2, dtype=np.float64)


def expected_ahead(cohorts: Cohorts, steps: int, latest: int | None = None) -> Values:
    """Return the grants of the next years from what is pending, and as many filings every year as in the last whole one."""
    lag = current_lag(cohorts, latest).lag
    count, lags = cohorts.granted.shape
    ended = (cohorts.granted + cohorts.refused).sum(axis=1)
    pending = np.zeros(lags)
    rest = np.maximum(cohorts.filings - ended, 0)[::-1][:lags]
    pending[: len(rest)] = rest
    usual = cohorts.filings[-1 if cohorts.over or count < 2 else -2]
    found = np.zeros(steps)
    for step in range(steps):
        if step or cohorts.over:
            pending = np.append(usual, pending[:-1])
        found[step] = pending @ lag.granted
        pending = pending * (1 - lag.granted - lag.refused)
    return found
