# SPDX-License-Identifier: Apache-2.0
"""Whole numbers add up, keep their bounds, and do not depend on chance."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from zhihang.methods.rounding import UNBOUNDED, half_up, largest_remainder, proportional, residual_to

WEIGHTS = st.lists(st.floats(0, 1e6, allow_nan=False, allow_subnormal=False), min_size=1, max_size=40)


@st.composite
def bounded(draw: st.DrawFn) -> tuple[int, np.ndarray, np.ndarray, np.ndarray]:
    weights = np.array(draw(WEIGHTS))
    lower = np.array(draw(st.lists(st.integers(0, 50), min_size=len(weights), max_size=len(weights))), float)
    room = np.array(draw(st.lists(st.integers(0, 80), min_size=len(weights), max_size=len(weights))), float)
    total = draw(st.integers(int(lower.sum()), int((lower + room).sum())))
    return total, weights, lower, lower + room


def test_halves_are_rounded_upward() -> None:
    assert half_up(np.array([0.5, 1.5, 2.5, 2.4])).tolist() == [1, 2, 3, 2]


def test_the_largest_remainder_takes_the_unit_left() -> None:
    # 10 over 1.6, 3.3, 5.1: down to 1, 3, 5; one is left for the remainder 0.6.
    assert largest_remainder(np.array([1.6, 3.3, 5.1]), 10).tolist() == [2, 3, 5]


def test_of_equal_remainders_the_larger_amount_comes_first_then_the_earlier() -> None:
    assert largest_remainder(np.array([1.5, 2.5, 2.5, 1.5]), 8).tolist() == [1, 3, 3, 1]


def test_the_residual_takes_the_difference_of_rounding() -> None:
    # 2.5, 2.5 up to 3, 3; of 10 the residual gets 4 in place of 5.
    assert residual_to(np.array([2.5, 5.0, 2.5]), 10, 1).tolist() == [3, 4, 3]


def test_a_residual_that_would_be_negative_is_refused() -> None:
    assert residual_to(np.array([0.5, 0.5, 0.0]), 1, 2) is None


def test_bounds_that_leave_no_room_are_an_error() -> None:
    with pytest.raises(ValueError, match="no room"):
        largest_remainder(np.array([1.0, 1.0]), 5, upper=np.array([2.0, 2.0]))


def test_parts_without_weight_get_something_only_when_all_others_are_full() -> None:
    parts = proportional(10, np.array([1.0, 0.0]), np.zeros(2), np.array([6.0, 9.0]))
    assert parts.tolist() == [6.0, 4.0]


@examples(15)
@given(bounded())
def test_bounded_parts_add_up_and_keep_their_bounds(
    case: tuple[int, np.ndarray, np.ndarray, np.ndarray],
) -> None:
    total, weights, lower, upper = case
    exact = proportional(total, weights, lower, upper)
    assert abs(exact.sum() - total) < 1e-6
    assert (exact >= lower - 1e-9).all()
    assert (exact <= upper + 1e-9).all()
    whole = largest_remainder(exact, total, lower, upper)
    assert whole.sum() == total
    assert ((whole >= lower) & (whole <= upper)).all()
    assert (np.abs(whole - exact) < 1 + 1e-6).all()


@examples(15)
@given(WEIGHTS, st.integers(0, 10**9))
def test_who_weighs_more_never_gets_less(weights: list[float], total: int) -> None:
    values = np.array(weights)
    free = proportional(total, values, np.zeros(len(values)), np.full(len(values), UNBOUNDED))
    whole = largest_remainder(free, total)
    order = np.argsort(values, kind="stable")
    steps = np.diff(whole[order])
    equal = np.diff(values[order]) == 0
    assert (steps[~equal] >= 0).all()


@examples(15)
@given(WEIGHTS, st.integers(0, 10**6), st.integers(0, 10**6))
def test_bounded_amounts_grow_with_the_total(weights: list[float], total: int, more: int) -> None:
    values = np.array(weights)
    low, high = np.zeros(len(values)), np.full(len(values), UNBOUNDED)
    first = proportional(total, values, low, high)
    second = proportional(total + more, values, low, high)
    assert (second >= first - 1e-6 * (1 + np.abs(first))).all()
