# SPDX-License-Identifier: Apache-2.0
"""Neighbouring words that were noted are known; few others are taken for neighbours."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from zhihang.retrieval.word_pairs import NotedPairs, WordPairs

TEXTS = [" ".join(f"词{n * 7919 % 1000}" for n in range(start, start + 60)) for start in range(0, 3000, 60)]


def test_no_neighbours_that_were_noted_are_missed_and_few_others_are_taken_for_such(tmp_path: Path) -> None:
    pairs = NotedPairs.for_applications(300)
    pairs.note(TEXTS)
    pairs.packed().write(tmp_path / "pairs.bin")
    kept = WordPairs.mapped(tmp_path / "pairs.bin")
    stood = {pair for text in TEXTS for pair in pairwise(text.split())}
    words = sorted({word for pair in stood for word in pair})[:200]
    found = kept.neighbours(words, words)
    wrong = 0
    for row, first in zip(found.tolist(), words, strict=True):
        for said, second in zip(row, words, strict=True):
            assert said or (first, second) not in stood
            wrong += said and (first, second) not in stood
    assert wrong < 0.05 * len(words) ** 2


def test_the_end_of_one_text_is_not_beside_the_beginning_of_the_next() -> None:
    pairs = NotedPairs.for_applications(300)
    pairs.note(["甲 乙", "丙\n丁  戊"])
    kept = pairs.packed()
    assert kept.in_a_row(["甲", "乙"])
    assert kept.in_a_row(["丙", "丁", "戊"])
    assert not kept.in_a_row(["乙", "丙"])
    assert not kept.in_a_row(["乙", "甲"])


def test_more_is_taken_up_into_what_was_kept(tmp_path: Path) -> None:
    first = NotedPairs.for_applications(5)
    first.note(["甲 乙"])
    first.packed().write(tmp_path / "pairs.bin")
    more = NotedPairs.read(tmp_path / "pairs.bin")
    more.note(["乙 丙"])
    assert more.packed().in_a_row(["甲", "乙", "丙"])
