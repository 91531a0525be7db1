# SPDX-License-Identifier: Apache-2.0
"""Tests of parks told and compared, from tables: shares, quotients, concentration, ranks, readiness."""

from __future__ import annotations

from datetime import date

import pytest
from tests.intensity.made_facts import facts_seen
from tests.intensity.made_subjects import AREA

from zhihang.errors import NotFound
from zhihang.intensity.firm_answer import try_parks
from zhihang.intensity.park_comparison import comparison
from zhihang.intensity.park_profile import ParkFigures, ParkQuestion
from zhihang.intensity.park_structure import Rules
from zhihang.intensity.readiness import readiness
from zhihang.intensity.scheme import Schemes
from zhihang.store.engine import start_engine

OPTICS, COMPUTING, PHARMA = "9", "6", "16"


def granted(organisation, field, number, year=2020):
    return [(f"{organisation}-{field}-{year}-{each}", organisation, field, year) for each in range(number)]


MADE = [
    *granted("o1", OPTICS, 4), *granted("o1", COMPUTING, 2), *granted("o2", OPTICS, 1), *granted("o2", PHARMA, 3),
    *granted("o9", COMPUTING, 2), *granted("o9", PHARMA, 2),
    *granted("o1", PHARMA, 3, 2019), *granted("o9", OPTICS, 9, 2019),
]  # fmt: skip
FIRM = {"year": 2020, "region": "450305", "industry": "3921"}
TABLES = {
    "patent": [
        {"application_id": one, "organisation_id": holder, "kind": "invention", "origin": "mainland",
         "region": "450305", "applicant_type": "enterprise", "grant_date": date(year, 6, 1)}
        for one, holder, _, year in MADE
    ],
    "patent_field": [{"application_id": one, "field": field, "weight": 1.0} for one, _, field, _ in MADE],
    "enterprise": [
        {"enterprise": "甲", "name": "甲", "park": "东园", **FIRM},
        {"enterprise": "乙", "name": "乙", "park": "西园", **FIRM},
    ],
    "enterprise_year": [
        {"enterprise": "甲", "name": "甲", "year": year, "output": output, "employees": 10.0}
        for year, output in ((2019, 1e9), (2020, 1.2e9))
    ],
    "enterprise_organisation": [
        {"enterprise": name, "name": name, "organisation_id": one, "basis": "name"}
        for name, one in (("甲", "o1"), ("乙", "o2"))
    ],
    "park": [
        {"park": name, "year": 2020, "region": "450305", "industry": "39"} for name in ("东园", "西园")
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def figures():
    engine = start_engine("duckdb", {"threads": 1})
    facts = facts_seen(engine, TABLES)
    answer = try_parks(facts, AREA, Schemes()["experimental_zone"], 2020)
    yield ParkFigures.read(facts, answer, ParkQuestion(years=2, rules=Rules(window=1, least=0)), [0, 1])
    engine.close()


def test_years_tell_share_of_the_area_entries_and_concentration(figures):
    before, last = figures.year_rows(0)
    assert (before["patents"], before["area_patents"], before["entries"]) == (3, 12, None)
    assert (last["patents"], last["share_of_area"]) == (6, 6 / 14)
    assert (last["entries"], last["exits"]) == (["计算机技术", "光学"], ["药品"])
    assert (last["hhi_holders"], last["cr1_holders"], last["hhi_classes"]) == (1, 1, pytest.approx(5 / 9))


def test_classes_tell_quotient_and_course(figures):
    rows = {row["name"]: row for row in figures.class_rows(0)}
    assert rows["光学"]["lq"] == pytest.approx((4 / 6) / (5 / 14))
    assert (rows["光学"]["course"], rows["光学"]["share_of_area"]) == ("entered", 0.8)
    assert "药品" not in rows  # no patents in the last window
    assert figures.opportunities(0) == []  # no patent is of two classes: nothing is related


def test_the_economy_is_that_of_the_firms_in_the_park_today(figures):
    assert [(row["year"], row["output"]) for row in figures.economy[0]] == [(2019, 1e9), (2020, 1.2e9)]
    assert figures.answer.parks.subjects.measure("output_growth")[0] == pytest.approx(0.2)
    assert figures.economy[1] == []


def test_ranks_share_places_and_leave_out_what_is_not_known(figures):
    found = comparison(figures, [0, 1], ["share_of_area"])
    assert [(row["park"], row["rank"], row["ranks"]["gross_output"]) for row in found["parks"]] == [
        ("东园", 1, 1),
        ("西园", 2, None),
    ]
    assert found["parks"][0]["ranks"]["enterprises"] == found["parks"][1]["ranks"]["enterprises"] == 1
    assert found["alike"][0][1] == pytest.approx(4 / 200**0.5)  # 4, 2, 0 and 1, 0, 3
    with pytest.raises(NotFound, match="Figure to rank by"):
        comparison(figures, [0, 1], ["complexity"])


def test_readiness_parts_what_is_not_met_from_what_is_not_known(figures):
    rows = {row["park"]: row for row in readiness(figures.answer)}
    assert rows["东园"]["not_met"] == ["e3_output", "e4_enterprises", "e7_boundary"]
    assert rows["东园"]["no_data"] == ["e2_body", "e5_inventions", "e6_staff", "e6_head", "e8_policies"]
    gap = {row["condition"]: row["gap"] for row in rows["东园"]["conditions"]}
    assert gap["e3_output"] == 1.8e9
    assert rows["西园"]["no_data"][:2] == ["e2_body", "e3_output"]
