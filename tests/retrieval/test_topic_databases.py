# SPDX-License-Identifier: Apache-2.0
"""Topic databases: what is built, what changed since, what is handed out."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from tests.retrieval.texts import PATENTS, tables, workspace_of
from tests.store_rows import put

from zhihang.errors import QuerySyntaxError
from zhihang.workspace import Workspace, open_workspace

TOPIC = """\
label: {zh: 电池, en: Batteries}
query: IPC=H01M
taxonomy:
  - {code: electrodes, zh: 电极, query: IPC=H01M4/}
  - {code: cells, zh: 单体与电池组, query: "IPC=(H01M2/, H01M10/)"}
owner: 测试
"""
NEW = {
    "id": "CN201410000005",
    "title": "固态电池",
    "abstract": "一种固态电池。",
    "ipc": ["H01M10/0562"],
    "applicant": "广西大学",
    "filed": date(2014, 1, 1),
    "kind": "invention",
}

MEMBERS = (
    ("CN110000001A", "CN201010000001", "一种锂离子电池正极材料的制备方法", "electrodes|cells"),
    ("CN110000002A", "CN201110000002", "電動車輛的鋰電池組", "cells"),
    ("US101200003A", "US201200003", "Lithium-ion batteries having coated cathodes", "electrodes"),
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = workspace_of(tmp_path / "ws")
    (made.folder / "topics").mkdir()
    (made.folder / "topics" / "batteries.yaml").write_text(TOPIC, "utf-8")
    made.search.index()
    return made


def test_a_topic_is_built_once_and_its_changes_are_logged(workspace: Workspace) -> None:
    first = workspace.topics.build("batteries")
    # of the four patents three are in H01M; the cathode materials are also in H01M10
    assert first.applications == 3
    assert first.parts == (("electrodes", "电极", 2), ("cells", "单体与电池组", 2))
    assert first.added == ("CN201010000001", "CN201110000002", "US201200003")
    again = workspace.topics.build("batteries")
    assert (again.added, again.dropped) == ((), ())

    put(workspace.store, "first.csv", tables([*PATENTS[1:], NEW]))
    later = open_workspace(workspace.folder)
    later.search.index()
    change = later.topics.diff("batteries")
    assert change.added == ("CN201410000005",)
    assert change.dropped == ("CN201010000001",)
    later.topics.build("batteries")
    with (workspace.folder / "databases" / "batteries" / "changes.csv").open(encoding="utf-8-sig") as stream:
        log = [(row["applications"], row["added"], row["dropped"]) for row in csv.DictReader(stream)]
    assert log == [("3", "3", "0"), ("3", "1", "1")]
    row = next(row for row in later.topics.listed() if row["topic"] == "batteries")
    assert (row["label"], row["applications"]) == ("电池", "3")


def test_what_is_handed_out_is_what_was_built(workspace: Workspace, tmp_path: Path) -> None:
    written = workspace.topics.publish("batteries", tmp_path / "out")
    assert [path.name for path in written] == [
        "batteries.csv",
        "batteries.xlsx",
        "batteries.parquet",
        "batteries-members.csv",
        "batteries-changes.csv",
        "index.html",
    ]
    members = (tmp_path / "out" / "batteries-members.csv").read_text("utf-8-sig").splitlines()
    assert members == ["公开号,申请号,标题,分支", *map(",".join, MEMBERS)]


def test_a_topic_with_a_faulty_query_shows_the_place(workspace: Workspace) -> None:
    (workspace.folder / "topics" / "bad.yaml").write_text("label: {zh: 坏, en: Bad}\nquery: (电池\n", "utf-8")
    with pytest.raises(QuerySyntaxError, match="not closed"):
        workspace.topics.build("bad")
    assert not (workspace.folder / "databases" / "bad").exists()
