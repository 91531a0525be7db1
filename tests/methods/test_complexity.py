# SPDX-License-Identifier: Apache-2.0
"""Complexity, by vectors of method page M-NAV-09 and by figures of py-ecomplexity (`ecomplexity.json`)."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from zhihang.methods.complexity import (
    complexity,
    outlook,
    outlook_gain,
    proximity,
    proximity_density,
    reflections,
)
from zhihang.methods.specialisation import location_quotient, specialised

TOY = [[1, 1, 1, 1], [0, 1, 0, 0], [0, 0, 1, 1], [0, 0, 0, 1]]
REFERENCE = json.loads((Path(__file__).parent / "ecomplexity.json").read_text("utf-8"))


def _near(found, expected, most=1e-9):
    assert np.abs(np.asarray(found) - np.asarray(expected)).max() < most


def test_reflections_of_the_toy_network():
    for steps, regions, classes in (
        (0, (4, 1, 2, 1), (1, 2, 2, 3)),
        (1, (2, 2, 2.5, 3), (4, 2.5, 3, 7 / 3)),
        (2, (71 / 24, 2.5, 8 / 3, 7 / 3), (2, 2, 2.25, 2.5)),
    ):
        kc, kp = reflections(TOY, steps)
        _near(kc, regions)
        _near(kp, classes)


def test_complexity_of_the_toy_network():
    found = complexity(TOY)
    _near(found.eigenvalues, (1, 0.5421, 0.1902, 0.1010), 5e-5)
    _near(found.eci, (-0.0754, -1.6029, 0.7478, 0.9305), 5e-5)
    _near(found.pci, (-0.1941, -1.6029, 0.5651, 0.9305), 5e-5)
    assert found.connected


@pytest.mark.parametrize("case", ["counts", "toy"])
def test_all_figures_are_those_of_py_ecomplexity(case):
    reference = REFERENCE[case]
    if case == "counts":
        _near(location_quotient(reference["matrix"]), reference["rca"])
        assert specialised(reference["matrix"]).tolist() == reference["mcp"]
    m = reference["mcp"]
    found = complexity(m)
    _near(found.eci, reference["eci"])
    _near(found.pci, reference["pci"])
    _near(proximity_density(m), reference["density"])
    unmoved = found.pci + found.mean
    coi = outlook(m, unmoved)
    _near((coi - coi.mean()) / coi.std(), reference["coi"])
    _near(outlook_gain(m, unmoved), reference["cog"])


def test_proximity_and_density_of_the_toy_network():
    third = 1 / 3
    rows = [(1, 0.5, 0.5, third), (0.5, 1, 0.5, third), (0.5, 0.5, 1, 2 / 3), (third, third, 2 / 3, 1)]
    _near(proximity(TOY), rows)
    _near(proximity_density(TOY)[1], (0.5 / (7 / 3), 1 / (7 / 3), 0.5 / (8 / 3), third / (7 / 3)))
    _near(proximity_density(TOY)[2], (0.3571, 0.3571, 0.6250, 0.7143), 5e-5)


def test_complexity_of_a_region_is_the_mean_over_its_classes():
    m = np.asarray(REFERENCE["counts"]["mcp"])
    found = complexity(m)
    _near((m @ found.pci) / m.sum(axis=1), found.eci)


def test_empty_rows_and_columns_are_left_out():
    wider = np.zeros((5, 5), dtype=int)
    wider[:4, :4] = TOY
    found, plain = complexity(wider), complexity(TOY)
    _near(found.eci[:4], plain.eci)
    _near(found.pci[:4], plain.pci)
    assert np.isnan(found.eci[4])
    assert np.isnan(found.pci[4])


def test_groups_that_share_no_class_are_not_connected():
    assert not complexity([[1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 1], [0, 0, 0, 1]]).connected
    assert np.isnan(complexity([[1, 1]]).eci).all()
