# SPDX-License-Identifier: Apache-2.0
"""Answers are worked out once for each state of the workspace, by one of those who ask; slow ones are waited for."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest


@pytest.fixture
def asked(office: Path, tmp_path: Path):
    from zhihang.web.answers import Answers

    (tmp_path / "plans").mkdir()
    (tmp_path / "zhihang.toml").write_text("")
    return Answers(tmp_path, tmp_path / "kept")


def test_an_answer_is_worked_out_once_and_outlives_the_process(asked) -> None:
    from zhihang.web.answers import Answers

    calls: list[int] = []

    def compute() -> dict[str, object]:
        calls.append(1)
        return {"day": date(2017, 12, 31), "nothing": float("nan"), "pair": (1, 2)}

    first = asked.work("sum", [1], compute, patience=5)
    assert first == {"day": "2017-12-31", "nothing": None, "pair": [1, 2]}
    assert asked.work("sum", [1], compute, patience=5) == first
    assert Answers(asked.folder, asked.keep).work("sum", [1], compute, patience=5) == first
    assert len(calls) == 1
    asked.work("sum", [2], compute, patience=5)
    assert len(calls) == 2


def test_many_who_ask_at_once_wait_for_the_same_work(asked) -> None:
    begun, go, found = [], threading.Event(), []

    def compute() -> int:
        begun.append(1)
        go.wait(5)
        return 7

    asking = [
        threading.Thread(target=lambda: found.append(asked.work("slow", [], compute, patience=5)))
        for _ in range(8)
    ]
    for one in asking:
        one.start()
    go.set()
    for one in asking:
        one.join(5)
    assert (found, len(begun)) == ([7] * 8, 1)


def test_who_is_not_patient_enough_is_told_and_gets_it_the_next_time(asked) -> None:
    from zhihang.web.answers import StillComputing

    go = threading.Event()

    def compute() -> int:
        go.wait(5)
        return 7

    with pytest.raises(StillComputing):
        asked.work("slow", [], compute, patience=0.01)
    go.set()
    assert asked.work("slow", [], compute, patience=5) == 7


def test_a_failure_is_not_kept(asked) -> None:
    def broken() -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asked.work("broken", [], broken, patience=5)
    assert asked.work("broken", [], lambda: 7, patience=5) == 7


def test_a_changed_plan_file_makes_answers_new(asked, monkeypatch: pytest.MonkeyPatch) -> None:
    first = asked.state()
    (asked.folder / "plans" / "own.yaml").write_text("name: own")
    asked._state = (0.0, "")
    assert asked.state() != first


def test_an_answer_may_ask_for_another_one(asked) -> None:
    def outer(depth: int) -> int:
        return (
            depth
            if depth == 0
            else 1 + asked.work("nested", [depth - 1], lambda: outer(depth - 1), patience=5)
        )

    assert asked.work("nested", [6], lambda: outer(6), patience=5) == 6


def test_what_another_process_works_out_is_waited_for_and_not_worked_out_twice(asked) -> None:
    from zhihang.web.answers import Answers, StillComputing

    go, begun = threading.Event(), threading.Event()

    def compute() -> int:
        begun.set()
        go.wait(5)
        return 7

    def never() -> int:
        raise AssertionError("worked out a second time")

    other = Answers(asked.folder, asked.keep)  # as if in another process: its lock is a file's

    def ahead() -> None:
        with other.at_once():
            other.work("slow", [], compute)

    working = threading.Thread(target=ahead)
    working.start()
    assert begun.wait(5)
    with pytest.raises(StillComputing):
        asked.work("slow", [], never, patience=0.06)
    go.set()
    assert asked.work("slow", [], never, patience=5) == 7
    working.join(5)
    assert not list(asked.keep.rglob("*.lock"))


def test_on_a_full_disk_answers_are_given_though_not_kept(asked) -> None:
    asked.keep.write_text("a file where the folder should be: nothing can be written under it")
    assert asked.work("sum", [1], lambda: 3, patience=5) == 3
    assert asked.work("sum", [1], lambda: 4, patience=5) == 3, "held in memory"


def test_answers_of_states_long_past_are_removed(asked) -> None:
    import os
    import time

    asked.work("sum", [1], lambda: 3, patience=5)
    (asked.folder / "plans" / "new.yaml").write_text("name: new")
    asked._state = (0.0, "")
    asked.work("sum", [1], lambda: 4, patience=5)
    assert asked.forget() == 0, "a page that is open may still ask"
    for one in asked.keep.iterdir():
        os.utime(one, (time.time() - 3 * 86400,) * 2)
    assert asked.forget() == 1
    assert [one.name for one in asked.keep.iterdir()] == [asked.state()]
