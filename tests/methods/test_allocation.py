# SPDX-License-Identifier: Apache-2.0
"""Tables of whole numbers are exact over years and units, within bounds and growth limits, and reproducible."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from zhihang.methods.allocation import Limits, NoRoom, allocate_years, joint_wishes
from zhihang.methods.allocation_basis import (
    capacity_shares,
    convergence,
    equal_growth,
    fixed_share,
    growth_ladder,
    size_classes,
)
from zhihang.methods.joint_allocation import Wishes, controlled_rounding, fitted_to_margins, nearest_whole
from zhihang.methods.rounding import UNBOUNDED


def limits(units: int, years: int, **given: np.ndarray) -> Limits:
    plain = Limits.none(units, years)
    parts = {name: given.get(name, getattr(plain, name)) for name in plain.__dataclass_fields__}
    return Limits(**parts)


@st.composite
def tables(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, str]:
    units, years = draw(st.integers(1, 20)), draw(st.integers(1, 6))
    totals = np.array(draw(st.lists(st.integers(0, 10**6), min_size=years, max_size=years)), np.int64)
    shares = np.array(
        draw(st.lists(st.floats(0, 1e4, allow_subnormal=False), min_size=units, max_size=units))
    )
    return totals, shares, draw(st.sampled_from(["largest_remainder", "residual"]))


@examples(15)
@given(tables())
def test_every_year_adds_up_and_no_cell_is_negative(case: tuple[np.ndarray, np.ndarray, str]) -> None:
    totals, shares, rounding = case
    split = allocate_years(
        totals, fixed_share(shares), Limits.none(len(shares), len(totals)), rounding=rounding
    )
    assert (split.values.sum(axis=0) == totals).all()
    assert (split.values >= 0).all()
    again = allocate_years(
        totals, fixed_share(shares), Limits.none(len(shares), len(totals)), rounding=rounding
    )
    assert (again.values == split.values).all()


@examples(8)
@given(st.integers(2, 8), st.integers(2, 5), st.integers(0, 2**32 - 1))
def test_both_margins_are_exact(units: int, years: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    rows = chance.integers(0, 200, units)
    columns = chance.multinomial(rows.sum(), np.full(years, 1 / years))
    weights = chance.random(units)
    split = allocate_years(
        columns.astype(np.int64),
        fixed_share(weights),
        Limits.none(units, years),
        row_totals=rows.astype(np.int64),
    )
    assert (split.values.sum(axis=0) == columns).all()
    assert (split.values.sum(axis=1) == rows).all()
    assert (split.values >= 0).all()


@examples(8)
@given(st.integers(1, 9), st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_controlled_rounding_moves_no_cell_and_no_sum_by_one(rows: int, columns: int, seed: int) -> None:
    amounts = np.random.default_rng(seed).random((rows, columns)) * 30
    whole = controlled_rounding(amounts)
    assert (np.abs(whole - amounts) < 1).all()
    assert (np.abs(whole.sum(axis=0) - amounts.sum(axis=0)) < 1).all()
    assert (np.abs(whole.sum(axis=1) - amounts.sum(axis=1)) < 1).all()
    assert abs(whole.sum() - amounts.sum()) < 1


@examples(8)
@given(st.integers(1, 10), st.integers(0, 2**32 - 1))
def test_growth_limits_hold_from_year_to_year(units: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    base = chance.integers(10, 400, units).astype(float)
    totals = np.ceil(base.sum() * 1.2 ** np.arange(1, 5)).astype(np.int64) + units
    given = limits(units, 4, before=base, least_growth=np.full(units, 0.05))
    split = allocate_years(totals, fixed_share(chance.random(units)), given)
    before = np.column_stack((base, split.values[:, :-1]))
    assert (split.values >= 1.05 * before - 1e-6).all()
    assert (split.values.sum(axis=0) == totals).all()


def test_largest_remainder_by_hand() -> None:
    # 10 by 1:1:1 is 3.33 each; the unit left goes to the first of equals.
    split = allocate_years(np.array([10]), fixed_share(np.ones(3)), Limits.none(3, 1))
    assert split.values[:, 0].tolist() == [4, 3, 3]


def test_a_larger_total_can_give_a_small_unit_less() -> None:
    # 6:6:2 of 10 is 4.29, 4.29, 1.43; of 11 it is 4.71, 4.71, 1.57.
    split = allocate_years(np.array([10, 11]), fixed_share(np.array([6.0, 6.0, 2.0])), Limits.none(3, 2))
    assert split.values.tolist() == [[4, 5], [4, 5], [2, 1]]


def test_a_locked_cell_keeps_its_value_and_the_others_share_the_rest() -> None:
    lower, upper = np.zeros((3, 1)), np.full((3, 1), UNBOUNDED)
    lower[0, 0] = upper[0, 0] = 7
    split = allocate_years(np.array([10]), fixed_share(np.ones(3)), limits(3, 1, lower=lower, upper=upper))
    assert split.values[:, 0].tolist() == [7, 2, 1]


def test_a_ladder_grows_on_rounded_values_and_the_largest_takes_the_rest() -> None:
    # 66 * 1.3 = 85.8 -> 86, 86 * 1.2 = 103.2 -> 103; 500 takes 600 - 86 = 514 and 700 - 103 = 597.
    basis = growth_ladder(np.array([66.0, 500.0]), np.array([0, 0]), np.array([[0.3, 0.2]]))
    split = allocate_years(np.array([600, 700]), basis, Limits.none(2, 2), absolute=True, residual=1)
    assert split.values.tolist() == [[86, 103], [514, 597]]


def test_a_ladder_whose_rest_would_be_negative_is_scaled_to_the_total() -> None:
    basis = growth_ladder(np.array([60.0, 40.0]), np.array([0, 0]), np.array([[1.0]]))
    split = allocate_years(np.array([100]), basis, Limits.none(2, 1), absolute=True, residual=1)
    assert split.values.sum() == 100
    assert split.values.min() >= 0


def test_equal_growth_keeps_the_shares_of_the_start() -> None:
    split = allocate_years(np.array([100, 200]), equal_growth(np.array([1.0, 3.0])), Limits.none(2, 2))
    assert split.values.tolist() == [[25, 50], [75, 150]]


def test_convergence_closes_half_of_the_gap() -> None:
    # Per head 1 and 3; half of the gap of 2 closes: 2 and 3, of 10 heads each: 20 and 30.
    basis = convergence(np.array([10.0, 30.0]), np.array([10.0, 10.0]), 0.5)
    assert basis(0, None).tolist() == [20.0, 30.0]


def test_capacities_are_mixed_by_their_parts() -> None:
    # Population 1:3 is 0.25, 0.75; research 1:1 is 0.5, 0.5; three quarters and one quarter: 0.3125, 0.6875.
    measures = {"population": np.array([10.0, 30.0]), "research": np.array([5.0, 5.0])}
    assert capacity_shares(measures, {"population": 3, "research": 1}).tolist() == [0.3125, 0.6875]


def test_size_classes_begin_at_their_edges() -> None:
    assert size_classes(np.array([9.0, 10.0, 99.0, 100.0]), [10, 100]).tolist() == [0, 1, 1, 2]


def test_too_high_least_values_are_told_with_their_sum() -> None:
    with pytest.raises(NoRoom) as told:
        allocate_years(np.array([10]), fixed_share(np.ones(3)), limits(3, 1, lower=np.full((3, 1), 4.0)))
    assert (told.value.side, told.value.year, told.value.sum, told.value.total) == ("lower", 0, 12, 10)


def test_rows_and_years_that_differ_are_told() -> None:
    with pytest.raises(NoRoom) as told:
        allocate_years(
            np.array([10]), fixed_share(np.ones(2)), Limits.none(2, 1), row_totals=np.array([4, 5])
        )
    assert (told.value.side, told.value.sum, told.value.total) == ("margins", 9, 10)


def test_a_year_that_would_starve_the_next_is_weighed_with_it() -> None:
    # The basis wants 90:10, then 10:90. At least 10 % growth of both: year by year 90 -> 99 and 10 -> 11 of 110.
    # A most growth of 20 % for the second unit leaves 99 for the first, so that the first year has to give way.
    wanted = [np.array([90.0, 10.0]), np.array([10.0, 90.0])]
    given = limits(2, 2, least_growth=np.array([0.1, 0.1]), most_growth=np.array([0.1, 0.2]))
    split = allocate_years(np.array([100, 115]), lambda year, previous: wanted[year], given)
    first, second = split.values.T
    assert (first.sum(), second.sum()) == (100, 115)
    assert (second >= 1.1 * first - 1e-6).all()
    assert second[1] <= 1.2 * first[1] + 1e-6
    assert split.joint


def test_the_least_change_that_makes_room_is_found() -> None:
    # Two units, each at least 6: the total of 10 has to rise by 2.
    given = limits(2, 1, lower=np.full((2, 1), 6.0))
    change = joint_wishes(np.array([10]), fixed_share(np.ones(2)), given, None)
    assert change is not None
    assert change[0].tolist() == [2]


def test_fitting_to_margins_meets_both() -> None:
    fitted = fitted_to_margins(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([4.0, 6.0]), np.array([5.0, 5.0]))
    assert np.allclose(fitted.sum(axis=1), [4, 6])
    assert np.allclose(fitted.sum(axis=0), [5, 5])


def test_nearest_whole_numbers_are_the_nearest() -> None:
    # 0.9, 0.1 / 0.1, 0.9 with all sums 1: the diagonal.
    wishes = Wishes(
        np.array([[0.9, 0.1], [0.1, 0.9]]),
        np.array([1, 1]),
        np.array([1, 1]),
        np.zeros((2, 2)),
        np.ones((2, 2)),
    )
    assert nearest_whole(wishes).tolist() == [[1, 0], [0, 1]]
