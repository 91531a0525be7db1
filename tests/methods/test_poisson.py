# SPDX-License-Identifier: Apache-2.0
"""Small counts are told apart from chance."""

from __future__ import annotations

import numpy as np
import pytest

from zhihang.methods.poisson import chance_of_same_mean, expected_range, mean_interval, rank_intervals, ranks


def test_guangxis_125_international_filings_lie_below_what_chance_does_to_163():
    assert expected_range(163) == (138, 188)


def test_the_exact_interval_of_a_count():
    # tables of Garwood: 10 gives 4.795 to 18.391, 0 gives 0 to 3.689
    assert mean_interval(10) == pytest.approx((4.795, 18.391), abs=0.001)
    assert mean_interval(0) == pytest.approx((0.0, 3.689), abs=0.001)


def test_two_counts_are_compared_exactly():
    # 0 after 5: two-sided binomial, 2 x 0.5^5 = 0.0625
    assert chance_of_same_mean(5, 0) == pytest.approx(0.0625)
    assert chance_of_same_mean(0, 0) == 1.0
    # half as long counted: 5 then 0 has chance (2/3)^5 from below alone
    assert chance_of_same_mean(5, 0, exposure=0.5) == pytest.approx((2 / 3) ** 5, abs=0.05)


def test_equal_values_share_the_better_rank():
    assert ranks([10.0, 30.0, 10.0, 20.0]).tolist() == [3, 1, 3, 2]


def test_ranks_of_small_counts_are_uncertain_and_of_large_ones_hardly():
    small = rank_intervals(np.array([4.0, 5, 6, 7]), np.ones(4))
    large = rank_intervals(np.array([4000.0, 5000, 6000, 7000]), np.ones(4))
    assert large.tolist() == [[4, 4], [3, 3], [2, 2], [1, 1]]
    assert (small[:, 1] - small[:, 0]).min() >= 1
