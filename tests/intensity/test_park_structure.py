# SPDX-License-Identifier: Apache-2.0
"""Tests of the structure of parks: quotients by hand, complexity and density by py-ecomplexity, entries and exits."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from zhihang.intensity.park_counts import Counts
from zhihang.intensity.park_structure import Rules, related_classes, structures

REFERENCE = json.loads((Path(__file__).parents[1] / "methods" / "ecomplexity.json").read_text("utf-8"))[
    "counts"
]


def counts(parks, area=None, together=None, years=None):
    """Counts of years (first axis) by parks by classes."""
    held = np.array(parks, float)
    whole = held.sum(axis=1) if area is None else np.array(area, float)
    number = held.shape[2]
    names = tuple(f"k{each}" for each in range(number))
    return Counts(
        tuple(years or range(2020 - len(held) + 1, 2021)),
        names,
        names,
        held,
        whole,
        held.sum(axis=2),
        whole.sum(axis=1),
        np.zeros((number, number)) if together is None else np.array(together, float),
        (),
        np.zeros((len(held), 0)),
    )


def test_specialisation_against_the_area_counts_what_lies_outside_parks():
    # Area: 5, 4, 5 of three classes. Park one 4, 2, 0; park two 1, 0, 3. Quotient of one in the first: 4/6 over 5/14.
    made = counts([[[4, 2, 0], [1, 0, 3]]], [[5, 4, 5]])
    (one,) = structures(made, Rules(window=1, least=0), 1)
    assert np.abs(one.quotient - [[28 / 15, 7 / 6, 0], [0.7, 0, 2.1]]).max() < 1e-12
    assert one.binary.tolist() == [[1, 1, 0], [0, 0, 1]]
    (inside,) = structures(made, Rules(window=1, least=0, against="parks"), 1)
    assert inside.quotient[0, 0] == pytest.approx((4 / 6) / (5 / 10))


def test_too_few_patents_are_no_specialisation():
    made = counts([[[4, 2, 0], [1, 0, 3]]], [[5, 4, 5]])
    (one,) = structures(made, Rules(window=1, least=3), 1)
    assert one.binary.tolist() == [[1, 0, 0], [0, 0, 1]]


def test_parks_against_each_other_equal_py_ecomplexity():
    made = counts([REFERENCE["matrix"]])
    (one,) = structures(made, Rules(window=1, least=0, against="parks"), 1)
    assert np.abs(one.quotient - REFERENCE["rca"]).max() < 1e-9
    assert (one.binary == np.array(REFERENCE["mcp"])).all()
    assert np.abs(one.found.eci - REFERENCE["eci"]).max() < 1e-9
    assert np.abs(one.found.pci - REFERENCE["pci"]).max() < 1e-9
    assert one.reflected[0].tolist() == REFERENCE["diversity"]
    assert one.reflected_classes[0].tolist() == REFERENCE["ubiquity"]


def test_classes_related_more_often_than_by_chance_make_the_density():
    # M-NAV-07 and 08: association above 1 on this matrix relates 1-2, 2-3 and 3-4.
    together = [[0, 3, 1, 0], [3, 0, 2, 1], [1, 2, 0, 4], [0, 1, 4, 0]]
    related = related_classes(np.array(together, float), "association")
    assert related.tolist() == [[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]]
    parks = [[[9, 9, 0, 0], [0, 9, 9, 0], [0, 0, 9, 9]]]
    made = counts(parks, together=together)
    (one,) = structures(made, Rules(window=1, least=0, against="parks", by_what="association"), 1)
    assert one.binary.tolist() == [[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]]
    assert one.density.tolist() == [[100, 50, 50, 0], [100, 50, 50, 100], [0, 50, 50, 100]]
    weighted = related_classes(np.array(together, float), "cosine")
    assert weighted[0, 1] == pytest.approx(0.6124, abs=1e-4)


def test_entries_and_exits_compare_windows_that_do_not_overlap():
    # Two classes, two years a window. The park does class one in 2017-18, class two in 2019-20.
    park = [[[5, 0]], [[5, 0]], [[0, 5]], [[0, 5]]]
    area = [[10, 10]] * 4
    found = {one.year: one for one in structures(counts(park, area), Rules(window=2, least=1), 3)}
    assert found[2018].entered is None  # nothing lies before
    assert found[2020].entered.tolist() == [[False, True]]
    assert found[2020].left.tolist() == [[True, False]]
    assert found[2019].counts.tolist() == [[5, 5]]  # 2018 and 2019 together


def test_an_empty_window_before_tells_no_entries():
    found = structures(counts([[[0, 0]], [[5, 1]]], [[0, 0], [10, 10]]), Rules(window=1, least=1), 1)
    assert found[0].entered is None


def test_complexity_is_not_told_for_two_parks_or_parks_that_share_nothing():
    two = counts([[[4, 2, 0], [1, 0, 3]]])
    assert not structures(two, Rules(window=1, least=0), 1)[0].comparable
    apart = counts([[[5, 0, 0], [0, 5, 0], [0, 0, 5]]])
    assert not structures(apart, Rules(window=1, least=0), 1)[0].comparable
    nothing = counts([[[0, 0], [0, 0], [0, 0]]])
    assert not structures(nothing, Rules(window=1, least=0), 1)[0].comparable


def test_windows_add_up_to_the_sum_of_their_years():
    made = counts([[[1, 0]], [[2, 0]], [[4, 1]]]).windows(2)
    assert made.parks[:, 0].tolist() == [[1, 0], [3, 0], [6, 1]]
    assert counts([[[1, 0]]]).windows(5).parks.tolist() == [[[1, 0]]]
