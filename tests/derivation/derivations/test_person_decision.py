# SPDX-License-Identifier: Apache-2.0
"""Tests of what the office decides on persons: merges and splits outlive the evidence, in order; faults are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.derivation.derivations.test_party_person import GUILIN, HANGZHOU, filing, tables
from tests.derivation.made_facts import derived

from zhihang.derivation.derivations.party_person import party_person
from zhihang.derivation.person_decision import decide_person, import_person_decisions
from zhihang.errors import DefinitionError
from zhihang.store.engine import start_engine

APART = {
    "CN1": filing("张伟", "O1", HANGZHOU, "H04L9/00", 2014),
    "CN2": filing("张伟", "O2", GUILIN, "A01B1/00"),
}
ONE = {f"CN{n}": filing("容彧璟|李雷", "O1", GUILIN, "A01B1/00", 2010 + n) for n in (1, 2, 3)}
WHO = {"by": "李四", "reason": "核实"}


@pytest.fixture(scope="module")
def engine():
    started = start_engine("duckdb", {"threads": 1})
    yield started
    started.close()


def ids(engine, filings, folder=None, name=None):
    rows = derived(party_person, engine, tables(filings), decisions_folder=folder)
    named = name or next(iter(filings.values()))["inventors"][0]
    return {
        row["application_id"]: row
        for row in rows
        if filings[row["application_id"]]["inventors"][row["sequence"] - 1] == named
    }


def test_a_merge_makes_one_person_of_two(engine, tmp_path: Path):
    before = ids(engine, APART)
    assert before["CN1"]["person_id"] != before["CN2"]["person_id"]
    decide_person(tmp_path / "person.csv", "merge", "CN2/张伟", "CN1/张伟", **WHO)
    after = ids(engine, APART, tmp_path)
    assert after["CN1"]["person_id"] == after["CN2"]["person_id"] == before["CN1"]["person_id"]
    assert after["CN2"]["confidence"] == 1
    assert after["CN2"]["reason"].startswith("decided by 李四 on ")


def test_a_split_takes_a_filing_out_and_the_rest_stays(engine, tmp_path: Path):
    before = ids(engine, ONE)
    assert len({row["person_id"] for row in before.values()}) == 1
    decide_person(tmp_path / "person.csv", "split", "CN1/容彧璟", "", **WHO)
    after = ids(engine, ONE, tmp_path)
    assert after["CN1"]["person_id"] == before["CN1"]["person_id"]  # its own filing is the first still
    assert after["CN2"]["person_id"] == after["CN3"]["person_id"] != after["CN1"]["person_id"]
    others = ids(engine, ONE, tmp_path, "李雷")
    assert len({row["person_id"] for row in others.values()}) == 1


def test_filings_split_under_one_word_stay_together_and_later_decisions_win(engine, tmp_path: Path):
    path = tmp_path / "person.csv"
    for number in (1, 2):
        decide_person(path, "split", f"CN{number}/容彧璟", "甲", **WHO)
    after = ids(engine, ONE, tmp_path)
    assert after["CN1"]["person_id"] == after["CN2"]["person_id"] != after["CN3"]["person_id"]
    decide_person(path, "merge", "CN3/容彧璟", "CN1/容彧璟", **WHO)
    assert len({row["person_id"] for row in ids(engine, ONE, tmp_path).values()}) == 1


def test_a_decision_on_a_filing_not_held_waits(engine, tmp_path: Path):
    decide_person(tmp_path / "person.csv", "merge", "CN9/张伟", "CN1/张伟", **WHO)
    assert ids(engine, APART, tmp_path) == ids(engine, APART)


def test_faults_are_told_and_change_nothing(tmp_path: Path):
    path = tmp_path / "person.csv"
    with pytest.raises(DefinitionError, match='"张伟" is not application/name'):
        decide_person(path, "merge", "张伟", "CN1/张伟", **WHO)
    with pytest.raises(DefinitionError, match='"rename" cannot be decided on a person'):
        decide_person(path, "rename", "CN1/张伟", "CN2/张三", **WHO)
    assert not path.exists()
    other = tmp_path / "other.csv"
    decide_person(other, "split", "CN1/张伟", "", **WHO)
    assert import_person_decisions(path, other).added == 1
    assert import_person_decisions(path, other).added == 0
    with other.open("a", encoding="utf-8") as sheet:
        sheet.write("rename,CN1/张伟,甲,2024-05-31,李四,误\nsplit,CN2/张伟,,2024-05-31,李四,核实\n")
    found = import_person_decisions(path, other)
    assert (found.added, [number for number, _ in found.refused]) == (1, [3])


def test_a_decision_taken_back_no_longer_counts(engine, tmp_path: Path):
    path = tmp_path / "person.csv"
    decide_person(path, "merge", "CN2/张伟", "CN1/张伟", **WHO)
    decide_person(path, "undo", "CN2/张伟", "", **WHO)
    assert ids(engine, APART, tmp_path) == ids(engine, APART)
