# SPDX-License-Identifier: Apache-2.0
"""Stocks move as the arithmetic says; simulated courses scatter about it; levers reach what they are asked for."""

from __future__ import annotations

import numpy as np
import pytest

from zhihang.methods.stock_flow import Lever, StockModel, find_lever, levels, needed_inflow, simulate

INFINITE = np.inf


def model(stock, pending=(0.0,), granted=(0.0,), lapsed=None, **more) -> StockModel:
    """One region; hazards are given, not estimated, and years do not scatter unless asked."""
    rows = [np.array([row], np.float64) for row in (stock, pending, granted)]
    lost = np.zeros_like(rows[0]) if lapsed is None else np.array([lapsed], np.float64)
    lost[:, -1] = 1.0
    return StockModel(  # type: ignore[call-arg]
        *rows,
        np.zeros_like(rows[2]),
        lost,
        np.full_like(rows[2], INFINITE),
        np.full_like(lost, INFINITE),
        **{"grant_step": 0.0, "lapse_step": 0.0, **more},
    )


def test_guilin_needs_869_grants_a_year_without_any_loss_and_1073_with_five_percent():
    # (6,600 - 2,254) / 5 = 869.2; with a loss the closed form agrees with going year by year
    assert needed_inflow(2254, 6600, 0.0, 5) == pytest.approx(869.2)
    grants = needed_inflow(2254, 6600, 0.05, 5)
    assert grants == pytest.approx(1073.3, abs=0.05)
    assert 5 * grants == pytest.approx(5366, abs=1)
    assert levels(2254, grants, 0.05, 5)[-1] == pytest.approx(6600)


def test_the_plans_own_grants_do_not_reach_its_stock():
    assert levels(2254, 800, 0.0, 5)[-1] == 6254
    assert round(levels(2254, 800, 0.05, 5)[-1]) == 5364


def test_without_chance_a_cohort_moves_one_age_a_year_and_ends_with_its_term():
    # ages 0..3: 5 rights of age 2 stay a year and are gone the next; 7 of age 0 stay two
    paths = simulate(model([7, 0, 5, 0]), np.zeros((3, 1, 3)), seed=1)
    assert paths.stock[:, 0].tolist() == [[7, 7, 0]] * 3
    assert paths.lapses[:, 0].tolist() == [[5, 0, 7]] * 3


def test_certain_grants_enter_at_the_age_of_their_application():
    # 10 pending of age 1 are granted at age 2; rights of age 3 are kept, those of age 4 end
    paths = simulate(model([0] * 5, [0, 10, 0], [0, 0, 1.0]), np.zeros((2, 1, 3)), seed=1)
    assert paths.grants[:, 0].tolist() == [[10, 0, 0]] * 2
    assert paths.stock[:, 0].tolist() == [[10, 10, 0]] * 2


def test_the_mean_of_the_courses_is_that_of_the_arithmetic():
    # 1,000 rights, 10 % a year: 900 then 810
    paths = simulate(model([1000, 0, 0, 0], lapsed=[0.1] * 4), np.zeros((4000, 1, 2)), seed=3)
    assert paths.stock.mean(axis=0)[0] == pytest.approx([900, 810], abs=2)
    # binomial: sqrt(1000 x 0.1 x 0.9) = 9.5
    assert paths.stock[:, 0, 0].std() == pytest.approx(9.5, abs=0.5)


def test_half_a_year_loses_less_than_a_whole_one_but_every_right_whose_term_ends():
    half = simulate(model([1000, 0, 50], lapsed=[0.19] * 3, elapsed=0.5), np.zeros((2000, 1, 1)), seed=2)
    # ages do not move within the year: 1 - sqrt(0.81) = 10 % of 1,000 go, and all 50 of the last age
    assert half.stock.mean() == pytest.approx(900, abs=2)


def test_the_same_seed_gives_the_same_courses_and_another_does_not():
    given = model([500, 0, 0], lapsed=[0.2] * 3)
    first, second, other = (simulate(given, np.full((50, 1, 2), 9.0), seed=seed) for seed in (4, 4, 5))
    assert np.array_equal(first.stock, second.stock)
    assert np.array_equal(first.filings, second.filings)
    assert not np.array_equal(first.stock, other.stock)


def test_hazards_that_rest_on_little_make_the_fan_wider():
    sure = model([1000, 0, 0], lapsed=[0.2] * 3)
    rests = StockModel(
        sure.stock, sure.pending, sure.granted, sure.refused, sure.lapsed, sure.granted_on,
        np.full_like(sure.lapsed, 10.0), grant_step=0.0, lapse_step=0.0,
    )  # fmt: skip
    width = [simulate(each, np.zeros((800, 1, 1)), seed=1).stock.std() for each in (sure, rests)]
    assert width[1] > 3 * width[0]


def test_rights_are_kept_in_balance():
    given = model(
        [300, 200, 100, 0], [40, 30, 20], [0.1, 0.3, 0.2], [0.1] * 4, grant_step=0.2, lapse_step=0.2
    )
    paths = simulate(given, np.full((200, 1, 4), 25.0), seed=9)
    before = np.concatenate([np.full((200, 1, 1), 600), paths.stock[..., :-1]], axis=2)
    assert np.array_equal(paths.stock, before + paths.grants - paths.lapses)


def test_a_lever_reaches_the_goal_and_a_little_less_of_it_does_not():
    given = model([1000, 0, 0, 0], lapsed=[0.2] * 4)
    nothing = np.zeros((400, 1, 2))
    # 1,000 x 0.8 x 0.8 = 640; 810 needs half of the lapses avoided (0.9 x 0.9)
    share = find_lever(given, nothing, np.array([810.0]), name="avoided_lapses")
    assert share == pytest.approx([0.5], abs=0.02)
    kept = [
        simulate(given, nothing, seed=1, lever=Lever(np.zeros(1), np.ones(1), 1 - share + more)).stock[
            ..., -1
        ]
        for more in (0.0, 0.05)
    ]
    assert (kept[0] >= 810).mean() >= 0.5 > (kept[1] >= 810).mean()


def test_a_lever_that_cannot_suffice_is_not_a_number_and_one_not_needed_stays_where_it_is():
    given = model([1000, 0, 0, 0], lapsed=[0.2] * 4)
    nothing = np.zeros((50, 1, 2))
    assert np.isnan(find_lever(given, nothing, np.array([1001.0]), name="avoided_lapses"))
    assert find_lever(given, nothing, np.array([500.0]), name="avoided_lapses") == [0.0]


def test_what_was_reached_before_counts_towards_a_sum():
    filings = np.full((200, 1, 2), 100.0)
    # 150 were filed before; 400 in all needs 250 of two years: 100 (1+x) + 100 (1+x)^2 = 250 gives x = 15.8 %
    growth = find_lever(
        model([0, 0, 0]), filings, np.array([400.0]), name="filing_growth", outcome="filings",
        before=np.array([150.0]),
    )  # fmt: skip
    assert growth == pytest.approx([0.158], abs=0.02)
