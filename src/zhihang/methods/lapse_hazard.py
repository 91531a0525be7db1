# SPDX-License-Identifier: Apache-2.0
"""Which share of rights is given up at each age, with the steps of the annual fee (M-FCT-04).

The age at a decision is the calendar year less the year of filing: of the rights that a cohort has in force when a year
begins, the hazard is the share that lapses in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Days = NDArray[np.datetime64]

FEE_STEPS = (4, 7, 10, 13, 16)
"""Years of the right from which the annual fee is higher (M-VAL-08)."""
BASE = 0.17
"""Share of rights given up in a year without a rise of the fee, where no data tell: a prior, not a figure.

With `AT_STEP` it keeps half of the rights at ages 3 to 5, as one reads "half are kept only through year 6" (IP5, data of
2012). Later lapses are lower; an office with data does not need it.
"""
AT_STEP = 1.6
"""How much more in a year with a rise. UNVERIFIED: a parameter."""


@dataclass(frozen=True)
class LapseHazard:
    """Hazard by age, with the rights seen at each age and those of them that lapsed."""

    hazard: Values
    at_risk: Values
    lapsed: Values

    @property
    def survival(self) -> Values:
        """Share of rights kept through each age, of those in force at age 0 (Kaplan-Meier)."""
        return np.asarray(np.cumprod(1 - self.hazard), dtype=np.float64)

    def kept(self, start: int, stop: int) -> float:
        """Share of the rights in force at one age that are still in force when they reach another."""
        return float(np.prod(1 - self.hazard[start:stop]))


def lapse_of(at_risk: Values, lapsed: Values) -> LapseHazard:
    """Return the hazards that counts by age give; 0 where none was at risk.

    >>> found = lapse_of(np.array([100.0, 90.0]), np.array([10.0, 45.0]))
    >>> found.hazard.tolist(), found.survival.tolist()
    ([0.1, 0.5], [0.9, 0.45])
    """
    hazard = np.divide(lapsed, at_risk, out=np.zeros(len(at_risk)), where=at_risk > 0)
    return LapseHazard(np.minimum(hazard, 1.0), at_risk, lapsed)


def lapse_of_rights(
    filed: Days, began: Days, ended: Days, lapsed: NDArray[np.bool_], *, years: range, ages: int = 21
) -> LapseHazard:
    """Estimate hazards from rights in force from a day to a day.

    Parameters
    ----------
    filed, began, ended
        Days of filing, of the beginning of the right, and of its end (a day in the far future if it has not ended).
    lapsed
        Whether it ended for a fee that was not paid. Other ends (expiry, invalidation) count as at risk, not as lapse.
    years
        Calendar years to count. Leave out the last: a lapse becomes known half a year after it took effect (M-STAT-03).
    """
    filing_year, end_year = _year(filed), _year(ended)
    at_risk, gone = np.zeros(ages), np.zeros(ages)
    for year in years:
        first = np.datetime64(f"{year}-01-01")
        held = (began < first) & (ended >= first)
        age = np.clip(year - filing_year, 0, ages - 1)
        at_risk += np.bincount(age[held], minlength=ages)
        gone += np.bincount(age[held & lapsed & (end_year == year)], minlength=ages)
    return lapse_of(at_risk, gone)


def fee_step_prior(
    *,
    base: float = BASE,
    at_step: float = AT_STEP,
    steps: Sequence[int] = FEE_STEPS,
    ages: int = 21,
) -> Values:
    """Return hazards by age where there are no data: one for every year, higher where the fee rises.

    The decision at age a is about the fee of year a + 1, so that a fee that rises in year 4 is felt at age 3. The last
    age is that of expiry.

    >>> fee_step_prior(base=0.1, at_step=2.0, ages=6).tolist()
    [0.1, 0.1, 0.1, 0.2, 0.1, 1.0]
    """
    age = np.arange(ages)
    hazard = np.where(np.isin(age + 1, steps), base * at_step, base)
    hazard[-1] = 1.0
    return np.minimum(hazard, 1.0)


def pooled(own: LapseHazard, prior: Values, weight: float) -> LapseHazard:
    """Draw hazards towards a prior, as if `weight` more rights had been seen at each age behaving as it says.

    >>> seen = lapse_of(np.array([10.0]), np.array([5.0]))
    >>> pooled(seen, np.array([0.2]), 20.0).hazard.round(6).tolist()  # (5 + 4) / 30
    [0.3]
    """
    hazard = (own.lapsed + weight * prior) / (own.at_risk + weight)
    return LapseHazard(np.minimum(hazard, 1.0), own.at_risk, own.lapsed)


WEIGHTS = np.array([3.0, 10, 30, 100, 300, 1000, 3000])


def weight_of_prior(regions: Sequence[LapseHazard], prior: Values) -> float:
    """Return how alike regions are: the weight of their common hazards under which what was seen is most likely.

    Counts of a region are beta-binomial about the prior; a large weight means that regions hardly differ.
    """
    from scipy.special import betaln

    ages = slice(0, len(prior) - 1)
    expected = np.clip(prior[ages], 1e-4, 1 - 1e-4)
    best, most = float(WEIGHTS[2]), -np.inf
    for weight in WEIGHTS:
        a, b = weight * expected, weight * (1 - expected)
        likelihood = sum(
            float(
                np.sum(
                    betaln(a + each.lapsed[ages], b + each.at_risk[ages] - each.lapsed[ages]) - betaln(a, b)
                )
            )
            for each in regions
        )
        if likelihood > most:
            best, most = float(weight), likelihood
    return best


def _year(days: Days) -> NDArray[np.int64]:
    return days.astype("datetime64[Y]").astype(np.int64) + 1970
