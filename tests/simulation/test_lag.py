# SPDX-License-Identifier: Apache-2.0
"""Grants come some months after the filing, and in the calendar year planned."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from zhihang.simulation.lag import LagTable, draw_month
from zhihang.simulation.scenario import Lag, Months

OWN: dict[str, Any] = {"source": "own", "status": "assumed"}
EVEN = Months(values=dict.fromkeys(range(1, 13), 1 / 12), **OWN)
LAGS = [
    Lag(since=2000, median_months=24, spread=0.3, least_months=6, **OWN),
    Lag(since=2015, median_months=5, spread=0.3, least_months=2, **OWN),
]


def test_shares_by_year_add_up():
    assert LagTable.of(LAGS, EVEN, 2010).by_year().sum() == pytest.approx(1)


def test_a_later_lag_replaces_the_earlier():
    slow, fast = LagTable.of(LAGS, EVEN, 2014).by_year(), LagTable.of(LAGS, EVEN, 2015).by_year()
    assert slow[0] < 0.01  # nearly nothing of a lag of 24 months falls into the year of filing
    assert fast[0] > 0.4


def test_half_are_granted_within_the_median():
    table = LagTable.of(LAGS, EVEN, 2014)
    assert table.joint.sum(axis=0)[:24].sum() == pytest.approx(0.5)


@pytest.mark.parametrize("years_later", [1, 2, 3])
def test_month_and_lag_drawn_lead_into_the_year_asked_for(years_later):
    month, lag = LagTable.of(LAGS, EVEN, 2014).draw(years_later, np.linspace(0, 0.999, 500))
    assert ((month + lag) // 12 == years_later).all()
    assert lag.min() >= 6


def test_months_follow_the_season():
    december = Months(values={**dict.fromkeys(range(1, 12), 0.05), 12: 0.45}, **OWN)
    drawn = draw_month(december, (np.arange(1000) + 0.5) / 1000)
    assert np.bincount(drawn, minlength=12).tolist() == [50] * 11 + [450]
