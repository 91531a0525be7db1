# SPDX-License-Identifier: Apache-2.0
"""Landscapes tagged from few labels."""

from __future__ import annotations

import numpy as np

from zhihang.methods.landscape import LandscapeSpace, landscape_space, tag, tag_quality

_IN, _OUT = (
    ["glider", "buoyancy", "sea", "vehicle", "wing", "depth"],
    ["chair", "wheel", "cloth", "lamp", "table", "paint"],
)


def _space() -> tuple[LandscapeSpace, list[bool]]:
    random = np.random.default_rng(3)
    belongs = [bool(i % 3 == 0) for i in range(90)]
    texts = [" ".join(random.choice(_IN if yes else _OUT, 5)) for yes in belongs]
    classes = [["B63G 8/00"] if yes else ["A47B 1/00"] for yes in belongs]
    return landscape_space(texts, classes), belongs


def test_six_labels_tag_two_clear_groups_rightly() -> None:
    space, belongs = _space()
    made = tag(space, {row: belongs[row] for row in (0, 1, 2, 3, 4, 5)})
    assert made.inside.tolist() == belongs
    assert not set(made.ask_next) & {0, 1, 2, 3, 4, 5}


def test_labels_of_one_kind_give_an_order_to_label_but_no_score() -> None:
    space, belongs = _space()
    made = tag(space, {0: True, 3: True, 6: True, 9: True}, ask=5)
    assert made.refused == "one_class"
    assert np.isnan(made.scores).all()
    assert all(belongs[row] for row in made.ask_next)


def test_citing_one_another_brings_patents_near() -> None:
    texts = ["alpha beta", "gamma delta"] * 6
    cites = [["X"] if i in (0, 1) else [] for i in range(12)]
    joined = landscape_space(texts, references=cites).graph
    assert joined[0, 1] > landscape_space(texts).graph[0, 1]


def test_quality_on_left_out_labels_is_high_for_clear_groups() -> None:
    space, belongs = _space()
    found = tag_quality(space, {row: belongs[row] for row in range(30)})
    assert found.precision.value == 1.0
    assert found.recall.value == 1.0
    assert found.recall.low < 1.0
