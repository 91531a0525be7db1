# SPDX-License-Identifier: Apache-2.0
"""The index follows the store: what changed, what went, what was interrupted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from tests.retrieval.texts import PATENTS, Patent, tables, workspace_of
from tests.store_rows import put

from zhihang.errors import NotFound, StoreBusy, StoreError
from zhihang.retrieval import generation
from zhihang.workspace import Workspace, open_workspace

CANE = "CN201310000004"


def patent(number: str, title: str) -> Patent:
    return {
        "id": number, "title": title, "abstract": "说明。", "ipc": ["B23B1/00"], "applicant": "某厂",
        "filed": date(2015, 1, 1), "kind": "invention",
    }  # fmt: skip


def many(workspace: Workspace, count: int, name: str = "many.csv") -> None:
    """Add patents of one kind, so that a change to a few is a small change."""
    put(workspace.store, name, tables([patent(f"CN2015{n:08d}", f"第{n}号车床") for n in range(count)]))


def test_searching_without_an_index_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="zhihang index"):
        workspace_of(tmp_path / "ws").search.search("电池")


def test_an_empty_store_has_an_empty_index(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path / "ws", [])
    assert workspace.search.index().applications == 0
    assert workspace.search.search("电池").count == 0


def test_a_second_time_there_is_nothing_to_do(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path / "ws")
    assert workspace.search.index().extent == "all"
    assert workspace.search.index().extent == "nothing"


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path / "ws")
    many(workspace, 40)
    workspace.search.index()
    put(workspace.store, "new.csv", tables([patent("CN201500009999", "新型钻床")]))
    assert any("索引落后" in note for note in workspace.search.search("车床").notes)
    done = workspace.search.index()
    assert (done.extent, done.written, done.removed, done.applications) == ("changed", 1, 0, 45)
    assert workspace.search.count("钻床") == 1
    assert workspace.search.count("车床") == 40
    assert not workspace.search.search("车床").notes


def test_what_went_is_found_no_longer_and_what_changed_is_found_anew(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path / "ws")
    many(workspace, 40)
    workspace.search.index()
    changed = [{**PATENTS[0], "title": "固态电解质"}, *PATENTS[1:3]]
    put(workspace.store, "first.csv", tables(changed))
    done = workspace.search.index()
    assert (done.extent, done.removed) == ("changed", 1)
    assert workspace.search.count("甘蔗") == 0
    assert workspace.search.ids("固态电解质") == ["CN201010000001"]
    assert workspace.search.count("TI=锂离子电池") == 0
    assert workspace.search.count("磷酸铁锂") == 1


def test_step_by_step_gives_what_building_anew_gives(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path / "ws")
    many(workspace, 30)
    workspace.search.index()
    for n in range(3):
        put(workspace.store, f"{n}.csv", tables([patent(f"CN20160000000{n}", f"钻床{n}")]))
        workspace.search.index()
    queries = ("车床", "钻床", "电池 OR 钻床", "NOT 车床", "IPC=B23B", "KIND=发明")
    before = {query: sorted(workspace.search.ids(query)) for query in queries}
    assert workspace.search.index(rebuild=True).extent == "all"
    assert {query: sorted(workspace.search.ids(query)) for query in queries} == before


def test_a_search_shows_one_state_of_the_store_while_another_is_being_written(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path / "ws")
    workspace.search.index()
    put(workspace.store, "first.csv", tables(PATENTS[:3]))
    (hit,) = workspace.search.search("甘蔗 AND PA=玉柴").hits
    assert (hit["application_id"], hit["title"]) == (CANE, "甘蔗收割机")


def test_a_process_killed_while_indexing_leaves_the_last_index(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path / "ws")
    workspace.search.index()
    many(workspace, 3000)
    program = [sys.executable, "-m", "zhihang.cli.app", "--workspace", str(workspace.folder), "index"]
    began: list[bool] = []
    for attempt in range(3):
        running = subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        folder = workspace.folder / "index"
        until = time.monotonic() + 60
        while len(list(folder.glob("g*"))) < 2 and running.poll() is None and time.monotonic() < until:
            time.sleep(0.005)
        time.sleep(0.05 * attempt)
        began.append(running.poll() is None)
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        again = open_workspace(workspace.folder).search
        assert again.count("甘蔗") == 1
        assert again.count("车床") in (0, 3000)
    assert any(began)
    workspace.search.index()
    assert workspace.search.count("车床") == 3000
    assert len(list((workspace.folder / "index").glob("g*"))) == 1


def test_two_writers_do_not_meet(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path / "ws")
    with generation.one_writer(workspace.folder / "index"), pytest.raises(StoreBusy, match="another process"):
        workspace.search.index()


def test_a_damaged_index_is_told_and_built_anew(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path / "ws")
    workspace.search.index()
    (state,) = (workspace.folder / "index").glob("g*/state.json")
    state.write_text("{", encoding="utf-8")
    with pytest.raises(StoreError, match="--rebuild"):
        workspace.search.search("电池")
    assert workspace.search.index().extent == "all"
    assert workspace.search.count("电池") == 2


def test_readers_of_a_generation_are_not_disturbed_by_the_next(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path / "ws")
    workspace.search.index()
    held = generation.require(workspace.folder / "index")
    assert held.searcher.num_docs == 4
    assert held.register.num_rows == 4
    many(workspace, 10)
    workspace.search.index()
    assert held.searcher.num_docs == 4
