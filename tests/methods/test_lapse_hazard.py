# SPDX-License-Identifier: Apache-2.0
"""Hazards of lapse by age, from days and from counts, and what stands in for them where there is little."""

from __future__ import annotations

import numpy as np
import pytest

from zhihang.methods.lapse_hazard import (
    fee_step_prior,
    lapse_of,
    lapse_of_rights,
    pooled,
    weight_of_prior,
)

FAR = "9999-12-31"


def days(*texts: str):
    return np.array(texts, "datetime64[D]")


def test_survival_is_the_product_of_what_is_kept():
    found = lapse_of(np.array([200.0, 100.0, 50.0]), np.array([20.0, 50.0, 0.0]))
    assert found.hazard.tolist() == [0.1, 0.5, 0.0]
    assert found.survival.tolist() == pytest.approx([0.9, 0.45, 0.45])
    assert found.kept(1, 3) == pytest.approx(0.5)


def test_rights_count_from_the_year_after_their_beginning_until_their_end():
    # filed 2010; granted 2012; the first lapses in 2014 (age 4), the second goes on, the third is invalidated in 2013
    found = lapse_of_rights(
        days("2010-05-01", "2010-06-01", "2010-07-01"),
        days("2012-03-01", "2012-03-01", "2012-03-01"),
        days("2014-05-01", FAR, "2013-08-01"),
        np.array([True, False, False]),
        years=range(2010, 2016),
        ages=8,
    )
    assert found.at_risk.tolist() == [0, 0, 0, 3, 2, 1, 0, 0]  # in force on 1 January of 2013, 2014, 2015
    assert found.lapsed.tolist() == [0, 0, 0, 0, 1, 0, 0, 0]
    assert found.hazard[4] == 0.5


def test_years_after_those_asked_do_not_count():
    found = lapse_of_rights(
        days("2010-05-01"), days("2012-03-01"), days("2014-05-01"), np.array([True]), years=range(2010, 2014)
    )
    assert found.lapsed.sum() == 0


def test_without_data_half_are_kept_through_the_sixth_year():
    prior = lapse_of(np.ones(21), fee_step_prior())
    assert prior.kept(3, 6) == pytest.approx(0.5, abs=0.01)
    assert prior.hazard[3] == pytest.approx(0.17 * 1.6)
    assert prior.hazard[20] == 1.0


def test_a_county_without_rights_behaves_as_its_city():
    empty = lapse_of(np.zeros(3), np.zeros(3))
    assert pooled(empty, np.array([0.1, 0.2, 1.0]), 30.0).hazard.tolist() == pytest.approx([0.1, 0.2, 1.0])


def test_regions_that_differ_by_chance_only_share_more_than_regions_that_differ():
    drawn = np.random.default_rng(1)
    prior = np.append(np.full(9, 0.2), 1.0)
    risk = np.full(10, 200.0)
    alike = [lapse_of(risk, drawn.binomial(200, prior).astype(float)) for _ in range(12)]
    apart = [
        lapse_of(risk, drawn.binomial(200, np.append(drawn.beta(2, 8, 9), 1.0)).astype(float))
        for _ in range(12)
    ]
    assert weight_of_prior(alike, prior) >= 300
    assert weight_of_prior(apart, prior) <= 30
