# SPDX-License-Identifier: Apache-2.0
"""A plan at a day: values, what was expected of them, statuses, what is still required, ranks; unknown stays unknown."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest

from zhihang.planning.assess import AssessSettings, Chance, assess
from zhihang.planning.density import with_density
from zhihang.planning.plan import Plan
from zhihang.planning.plan_file import Plans, parse_plan
from zhihang.planning.standing import Levels, status_of
from zhihang.planning.trail import appeal, trail

CITY, COUNTY, OTHER = "450300", "450323", "450324"


def plan(targets: str, more: str = "") -> Plan:
    head = 'label: {zh: 小规划}\nstatus: reviewed\ndocument: {policy: small, title: {zh: 小规划}}\nregion: "450300"\n'
    return parse_plan(f"{head}period: 2016/2020\n{more}\ntargets:\n{targets}", Path("small.yaml"))


STOCK = """
  - {id: T1, clause: 一, label: {zh: 拥有量}, indicator: inventions_in_force, kind: level, comparator: ">=", value: 2000,
     unit: 件, period_start: 2016, period_end: 2020}
"""
FILINGS = """
  - {id: T2, clause: 二, label: {zh: 申请量}, indicator: invention_filings, kind: cumulative, comparator: ">=", value: 500,
     unit: 件, period_start: 2016, period_end: 2020}
"""
COUNTIES = """
annexes:
  - id: A1
    clause: 附件
    target: T2
    unit: 件
    years: [2016, 2017, 2018, 2019, 2020]
    total: [100, 100, 100, 100, 100]
    rows:
      - {region: "450323", name: 灵川县, values: [40, 40, 40, 40, 40]}
      - {region: "450324", name: 全州县, values: [40, 40, 40, 40, 40]}
      - {region: "450325", name: 兴安县, values: [20, 20, 20, 20, 20]}
"""


def row(indicator: str, period: str, value: float, region: str = CITY, kind: str = "", **more):
    unit = {"unit": "件", "status": "published", "source": "年报"} | more
    return {
        "indicator": indicator,
        "region": region,
        "period": period,
        "value": value,
        "period_kind": kind,
        **unit,
    }


def filed(period: str, value: float, region: str = CITY, kind: str = "year"):
    return row("invention_filings", period, value, region, kind)


def held(period: str, value: float, region: str = CITY):
    return row("inventions_in_force", period, value, region, "stock")


def test_a_level_is_compared_with_the_line_from_its_baseline():
    # from 1,000 at the end of 2015 to 2,000 at the end of 2020: 1,400 at the end of 2017
    found = assess(plan(STOCK), [held("2015", 1000), held("2017", 1330)], date(2017, 12, 31)).row("T1", CITY)
    assert (found.value, found.expected, found.target_value, found.final_value) == (1330, 1400, 1400, 2000)
    assert found.progress == pytest.approx(0.95)
    assert (found.status, found.pace, found.met) == ("yellow", "on_track", False)
    # 670 are missing in three years: 223.3 a year, or (2000 / 1330)^(1/3) - 1 = 14.57 % a year
    assert found.required == pytest.approx(670 / 3)
    assert found.required_growth == pytest.approx(0.1457, abs=1e-4)
    assert (found.source, found.source_status) == ("年报", "published")


def test_within_a_year_a_level_is_expected_along_the_line():
    # half of 2017: between 1,200 and 1,400
    found = assess(plan(STOCK), [held("2015", 1000), held("2017-06", 1300)], date(2017, 6, 30)).row(
        "T1", CITY
    )
    assert (found.period, found.expected, found.status) == ("2017-06", 1300, "green")


def test_equal_growth_can_be_asked_for():
    rows = [held("2015", 1000), held("2017", 1330)]
    found = assess(plan(STOCK), rows, date(2017, 12, 31), AssessSettings(interpolation="geometric"))
    assert found.row("T1", CITY).expected == pytest.approx(1000 * 2 ** (2 / 5))


def test_a_sum_counts_its_years_and_the_year_so_far():
    # 100 a year: 100 for 2016 and six twelfths of 100 for half of 2017
    rows = [filed("2016", 90), filed("2017-06", 45, kind="year_to_date")]
    found = assess(plan(FILINGS), rows, date(2017, 6, 30)).row("T2", CITY)
    assert (found.value, found.expected, found.period) == (135, 150, "2017-06")
    assert found.status == "yellow"
    assert found.required == pytest.approx((500 - 135) / 3.5)


def test_the_season_of_past_years_tells_what_to_expect_within_a_year():
    # 2014: 30 of 100 by June; 2015: 40 of 100; mean 35 %
    past = [filed("2014", 100), filed("2015", 100)]
    past += [filed("2014-06", 30, kind="year_to_date"), filed("2015-06", 40, kind="year_to_date")]
    rows = [*past, filed("2016", 100), filed("2017-06", 34, kind="year_to_date")]
    made = assess(plan(FILINGS), rows, date(2017, 6, 30))
    found = made.row("T2", CITY)
    assert found.expected == pytest.approx(135)
    assert "2014" in made.workings["T2", CITY].season.rule.zh


def test_a_county_borrows_the_season_of_its_city():
    rows = [filed("2015", 100), filed("2015-06", 20, kind="year_to_date"), filed("2016", 50, COUNTY)]
    rows.append(filed("2017-06", 10, COUNTY, "year_to_date"))
    found = assess(plan(FILINGS, COUNTIES), rows, date(2017, 6, 30)).row("T2", COUNTY)
    assert found.expected == pytest.approx(40 + 40 * 0.2)


def test_a_missing_year_is_not_made_up_and_the_latest_year_stands_for_itself():
    found = assess(plan(FILINGS), [filed("2017", 120)], date(2017, 12, 31)).row("T2", CITY)
    assert (found.value, found.expected, found.status, found.met) == (120, 100, "green", None)
    assert "缺2016年数" in found.note
    assert "2016 is not known" in found.note_en


def test_what_is_not_known_has_no_status_and_says_why():
    rows = [held("2015", 1000)]
    found = assess(plan(STOCK + FILINGS), rows, date(2017, 12, 31))
    assert (found.row("T1", CITY).status, found.row("T1", CITY).note) == ("none", "仅有基期数（2015）")
    assert (found.row("T2", CITY).status, found.row("T2", CITY).value) == ("none", None)
    assert found.row("T2", CITY).note


def test_nothing_later_than_the_day_is_looked_at():
    rows = [held("2015", 1000), held("2017", 1330), held("2018", 5000)]
    assert assess(plan(STOCK), rows, date(2018, 12, 30)).row("T1", CITY).value == 1330
    assert assess(plan(STOCK), rows, date(2018, 12, 31)).row("T1", CITY).value == 5000


def test_units_that_differ_are_not_compared():
    rows = [held("2015", 1000), row("inventions_in_force", "2017", 1330, kind="stock", unit="家")]
    found = assess(plan(STOCK), rows, date(2017, 12, 31)).row("T1", CITY)
    assert (found.status, found.value) == ("none", None)
    assert found.note == "计量单位不一致：家与件"


def test_ten_thousands_are_counted_out():
    wan = plan(STOCK.replace("value: 2000", "value: 0.2").replace("unit: 件", "unit: 万件"))
    found = assess(wan, [held("2015", 1000), held("2017", 1400)], date(2017, 12, 31)).row("T1", CITY)
    assert (found.final_value, found.unit, found.expected, found.status) == (2000, "件", 1400, "green")


def test_levels_of_the_scale_can_be_set():
    at = [status_of(value, 100, down=False, falling=False, levels=Levels()) for value in (100, 90, 75, 74.9)]
    assert at == ["green", "yellow", "orange", "red"]
    strict = Levels(yellow=0.95)
    assert status_of(90, 100, down=False, falling=False, levels=strict) == "orange"


def test_an_aim_to_stay_below_is_judged_the_other_way_round():
    assert status_of(80, 100, down=True, falling=False, levels=Levels()) == "green"
    assert status_of(105, 100, down=True, falling=False, levels=Levels()) == "yellow"


def test_two_falling_quarters_are_red_whatever_the_sum():
    quarters = {"2016-03": 30, "2016-06": 60, "2017-03": 25, "2017-06": 50}
    rows = [filed(period, value, kind="year_to_date") for period, value in quarters.items()] + [
        filed("2016", 200)
    ]
    found = assess(plan(FILINGS), rows, date(2017, 6, 30))
    assert found.row("T2", CITY).value == 250  # against 150 expected
    assert found.row("T2", CITY).status == "red"
    calm = AssessSettings(levels=Levels(falling_is_red=False))
    assert assess(plan(FILINGS), rows, date(2017, 6, 30), calm).row("T2", CITY).status == "green"


def test_more_than_is_not_met_by_just_as_much():
    more = plan(STOCK.replace('">="', '">"'))
    rows = [held("2015", 1000), held("2020", 2000)]
    found = assess(more, rows, date(2020, 12, 31)).row("T1", CITY)
    assert (found.met, found.status) == (False, "yellow")


def test_counties_are_ranked_within_their_group_and_small_counts_have_wide_ranks():
    rows = [filed("2016", value, region) for region, value in ((COUNTY, 44), (OTHER, 40), ("450325", 10))]
    found = assess(plan(FILINGS, COUNTIES), rows, date(2016, 12, 31))
    ranks = {row.region: (row.rank, row.ranked) for row in found.rows if row.rank}
    assert ranks == {COUNTY: (1, 3), OTHER: (2, 3), "450325": (3, 3)}
    first = found.row("T2", COUNTY)
    assert (first.rank_low, first.rank_high) == (1, 2)
    grouped = AssessSettings(peers={COUNTY: "一类", OTHER: "一类", "450325": "二类"})
    found = assess(plan(FILINGS, COUNTIES), rows, date(2016, 12, 31), grouped)
    assert found.row("T2", OTHER).rank == 2
    assert found.row("T2", "450325").rank is None  # alone in its group


def test_probabilities_of_a_forecast_are_shown_beside():
    given = AssessSettings(probabilities={("T1", CITY): Chance(0.4, weak=True)})
    found = assess(plan(STOCK), [held("2015", 1000)], date(2016, 12, 31), given).row("T1", CITY)
    assert (found.probability, found.weak) == (0.4, True)


def test_an_appeal_works_one_county_out_again_from_its_rows():
    rows = [filed("2016", 44, COUNTY), filed("2017", 30, COUNTY), filed("2016", 999, OTHER)]
    steps = [step.row() for step in appeal(plan(FILINGS, COUNTIES), rows, date(2017, 12, 31), COUNTY)]
    assert {step["region"] for step in steps} == {COUNTY}
    values = {step["what"]: (step["value"], step["arithmetic"], step["source"]) for step in steps}
    assert values["2016的数"] == (44, "published", "年报")
    assert values["截至2017实际数"][:2] == (74, "44 + 30 = 74")
    assert values["应完成数"][0] == 80
    assert values["状态：yellow"][1].startswith("74 ÷ 80 = 0.9250")
    # the same number as in the whole assessment
    assert assess(plan(FILINGS, COUNTIES), rows, date(2017, 12, 31)).row("T2", COUNTY).status == "yellow"


def test_the_trail_of_a_ranked_county_shows_its_peers():
    rows = [filed("2016", value, region) for region, value in ((COUNTY, 44), (OTHER, 40))]
    made = assess(plan(FILINGS, COUNTIES), rows, date(2016, 12, 31))
    assert trail(made, "T2", OTHER)[-1].arithmetic == "1 灵川县 1.1000; 2 全州县 1.0000"


def test_guilin_at_the_end_of_2017():
    guilin = Plans()["guilin-2016-2020"]
    found = assess(guilin, with_density(None, guilin), date(2017, 12, 31))
    stock = found.row("T003", CITY)
    assert (stock.value, stock.expected, stock.required) == (3936, 3650, 888)
    assert found.row("T004", CITY).source_status == "derived"
    assert found.row("T004", CITY).value == pytest.approx(8.07)  # 3,936 over some 4.88 million
    assert found.row("T002", CITY).status == "yellow"  # 785 of 800
    json.dumps(found.document(), allow_nan=False)


@pytest.mark.parametrize("name", Plans().names())
def test_every_shipped_plan_is_assessed_without_special_code(name):
    found = assess(Plans()[name], None, date(2017, 12, 31))
    assert len({(row.target, row.region) for row in found.rows}) == len(found.rows)
    assert all(row.note for row in found.rows if row.status == "none")


@pytest.mark.slow
def test_ten_thousand_paths_take_a_second():
    codes = [f"45{city:02}{county:02}" for city in range(1, 15) for county in range(1, 73)][:1000]
    small = plan(FILINGS, COUNTIES)
    lines = tuple(small.annexes[0].rows[0].model_copy(update={"region": code}) for code in codes)
    targets = tuple(small.targets[0].model_copy(update={"id": f"T{number}"}) for number in range(10))
    annexes = tuple(
        small.annexes[0].model_copy(update={"target": target.id, "rows": lines}) for target in targets
    )
    large = small.model_copy(update={"targets": targets, "annexes": annexes})
    rows = [filed(year, 40, code) for code in codes for year in ("2015", "2016", "2017")]
    rows += [
        filed(f"{year}-06", 18, code, "year_to_date") for code in codes for year in (2015, 2016, 2017, 2018)
    ]
    assert len(assess(large, rows, date(2018, 6, 30)).rows) == 10_010
    spent = min(_seconds(lambda: assess(large, rows, date(2018, 6, 30))) for _ in range(2))
    # three million additions take some 0.17 seconds on an idle core, and more where others use the machine
    assert spent < 1.0 or spent < 10 * _seconds(lambda: sum(number for number in range(3_000_000)))


def _seconds(what) -> float:
    began = time.process_time()
    what()
    return time.process_time() - began
