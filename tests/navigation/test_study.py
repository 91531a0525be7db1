# SPDX-License-Identifier: Apache-2.0
"""Files of studies: what they say, and how their faults are told."""

from __future__ import annotations

import pytest

from zhihang.errors import DefinitionError, NotFound
from zhihang.facts.codelist import CodeLists
from zhihang.navigation.places import compared
from zhihang.navigation.study import PACKAGED, Studies, read_study


def test_the_examples_that_ship_can_be_read_and_their_places_are_known() -> None:
    names = Studies().names()
    assert names == ["drones", "green_aviation"]
    for name in names:
        study = Studies()[name]
        assert study.leaves()
        assert compared(study, CodeLists())[-1].key == "world"
        assert study.path.parent == PACKAGED


def test_all_faults_of_a_file_are_told_together(study_file) -> None:
    path = study_file(
        ("{code: A, zh: 电极,", "{code: A, parent: B, zh: 电极,"),
        (
            "{code: B, zh: 隔膜, keywords: [隔膜, separator]}",
            "{code: B, parent: A, zh: 隔膜}\n  - {code: C, zh: 空}\n"
            "  - {code: D, parent: X, zh: 丁, keywords: [丁]}",
        ),
    )
    with pytest.raises(DefinitionError) as told:
        read_study(path)
    faults = told.value.facts["faults"]
    assert "A -> B -> A is a loop" in faults
    assert "C says nothing" in faults
    assert "D stands below X, which is not there" in faults
    assert told.value.todo


def test_an_unknown_key_names_the_nearest(study_file) -> None:
    with pytest.raises(DefinitionError) as told:
        read_study(study_file(("query:", "querry:")))
    assert "querry: unknown key, close to query" in told.value.facts["faults"]


def test_a_study_without_query_and_seeds_says_nothing(study_file) -> None:
    with pytest.raises(DefinitionError, match="cannot be used"):
        read_study(study_file(("query: TTL=(电池 OR battery)", "query: ''")))


def test_a_yaml_that_loops_in_itself_is_no_crash(tmp_path) -> None:
    path = tmp_path / "ring.yaml"
    path.write_text("label: &a {zh: 环, en: *a}\n", encoding="utf-8")
    with pytest.raises(DefinitionError):
        read_study(path)


def test_an_unknown_comparator_is_an_error_with_what_is_expected(study_file) -> None:
    study = read_study(study_file(more="comparators: [广东, 火星]\n"))
    with pytest.raises(DefinitionError) as told:
        compared(study, CodeLists())
    assert 'comparators[2]: "火星" is no country and no division' in told.value.facts["faults"]
    assert "US" in told.value.facts["expected"]


def test_places_are_the_region_the_nation_the_comparators_and_the_world(study_file) -> None:
    study = read_study(study_file(more="comparators: [广东, US]\n"))
    found = [(one.key, one.role) for one in compared(study, CodeLists())]
    assert found == [
        ("450000", "local"),
        ("CN", "nation"),
        ("440000", "comparator"),
        ("US", "comparator"),
        ("world", "world"),
    ]


def test_an_unknown_study_tells_those_that_are_known() -> None:
    with pytest.raises(NotFound) as told:
        Studies()["drone"]
    assert "drones" in str(told.value)
