# SPDX-License-Identifier: Apache-2.0
"""Novelty and importance of texts, against figures worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from zhihang.methods.text_importance import backward_rarity, text_importance
from zhihang.methods.text_novelty import text_novelty
from zhihang.methods.text_vectors import count_words

_DOCUMENTS = [["a", "b"], ["a", "c"], ["c", "d"], ["d", "e"]]
_YEARS = [2000, 2001, 2003, 2005]


def test_rarity_is_that_of_the_worked_example() -> None:
    counts = count_words(_DOCUMENTS).matrix
    assert backward_rarity(counts, _YEARS, 2003) == pytest.approx([-0.4055, 0, 0, 0.6931, 0.6931], abs=1e-4)
    assert backward_rarity(counts, _YEARS, 2005) == pytest.approx([0, 0.4055, 0, 0.4055, 1.0986], abs=1e-4)


def test_importance_is_forward_over_backward_similarity() -> None:
    # The year before only; at 2001 the weights are those of 2000's (none): similarity 0. At 2003 rarity of d is ln 2 and
    # c is 0, so that p3 and p4 share d alone: p3 = (d), p4 = (d, e)/sqrt 2, cosine 0.7071.
    found = text_importance(count_words(_DOCUMENTS).matrix, _YEARS, before=3, after=2)
    assert found.forward[2] == pytest.approx(0.7071, abs=1e-4)
    assert np.isnan(found.forward[3])  # 2007 is not at hand
    assert np.isnan(found.backward[0])
    # p3 back to 2000-2002: at 2001 rarity a = ln(1/2), c = 0... ln(1/1) = 0, so that p2 has a alone and p3 d alone: 0.
    assert found.backward[2] == pytest.approx(0.0)
    assert np.isnan(found.importance[2])


def test_new_words_are_counted_for_the_first_text_that_others_follow() -> None:
    texts = ["battery cathode", "battery graphene", "graphene sensor", "graphene cathode", "once"]
    found = text_novelty(texts, [1999, 2001, 2002, 2003, 2003], list("12345"), baseline=2000)
    assert found.new_words.tolist() == [-1, 1, 0, 0, 0]  # graphene; sensor and once stand in one text only
    assert found.new_word_reuse.tolist() == [-1, 2, 0, 0, 0]


def test_within_a_year_the_lower_number_is_first_whatever_the_order_of_rows() -> None:
    found = text_novelty(["石墨烯 传感器", "石墨烯 电极"], [2001, 2001], ["CN2", "CN1"], baseline=2000)
    assert found.new_words[1] >= 1
    assert found.new_words[0] == 0


def test_backward_similarity_leaves_out_the_same_year_and_those_longer_ago() -> None:
    texts = ["laser beam", "laser beam", "laser beam", "laser optics"]
    found = text_novelty(texts, [1990, 2001, 2001, 2003], list("abcd"), baseline=1980)
    assert np.isnan(found.backward_similarity[1])
    assert found.backward_similarity[3] == pytest.approx(0.5)


def test_a_text_without_a_year_is_not_judged() -> None:
    found = text_novelty(["laser", "laser"], [None, 2001], ["a", "b"], baseline=2000)
    assert found.new_words.tolist() == [-1, 0]
