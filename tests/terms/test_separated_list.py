# SPDX-License-Identifier: Apache-2.0
"""Tests of lists in cells."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihang.terms.separated_list import SEPARATORS, detect_separator, explode


def rows(lists, separators):
    items = explode(pa.array(lists, pa.string()), separators)
    return list(zip(items.row.to_pylist(), items.sequence.to_pylist(), items.value.to_pylist(), strict=True))


def test_items_are_numbered_within_their_row():
    assert rows(["张三; 李四", None, "王五"], [";"]) == [(0, 1, "张三"), (0, 2, "李四"), (2, 1, "王五")]


def test_blanks_and_marks_of_absence_are_no_items():
    assert rows([" a ;; - ;NA;b; ", "-", ""], [";"]) == [(0, 1, "a"), (0, 2, "b")]


def test_several_separators_may_be_in_use():
    assert [value for _, _, value in rows(["a;;b；c", "d | e\nf"], [";;", "；", "|", "\n"])] == list("abcdef")


def test_a_cell_without_separators_is_one_item():
    assert rows(["a, b", None], []) == [(0, 1, "a, b")]
    assert rows(["a, b"], [";"]) == [(0, 1, "a, b")]


def test_separators_are_no_patterns():
    assert rows(["a.b|c"], ["|", "."]) == [(0, 1, "a"), (0, 2, "b"), (0, 3, "c")]


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["甲;;乙", "丙;;丁", None], ";;"),
        (["甲;乙", "丙;丁", "戊;;己"], ";"),
        (["甲 | 乙", "丙"], "|"),
        (["甲；乙"], "；"),
        (["a\nb\n"], "\n"),
        (["甲、乙"], "、"),
        (["Smith, John"], None),
        ([None], None),
        ([], None),
    ],
)
def test_the_separator_in_use_is_the_one_most_cells_contain(cells, found):
    assert detect_separator(pa.array(cells, pa.string())) == found


def test_commas_separate_only_where_the_caller_says_so():
    assert detect_separator(pa.array(["a,b"]), commas=True) == ","


@given(
    st.lists(st.one_of(st.none(), st.text("ab;|、 -\n")), max_size=20), st.sets(st.sampled_from(SEPARATORS))
)
def test_the_items_are_those_that_splitting_each_cell_gives(cells, separators):
    expected = []
    for row, cell in enumerate(cells):
        parts = [cell or ""]
        for separator in sorted(separators, key=len, reverse=True):
            parts = [piece for part in parts for piece in part.split(separator)]
        kept = [part.strip() for part in parts if part.strip().strip("-") or len(part.strip()) > 3]
        expected += [(row, place, value) for place, value in enumerate(kept, 1)]
    assert rows(cells, sorted(separators)) == expected
