# SPDX-License-Identifier: Apache-2.0
"""Structured conditions against a handful of applications whose answers were told by eye."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.retrieval.query_language.small_store import SmallStore

from zhihang.errors import QueryError
from zhihang.facts.codelist import PACKAGED, CodeLists
from zhihang.retrieval.query import And, Name, Or, Within
from zhihang.retrieval.query_language.parse import parse
from zhihang.retrieval.query_language.structured import needed_tables, not_derived, structured


@pytest.fixture(scope="module")
def store() -> SmallStore:
    return SmallStore()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        # a main group holds what is below it, and H01M104 is another group than H01M10
        ("IPC=H01M10/", "ab"),
        ("IPC=H01M10/00", "ab"),
        ('IPC="H01M10/00"', "b"),
        ("IPC=H01M", "abc"),
        ("IPC=H", "abc"),
        ("IPC=H01M10/05", "a"),
        ("IPC=H01M10/0525", "a"),
        ("IPC=H01M 10/0525", "a"),
        ("MIPC=H01M10", "a"),
        ('MIPC="H01M4/02"', "b"),
        ("CPC=H01M10", "u"),
        ("CPC=Y02E", "u"),
        # ranges follow the numbers of groups, not their letters: 4 < 10 < 104
        ("IPC=[H01M4/00 TO H01M10/00]", "ab"),
        ("IPC=[H01M4/03 TO H01M10/0525]", "ab"),
        ("IPC=[H01M11 TO H01M200]", "c"),
        ("IPC=[C TO D]", "a"),
        ("IPC=(H01M10 NOT H01M4)", "a"),
        # dates: half dates are all their days; the day before New Year is another year
        ("APD=2015", "b"),
        ("APD>2015", "cu"),
        ("APD>=2015", "bcu"),
        ("APD<2015", "a"),
        ("APD<=2015-12-30", "a"),
        ("APD=[20100501 TO 2015]", "ab"),
        ("APD=2015..2016", "bc"),
        ("APD=201512", "b"),
        ("NOT APD=2015", "acpu"),
        ("GD=2013", "a"),
        ("PBD=2011", "ap"),
        ("PBD=[2012 TO *]", "a"),
        ("PRD=2017", "u"),
        # names: case, width and brackets aside; signs stand for themselves
        ("PA=广西大学", "a"),
        ('PA="广西大学(南宁)"', "a"),
        ("PA=广西*有限", "b"),
        ("PA=guangxi", "u"),
        ('PA="100%_ltd."', "u"),
        ('PA="100_"', ""),
        ("PA=(广西 OR guangxi)", "abu"),
        ("OPA=广西", "a"),
        ("HO=广西", "b"),
        ("IN=李明", "a"),
        ("PA=李明", ""),
        ("AD=七星区1号", "a"),
        ('ORG="广西玉柴机器（集团）有限公司"', "b"),
        ("ORG=o-yuchai", "b"),
        ("ORG=91450000123456789x", "b"),
        ("ORG=玉柴", ""),
        # numbers in any spelling
        ("NO=201010100001", "a"),
        ("AN=CN201010100001", "a"),
        ("PN=CN102000001B", "a"),
        ("PN=102000001", "a"),
        ("PN=CN102000001C", ""),
        ("PN=CN10*", "ap"),
        ("NO=PCT/CN2017/000001", "u"),
        ("NO=(CN101551481B OR CN102000001A)", "ap"),
        # places, industries, states
        ("REGION=桂林市", "ab"),
        ("REGION=七星区", "a"),
        ("REGION=广西", "ab"),
        ("REGION=000000", "abc"),
        ("NOT REGION=广西", "cpu"),
        ("IND=C", "ab"),
        ("IND=C38", "a"),
        ("IND=39", "b"),
        ("IND=3911", ""),
        ("LS=有效", "a"),
        ("LS=失效", "c"),
        ("LS=审中", "b"),
        ("LS=(有效 OR 审中)", "ab"),
        # codes and flags; what is not known is neither yes nor no
        ("KIND=实用新型", "c"),
        ("KIND!=实用新型", "abpu"),
        ("CC=US", "u"),
        ("PAC=日本", "u"),
        ("PAT=高校", "a"),
        ("ZONE=高新", "a"),
        ("EMERGING=是", "au"),
        ("EMERGING=否", "b"),
        ("EMERGING=5", "a"),
        ("EMERGING=新能源汽车产业", "a"),
        ("EMERGING=(5 OR 1.2 OR 否)", "abu"),
        ("PLEDGED=是", "a"),
        ("FIELD=1", "a"),
        # counts: a is cited by b's publication (once, though two sources say so), by c, and by an American patent
        ("CITED=3", "a"),
        ("CITED>=1", "a"),
        ("CITED=0", "bcpu"),
        ("CITED<3", "bcpu"),
        ("CITED>3", ""),
        ("CITES=1", "bc"),
        ("CITES=0", "apu"),
        ("CLN=3", "a"),
        ("CLN<3", ""),
        ("FAM=2", "au"),
        ("FAM=1", "b"),
        ("PAN>=2", "au"),
        # a: in force since 2013, filed 2010-05-02, today 2024-06-01: 14 full years; c ended at 3 full years
        ("AGE=14", "a"),
        ("AGE=3", "c"),
        ("AGE>=3", "ac"),
        ("AGE<20", "ac"),
        ("(APD=2010 OR KIND=实用新型) AND NOT (IPC=H01M104 OR LS=审中)", "a"),
    ],
)  # fmt: skip
def test_a_condition_finds_what_the_eye_finds(store: SmallStore, query: str, found: str) -> None:
    assert "".join(sorted(store.find(query))) == found


def test_an_ipc_scheme_of_the_workspace_tells_what_is_below_a_group(tmp_path: Path) -> None:
    # by the numbers H01M10/0525 looks as if it were below /05; this scheme hangs it below /02
    (tmp_path / "ipc_scheme.csv").write_text(
        "symbol,parent\nH01M10/02,\nH01M10/0525,H01M10/02\nH01M10/05,\n", "utf-8"
    )
    store = SmallStore(CodeLists((tmp_path, PACKAGED)))
    assert store.find("IPC=H01M10/02") == ["a"]
    assert store.find("IPC=H01M10/05") == []


@pytest.mark.slow
def test_five_thousand_values_of_one_field_are_asked_for_at_once(store: SmallStore) -> None:
    names = " OR ".join(f"桂林第{number}机械厂" for number in range(2_500))
    assert store.find(f"PA=({names} OR 广西大学)") == ["a"]
    numbers = " ".join(f"OR CN1015{number:05}A" for number in range(2_400))
    assert store.find(f"PN=(CN101551481B {numbers})") == ["p"]


@pytest.mark.slow
def test_too_many_looks_into_tables_are_refused(store: SmallStore) -> None:
    query = And(
        tuple(Or((Name("applicant", f"甲{n}"), Within("filing_date", None, None))) for n in range(301))
    )
    with pytest.raises(QueryError, match="too many conditions"):
        structured(query, store.tables)


def test_a_query_names_the_tables_it_needs() -> None:
    query = And((Name("applicant", "甲"), Within("age", 3, None)))
    assert needed_tables(query) == ("application", "party", "right_state")


def test_a_condition_on_a_table_that_is_not_derived_is_remarked() -> None:
    query = parse("电池 AND REGION=桂林市 AND PA=玉柴 AND LS=有效")
    (note,) = not_derived(query, {"right_state": 1})
    assert "patent" in note.en
    assert "right_state" not in note.en
    assert not_derived(query, {"right_state", "patent"}) == ()
