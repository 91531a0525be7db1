# SPDX-License-Identifier: Apache-2.0
"""Tests of reading texts by the first spelling that fits."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.spelling import Pile, Spelling, without_unstable

SCHEMA = pa.schema([("id", pa.string()), ("year", pa.int16())])
LONG = Spelling(r"^(?P<year>\d{4})-(?P<id>\d+)$", lambda parts: {"id": parts["id"], "year": parts["year"]})
BARE = Spelling(r"^(?P<id>\d+)$", lambda parts: {"id": parts["id"], "year": parts["told"]})
EVEN = Spelling(
    r"^(?P<id>\d+)$",
    lambda parts: {"id": parts["id"], "refused": pc.match_substring_regex(parts["id"], "[13579]$")},
)


def test_each_row_is_read_by_the_first_spelling_that_fits_and_keeps_its_place():
    pile = Pile(pa.array(["7", "2013-5", None, "x", "2014-6"]), SCHEMA, {"told": pa.array([1, 2, 3, 4, 5])})
    pile.read([LONG, BARE])
    assert pile.table().to_pylist() == [
        {"id": "7", "year": 1},
        {"id": "5", "year": 2013},
        {"id": None, "year": None},
        {"id": None, "year": None},
        {"id": "6", "year": 2014},
    ]
    assert pile.unread.to_pylist() == [False, False, False, True, False]


def test_refused_rows_are_left_to_the_next_spelling():
    pile = Pile(pa.array(["4", "5"]), SCHEMA, {"told": pa.array([8, 9])})
    pile.read([EVEN, BARE])
    assert pile.table()["year"].to_pylist() == [None, 9]


def test_only_the_rows_asked_for_are_read():
    pile = Pile(pa.array(["4", "5"]), SCHEMA, {"told": pa.array([8, 9])})
    pile.read([BARE], among=pa.array([False, True]))
    assert pile.table()["id"].to_pylist() == [None, "5"]


def test_readings_that_read_differently_again_are_taken_back():
    found = pa.table({"id": ["a", "b", "c"]})
    again = pa.array(["a", "x"])
    kept = without_unstable(found, pa.array(["a", "b", "c"]), pa.array([True, True, False]), lambda _: again)
    assert kept["id"].to_pylist() == ["a", None, "c"]
