# SPDX-License-Identifier: Apache-2.0
"""Stages of a technology's life."""

from __future__ import annotations

from zhihang.methods.life_cycle import life_cycle


def test_rise_then_fall_passes_through_growth_maturity_and_decline() -> None:
    applications = [1, 2, 2, 3, 10, 30, 70, 130, 160, 165, 166, 165, 120, 80, 40]
    applicants = [1, 1, 2, 2, 8, 20, 45, 80, 95, 90, 85, 80, 60, 40, 20]
    made = life_cycle(range(2000, 2015), applications, applicants)
    stages = [point.stage for point in made.years]
    assert stages[3] == "introduction"
    assert "growth" in stages
    assert "maturity" in stages
    assert made.stage == "decline"


def test_truncated_years_are_shown_but_take_no_part() -> None:
    applications = [10, 20, 30, 45, 60, 80, 20, 2]
    made = life_cycle(range(2010, 2018), applications, applications, truncated={2016, 2017})
    assert made.stage == "growth"
    assert [point.stage for point in made.years[-2:]] == [None, None]
    assert made.years[-1].applications == 2


def test_growth_after_a_decline_is_a_revival() -> None:
    applications = [50, 80, 100, 120, 90, 50, 30, 25, 40, 80, 140, 200]
    assert life_cycle(range(2000, 2012), applications, applications).stage == "revival"


def test_three_years_name_no_stage() -> None:
    assert life_cycle([2018, 2019, 2020], [5, 6, 7], [2, 3, 4]).refused == "few_years"
    assert life_cycle(range(2010, 2016), [0, 1, 0, 1, 0, 1], [0, 1, 0, 1, 0, 1]).refused == "few_applications"
