# SPDX-License-Identifier: Apache-2.0
"""Neighbouring strings are found without comparing all pairs; groupings are compared in pairs."""

from __future__ import annotations

import itertools
import random
import time

from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from zhihang.methods.linkage import Agreement, Groups, agreement, is_one_edit, one_edit_apart

WORDS = ["optoelectronic", "electronic", "technology", "ptoelectronic", "optelectronic", "optoelectronoc"]


def test_neighbours_are_those_one_edit_away():
    assert set(one_edit_apart(WORDS)) == {(0, 3), (0, 4), (0, 5)}


@examples(20)
@given(st.lists(st.text("ab三金药", min_size=2, max_size=7), max_size=25, unique=True))
def test_neighbours_are_those_that_a_comparison_of_all_pairs_finds(texts):
    all_pairs = {
        (one, other)
        for one, other in itertools.combinations(range(len(texts)), 2)
        if is_one_edit(texts[one], texts[other])
    }
    assert set(one_edit_apart(texts)) == all_pairs


def test_thousands_of_spellings_of_one_name_are_paired_with_the_first_only():
    chance = random.Random(1)
    name = "桂林漓鑫药业集团股份有限公司"
    places = [chance.randrange(len(name)) for _ in range(20_000)]
    others = {name[:p] + chr(0x4E00 + n) + name[p + 1 :] for n, p in enumerate(places)}
    begin = time.process_time()
    pairs = list(one_edit_apart([name, *sorted(others - {name})]))
    assert len(pairs) < 3 * len(others)
    assert {0} <= {one for one, _ in pairs}
    assert time.process_time() - begin < 5


def test_too_short_and_too_long_texts_are_left_alone():
    assert list(one_edit_apart(["a", "b", ""])) == []
    assert list(one_edit_apart(["x" * 80, "x" * 79], longest=60)) == []


def test_groups_are_named_by_their_smallest_member():
    groups = Groups(5)
    assert groups.join(4, 2)
    assert groups.join(2, 1)
    assert not groups.join(1, 4)
    assert groups.labels().tolist() == [0, 1, 1, 3, 1]


def test_agreement_counted_by_hand():
    # found pairs: 12, 13, 23 and 45; true pairs: 12, 34, 35, 45; in both: 12 and 45
    result = agreement(["x", "x", "x", "y", "y"], ["a", "a", "b", "b", "b"])
    assert result == Agreement(found=4, true=4, right=2)
    assert (result.precision, result.recall, result.f1) == (0.5, 0.5, 0.5)
    assert agreement([], []).f1 == 1.0
