# SPDX-License-Identifier: Apache-2.0
"""Tests of linking firms of a register with organisations."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.derivation.made_facts import derived

from zhihang.derivation.derivations.enterprise_organisation import enterprise_organisation
from zhihang.store.engine import Engine, start_engine

NAMES = [
    {"name": "桂林甲有限公司", "organisation_id": "o1", "folded": "桂林甲有限公司", "type": "enterprise"},
    {"name": "桂林乙(集团)公司", "organisation_id": "o2", "folded": "桂林乙(集团)公司", "type": "enterprise"},
    {"name": "丙厂", "organisation_id": "o3", "folded": "丙厂", "type": "enterprise"},
    {"name": "丙 厂", "organisation_id": "o4", "folded": "丙厂", "type": "enterprise"},
    {"name": "张三", "organisation_id": "p1", "folded": "张三", "type": "individual"},
]
ORGANISATIONS = [{"organisation_id": "o9", "name": "新名称公司", "credit_code": "91350100M000100Y43"}]


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    started = start_engine("duckdb", {"threads": 1})
    yield started
    started.close()


def linked(engine, *firms):
    rows = [{"enterprise": name, "name": name, "credit_code": code, "year": 2020} for name, code in firms]
    tables = {"enterprise": rows, "organisation_name": NAMES, "organisation": ORGANISATIONS}
    found = derived(enterprise_organisation, engine, tables)
    return {row["enterprise"]: (row["organisation_id"], row["basis"]) for row in found}


def test_the_credit_code_goes_before_the_name(engine):
    found = linked(engine, ("桂林甲有限公司", "91350100M000100Y43"))
    assert found == {"桂林甲有限公司": ("o9", "credit_code")}


def test_a_name_as_written_then_another_spelling_of_it(engine):
    found = linked(engine, ("桂林甲有限公司", None), ("桂林乙（集團）公司", None))
    assert found == {"桂林甲有限公司": ("o1", "name"), "桂林乙（集團）公司": ("o2", "spelling")}


def test_a_name_of_several_organisations_is_linked_to_none(engine):
    assert linked(engine, ("丙　厂", None)) == {"丙　厂": (None, "several")}


def test_a_firm_without_patents_is_listed_as_not_found_and_a_person_is_no_firm(engine):
    assert linked(engine, ("丁公司", None), ("张三", None)) == {
        "丁公司": (None, "none"),
        "张三": (None, "none"),
    }


def test_the_newest_row_of_a_firm_gives_its_name(engine):
    rows = [
        {"enterprise": "X", "name": "旧名", "year": 2019},
        {"enterprise": "X", "name": "丙厂", "year": 2020},
    ]
    found = derived(enterprise_organisation, engine, {"enterprise": rows, "organisation_name": NAMES})
    assert [(row["name"], row["organisation_id"]) for row in found] == [("丙厂", "o3")]
