# SPDX-License-Identifier: Apache-2.0
"""Tests of who is in which park: rules that agree, contradict, are ambiguous; outlines; organisations by addresses."""

from __future__ import annotations

import numpy as np
import pytest
from tests.intensity.made_facts import facts_seen

from zhihang.intensity.enterprises import Firms
from zhihang.intensity.park_members import Words, members, residents
from zhihang.intensity.subjects import Subjects
from zhihang.store.engine import start_engine

NOTHING = {"park": None, "address": None, "longitude": None, "latitude": None, "region": None}
SQUARE = "POLYGON ((110 25, 111 25, 111 26, 110 26))"
BOW_TIE = "POLYGON ((0 0, 1 1, 1 0, 0 1))"


def firm(name="甲", **more):
    return {"enterprise": name, "name": name, **NOTHING, **more}


def park(name, **more):
    return {"park": name, "address_words": None, "boundary": None, "region": None, **more}


def test_the_list_goes_before_outline_and_address_and_a_contradiction_is_told():
    parks = [park("一"), park("二", boundary=SQUARE), park("三", address_words="高新路")]
    one = firm(park="一", longitude=110.5, latitude=25.5, address="高新路1号")
    found, rules, remarks = members([one], parks)
    assert (found.tolist(), rules) == ([0], ("list",))
    assert remarks[0].text == "甲: 一 by list, 二 by outline, 三 by address; the former counts"


def test_the_longest_word_of_an_address_says_most():
    words = Words.of(
        [park("大园", address_words="高新区"), park("园中园", address_words="高新区信息园；软件园")]
    )
    assert words.parks("桂林市高新区信息园3号", None) == [1]
    assert words.parks("桂林市高新区3号", None) == [0]
    assert words.parks("桂林市软件园", None) == [1]
    assert words.parks("桂林市中山路", None) == []


def test_words_count_in_the_city_of_the_park_only():
    words = Words.of([park("桂林园", address_words="高新区", region="450305")])
    assert words.parks("高新区1号", "450304") == [0]
    assert words.parks("高新区1号", "450102") == []  # the same words in another city
    assert words.parks("高新区1号", None) == [0]
    province = Words.of([park("区级园", address_words="高新区", region="450000")])
    assert province.parks("高新区1号", "450304") == [0]
    assert Words.of([park("百色园", address_words="高新区", region="451000")]).parks("高新区", "451102") == []


def test_an_outline_that_crosses_itself_is_not_used_and_the_reason_told():
    found, _, remarks = members([firm(longitude=0.5, latitude=0.25)], [park("一", boundary=BOW_TIE)])
    assert found.tolist() == [-1]
    assert remarks[0].text == "一: the outline is not used: it crosses itself: sides 1 and 3 meet"


def test_two_outlines_over_one_firm_put_it_into_none():
    parks = [park(name, boundary=SQUARE) for name in "一二"]
    found, _, remarks = members([firm(longitude=110.5, latitude=25.5)], parks)
    assert found.tolist() == [-1]
    assert "by outline in several parks (一、二); in none" in remarks[0].text


def test_no_firms_and_no_parks_are_no_fault():
    assert members([], [park("一", boundary=SQUARE)])[0].tolist() == []
    assert members([firm()], [])[0].tolist() == [-1]


def applications(organisation, addresses, kind="research_institute", region="450305"):
    ids = [f"{organisation}-{each}" for each in range(len(addresses))]
    return (
        [
            {"application_id": one, "organisation_id": organisation, "applicant_type": kind, "region": region}
            for one in ids
        ],
        [
            {"application_id": one, "role": "applicant", "sequence": 1, "address": address}
            for one, address in zip(ids, addresses, strict=True)
        ],
    )


@pytest.fixture(scope="module")
def engine():
    started = start_engine("duckdb", {"threads": 1})
    yield started
    started.close()


def test_organisations_outside_the_register_are_where_most_of_their_filings_give_an_address(engine):
    made = [
        applications("most", ["东园路1号", "东园路2号", "中山路9号"]),
        applications("half", ["东园路1号", "中山路9号"]),
        applications("person", ["东园路1号"], "individual"),
        applications("elsewhere", ["东园路1号"], region="450102"),
        applications("registered", ["东园路1号"]),
    ]
    tables = {
        "patent": [row for patents, _ in made for row in patents],
        "party": [row for _, parties in made for row in parties],
    }
    parks = [park("东园", address_words="东园路", region="450305"), park("西园", region="450304")]
    register = [firm("丙", park="西园")]
    firms = Firms(Subjects(("丙",), ("丙",), {}, (None,)), register, ("registered",), ("name",), {})
    found = residents(facts_seen(engine, tables), firms, np.array([1]), ("list",), parks)
    assert found.park_of == {"most": 0, "registered": 1}
    assert found.rules == {"most": "address", "registered": "firm"}


def test_firms_of_one_organisation_in_two_parks_are_told(engine):
    register = [firm("甲", park="一"), firm("乙", park="二")]
    firms = Firms(
        Subjects(("甲", "乙"), ("甲", "乙"), {}, (None, None)), register, ("o", "o"), ("name",) * 2, {}
    )
    found = residents(
        facts_seen(engine, {}), firms, np.array([0, 1]), ("list",) * 2, [park("一"), park("二")]
    )
    assert found.park_of == {"o": 0}
    assert found.remarks[0].text == "乙: firms of one organisation in several parks; its patents count in 一"
