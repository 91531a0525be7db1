# SPDX-License-Identifier: Apache-2.0
"""The desk for studies: new files, labels that are saved at once, faults told in full."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from zhihang.desks.studies import StudiesDesk
from zhihang.errors import DefinitionError, NotAllowed, NotFound, QuerySyntaxError, SourceError
from zhihang.navigation.study import read_study
from zhihang.workspace import Workspace, create_workspace


@pytest.fixture
def room(tmp_path) -> Workspace:
    return create_workspace(tmp_path / "w")


def test_a_new_study_can_be_read_and_is_listed(room) -> None:
    path = room.studies.new(
        "试点", query='TAC="无人机" OR IPC=B64C', region="桂林市", question="问：何去何从？"
    )
    study = read_study(path)
    assert study.says.query == 'TAC="无人机" OR IPC=B64C'
    assert study.says.region == "桂林市"
    assert [one["study"] for one in room.studies.listed()] == ["drones", "green_aviation", "试点"]
    assert room.studies.show("试点")["places"][0] == "桂林市（本地）"
    with pytest.raises(NotAllowed):
        room.studies.new("试点", query="TAC=无人机")


def test_what_cannot_be_read_writes_no_file(room) -> None:
    with pytest.raises(QuerySyntaxError):
        room.studies.new("坏", query="TAC=(无人机")
    with pytest.raises(DefinitionError):
        room.studies.new("坏", query="TAC=无人机", region="火星")
    with pytest.raises(NotFound):
        room.studies.new("坏", query="TAC=无人机", variant="factory")
    with pytest.raises(DefinitionError):
        room.studies.new("../坏", query="TAC=无人机")
    assert not [*(room.folder / "studies").glob("*")]


def test_labels_are_kept_one_by_one_and_the_last_word_counts(room) -> None:
    room.studies.new("试点", query="TAC=无人机")
    assert room.studies.label("试点", "CN1A", "A", "retrieved").nodes == ("A",)
    room.studies.label("试点", "CN 1 A", "噪声")
    with pytest.raises(SourceError) as told:
        room.studies.label("试点", "CN2A", "Z9")
    assert "A" in told.value.facts["nodes"]
    assert room.studies.show("试点")["labels"] == 1
    assert (room.folder / "studies" / "试点" / "labels.csv").read_text("utf-8").count("\n") == 3


def test_a_file_of_labels_is_taken_whole_or_not_at_all(room, tmp_path) -> None:
    room.studies.new("试点", query="TAC=无人机")
    path = tmp_path / "labels.csv"
    path.write_text("number,label\nCN1A,A\nCN2A,nonsense\n", encoding="utf-8")
    with pytest.raises(SourceError) as told:
        room.studies.label_from("试点", path)
    assert "line 3" in told.value.facts["where"]
    assert room.studies.show("试点")["labels"] == 0
    path.write_text("number,label\nCN1A,A\nCN2A,否\nCN3A,\n", encoding="utf-8")
    assert room.studies.label_from("试点", path) == 2
    assert room.studies.label_from("试点", path) == 0


def test_evaluating_without_labels_says_how_to_get_some(room) -> None:
    room.studies.new("试点", query="TAC=无人机")
    with pytest.raises(NotFound) as told:
        room.studies.evaluate("试点")
    assert told.value.todo == "zhihang study tag 试点"


def test_an_empty_store_gives_a_result_that_says_so(room) -> None:
    room.studies.new("试点", query="TAC=无人机", region="桂林市")
    found = room.studies.run("试点")
    assert len(found.corpus) == 0
    assert found.limits[0].part == "scope"


def test_a_store_that_was_not_derived_is_told_before_a_report_without_holders(room) -> None:
    store = SimpleNamespace(
        manifest=SimpleNamespace(derived={"family": ()}, recorded={"application": ()}, settled={})
    )
    desk = StudiesDesk(SimpleNamespace(store=store))
    with pytest.raises(NotFound, match="have not been derived") as caught:
        desk._check_derived()
    assert caught.value.todo == "zhihang derive"
    assert "party_organisation" in caught.value.facts["missing"]
