# SPDX-License-Identifier: Apache-2.0
"""Decisions of the office are kept in a file that is always whole and sound."""

from __future__ import annotations

from datetime import date

import pytest

from zhihang.derivation.organisation_decision import (
    Decision,
    Imported,
    add_decisions,
    circles,
    decide,
    export_decisions,
    import_decisions,
    list_decisions,
    read_decisions,
    standing,
)
from zhihang.errors import DefinitionError, SourceError

DAY = date(2024, 5, 31)


def test_a_decision_is_recorded_and_read_back(tmp_path):
    path = tmp_path / "decisions" / "organisation.csv"
    made = decide(path, "merge", "甲公司", "乙公司", by="王某", reason="工商登记", on=DAY)
    assert made == Decision("merge", "甲公司", "乙公司", "2024-05-31", "王某", "工商登记")
    assert list_decisions(path) == [made]
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert [file.name for file in path.parent.iterdir()] == ["organisation.csv"]


def test_the_same_decision_twice_counts_once(tmp_path):
    path = tmp_path / "organisation.csv"
    for _ in range(2):
        decide(path, "split", "甲公司", by="王某", reason="不同", on=DAY)
    assert len(list_decisions(path)) == 1


def test_export_and_import_carry_decisions_to_another_office(tmp_path):
    here, sheet, there = tmp_path / "a.csv", tmp_path / "out" / "b.csv", tmp_path / "c.csv"
    decide(here, "rename", "甲公司", "甲", by="王某", reason="简称", on=DAY)
    decide(there, "split", "乙公司", by="李某", reason="不同", on=DAY)
    assert export_decisions(here, sheet) == 1
    assert import_decisions(there, sheet) == Imported(1)
    assert import_decisions(there, sheet) == Imported(0)
    assert [decision.name for decision in list_decisions(there)] == ["乙公司", "甲公司"]


def test_all_faults_of_a_file_are_told_and_its_sound_rows_are_taken(tmp_path):
    path, bad = tmp_path / "organisation.csv", tmp_path / "bad.csv"
    decide(path, "merge", "甲", "乙", by="王某", reason="同", on=DAY)
    bad.write_text(
        "action,name,target,decided_on,decided_by,reason\n"
        "join,甲,乙,2024-05-31,王某,同\n"
        "merge,甲,,2024-05-31,王某,\n"
        "rename,,丙,31.5.2024,,改\n"
        "parent,丁,丁,2024-05-31,王某,属\n"
        "split,戊,,2024-05-31,王某,不同\n",
        encoding="utf-8",
    )
    found = import_decisions(path, bad)
    said = "\n".join(f"row {number}: {why}" for number, why in found.refused)
    for number, fault in (
        (2, 'action "join" is not known'), (3, '"reason" is blank'), (3, '"target" is blank'),
        (4, '"name" is blank'), (4, '"31.5.2024" is not a date'), (5, '"丁" is named twice'),
    ):  # fmt: skip
        assert any(row == number and fault in why for row, why in found.refused), said
    assert found.added == 1
    assert [(d.action, d.name) for d in list_decisions(path)] == [("merge", "甲"), ("split", "戊")]


def test_of_the_rows_of_a_file_only_those_that_close_a_circle_are_refused(tmp_path):
    path, sheet = tmp_path / "organisation.csv", tmp_path / "sheet.csv"
    decide(path, "parent", "甲", "乙", by="王某", reason="属", on=DAY)
    rows = ["parent,乙,丙", "parent,丙,甲", "parent,丁,甲"]
    sheet.write_text(
        "action,name,target,decided_on,decided_by,reason\n"
        + "".join(f"{row},2024-05-31,王某,属\n" for row in rows),
        encoding="utf-8",
    )
    found = import_decisions(path, sheet)
    assert [number for number, _ in found.refused] == [3]
    assert "甲 → 乙 → 丙 → 甲" in found.refused[0][1]
    assert [d.name for d in list_decisions(path)] == ["甲", "乙", "丁"]


def test_a_file_without_decisions_is_told(tmp_path):
    empty = tmp_path / "empty.csv"
    for text in ("", "action,name,target,decided_on,decided_by,reason\n"):
        empty.write_text(text, encoding="utf-8")
        with pytest.raises(SourceError, match="holds no decisions"):
            import_decisions(tmp_path / "organisation.csv", empty)


def test_a_decision_is_taken_back_and_may_be_taken_again(tmp_path):
    path, there = tmp_path / "organisation.csv", tmp_path / "there.csv"
    who = {"by": "王某", "reason": "误记", "on": DAY}
    decide(path, "rename", "甲", "新甲", **who)
    decide(path, "parent", "甲", "乙", **who)
    decide(path, "undo", "甲", "rename", **who)
    assert [d.action for d in standing(list_decisions(path))] == ["parent"]
    decide(path, "undo", "甲", **who)
    assert standing(list_decisions(path)) == []
    with pytest.raises(DefinitionError, match="no such decision"):
        decide(path, "undo", "甲", **{**who, "reason": "再撤"})
    decide(path, "rename", "甲", "新甲", **who)
    assert [d.action for d in list_decisions(path)] == ["rename", "parent", "undo", "undo", "rename"]
    assert import_decisions(there, path) == Imported(5)
    assert import_decisions(there, path) == Imported(0)
    assert [d.action for d in standing(list_decisions(there))] == ["rename"]


def test_what_was_taken_back_closes_no_circle(tmp_path):
    path = tmp_path / "organisation.csv"
    decide(path, "parent", "甲", "乙", by="王某", reason="属", on=DAY)
    decide(path, "undo", "甲", by="王某", reason="误", on=DAY)
    decide(path, "parent", "乙", "甲", by="王某", reason="属", on=DAY)
    assert len(list_decisions(path)) == 3


def test_missing_columns_are_told(tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text("action,name\nsplit,甲\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match="no column") as caught:
        import_decisions(tmp_path / "organisation.csv", bad)
    assert 'no column "decided_by"' in str(caught.value)


def test_a_circle_of_parents_is_refused_when_it_is_decided(tmp_path):
    path = tmp_path / "organisation.csv"
    decide(path, "parent", "甲", "乙", by="王某", reason="属", on=DAY)
    decide(path, "merge", "乙", "丙", by="王某", reason="同", on=DAY)
    with pytest.raises(DefinitionError, match="cannot be recorded") as caught:
        decide(path, "parent", "丙", "甲", by="王某", reason="属", on=DAY)
    assert "the parents form a circle" in str(caught.value)
    assert len(list_decisions(path)) == 2


def test_a_split_takes_back_the_merge_that_would_close_a_circle():
    rows = [("parent", "甲", "乙"), ("merge", "乙", "丙"), ("split", "丙", ""), ("parent", "丙", "甲")]
    decisions = [Decision(*row, "2024-05-31", "王某", "因") for row in rows]
    assert len(read_decisions([vars(decision) for decision in decisions])) == 4


def test_circles_are_found_once_each():
    assert circles({"a": "b", "b": "c", "c": "a", "d": "a", "e": "e"}) == ["a → b → c → a", "e → e"]
    assert circles({"a": "b", "b": "c"}) == []


def test_importing_from_nowhere_is_told(tmp_path):
    with pytest.raises(SourceError, match="no such file"):
        import_decisions(tmp_path / "organisation.csv", tmp_path / "none.csv")


def test_no_file_holds_no_decisions(tmp_path):
    assert list_decisions(tmp_path / "none.csv") == []
    assert add_decisions(tmp_path / "none.csv", []) == 0
