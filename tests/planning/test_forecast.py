# SPDX-License-Identifier: Apache-2.0
"""Forecasts from yearly figures: honest about how little they rest on, consistent with the goals they judge."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from zhihang.methods.known_years import sample_courses
from zhihang.planning.density import with_density
from zhihang.planning.forecast import ForecastSettings, chances, forecast_plan, forecast_target
from zhihang.planning.plan import Plan
from zhihang.planning.plan_file import Plans, parse_plan

CITY = "450300"
FEW = ForecastSettings(simulations=500)
TARGETS = """
  - {id: T1, clause: 一, label: {zh: 拥有量}, indicator: inventions_in_force, kind: level, comparator: ">=", value: 2000,
     unit: 件, period_start: 2016, period_end: 2020}
  - {id: T2, clause: 二, label: {zh: 申请量}, indicator: invention_filings, kind: cumulative, comparator: ">=", value: 500,
     unit: 件, period_start: 2016, period_end: 2020}
  - {id: T3, clause: 三, label: {zh: 质押}, indicator: ip_pledge_financing, kind: level, comparator: ">=", value: 10,
     unit: 亿元, frequency: annual, period_start: 2016, period_end: 2020}
"""


def plan() -> Plan:
    head = 'label: {zh: 小规划}\nstatus: reviewed\ndocument: {policy: small, title: {zh: 小规划}}\nregion: "450300"\n'
    return parse_plan(f"{head}period: 2016/2020\ntargets:\n{TARGETS}", Path("small.yaml"))


def row(indicator: str, period: str, value: float, kind: str = "year", unit: str = "件"):
    return {
        "indicator": indicator,
        "region": CITY,
        "period": period,
        "value": value,
        "period_kind": kind,
        "unit": unit,
    }


def stock(*values: float, first: int = 2013):
    return [row("inventions_in_force", str(first + n), value, "stock") for n, value in enumerate(values)]


def filed(**values: float):
    return [row("invention_filings", year[1:], value) for year, value in values.items()]


def test_a_steady_rise_is_gone_on_with_and_the_fan_widens():
    found = forecast_target(
        plan(), "T1", stock(900, 1000, 1100, 1200, 1300), date(2017, 12, 31), settings=FEW
    )
    assert (found.rests_on, found.weak, found.years) == (5, False, (2018, 2019, 2020))
    assert found.fan["q50"][2] == pytest.approx(1600, rel=0.05)
    widths = np.subtract(found.fan["q95"], found.fan["q05"])
    assert widths[0] < widths[1] < widths[2]
    assert found.probability < 0.4


def test_probability_rises_with_what_is_known_and_falls_with_the_goal():
    high = forecast_target(
        plan(), "T1", stock(1500, 1650, 1800, 1900, 1990), date(2017, 12, 31), settings=FEW
    )
    low = forecast_target(plan(), "T1", stock(500, 510, 520, 530, 540), date(2017, 12, 31), settings=FEW)
    assert high.probability > 0.8
    assert low.probability < 0.05


def test_one_figure_is_carried_on_widely_and_marked_weak():
    found = forecast_target(plan(), "T1", stock(1000, first=2017), date(2017, 12, 31), settings=FEW)
    assert (found.rests_on, found.weak, found.model, found.tried) == (1, True, "naive", ())
    assert found.fan["q05"][2] < 700
    assert found.fan["q95"][2] > 1400
    assert "1个年度数" in found.note


def test_years_reached_count_towards_a_sum_and_are_not_drawn():
    rows = filed(y2014=100, y2015=100, y2016=100, y2017=100)
    found = forecast_target(plan(), "T2", rows, date(2017, 12, 31), settings=FEW)
    # 200 are sure; 300 in three years more, at about 100 a year
    assert min(found.fan["q05"]) >= 200
    assert found.fan["q50"][2] == pytest.approx(500, rel=0.08)
    assert found.probability == pytest.approx(0.5, abs=0.15)


def test_a_missing_year_of_a_sum_is_drawn_and_said():
    found = forecast_target(plan(), "T2", filed(y2015=90, y2017=110), date(2017, 12, 31), settings=FEW)
    assert found.weak
    assert "2016年无数据" in found.note


def test_the_year_so_far_counts_the_more_the_more_of_it_is_over():
    base = filed(y2013=100, y2014=100, y2015=100, y2016=100, y2017=100)
    good = [*base, row("invention_filings", "2018-06", 90, "year_to_date")]
    plain = forecast_target(plan(), "T2", base, date(2017, 12, 31), settings=FEW).fan["q50"][0]
    seen = forecast_target(plan(), "T2", good, date(2018, 6, 30), settings=FEW)
    # 90 by June, half of the year by the calendar: 90 + 0.5 x (90 + 0.5 x 100) = 160 in place of 100
    assert seen.fan["q50"][0] - plain == pytest.approx(60, abs=8)
    assert "2018-06" in seen.note


def test_money_is_forecast_on_its_own_scale():
    rows = [row("ip_pledge_financing", str(year), 8.0, unit="亿元") for year in range(2013, 2018)]
    found = forecast_target(plan(), "T3", rows, date(2017, 12, 31), settings=FEW)
    assert found.fan["q50"][0] == pytest.approx(8e8, rel=0.05)
    assert 1e8 < found.fan["q05"][2] < 7e8


def test_nothing_known_gives_no_probability_but_the_reason():
    found = forecast_target(plan(), "T1", [], date(2017, 12, 31), settings=FEW)
    assert (found.probability, found.fan, found.note) == (None, {}, "没有年度数据")


def test_nothing_later_than_the_day_is_used():
    rows = stock(900, 1000, 1100, 1200, 1300)
    late = [*rows, *stock(9000, first=2018)]
    first, second = (
        forecast_target(plan(), "T1", each, date(2017, 12, 31), settings=FEW) for each in (rows, late)
    )
    assert first == second


def test_guilin_says_how_little_it_rests_on():
    guilin = Plans()["guilin-2016-2020"]
    made = forecast_plan(guilin, with_density(None, guilin), date(2017, 12, 31), regions=frozenset({CITY}))
    by_target = {one.target: one for one in made}
    assert (by_target["T003"].rests_on, by_target["T003"].weak) == (3, False)
    assert "3,936 + 3 × 785 = 6,291" in by_target["T003"].note
    assert by_target["T001"].weak
    assert by_target["T007"].probability is None
    given = chances(made)
    assert given["T003", CITY].probability == by_target["T003"].probability
    json.dumps([one.row() for one in made], allow_nan=False)


def test_courses_pass_through_what_is_known():
    found = sample_courses({2015: 100.0, 2018: 400.0}, range(2014, 2020), paths=400, seed=3)
    assert set(found.values[:, 1]) == {100.0}
    assert set(found.values[:, 4]) == {400.0}
    assert found.bridged == (2014, 2016, 2017)
    # half way between the roots 10 and 20 lie 13.3 and 16.7: about 178 and 278
    assert np.median(found.values[:, 2]) == pytest.approx(178, rel=0.1)
    assert np.median(found.values[:, 3]) == pytest.approx(278, rel=0.1)
