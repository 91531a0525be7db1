# SPDX-License-Identifier: Apache-2.0
"""Words found in texts."""

from __future__ import annotations

import math

import pytest

from zhihang.methods.new_words import new_words

FRONT, BACK = "用把将含以由取制", "作制成的与为并中"
RUNS = [f"{a}磷酸铁锂{b}" for a in FRONT for b in BACK]


def test_a_run_that_stands_free_is_a_word_and_its_parts_are_none() -> None:
    """磷酸铁 is always followed by 锂: no freedom on its right; 用磷酸铁锂 comes 8 times only."""
    assert [word.text for word in new_words(RUNS, least_times=9, least_cohesion=0.5)] == ["磷酸铁锂"]


def test_cohesion_and_freedom_as_by_hand() -> None:
    """64 runs of 6 characters, N = 384; f = 64 for every part: ln(384 * 64 / 64^2) = ln 6. Neighbours: 8 alike, ln 8."""
    (word,) = new_words(RUNS, least_times=9, least_cohesion=0.5)
    assert word.times == 64
    assert word.cohesion == pytest.approx(math.log(6))
    assert word.freedom == pytest.approx(math.log(8))


def test_ends_of_texts_count_as_free() -> None:
    assert "石墨烯" in {
        word.text for word in new_words(["石墨烯"] * 10 + list("石墨烯") * 3, least_cohesion=0.1)
    }


def test_rare_runs_are_no_words() -> None:
    assert new_words(RUNS, least_times=65) == []


@pytest.mark.parametrize("runs", [[], [""], ["一"], ["一二"], ["一" * 50]])
def test_little_text_is_enough_to_say_nothing(runs: list[str]) -> None:
    assert all(word.times >= 8 for word in new_words(runs))


def test_the_order_of_texts_does_not_matter() -> None:
    assert new_words(RUNS) == new_words(RUNS[::-1])
