# SPDX-License-Identifier: Apache-2.0
"""White spaces of a technology-effect matrix."""

from __future__ import annotations

import pytest

from zhihang.methods.white_space import expectation, technology_effect_matrix


def _patents() -> tuple[list[list[str]], list[list[str]]]:
    # A x speed 60, A x cost 5, B x speed 20, B x cost 60, C x speed 2, C x cost 0
    pairs = [("A", "speed")] * 60 + [("A", "cost")] * 5 + [("B", "speed")] * 20 + [("B", "cost")] * 60
    pairs += [("C", "speed")] * 2
    return [[a] for a, _ in pairs], [[b] for _, b in pairs]


def test_a_cell_far_below_expectation_is_a_white_space() -> None:
    cells = {(cell.row, cell.column): cell for cell in technology_effect_matrix(*_patents())}
    empty = cells["A", "cost"]
    # 65 x 65 / 147 = 28.74
    assert empty.expected == pytest.approx(28.741, abs=0.001)
    assert empty.residual < -2
    assert empty.verdict == "white_space"


def test_an_empty_cell_with_little_expected_is_no_opportunity() -> None:
    cells = {(cell.row, cell.column): cell for cell in technology_effect_matrix(*_patents())}
    assert cells["C", "cost"].observed == 0
    assert cells["C", "cost"].verdict == "too_few_expected"
    assert cells["C", "cost"].q is None


def test_growth_leaves_truncated_years_out_and_names_the_top_holder() -> None:
    (cell,) = technology_effect_matrix(
        [["A"]] * 5,
        [["x"]] * 5,
        years=[2010, 2013, 2014, 2015, 2017],
        holders=[["甲"], ["甲", "乙"], ["乙"], ["乙"], []],
        truncated={2016, 2017},
    )
    assert (cell.recent, cell.before) == (3, 1)  # 2013-2015 and 2010-2012
    assert (cell.holder, cell.holder_share) == ("乙", 0.6)


def test_independent_rows_and_columns_have_no_residual() -> None:
    expected, residual = expectation([[10, 20], [30, 60]])
    assert expected.tolist() == [[10, 20], [30, 60]]
    assert abs(residual).max() < 1e-9


def test_no_tags_give_no_cells() -> None:
    assert technology_effect_matrix([[], []], [["x"], []]) == []
