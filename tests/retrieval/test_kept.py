# SPDX-License-Identifier: Apache-2.0
"""What the store chose is asked for once, and asked of the index in the shorter way."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pyarrow as pa
import pytest
import tantivy

from zhihang.retrieval.generation import require
from zhihang.retrieval.kept import Kept
from zhihang.retrieval.query import Name, Query, Status
from zhihang.retrieval.question import Asking
from zhihang.retrieval.search import count
from zhihang.retrieval.text_query import TextReader
from zhihang.workspace import Workspace

NOTHING = tantivy.Query.empty_query()


def test_the_store_is_asked_once_for_one_state_day_and_condition(searched: Workspace) -> None:
    found = require(searched.folder / "index")
    asked: list[Query] = []

    def choose(query: Query) -> pa.ChunkedArray:
        asked.append(query)
        return pa.chunked_array([found.register["application_id"].to_pylist()[:1]])

    reader = TextReader(found.index.schema, found.segmenter, found.lexicon)
    for state in (1, 1, 2):
        for day in (date(2024, 1, 1), date(2024, 1, 2), date(2024, 1, 1)):
            asking = Asking(found, reader, day, choose, ("test", state))
            assert count(asking, Name("applicant", "甲")) == 1
    assert len(asked) == 4


@pytest.mark.parametrize("but", [0, 1, 2])
def test_all_but_a_few_are_found_by_leaving_these_out(searched: Workspace, but: int) -> None:
    found = require(searched.folder / "index")
    ids = found.register["application_id"].to_pylist()
    reader = TextReader(found.index.schema, found.segmenter, found.lexicon)
    kept = pa.chunked_array([pa.array(ids[but:], pa.string())])
    asking = Asking(found, reader, date(2024, 1, 1), lambda _: kept, ("but", but))
    assert count(asking, Name("applicant", "甲")) == len(ids) - but


def test_a_state_on_another_day_is_that_of_the_index_but_for_what_turned(searched: Workspace) -> None:
    """No state is derived in this workspace, so the index knows of none in force."""
    found = require(searched.folder / "index")
    ids = found.register["application_id"].to_pylist()
    reader = TextReader(found.index.schema, found.segmenter, found.lexicon)
    same = date.fromisoformat(found.state.day)

    def asked(changed: list[str], now: list[str]) -> int:
        asking = Asking(
            found,
            reader,
            same + timedelta(days=1),
            lambda _: pa.chunked_array([pa.array(now, pa.string())]),
            (tuple(changed), tuple(now)),
            lambda since: pa.chunked_array([pa.array(changed if since == same else [], pa.string())]),
        )
        return count(asking, Status("in_force"))

    assert asked([], ids) == 0
    assert asked(ids[:2], ids[1:]) == 1


def test_sets_not_asked_for_the_longest_time_go_first() -> None:
    kept = Kept[tantivy.Query](30)
    made: list[str] = []

    def ask(name: str) -> None:
        def make() -> tuple[tantivy.Query, int]:
            made.append(name)
            return NOTHING, 9

        kept.get(name, make)

    for name in ("a", "b", "c", "a", "d", "a", "b"):
        ask(name)
    assert made == ["a", "b", "c", "d", "b"]


def test_of_many_that_ask_for_one_set_at_once_one_makes_it() -> None:
    kept = Kept[tantivy.Query](30)
    made: list[int] = []
    together = Barrier(6)

    def make() -> tuple[tantivy.Query, int]:
        made.append(1)
        time.sleep(0.05)
        return NOTHING, 1

    def ask(_: int) -> tantivy.Query:
        together.wait(5)
        return kept.get("one", make)

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(ask, range(6))) == [NOTHING] * 6
    assert made == [1]


def test_a_set_that_could_not_be_made_is_tried_again() -> None:
    kept = Kept[tantivy.Query](30)

    def broken() -> tuple[tantivy.Query, int]:
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        kept.get("one", broken)
    assert kept.get("one", lambda: (NOTHING, 1)) is NOTHING
