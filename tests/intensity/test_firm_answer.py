# SPDX-License-Identifier: Apache-2.0
"""Tests of firms and parks tried from tables: the newest row, links, reasons, membership of parks, eligibility."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.intensity.made_facts import EDITION, facts_seen, joined, patents
from tests.intensity.made_subjects import AREA

from zhihang.errors import NotFound
from zhihang.intensity.firm_answer import FirmAnswer, ParkAnswer, recognise, recognise_parks
from zhihang.intensity.first_patent import first_patent
from zhihang.intensity.park_members import members
from zhihang.intensity.scheme import Schemes
from zhihang.intensity.threshold import search
from zhihang.store.engine import Engine, start_engine

RULE = {"industry_edition": EDITION, "region": "450302"}
MODEL = {
    "size_class": "small", "titles": "high_tech", "own_trademark": True, "ip_management": True, "dishonest": False,
    "patent_product_filed": False, "industry": "3921", **RULE,
}  # fmt: skip


def firm(name, year=2020, **more):
    return {"enterprise": name, "name": name, "year": year, **MODEL, **more}


def figures(name, **more):
    return {"enterprise": name, "name": name, "year": 2020, **more}


def link(name, organisation):
    return {
        "enterprise": name,
        "name": name,
        "organisation_id": organisation,
        "basis": "name" if organisation else "none",
    }


TABLES = joined(
    patents(5, {"39": 1.0}, 2018, organisation_id="o1"),
    patents(1, {"39": 1.0}, 2019, organisation_id="o2"),
    {
        "enterprise": [
            firm("甲", park="高新区"),
            firm("乙", 2018, titles="", park="经开区"),
            firm("乙", titles="specialised", university_partner=False, address="桂林市七星区高新路1号"),
            firm("丙", titles=None, park="某园", longitude=110.5, latitude=25.5),
            firm("丁", region="450102"),
        ],
        "enterprise_year": [
            # 甲: 60 % of revenue by patent products, R&D 12 %, staff 25 %. 乙: R&D 4 % and 6 million. 丙: nothing on staff.
            figures("甲", employees=200, revenue=50e6, rd=6e6, rd_staff=50, patent_product_revenue=30e6, output=2e9),
            figures("乙", employees=100, revenue=150e6, rd=6e6, rd_staff=5, patent_product_revenue=90e6, output=1.5e9),
            figures("丙", employees=0, revenue=10e6, rd=2e6, patent_product_revenue=6e6),
        ],
        "enterprise_organisation": [link("甲", "o1"), link("乙", "o2"), link("丙", None)],
        "park": [
            {"park": "高新区", "year": 2020, "region": "450300", "industry": "39", "address_words": "高新路;朝阳路",
             "residents": 4000.0, "service_staff": 5.0, "management_body": True, "service_head": True,
             "boundary": "POLYGON ((110 25, 111 25, 111 26, 110 26))"},
            {"park": "经开区", "year": 2020, "region": "450300"},
        ],
    },
)  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    started = start_engine("duckdb", {"threads": 1})
    yield started
    started.close()


@pytest.fixture(scope="module")
def pool(engine) -> FirmAnswer:
    return recognise(facts_seen(engine, TABLES), AREA, Schemes()["sme_pool"], 2020)


@pytest.fixture(scope="module")
def zones(engine) -> ParkAnswer:
    return recognise_parks(facts_seen(engine, TABLES), AREA, Schemes()["experimental_zone"], 2020)


def test_each_firm_is_in_out_or_unknown_with_its_reasons(pool):
    rows = {row["name"]: row for row in pool.rows()}
    assert {name: row["eligible"] for name, row in rows.items()} == {"甲": True, "乙": False, "丙": None}
    assert rows["乙"]["missing"] == ["people"]  # 5 of 100 in R&D, no university partner
    parts = {row["condition"]: row["passed"] for row in rows["乙"]["conditions"]}
    assert (parts["research"], parts["research_share"], parts["research_amount"]) == (True, False, True)
    assert (parts["research_staff"], parts["partner"]) == (False, False)
    soft = {row["condition"]: row for row in rows["甲"]["conditions"]}["product_filed"]
    assert (soft["passed"], soft["decides"], soft["clause"]) == (False, False, "原则上")


def test_the_newest_row_of_the_register_counts_and_other_regions_do_not(pool):
    rows = {row["name"]: row for row in pool.rows()}
    titles = {row["condition"]: row["passed"] for row in rows["乙"]["conditions"]}["holds_a_title"]
    assert titles is True
    assert "丁" not in rows


def test_entries_are_told_against_the_year_before(pool):
    # In 2019 only 乙 stood in the register, and nothing was known of its figures.
    summary = pool.summary()
    assert (summary["entries"], summary["exits"]) == (["甲"], [])


def test_patents_come_from_the_linked_organisation_and_unlinked_firms_are_listed(pool):
    rows = {row["name"]: row for row in pool.rows()}
    assert [rows[name]["valid_inventions"] for name in "甲乙丙"] == [5, 1, 0]
    assert rows["甲"]["intensity"] == 25
    assert [row["name"] for row in pool.unlinked()] == ["丙"]
    assert any("employees are 0" in remark["text"] for remark in pool.summary()["remarks"])


def test_a_firm_that_might_fail_by_what_is_not_known_is_not_counted_in(pool):
    found = search(pool.found, 1)
    assert (found["eligible"], found["unknown"], found["in_all"]) == (1, 1, 3)
    assert found["fail_only_by"]["people"] == ["乙"]
    (industrialisation,) = found["alone"]
    assert (industrialisation["condition"], industrialisation["threshold"], industrialisation["reached"]) == (
        "industrialisation",
        0.6,
        1,
    )


def test_firms_are_in_parks_by_list_by_outline_and_by_address(zones):
    rows = {row["park"]: row for row in zones.rows()}
    assert rows["高新区"]["enterprises"] == 3
    assert zones.summary()["members_by"] == {"list": 1, "address": 1, "outline": 1}
    assert [row["name"] for row in zones.firms_in("高新区")] == ["甲", "乙", "丙"]
    assert any(remark["subject"] == "某园" for remark in zones.summary()["remarks"])


def test_eligibility_of_a_zone_is_computed_with_what_is_missing(zones):
    rows = {row["park"]: row for row in zones.rows()}
    passed = {row["condition"]: row["passed"] for row in rows["高新区"]["conditions"]}
    assert rows["高新区"]["chosen_industry_output"] == 3.5e9
    assert passed["e3_output"] is True  # at least 3 billion yuan
    assert passed["e4_enterprises"] is False  # 3 of 40
    assert rows["高新区"]["inventions_per_10k"] == 15  # 6 inventions, 4,000 residents
    assert (passed["e6_staff"], passed["e7_boundary"], passed["e8_policies"]) == (True, True, None)
    assert passed["e1_demonstration"] is None  # as a rule only: does not decide
    assert rows["高新区"]["eligible"] is False


def test_a_firm_that_a_rule_puts_into_two_parks_is_in_none_and_told():
    row = {
        "enterprise": "x",
        "name": "x",
        "park": None,
        "address": "高新路",
        "longitude": None,
        "latitude": None,
    }
    parks = [{"park": name, "address_words": "高新路", "boundary": None} for name in ("一", "二")]
    found, rules, remarks = members([row], parks)
    assert (found.tolist(), rules) == ([-1], ("",))
    assert "by address in several parks (一、二)" in remarks[0].text


def test_no_register_is_told_with_what_to_do(engine):
    with pytest.raises(NotFound, match="no register of enterprises"):
        recognise(facts_seen(engine, {}), AREA, Schemes()["sme_pool"], 2020)


def test_firms_without_an_invention_are_ranked_by_what_their_neighbours_hold(engine):
    # Five firms of 3921, one holds an invention: of the four others of each of the rest one in four does.
    names = ("桂林一号科技有限公司", "桂林二号科技有限公司", "桂林三号科技有限公司", "桂林四号科技有限公司")
    tables = joined(
        patents(1, {"39": 1.0}, 2018, organisation_id="o1"),
        patents(2, {"39": 1.0}, 2018, organisation_id="o2", kind="utility_model"),
        {
            "enterprise": [
                *(firm(name, above_scale=True) for name in names),
                firm("小企业", above_scale=False),
                firm("另一行业", above_scale=True, industry="1512"),
            ],
            "enterprise_organisation": [link(names[0], "o1"), link(names[1], "o2")],
            "organisation": [
                {"organisation_id": "o9", "name": "桂林市三号科技有限公司", "type": "enterprise"}
            ],
        },
    )
    rows = first_patent(facts_seen(engine, tables), AREA, 2020)
    assert [row["name"] for row in rows] == [names[1], names[2], names[3], "另一行业"]
    assert [row["nearness"] for row in rows] == [0.25, 0.25, 0.25, None]
    assert all(row["industry_name"] != row["industry"] for row in rows if row["industry"])
    assert [row["other_patents"] for row in rows] == [2, 0, 0, 0]
    assert rows[1]["perhaps"] == "桂林市三号科技有限公司"
    assert rows[3]["perhaps"] is None
