# SPDX-License-Identifier: Apache-2.0
"""Hazards stand where they stand now, and of two views of the grants to come the better one weighs more."""

from __future__ import annotations

import numpy as np
import pytest

from zhihang.methods.grant_outlook import (
    Cohorts,
    by_calendar,
    current_lag,
    expected_ahead,
    flow_ahead,
    grant_outlook,
)
from zhihang.methods.period_effect import period_effects

HAZARDS = np.array([0.0, 0.1, 0.5])


def office(filings, level=lambda year: 1.0, capacity=None) -> Cohorts:
    """An office without chance: hazards times a level by year, or scaled down to a capacity of grants."""
    count = len(filings)
    pending = np.zeros((count, 3))
    granted = np.zeros((count, 3))
    for year in range(count):
        wanted = {}
        for cohort in range(max(0, year - 2), year + 1):
            lag = year - cohort
            waits = filings[cohort] if lag == 0 else pending[cohort, lag - 1]
            wanted[cohort, lag] = (waits, waits * HAZARDS[lag] * level(year))
        total = sum(grants for _, grants in wanted.values())
        share = 1.0 if capacity is None or total <= capacity else capacity / total
        for (cohort, lag), (waits, grants) in wanted.items():
            granted[cohort, lag] = grants * share
            pending[cohort, lag] = waits - grants * share
    return Cohorts(np.array(filings, np.float64), granted, np.zeros_like(granted))


def test_cells_of_cohorts_lie_in_calendar_years():
    assert by_calendar(np.array([[1.0, 2], [3, 4], [5, 0]])).tolist() == [[1, 3, 5], [0, 2, 4]]


def test_a_year_in_which_all_hazards_halved_is_todays_level():
    found = current_lag(office([1000] * 9, level=lambda year: 0.5 if year == 8 else 1.0))
    # the filter believes a last year with hundreds of grants nearly wholly
    assert found.lag.granted == pytest.approx(HAZARDS / 2, rel=0.1)


def test_steady_years_have_factor_one():
    found = period_effects(np.full((2, 5), 100.0), np.full((2, 5), 1000.0))
    assert found.factors == pytest.approx(np.ones(5))
    assert found.step == pytest.approx(0.1)


def test_too_few_years_say_nothing():
    assert period_effects(np.array([[0.0, 3.0]]), np.array([[9.0, 9.0]])).factors.tolist() == [1.0, 1.0]


def test_what_is_pending_is_granted_by_its_hazards():
    # 1,000 a year; at the end 1,000 of age 0 and 900 of age 1 wait: next year 100 + 450
    assert expected_ahead(office([1000] * 9), 2) == pytest.approx([550, 550], rel=0.01)


def test_past_grants_are_carried_half_way_on():
    assert flow_ahead(np.array([100.0, 100, 100]), 2).tolist() == [100, 100]
    # roots 10 and 11 go on to 12: (121 + 144) / 2
    assert flow_ahead(np.array([100.0, 121.0]), 1) == pytest.approx([132.5])


def test_an_office_at_its_capacity_is_better_told_by_its_past_grants():
    filings = [1000] * 8 + [2000, 4000, 6000, 8000, 9000]
    limited = grant_outlook(office(filings, capacity=600), 3)
    free = grant_outlook(office(filings), 3)
    assert limited.weight > 0.6 > 0.3 > free.weight
    assert expected_ahead(office(filings, capacity=600), 1)[0] > 600
    assert limited.course[0] < 1
    assert limited.doubt > 0


def test_what_was_known_earlier_is_a_smaller_triangle():
    whole = office([1000] * 6)
    early = whole.until(4)
    assert early.by_year == pytest.approx(whole.by_year[:4])
    assert early.passed.tolist() == [3, 3, 2, 1]


def test_few_grants_are_not_tried():
    found = grant_outlook(office([4] * 9), 2)
    assert (found.trials, found.weight, found.course.tolist()) == (0, 0.0, [1.0, 1.0])
