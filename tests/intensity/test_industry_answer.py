# SPDX-License-Identifier: Apache-2.0
"""Tests of industries identified from tables: windows, allocation, employment, entries and exits, shares, certainty."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.intensity.made_facts import EDITION, facts_seen, joined, patents, statistics
from tests.intensity.made_subjects import AREA, scheme
from tests.sail_server import sail_server

from zhihang.errors import NotComparable
from zhihang.intensity.economy import read_economy
from zhihang.intensity.industry_answer import answer
from zhihang.store.engine import Engine, start_engine

SEVEN = {"name": "seven", "measure": "intensity", "at_least": 7}
STAFF_3 = {"years": 3}


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    started = start_engine("duckdb", {"threads": 1})
    yield started
    started.close()


def tried(engine, tables, *conditions, year=2020, **more):
    return answer(
        facts_seen(engine, tables), AREA, scheme(*(conditions or (SEVEN,)), **more), year, draws=400
    )


def by_industry(found, column):
    return {row["industry"]: row[column] for row in found.rows()}


def test_grants_of_five_years_over_mean_employment(engine):
    # 40 + 60 + 80 + 100 + 120 = 400 grants, mean employment 160,000: 2.5 per 1,000 (M-STAT-06).
    counts = dict(zip(range(2016, 2021), (40, 60, 80, 100, 120), strict=True))
    tables = joined(
        *(patents(count, {"39": 1.0}, year) for year, count in counts.items()),
        patents(7, {"39": 1.0}, 2015),  # before the window
        *(statistics("39", year, employment=160_000) for year in counts),
    )
    found = tried(engine, tables)
    assert by_industry(found, "scale") == {"39": 400}
    assert by_industry(found, "intensity") == {"39": 2.5}
    assert by_industry(found, "in_catalogue") == {"39": False}
    assert found.found.means["intensity_weighted"] == 2.5


def test_a_patent_of_several_industries_counts_in_parts_and_what_has_none_is_told(engine):
    tables = joined(
        patents(10, {"39": 0.5, "40": 0.25, "unallocated": 0.25}, 2020),
        patents(4, {"13": 1.0}, 2020),
        statistics("39", 2020, employment=1000),
        statistics("40", 2020, employment=1000),
    )
    found = tried(engine, tables)
    assert by_industry(found, "scale") == {"39": 5, "40": 2.5, "13": 4}
    assert found.summary()["unallocated"] == {
        "no_industry": 2.5,
        "coarser_than_level": 0,
        "other_sections": 0,
    }
    assert by_industry(found, "in_catalogue") == {
        "39": False,
        "40": False,
        "13": None,
    }  # 13 has no employment


def test_codes_finer_than_the_level_are_summed_and_coarser_ones_are_told(engine):
    tables = joined(
        patents(8, {"392": 1.0}, 2020),
        patents(3, {"39": 1.0}, 2020),
        statistics("3921", 2020, employment=500),
        statistics("3922", 2020, employment=500),
    )
    divisions, groups = tried(engine, tables), tried(engine, tables, level="group")
    assert by_industry(divisions, "intensity") == {"39": 11}
    assert by_industry(groups, "intensity") == {"392": 8}
    assert groups.summary()["unallocated"]["coarser_than_level"] == 3


def test_only_the_area_the_kind_and_domestic_holders_count(engine):
    tables = joined(
        patents(2, {"39": 1.0}, 2020),
        patents(3, {"39": 1.0}, 2020, region="450102", organisation_id="elsewhere"),
        patents(4, {"39": 1.0}, 2020, kind="utility_model", organisation_id="model"),
        patents(5, {"39": 1.0}, 2020, origin="foreign", organisation_id="foreign"),
        statistics("39", 2020, employment=1000),
    )
    assert by_industry(tried(engine, tables), "scale") == {"39": 2}
    every = tried(engine, tables, patents={"holders": "all"})
    assert by_industry(every, "scale") == {"39": 7}


def test_rights_in_force_are_another_definition(engine):
    tables = joined(
        patents(5, {"39": 1.0}, 2010),
        patents(2, {"39": 1.0}, 2020),
        *(statistics("39", year, employment=1000) for year in (2019, 2020)),
    )
    assert by_industry(tried(engine, tables), "scale") == {"39": 2}
    stock = tried(engine, tables, patents={"measure": "stock"}, staff={"years": 2})
    assert by_industry(stock, "scale") == {"39": 7}
    assert stock.before.subjects.measure("patents").tolist() == [5]  # at the end of 2019
    assert stock.summary()["catalogue"] == stock.summary()["entries"] == ["39"]


def test_entries_and_exits_against_the_year_before(engine):
    # 39: 5 of 1,000 in 2019, 9 of 1,000 in 2020. 40: 8 of 1,000, then staff doubles. 41: 8 both years.
    tables = joined(
        patents(5, {"39": 1.0}, 2019), patents(4, {"39": 1.0}, 2020),
        patents(8, {"40": 1.0}, 2019), patents(8, {"41": 1.0}, 2018),
        *(statistics(code, year, employment=1000) for code in ("39", "41") for year in (2019, 2020)),
        statistics("40", 2019, employment=1000), statistics("40", 2020, employment=2000),
    )  # fmt: skip
    summary = tried(engine, tables, staff={"years": 1}).summary()
    assert summary["catalogue"] == ["39", "41"]
    assert (summary["entries"], summary["exits"]) == (["39"], ["40"])


def test_output_and_value_added_are_told_apart(engine):
    tables = joined(
        patents(9, {"39": 1.0}, 2020),
        statistics("39", 2020, employment=1000, gross_output=30e8, value_added=5e8),
        statistics("40", 2020, employment=9000, gross_output=60e8, value_added=20e8),
        statistics("total", 2020, employment=90_000, gross_output=100e8, value_added=25e8),
    )
    summary = tried(engine, tables, goals={"count": 10, "output_share": 0.3}).summary()
    assert summary["gross_output"]["share"] == 0.3
    assert summary["value_added"]["share"] == 0.2
    assert summary["goals"]["count_reached"] == 1
    assert summary["goals"]["output_share_reached"] == 0.3


def test_a_share_is_not_told_where_a_member_has_no_output(engine):
    tables = joined(
        patents(
            9,
            {
                "39": 1.0,
            },
            2020,
        ),
        statistics("39", 2020, employment=1000),
        statistics("total", 2020, gross_output=100e8),
    )
    assert tried(engine, tables).summary()["gross_output"]["share"] is None


def test_the_innovation_profile_compares_sums(engine):
    tables = joined(
        patents(9, {"39": 1.0}, 2020),
        statistics("39", 2020, employment=1000, rd=2e6, revenue=40e6, rd_staff=100),
        statistics("40", 2020, employment=9000, rd=1e6, revenue=100e6, rd_staff=90),
    )
    profile = tried(engine, tables).summary()["profile"]
    assert (profile["intensive"]["rd_intensity"], profile["others"]["rd_intensity"]) == (0.05, 0.01)
    assert (profile["intensive"]["rd_staff_per_10k"], profile["others"]["rd_staff_per_10k"]) == (1000, 100)


def test_statistics_of_several_scopes_are_never_mixed(engine):
    tables = joined(
        statistics("39", 2020, employment=1000), statistics("39", 2020, employment=3000, scope="all_industry")
    )
    with pytest.raises(NotComparable, match="above_scale, all_industry"):
        read_economy(facts_seen(engine, tables), AREA, scheme(SEVEN).says, [2020])
    chosen = tried(engine, tables, staff={"scope": "all_industry"})
    assert by_industry(chosen, "employment") == {"39": 3000}


def test_statistics_of_another_edition_are_left_out_and_told(engine):
    tables = joined(statistics("39", 2020, employment=1000, industry_edition="GB/T 4754-2011"))
    told = [remark["text"] for remark in tried(engine, tables).summary()["remarks"]]
    assert f"rows of GB/T 4754-2011 are left out: the scheme speaks of {EDITION}" in told


def test_industries_of_another_edition_are_not_those_of_the_scheme(engine):
    tables = joined(patents(9, {"39": 1.0}, 2020), statistics("39", 2020, employment=1000))
    for row in tables["patent_industry"]:
        row["scheme"] = "GB/T 4754-2011"
    found = tried(engine, tables)
    assert by_industry(found, "scale") == {"39": 0}
    assert found.summary()["unallocated"]["no_industry"] == 9


def test_patents_by_the_industry_of_the_firm_and_staff_of_the_register(engine):
    tables = joined(
        patents(6, {"40": 1.0}, 2020, organisation_id="o1"),
        patents(2, {"40": 1.0}, 2020, organisation_id="o2"),
        {
            "enterprise": [
                {"enterprise": name, "name": name, "industry": code, "industry_edition": EDITION, "region": "450302",
                 "year": 2020}
                for name, code in (("甲", "3921"), ("乙", "3922"))
            ],
            "enterprise_organisation": [{"enterprise": "甲", "organisation_id": "o1", "name": "甲", "basis": "name"}],
            "enterprise_year": [
                {"enterprise": name, "name": name, "year": 2020, "employees": staff}
                for name, staff in (("甲", 500), ("乙", 300))
            ],
        },
    )  # fmt: skip
    found = tried(
        engine,
        tables,
        level="class",
        patents={"assigned_by": "holder"},
        staff={"economy": "register", "years": 1},
    )
    assert by_industry(found, "intensity") == {"3921": 12, "3922": 0}
    assert found.summary()["unallocated"]["no_industry"] == 2  # o2 is in no register


def test_an_industry_far_above_the_bound_is_stable_and_one_at_it_is_not(engine):
    tables = joined(
        patents(400, {"39": 1.0}, 2020), statistics("39", 2020, employment=10_000),
        patents(71, {"40": 1.0}, 2020), statistics("40", 2020, employment=10_000),
    )  # fmt: skip
    found = tried(engine, tables)
    stability = by_industry(found, "stability")
    assert stability["39"] == 1.0
    assert 0.4 < stability["40"] < 0.7  # a Poisson count of 71 is at least 70 in about 56 of 100 draws
    low, high = by_industry(found, "interval")["40"]
    assert (low, high) == pytest.approx((5.5, 8.8), abs=0.3)  # 71 plus or minus 1.96 times its root
    assert found.rows() == tried(engine, tables).rows()  # the same draws each time


def test_shares_among_several_industries_make_wider_intervals_than_counts_alone(engine):
    shared = tried(
        engine, joined(patents(400, {"39": 0.5, "40": 0.5}, 2020), statistics("39", 2020, employment=10_000))
    )
    alone = tried(engine, joined(patents(200, {"39": 1.0}, 2020), statistics("39", 2020, employment=10_000)))
    wide, narrow = (by_industry(found, "interval")["39"] for found in (shared, alone))
    assert by_industry(shared, "scale")["39"] == by_industry(alone, "scale")["39"] == 200
    assert wide[1] - wide[0] > 3 * (narrow[1] - narrow[0])


def test_thresholds_that_nobody_meets_are_told(engine):
    tables = joined(patents(1, {"39": 1.0}, 2020), statistics("39", 2020, employment=10_000))
    found = tried(engine, tables)
    assert found.summary()["catalogue"] == []
    assert any("no industry meets the scheme" in remark.text for remark in found.remarks)
    assert found.rows()[0]["missing"] == ["seven"]


def test_another_engine_gives_the_same(tmp_path):
    tables = joined(
        patents(10, {"39": 0.5, "40": 0.25, "unallocated": 0.25}, 2019),
        *(statistics(code, 2020, employment=1000) for code in ("39", "40")),
    )
    with sail_server() as url:
        other = start_engine("spark", {"url": url, "store": tmp_path})
        grants, stock = (
            tried(other, tables, patents={"measure": measure}) for measure in ("grants", "stock")
        )
        other.close()
    assert by_industry(grants, "scale") == by_industry(stock, "scale") == {"39": 5, "40": 2.5}
    assert grants.summary()["unallocated"]["no_industry"] == 2.5


def test_nothing_known_gives_an_empty_list_and_says_so(engine):
    found = tried(engine, {})
    assert found.rows() == []
    assert any("neither patents nor statistics" in remark.text for remark in found.remarks)


def test_employment_of_some_years_only_is_a_mean_over_these_and_told(engine):
    tables = joined(
        patents(6, {"39": 1.0}, 2020),
        statistics("39", 2019, employment=500),
        statistics("39", 2020, employment=1500),
    )
    found = tried(engine, tables, staff=STAFF_3)
    assert by_industry(found, "employment") == {"39": 1000}
    assert any("employment is known for 2 of the 3 years" in remark.text for remark in found.remarks)
