# SPDX-License-Identifier: Apache-2.0
"""Lags to grant, with refusals as a competing end."""

from __future__ import annotations

import numpy as np
import pytest

from zhihang.methods.grant_lag import expected_grants, lag_of, pooled


def test_a_hundred_filings_a_year_come_to_forty_five_grants_a_year():
    grants = expected_grants(np.full(8, 100.0), np.array([0, 0.10, 0.25, 0.10]))
    assert grants.round(9).tolist() == [0, 10, 35, 45, 45, 45, 45, 45]


def test_refused_applications_no_longer_wait():
    # 100 filed: 0 granted, 20 refused; of 80 left 40 granted, 40 refused
    found = lag_of(np.array([100.0]), np.array([[0.0, 40.0]]), np.array([[20.0, 40.0]]), seen=np.array([2]))
    assert found.granted.tolist() == [0.0, 0.5]
    assert found.refused.tolist() == [0.2, 0.5]
    assert found.pending.tolist() == pytest.approx([0.8, 0.0])
    assert found.increments.tolist() == pytest.approx([0.0, 0.4])
    assert found.final_rate == pytest.approx(0.4)


def test_refusals_that_are_not_told_do_not_change_the_share_granted():
    grants = np.array([[10.0, 30.0, 5.0]])
    told = lag_of(np.array([100.0]), grants, np.array([[20.0, 10.0, 0.0]]), seen=np.array([3]))
    untold = lag_of(np.array([100.0]), grants, seen=np.array([3]))
    assert told.increments == pytest.approx(untold.increments)
    assert untold.increments == pytest.approx([0.1, 0.3, 0.05])


def test_a_lag_that_has_not_passed_does_not_count():
    # the second cohort is one lag old: lag 1 is 45 of 90, not 45 of 180
    found = lag_of(np.array([100.0, 100.0]), np.array([[10.0, 45.0], [20.0, 0.0]]))
    assert found.granted.tolist() == pytest.approx([0.15, 0.5])
    assert found.at_risk.tolist() == [200, 90]


def test_the_latest_cohorts_speak_for_today():
    filings = np.full(4, 100.0)
    grants = np.array([[10.0, 0], [10.0, 0], [40.0, 0], [40.0, 0]])
    assert lag_of(filings, grants).granted[0] == pytest.approx(0.25)
    assert lag_of(filings, grants, latest=2).granted[0] == pytest.approx(0.40)


def test_pendency_that_shortens_by_a_step_brings_grants_a_step_earlier():
    found = lag_of(np.array([100.0]), np.array([[0.0, 10.0, 45.0]]), seen=np.array([3]))
    assert found.shifted(-1).increments == pytest.approx([0.1, 0.45])
    assert found.shifted(1).increments == pytest.approx([0, 0.0, 0.1, 0.45])


def test_half_of_those_granted_are_granted_by_the_median():
    found = lag_of(np.array([100.0]), np.array([[0.0, 20.0, 20.0]]), seen=np.array([3]))
    assert found.median == pytest.approx(2.0)  # at the end of the second lag


def test_a_small_county_leans_on_its_city():
    city = lag_of(np.array([1000.0]), np.array([[300.0]]), seen=np.array([1]))
    county = lag_of(np.array([10.0]), np.array([[0.0]]), seen=np.array([1]))
    # (0 + 30 x 0.3) / (10 + 30)
    assert pooled(county, city, 30.0).granted.tolist() == pytest.approx([9 / 40])


def test_estimates_come_back_from_simulated_ends():
    drawn = np.random.default_rng(2)
    hazards = np.array([[0.0, 0.02], [0.2, 0.1], [0.4, 0.2]])
    filings = np.full(12, 800.0)
    grants, refusals = np.zeros((12, 3)), np.zeros((12, 3))
    for cohort in range(12):
        pending = 800
        for lag in range(min(3, 12 - cohort)):
            granted, refused, pending = drawn.multinomial(pending, [*hazards[lag], 1 - hazards[lag].sum()])
            grants[cohort, lag], refusals[cohort, lag] = granted, refused
    found = lag_of(filings, grants, refusals)
    assert found.granted == pytest.approx(hazards[:, 0], abs=0.02)
    assert found.refused == pytest.approx(hazards[:, 1], abs=0.02)
