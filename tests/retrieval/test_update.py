# SPDX-License-Identifier: Apache-2.0
"""The index follows the store: what changed, what went, what was interrupted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.retrieval.texts import PATENTS, lathes, patent, tables, workspace_of
from tests.store_rows import put

from zhihang.errors import NotFound, StoreBusy, StoreError
from zhihang.retrieval import generation
from zhihang.workspace import Workspace, open_workspace

CANE = "CN201310000004"


def test_searching_without_an_index_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="zhihang index"):
        workspace_of(tmp_path / "ws").search.search("电池")


def test_an_index_of_another_version_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = workspace_of(tmp_path / "ws")
    workspace.search.index()
    monkeypatch.setattr(generation, "FORMAT", generation.FORMAT + 1)
    with pytest.raises(NotFound, match="another version"):
        workspace.search.search("电池")


def test_an_empty_store_has_an_empty_index(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path / "ws", [])
    assert workspace.search.index().applications == 0
    assert workspace.search.search("电池").count == 0


def test_a_second_time_there_is_nothing_to_do(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path / "ws")
    assert workspace.search.index().extent == "all"
    assert workspace.search.index().extent == "nothing"


def test_only_what_changed_is_written(with_lathes: Workspace) -> None:
    put(with_lathes.store, "new.csv", tables([patent("CN201500009999", "新型钻床")]))
    assert any("索引落后" in note for note in with_lathes.search.search("车床").notes)
    done = with_lathes.search.index()
    assert (done.extent, done.written, done.removed, done.applications) == ("changed", 1, 0, 45)
    assert with_lathes.search.count("钻床") == 1
    assert with_lathes.search.count("车床") == 40
    assert not with_lathes.search.search("车床").notes


def test_what_went_is_found_no_longer_and_what_changed_is_found_anew(with_lathes: Workspace) -> None:
    changed = [{**PATENTS[0], "title": "固态电解质"}, *PATENTS[1:3]]
    put(with_lathes.store, "first.csv", tables(changed))
    done = with_lathes.search.index()
    assert (done.extent, done.removed) == ("changed", 1)
    assert with_lathes.search.count("甘蔗") == 0
    assert with_lathes.search.ids("固态电解质") == ["CN201010000001"]
    assert with_lathes.search.count("TI=锂离子电池") == 0
    assert with_lathes.search.count("磷酸铁锂") == 1


@pytest.mark.slow
def test_step_by_step_gives_what_building_anew_gives(with_lathes: Workspace) -> None:
    for n in range(3):
        put(with_lathes.store, f"{n}.csv", tables([patent(f"CN20160000000{n}", f"钻床{n}")]))
        with_lathes.search.index()
    queries = ("车床", "钻床", "电池 OR 钻床", "NOT 车床", "IPC=B23B", "KIND=发明")
    before = {query: sorted(with_lathes.search.ids(query)) for query in queries}
    assert with_lathes.search.index(rebuild=True).extent == "all"
    assert {query: sorted(with_lathes.search.ids(query)) for query in queries} == before


def test_a_search_shows_one_state_of_the_store_while_another_is_being_written(own: Workspace) -> None:
    put(own.store, "first.csv", tables(PATENTS[:3]))
    (hit,) = own.search.search("甘蔗 AND PA=玉柴").hits
    assert (hit["application_id"], hit["title"]) == (CANE, "甘蔗收割机")


@pytest.mark.slow
def test_a_process_killed_while_indexing_leaves_the_last_index(own: Workspace) -> None:
    put(own.store, "many.csv", tables(lathes(3000)))
    program = [sys.executable, "-m", "zhihang.cli.app", "--workspace", str(own.folder), "index"]
    began: list[bool] = []
    for attempt in range(3):
        running = subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        folder = own.folder / "index"
        until = time.monotonic() + 60
        while len(list(folder.glob("g*"))) < 2 and running.poll() is None and time.monotonic() < until:
            time.sleep(0.005)
        time.sleep(0.05 * attempt)
        began.append(running.poll() is None)
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        again = open_workspace(own.folder).search
        assert again.count("甘蔗") == 1
        assert again.count("车床") in (0, 3000)
    assert any(began)
    own.search.index()
    assert own.search.count("车床") == 3000
    assert len(list((own.folder / "index").glob("g*"))) == 1


def test_two_writers_do_not_meet(own: Workspace) -> None:
    with generation.one_writer(own.folder / "index"), pytest.raises(StoreBusy, match="another process"):
        own.search.index()


def test_a_damaged_index_is_told_and_built_anew(own: Workspace) -> None:
    (state,) = (own.folder / "index").glob("g*/state.json")
    state.write_text("{", encoding="utf-8")
    with pytest.raises(StoreError, match="--rebuild"):
        own.search.search("电池")
    assert own.search.index().extent == "all"
    assert own.search.count("电池") == 2


def test_readers_of_a_generation_are_not_disturbed_by_the_next(own: Workspace) -> None:
    held = generation.require(own.folder / "index")
    assert held.searcher.num_docs == 4
    assert held.register.num_rows == 4
    put(own.store, "many.csv", tables(lathes(10)))
    own.search.index()
    assert held.searcher.num_docs == 4
