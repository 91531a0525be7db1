# SPDX-License-Identifier: Apache-2.0
"""Saved sets: kept as files, put in the place of their names, never in a circle."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from zhihang.errors import DefinitionError, NotFound, QuerySyntaxError
from zhihang.retrieval.query_language.parse import parse
from zhihang.retrieval.query_language.saved_set import SavedQuery, SavedSets, expanded


def test_a_set_is_kept_and_found_again(tmp_path: Path) -> None:
    sets = SavedSets(tmp_path / "sets")
    assert sets.names() == []
    saved = SavedQuery("龙头企业", "PA=(玉柴 OR 柳工)", "两家整机厂", "桂林局", date(2024, 6, 1))
    path = sets.save(saved)
    assert path.read_text("utf-8").startswith("query: PA=(玉柴 OR 柳工)\n")
    assert sets["龙头企业"] == saved


def test_a_set_stands_for_its_query(tmp_path: Path) -> None:
    sets = SavedSets(tmp_path)
    sets.save(SavedQuery("整机", "PA=(玉柴 OR 柳工)"))
    sets.save(SavedQuery("专利", "SET=整机 AND KIND=发明"))
    query = parse("SET=专利 NOT SET=整机", sets)
    assert expanded(query, sets) == parse("(PA=(玉柴 OR 柳工) AND KIND=发明) NOT PA=(玉柴 OR 柳工)")


def test_a_set_keeps_the_style_of_its_query(tmp_path: Path) -> None:
    sets = SavedSets(tmp_path)
    sets.save(SavedQuery("智慧芽的", "AN:玉柴", style="patsnap"))
    assert expanded(parse("SET=智慧芽的", sets), sets) == parse("OPA=玉柴")


def test_a_circle_is_refused_and_nothing_written(tmp_path: Path) -> None:
    sets = SavedSets(tmp_path)
    sets.save(SavedQuery("甲", "电池"))
    sets.save(SavedQuery("乙", "SET=甲"))
    with pytest.raises(QuerySyntaxError, match="甲 → 乙 → 甲"):
        sets.save(SavedQuery("甲", "隔膜 OR SET=乙"))
    assert sets["甲"].query == "电池"
    # a circle made by hand, in an editor, is met when the set is used
    (tmp_path / "甲.yaml").write_text("query: SET=甲\n", "utf-8")
    with pytest.raises(QuerySyntaxError, match="甲 → 甲"):
        expanded(parse("SET=甲", sets), sets)


def test_a_query_that_cannot_be_read_is_not_saved(tmp_path: Path) -> None:
    with pytest.raises(QuerySyntaxError, match="not closed"):
        SavedSets(tmp_path).save(SavedQuery("甲", "(电池"))
    assert SavedSets(tmp_path).names() == []


def test_sets_that_grow_without_end_are_refused(tmp_path: Path) -> None:
    sets = SavedSets(tmp_path)
    sets.save(SavedQuery("s0", " OR ".join(f"词{n}" for n in range(100))))
    for level in range(1, 3):
        sets.save(SavedQuery(f"s{level}", " OR ".join([f"SET=s{level - 1} AND 甲"] * 6)))
    with pytest.raises(QuerySyntaxError, match="more than 5000 conditions"):
        sets.save(SavedQuery("s3", " OR ".join(["SET=s2 AND 甲"] * 6)))


@pytest.mark.parametrize(
    "name", ["../甲", "甲/乙", ".甲", "", "甲" * 81, 'a"b', "a=b", "a b*", "a\0b", "甲（乙）"]
)
def test_a_name_that_is_no_file_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(DefinitionError, match="cannot be the name"):
        SavedSets(tmp_path).save(SavedQuery(name, "电池"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("query: [", "not readable as YAML"),
        ("电池", "not a list of keys"),
        ("note: x", "no query"),
        ("query: 电池\nquerry: x", "unknown keys: querry"),
        ("query: 电池\ncreated: gestern", "not a date"),
    ],
)
def test_a_faulty_file_is_named_with_its_fault(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "甲.yaml").write_text(text, "utf-8")
    with pytest.raises(DefinitionError) as raised:
        SavedSets(tmp_path)["甲"]
    assert said in raised.value.facts["fault"]


def test_an_unknown_set_is_told_with_those_there_are(tmp_path: Path) -> None:
    SavedSets(tmp_path).save(SavedQuery("龙头企业", "玉柴"))
    with pytest.raises(NotFound, match="龙头"):
        SavedSets(tmp_path)["龙头"]
    with pytest.raises(QuerySyntaxError, match="close to it: 龙头企业"):
        parse("SET=龙头企", SavedSets(tmp_path))


def test_a_name_is_kept_as_queries_spell_it(tmp_path: Path) -> None:
    sets = SavedSets(tmp_path)
    assert sets.save(SavedQuery(" ＬＥＤ　灯 ", "电池")).stem == "LED 灯"
    assert expanded(parse('SET="ＬＥＤ 灯"', sets), sets) == parse("电池")


def test_a_set_beside_a_broken_one_can_still_be_forgotten(tmp_path: Path) -> None:
    sets = SavedSets(tmp_path)
    sets.save(SavedQuery("甲", "电池"))
    (tmp_path / "坏.yaml").write_text("query: (x", "utf-8")
    sets.forget("甲")
    assert sets.names() == ["坏"]
