# SPDX-License-Identifier: Apache-2.0
"""Whole numbers from shares keep their sums."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zhihang.simulation.load import load_scenario
from zhihang.simulation.rounding import largest_remainder, residual_to_largest, running

# Annex 2 of the Guilin plan, 2016: invention filings by county (total 4,950).
ANNEX_2_2016 = {
    "450323": 148, "450324": 82, "450325": 147, "450326": 151, "450321": 48, "450327": 69, "450328": 46,
    "450329": 50, "450330": 77, "450381": 116, "450332": 99, "450312": 288, "450304": 454, "450302": 301,
    "450303": 240, "450305": 2492, "450311": 142,
}  # fmt: skip


def test_fixed_shares_give_the_county_targets_of_the_guilin_plan():
    shares = load_scenario("450300").counties.filing_shares
    assert shares is not None
    codes = list(ANNEX_2_2016)
    parts = residual_to_largest(4950, np.array([shares.values[code] for code in codes]))
    differences = {code: int(n) - ANNEX_2_2016[code] for code, n in zip(codes, parts, strict=True)}
    # The method pages find the pooled shares to be off by at most 1 in any cell.
    assert parts.sum() == 4950
    assert max(abs(d) for d in differences.values()) <= 1
    assert sum(d == 0 for d in differences.values()) >= 14


def test_a_running_sum_is_never_off_by_more_than_a_half():
    # 0.4 -> 0; 0.8 -> 1; 1.2 -> 1; 1.6 -> 2
    assert running(np.array([0.4] * 4)).tolist() == [0, 1, 0, 1]


def test_what_is_left_goes_to_the_largest_remainder():
    # 7 by 1:1:1 -> 2.33 each, one left for the first; 10 by 15:15:70 -> 1.5, 1.5, 7
    assert largest_remainder(7, np.ones(3)).tolist() == [3, 2, 2]
    assert largest_remainder(10, np.array([15.0, 15, 70])).tolist() == [2, 1, 7]


@given(st.integers(0, 10_000), st.lists(st.floats(0.01, 100), min_size=1, max_size=30))
def test_parts_are_whole_and_add_up(total, shares):
    for split in (largest_remainder, residual_to_largest):
        parts = split(total, np.array(shares))
        assert parts.sum() == total
        assert parts.min() >= 0
