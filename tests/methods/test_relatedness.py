# SPDX-License-Identifier: Apache-2.0
"""Specialisation, relatedness and density, by vectors of method pages M-NAV-05, 07 and 08."""

from __future__ import annotations

import math

import numpy as np
import pytest

from zhihang.methods.relatedness import co_occurrence, density, relatedness
from zhihang.methods.specialisation import (
    diversity,
    location_quotient,
    specialised,
    symmetric_quotient,
    ubiquity,
)

MATRIX = [[100, 0, 0, 0, 0], [0, 15, 5, 70, 10], [0, 20, 10, 20, 50], [0, 25, 30, 5, 40], [0, 40, 55, 5, 0]]
C = [[0, 3, 1, 0], [3, 0, 2, 1], [1, 2, 0, 4], [0, 1, 4, 0]]
M = [[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]]


def test_location_quotients_of_the_matrix_of_econgeo():
    expected = [
        [5, 0, 0, 0, 0],
        [0, 0.75, 0.25, 3.5, 0.5],
        [0, 1, 0.5, 1, 2.5],
        [0, 1.25, 1.5, 0.25, 2],
        [0, 2, 2.75, 0.25, 0],
    ]
    assert np.abs(location_quotient(MATRIX) - expected).max() < 1e-9
    binary = specialised(MATRIX)
    assert diversity(binary).tolist() == [1, 1, 3, 3, 2]  # row 3 holds two quotients of exactly 1
    assert ubiquity(binary).tolist() == [1, 3, 2, 2, 2]


def test_exactly_one_counts_however_it_is_computed():
    third = [[0.1, 0.2], [0.3, 0.6]]  # all quotients are 1; in floating point some fall just below
    assert specialised(third).tolist() == [[1, 1], [1, 1]]


def test_an_empty_region_has_no_quotient():
    assert location_quotient([[0, 0], [1, 3]]).tolist() == [[0, 0], [1, 1]]
    assert location_quotient([[0, 0]]).tolist() == [[0, 0]]
    assert symmetric_quotient([0, 1, 3]).tolist() == [-1, 0, 0.5]


def test_classes_of_one_document_occur_together():
    incidence = [[1, 1, 0], [1, 0, 1], [1, 1, 1]]  # documents are columns: abc, ac, bc
    assert co_occurrence(incidence).tolist() == [[0, 1, 2], [1, 0, 2], [2, 2, 0]]


@pytest.mark.parametrize(
    ("by", "exact"),
    [
        ("association", [3 * 22 / 24, 22 / 28, 2 * 22 / 42, 22 / 30, 4 * 22 / 35]),
        ("cosine", [3 / 24**0.5, 1 / 28**0.5, 2 / 42**0.5, 1 / 30**0.5, 4 / 35**0.5]),
        ("jaccard", [3 / 7, 1 / 10, 2 / 11, 1 / 10, 4 / 8]),
        (
            "probability",
            [
                c / ((a / 22 * b / (22 - a) + b / 22 * a / (22 - b)) * 11)
                for a, b, c in [(4, 6, 3), (4, 7, 1), (6, 7, 2), (6, 5, 1), (7, 5, 4)]
            ],
        ),
    ],
)
def test_relatedness_in_four_ways(by, exact):
    printed = {
        "probability": [2.1176, 0.5844, 0.7373, 0.5495, 1.8214],
        "association": [2.75, 0.7857, 1.0476, 0.7333, 2.5143],
        "cosine": [0.6124, 0.1890, 0.3086, 0.1826, 0.6761],
        "jaccard": [0.4286, 0.1, 0.1818, 0.1, 0.5],
    }
    found = relatedness(C, by)
    pairs = [found[i, j] for i, j in ((0, 1), (0, 2), (1, 2), (1, 3), (2, 3))]
    assert pairs == pytest.approx(exact, abs=1e-9)
    assert pairs == pytest.approx(printed[by], abs=5e-5)
    assert (found == found.T).all()
    assert not found.diagonal().any()


def test_a_class_that_occurs_with_no_other_is_related_to_none():
    alone = [[0, 2, 0], [2, 0, 0], [0, 0, 0]]
    for by in ("probability", "association", "cosine", "jaccard"):
        assert relatedness(alone, by)[2].tolist() == [0, 0, 0]
    assert math.isnan(density([[1, 0, 1]], relatedness(alone, "cosine"))[0, 2])


def test_density_around_classes():
    strong = (relatedness(C, "association") > 1).astype(int)
    expected = [[100, 50, 50, 0], [100, 50, 50, 100], [0, 50, 50, 100]]
    assert np.abs(density(M, strong) - expected).max() < 1e-9
    by_cosine = [[76.42, 55.49, 42.39, 21.26], [100, 27.96, 26.29, 100], [23.58, 44.51, 57.61, 78.74]]
    assert np.abs(density(M, relatedness(C, "cosine")) - by_cosine).max() < 5e-3


def test_density_refuses_counts():
    with pytest.raises(ValueError, match="0 and 1"):
        density([[2, 0]], [[0, 1], [1, 0]])
