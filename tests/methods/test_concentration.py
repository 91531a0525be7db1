# SPDX-License-Identifier: Apache-2.0
"""Concentration, by vectors of method page M-NAV-06."""

from __future__ import annotations

import math

import numpy as np
import pytest

from zhihang.methods.concentration import (
    entropy,
    entropy_of_rows,
    herfindahl,
    herfindahl_of_rows,
    normalised_herfindahl,
    shares,
    top_share,
)

MATRIX = [[100, 0, 0, 0, 0], [0, 15, 5, 70, 10], [0, 20, 10, 20, 50], [0, 25, 30, 5, 40], [0, 40, 55, 5, 0]]


def test_herfindahl_of_the_rows_of_a_matrix():
    assert herfindahl_of_rows(MATRIX) == pytest.approx([1, 0.525, 0.34, 0.315, 0.465], abs=1e-9)
    assert [herfindahl(row) for row in MATRIX] == pytest.approx([1, 0.525, 0.34, 0.315, 0.465], abs=1e-9)


def test_a_row_of_zeros_has_no_concentration():
    assert np.isnan(herfindahl_of_rows([[0, 0]])).all()
    assert np.isnan(entropy_of_rows([[0, 0]])).all()
    with pytest.raises(ValueError, match="total above 0"):
        shares([0, 0])
    with pytest.raises(ValueError, match="parts of 0 or more"):
        shares([2, -1])


def test_entropy_of_equal_parts_is_the_logarithm_of_their_number():
    assert entropy([7] * 8, base=2) == pytest.approx(3, abs=1e-12)
    assert entropy([7] * 8) == pytest.approx(math.log(8), abs=1e-12)
    assert entropy_of_rows([[1, 1, 0, 0], [1, 1, 1, 1]]) == pytest.approx([1, 2], abs=1e-12)
    assert entropy([5]) == 0


def test_the_largest_of_the_counties_of_guilin(shared):
    import csv

    path = shared / "data/policies/gold/001_96812638419f9774/tables.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["table"] == "附件1" and r["county"] != "合计"]
    for year, expected in (("2016", (0.4180, 0.6349, 0.8146)), ("2020", (0.4992, 0.6997, 0.8430))):
        held = [float(row["value"]) for row in rows if row["year"] == year]
        assert len(held) == 17
        found = (herfindahl(held), top_share(held, 1), top_share(held, 4))
        assert found == pytest.approx(expected, abs=5e-5)


def test_normalised_herfindahl_counts_empty_parts():
    assert normalised_herfindahl([1, 0]) == 1
    assert normalised_herfindahl([3, 1]) == pytest.approx(0.25)  # (0.625 - 0.5) / 0.5
    assert normalised_herfindahl([4]) == 1


def test_more_largest_than_parts_are_all():
    assert top_share([1, 2], 10) == 1
