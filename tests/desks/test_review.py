# SPDX-License-Identifier: Apache-2.0
"""Tests of the correction desk."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from zhihang.desks.review import KINDS
from zhihang.errors import DefinitionError
from zhihang.workspace import create_workspace


def test_a_name_apart_is_split_off_its_group_and_nothing_is_merged(tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path / "w")
    group = {"kind": "group", "case": "甲公司", "found": "3 names, enterprise", "question": ""}
    assert workspace.review.answer([{**group, "answer": "same"}], by="张三")["organisation"] == 0
    assert workspace.review.answer([{**group, "answer": "甲公司二厂"}], by="张三")["organisation"] == 1
    with (workspace.decisions_folder / "organisation.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["action"], row["name"], row["target"]) for row in rows] == [("split", "甲公司二厂", "")]


def test_an_answer_to_a_case_of_no_kind_is_refused(tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path / "w")
    row = {"kind": "type", "case": "甲公司", "found": "3 names, enterprise", "question": "", "answer": "same"}
    with pytest.raises(DefinitionError, match="faults") as refused:
        workspace.review.answer([row], by="张三")
    assert f"there are {', '.join(KINDS)}" in str(refused.value)
    assert not (workspace.decisions_folder / "organisation.csv").exists()
