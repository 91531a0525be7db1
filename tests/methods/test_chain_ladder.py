# SPDX-License-Identifier: Apache-2.0
"""Late counts are brought to what they will amount to, with an interval no narrower than chance."""

from __future__ import annotations

import numpy as np
import pytest

from zhihang.errors import NotComparable
from zhihang.methods.chain_ladder import development_factors, nowcast, triangle_of

NAN = float("nan")
YEARS = np.array([[40, 90, 100], [44, 99, NAN], [50, NAN, NAN]])


def test_three_years_after_one_two_and_three_years():
    found = nowcast(YEARS)
    # (90 + 99) / (40 + 44) = 2.25; 100 / 90 = 1.1111; 50 x 2.25 x 1.1111 = 125; 99 x 1.1111 = 110
    assert found.factors == pytest.approx([2.25, 10 / 9])
    assert found.ultimate == pytest.approx([100, 110, 125])
    assert found.shares == pytest.approx([0.4, 0.9, 1.0])
    assert found.completeness == pytest.approx([1.0, 0.9, 0.4])


def test_an_origin_that_is_complete_has_no_interval_and_the_latest_has_the_widest():
    found = nowcast(YEARS)
    widths = found.high - found.low
    assert widths[0] == 0
    assert widths[2] > widths[1] > 0


def test_the_interval_is_never_narrower_than_that_of_a_count_of_what_is_missing():
    # factors agree exactly, so that Mack's error is nothing; 75 are missing, their root is 8.66, 1.645 times that 14.2
    exact = np.array([[40, 100], [40, 100], [50, NAN]])
    found = nowcast(exact)
    assert found.high[2] - found.ultimate[2] == pytest.approx(1.645 * np.sqrt(75), abs=0.01)


def test_nothing_known_stays_nothing():
    assert development_factors(np.array([[0.0, 0.0], [0.0, NAN]])).tolist() == [1.0]
    assert nowcast(np.array([[0.0, 0.0], [0.0, NAN]])).ultimate.tolist() == [0.0, 0.0]


def test_a_triangle_is_built_from_counts_by_origin_and_delay():
    # origin 10: 3 at once, 2 after one period; origin 11: 4 at once; the last period is 11
    table = triangle_of(np.array([10, 10, 11, 11]), np.array([0, 1, 0, 1]), np.array([3.0, 2, 4, 9]), last=11)
    assert np.array_equal(table, np.array([[3, 5], [4, NAN]]), equal_nan=True)


def test_an_origin_without_any_count_is_refused():
    with pytest.raises(NotComparable, match="delay 0"):
        nowcast(np.array([[1.0, 2.0], [NAN, NAN]]))


def test_the_latest_origins_tell_the_factors_if_asked():
    changed = np.array([[10, 20, 20], [10, 20, 20], [10, 40, NAN], [10, NAN, NAN]])
    assert nowcast(changed).factors[0] == pytest.approx(80 / 30)
    assert nowcast(changed, latest=1).factors[0] == pytest.approx(4.0)


def test_nine_of_ten_intervals_hold_what_came():
    drawn = np.random.default_rng(5)
    inside, tried = 0, 0
    for _ in range(60):
        full = drawn.poisson(60, 24)
        late = np.minimum(drawn.geometric(0.25, (24, 200)) - 1, 11)
        table = np.full((24, 12), NAN)
        for row in range(24):
            known = np.bincount(late[row, : full[row]], minlength=12).cumsum()
            table[row, : 24 - row] = known[: min(12, 24 - row)]
        found = nowcast(table)
        inside += int(((full >= np.floor(found.low)) & (full <= np.ceil(found.high)))[-8:-1].sum())
        tried += 7
    assert 0.85 <= inside / tried <= 0.97


def test_nothing_follows_from_a_delay_after_which_never_anything_was_known():
    # everything arrives after two periods
    table = np.array([[0.0, 0, 8, 10], [0, 0, 12, NAN], [0, 0, NAN, NAN], [0, NAN, NAN, NAN]])
    found = nowcast(table)
    assert found.ultimate[:2] == pytest.approx([10, 15])
    assert np.isnan(found.ultimate[2:]).all()
    assert found.completeness[2:].tolist() == [0, 0]
