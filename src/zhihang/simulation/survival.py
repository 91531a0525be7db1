# SPDX-License-Identifier: Apache-2.0
"""How long rights are kept: lapses by age with the fee steps, fitted to published stocks (M-FCT-04, M-FCT-05)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihang.simulation.scenario import Course, by_year

Years = NDArray[np.integer] | int

_LEAST, _MOST = 0.3, 3.0
_HIGHEST = 0.95


@dataclass(frozen=True)
class Survival:
    """Chance to keep a right of one kind from year to year.

    `pressure` multiplies the chance to lapse in a calendar year; 1 where no published stock says otherwise.
    """

    course: Course
    pressure: Mapping[int, float]

    def lapse(self, filed: Years, granted: Years, year: Years) -> NDArray[np.float64]:
        """Share of the rights in force that lapse on the anniversary of their filing in a year.

        The decision at age a is about the fee of year a + 1, so a fee that rises in year 4 is felt at age 3.
        The fee of the year of grant is paid with the grant, so the first decision falls in the year after it.
        """
        rule = self.course.lapse
        age = np.asarray(year) - filed
        step = (age[..., None] + 1 == np.array(rule.fee_steps)).any(axis=-1)
        share = np.where(step, rule.base * rule.at_fee_step, rule.base)
        share = np.where(
            np.asarray(year) - granted == rule.reduction_years, share * rule.at_reduction_end, share
        )
        share = np.minimum(share * self._pressure(year), _HIGHEST)
        share = np.where(age >= self.course.term_years, 1.0, share)
        return np.where(np.asarray(year) > granted, share, 0.0)

    def kept(self, filed: int, granted: int, *, since: int) -> NDArray[np.float64]:
        """Share of rights still kept after the decision of each year from `since` + 1 to the end of the term."""
        years = np.arange(since + 1, filed + self.course.term_years + 1)
        kept: NDArray[np.float64] = np.cumprod(1 - self.lapse(filed, granted, years)).astype(np.float64)
        return kept

    def _pressure(self, year: Years) -> NDArray[np.float64]:
        known = [self.pressure.get(one, 1.0) for one in np.atleast_1d(year).tolist()]
        return np.array(known).reshape(np.shape(year))


@dataclass(frozen=True)
class Cohorts:
    """Rights granted, or bought, by year of filing, year of grant, and the year they enter the region's stock."""

    filed: NDArray[np.int64]
    granted: NDArray[np.int64]
    entered: NDArray[np.int64]
    rights: NDArray[np.float64]

    def stock(
        self, survival: Survival, years: range, held: NDArray[np.float64] | None = None
    ) -> list[NDArray[np.float64]]:
        """Rights in force of each cohort at the end of each year, from what was held before the first."""
        now = np.zeros_like(self.rights) if held is None else held
        ends = []
        for year in years:
            now = now * (1 - survival.lapse(self.filed, self.granted, year))
            now = now + np.where(self.entered == year, self.rights, 0)
            ends.append(now)
        return ends


def fit(course: Course, cohorts: Cohorts, first_year: int) -> Survival:
    """Find the pressure to lapse between published stocks that makes each of them come out, within limits.

    A stock that no pressure between 0.3 and 3 reaches is approached as far as they allow; the comparison of
    simulated with published figures then shows the difference.
    """
    pressure: dict[int, float] = {}
    held, start = None, first_year
    for year, wanted in by_year(course.stock).items():
        years = range(start, year + 1)
        found = _bisect(course, cohorts, years, held, wanted)
        pressure |= dict.fromkeys(years, found)
        held, start = cohorts.stock(Survival(course, pressure), years, held)[-1], year + 1
    return Survival(course, pressure)


def _bisect(
    course: Course, cohorts: Cohorts, years: range, held: NDArray[np.float64] | None, wanted: float
) -> float:
    low, high = _LEAST, _MOST
    for _ in range(40):
        middle = (low + high) / 2
        stock = cohorts.stock(Survival(course, dict.fromkeys(years, middle)), years, held)[-1].sum()
        low, high = (middle, high) if stock > wanted else (low, middle)
    return (low + high) / 2
