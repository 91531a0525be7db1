# SPDX-License-Identifier: Apache-2.0
"""Tests of lists of recognised enterprises: valid on a day, a condition of schemes, beside what the register says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from tests.intensity.made_facts import EDITION, facts_seen
from tests.intensity.made_subjects import AREA, scheme

from zhihang.intensity.firm_answer import recognise
from zhihang.intensity.recognition import recognitions_on
from zhihang.store.engine import Engine, start_engine

RULE = scheme({"name": "advantage", "titled": ["ip_advantage"]}, subject="enterprise")


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    started = start_engine("duckdb", {"threads": 1})
    yield started
    started.close()


def firm(name, titles=None):
    return {"enterprise": name, "name": name, "titles": titles, "industry": "3921", "industry_edition": EDITION,
            "region": "450302", "year": 2020}  # fmt: skip


def held(name, title="ip_advantage", begin=date(2018, 1, 1), end=date(2020, 12, 31), **more):
    return {"enterprise": name, "name": name, "title": title, "valid_from": begin, "valid_until": end, **more}


TABLES = {
    "enterprise": [
        firm("甲（桂林）公司"),
        firm("乙"),
        firm("丙", "ip_advantage;high_tech"),
        firm("丁", "ip_advantage"),
        firm("戊"),
    ],
    "recognition": [
        held("甲(桂林)公司"),  # another width of the brackets
        held("乙", end=date(2020, 12, 30)),
        held("丙", revoked_on=date(2020, 6, 1)),
        held("戊", title="ip_certified"),
    ],
}  # fmt: skip


def test_a_title_holds_from_its_first_to_its_last_day_unless_revoked(engine):
    answer = recognise(facts_seen(engine, TABLES), AREA, RULE, 2020)
    rows = {row["name"]: row for row in answer.rows()}
    passed = {name: row["eligible"] for name, row in rows.items()}
    # 丁 stands in no list; the register says it holds the title. 戊 is on another list only, and lists of this title exist.
    assert passed == {"甲（桂林）公司": True, "乙": False, "丙": False, "丁": True, "戊": False}
    assert rows["丙"]["titles"] == ["high_tech"]
    (told,) = [
        remark
        for remark in answer.summary()["remarks"]
        if remark["subject"] == "丙" and "lists" in remark["text"]
    ]
    assert "the register says ip_advantage, which by the lists is not in force on 2020-12-31" in told["text"]


def test_where_no_list_of_the_title_is_loaded_what_the_register_leaves_out_is_unknown(engine):
    tables = {"enterprise": [firm("戊")], "recognition": [held("戊", title="ip_certified")]}
    answer = recognise(facts_seen(engine, tables), AREA, RULE, 2020)
    assert [row["eligible"] for row in answer.rows()] == [None]


def test_titles_are_listed_as_they_stand_on_a_day_those_that_end_first_on_top(engine):
    rows = recognitions_on(facts_seen(engine, TABLES), AREA, date(2020, 12, 1))
    assert [(row["name"], row["standing"], row["days_left"]) for row in rows] == [
        ("乙", "in_force", 29),
        ("戊", "in_force", 30),
        ("甲(桂林)公司", "in_force", 30),
        ("丙", "revoked", 30),
    ]
    assert all(row["in_register"] for row in rows)
    assert [
        row["name"]
        for row in recognitions_on(facts_seen(engine, TABLES), AREA, date(2021, 1, 1), "ip_certified")
    ] == ["戊"]
