# SPDX-License-Identifier: Apache-2.0
"""Rights lapse by age, with the steps of the annual fee, and stocks meet the published ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from zhihang.simulation.scenario import Course, Lag, Lapse, Number, Series
from zhihang.simulation.survival import Cohorts, Survival, fit

OWN: dict[str, Any] = {"source": "own", "status": "assumed"}


def course(*, term: int = 20, steps: tuple[int, ...] = (4,), stock: dict[int, float] | None = None) -> Course:
    return Course(
        term_years=term,
        filings=[Series(values={2010: 100}, **OWN)],
        growth_before=Number(value=0, **OWN),
        growth_after=Number(value=0, **OWN),
        grant_shares=[Series(values={2010: 0.5}, **OWN)],
        lags=[Lag(since=2000, median_months=30, spread=0.3, least_months=10, **OWN)],
        lapse=Lapse(base=0.1, at_fee_step=2, fee_steps=steps, at_reduction_end=1.5, reduction_years=6, **OWN),
        stock=[Series(values=stock, **OWN)] if stock else [],
    )


def test_survival_by_hand():
    # Filed 2010, granted 2012. End of 2013: age 3, the fee of year 4 rises: 0.1 * 2. 2014 to 2017: 0.1 each.
    # End of 2018: six years after the grant the reduction ends: 0.1 * 1.5.
    kept = Survival(course(), {}).kept(2010, 2012, since=2012)
    assert kept[:6] == pytest.approx([0.8, 0.72, 0.648, 0.5832, 0.52488, 0.446148])


def test_nothing_outlives_its_term():
    kept = Survival(course(term=10), {}).kept(2010, 2011, since=2011)
    assert len(kept) == 9  # the decisions of 2012 to 2020
    assert kept[-1] == 0
    assert kept[-2] > 0


def test_pressure_multiplies_the_chance_to_lapse():
    kept = Survival(course(), {2013: 0.5}).kept(2010, 2012, since=2012)
    assert kept[0] == pytest.approx(1 - 0.1 * 2 * 0.5)


def test_a_stock_without_lapses_meets_the_published_one():
    # 100 granted in 2012 and 50 in 2013; at the end of 2013 all of the second year and part of the first are left.
    cohorts = Cohorts(
        np.array([2010, 2011]), np.array([2012, 2013]), np.array([2012, 2013]), np.array([100.0, 50])
    )
    found = fit(course(stock={2013: 120}), cohorts, 2010)
    assert cohorts.stock(found, range(2010, 2014))[-1].sum() == pytest.approx(120, abs=0.01)
    # 120 - 50 = 70 of 100 are kept, so 30 % lapse; without pressure it were 20 %.
    assert found.pressure[2013] == pytest.approx(1.5, abs=0.001)


def test_a_stock_out_of_reach_is_approached_as_far_as_allowed():
    cohorts = Cohorts(np.array([2010]), np.array([2012]), np.array([2012]), np.array([100.0]))
    found = fit(course(stock={2013: 100}), cohorts, 2010)
    assert found.pressure[2013] == pytest.approx(0.3, abs=0.001)
