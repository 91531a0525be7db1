# SPDX-License-Identifier: Apache-2.0
"""Forecasts by cohorts: what a register with known hazards does next lies in the fan; sums, goals and levers agree."""

from __future__ import annotations

import json
import time
from datetime import date

import numpy as np
import pytest

from zhihang.errors import NotComparable
from zhihang.planning.forecast_stock import StockForecastSettings, StockGoal, forecast_stock, goals_of
from zhihang.planning.plan_file import Plans
from zhihang.planning.register_counts import RegisterCounts
from zhihang.planning.stock_model import fit_stock

GRANT = [0.0, 0.05, 0.25, 0.40, 0.30, 0.20]
REFUSE = [0.0, 0.02, 0.10, 0.20, 0.25, 0.30]
LAPSE = np.array([0.0, 0.0, 0.05, 0.12, 0.08, 0.08, 0.14, 0.08, 0.08, 0.15, 0.09] + [0.1] * 9 + [1.0])


def live(seed: int, regions: int = 4, until: int = 2017, more: int = 3, mean: float = 80.0, **given):
    """Let a register live from 1998 on, and return its counts up to a year, and its stocks of the years after."""
    drawn = np.random.default_rng(seed)
    filings, outcomes, lapses = [], [], []
    stock: dict[tuple[str, int], int] = {}
    pending: dict[tuple[str, int], int] = {}
    after, at_cut = {}, []
    codes = [f"4503{number:02}" for number in range(2, 2 + regions)]
    for year in range(1998, until + more + 1):
        seen = year <= until
        for code in codes:
            for filed in range(1998, year):
                held, age = stock.get((code, filed), 0), year - filed
                lost = int(drawn.binomial(held, LAPSE[min(age, 20)]))
                if held and seen:
                    lapses.append(
                        {"region": code, "filing_year": filed, "year": year, "in_force": held, "lapsed": lost}
                    )
                stock[code, filed] = held - lost
            new = int(drawn.poisson(mean))
            pending[code, year] = new
            if seen:
                filings.append({"region": code, "year": year, "filings": new})
            for filed in range(max(1998, year - len(GRANT) + 1), year + 1):
                lag, waits = year - filed, pending[code, filed]
                granted, refused, left = drawn.multinomial(
                    waits, [GRANT[lag], REFUSE[lag], 1 - GRANT[lag] - REFUSE[lag]]
                )
                pending[code, filed] = int(left)
                stock[code, filed] = stock.get((code, filed), 0) + int(granted)
                if seen:
                    outcomes.append({"region": code, "filing_year": filed, "year": year,
                                     "granted": int(granted), "refused": int(refused)})  # fmt: skip
        if year == until:
            at_cut = [{"region": c, "filing_year": f, "in_force": n} for (c, f), n in stock.items() if n]
        if year > until:
            after[year] = {code: sum(n for (c, _), n in stock.items() if c == code) for code in codes}
    counts = RegisterCounts(date(until, 12, 31), filings, outcomes, at_cut, lapses, all_known=True, **given)
    return counts, after


FEW = StockForecastSettings(simulations=300, levers=False)


def test_hazards_are_found_again():
    fitted = fit_stock(live(1, regions=6, mean=300)[0])
    assert fitted.lag.granted[:6] == pytest.approx(GRANT, abs=0.03)
    assert fitted.lag.refused[:6] == pytest.approx(REFUSE, abs=0.03)
    assert fitted.lapse.hazard[2:12] == pytest.approx(LAPSE[2:12], abs=0.03)
    assert fitted.lapse.hazard[20] == 1.0


@pytest.mark.slow
def test_what_comes_lies_in_nine_of_ten_intervals_and_the_middle_is_not_off():
    inside, sides = [], []
    for seed in range(4):
        counts, after = live(seed)
        made = forecast_stock(counts, 2020, settings=FEW)
        for year, stocks in after.items():
            for code, value in stocks.items():
                fan = made.of(code).fan["stock"]
                column = made.years.index(year)
                inside.append(fan["q05"][column] <= value <= fan["q95"][column])
                sides.append(value > fan["q50"][column])
    assert 0.83 <= np.mean(inside) <= 1.0
    assert 0.3 <= np.mean(sides) <= 0.7


def test_regions_add_up_and_the_sum_is_relatively_surer_than_its_parts():
    counts, _ = live(3)
    made = forecast_stock(counts, 2019, settings=FEW)
    parts = [region for region in made.regions if region.region]
    whole = made.of("")
    assert whole.opening == sum(region.opening for region in parts)
    width = [
        (r.fan["stock"]["q95"][1] - r.fan["stock"]["q05"][1]) / r.fan["stock"]["q50"][1]
        for r in (whole, parts[0])
    ]
    assert width[0] < width[1]


def test_a_goal_has_the_probability_that_its_fan_says():
    counts, _ = live(2)
    goals = (StockGoal("", 2019, 1e9), StockGoal("", 2019, 1.0), StockGoal("450302", 2019, 0.0))
    made = forecast_stock(counts, 2019, goals, FEW)
    assert [goal.probability for goal in made.goals] == [0.0, 1.0, 1.0]
    middle = made.of("450303").fan["stock"]["q50"][1]
    again = forecast_stock(counts, 2019, (StockGoal("450303", 2019, middle),), FEW)
    assert again.goals[0].probability == pytest.approx(0.5, abs=0.05)


def test_sums_of_grants_count_what_was_granted_before():
    counts, _ = live(2)
    made = forecast_stock(counts, 2019, settings=FEW)
    middle = sum(made.of("").fan["grants"]["q50"])
    goals = (
        StockGoal("", 2019, middle + 500, "grants", before=500),
        StockGoal("", 2019, middle + 500, "grants"),
    )
    with_before, without = forecast_stock(counts, 2019, goals, FEW).goals
    assert with_before.probability == pytest.approx(0.5, abs=0.1)
    assert without.probability < 0.05


def test_levers_are_told_for_goals_that_are_unlikely_and_only_for_those():
    counts, _ = live(4)
    stock = forecast_stock(counts, 2020, settings=FEW).of("").fan["stock"]["q50"][-1]
    goals = (
        StockGoal("", 2020, stock * 1.08),
        StockGoal("", 2020, stock * 0.8),
        StockGoal("", 2020, stock * 9),
    )
    near, reached, far = forecast_stock(counts, 2020, goals, StockForecastSettings(simulations=300)).goals
    assert near.levers
    assert 0 < near.levers.avoided_lapses < 1
    assert 1 < near.levers.grant_factor < 3
    assert reached.levers is None
    assert far.levers
    assert (far.levers.filing_growth, far.levers.grant_factor, far.levers.avoided_lapses) == (
        None,
        None,
        None,
    )


def test_without_any_lapse_known_a_prior_stands_in_and_says_so():
    counts, _ = live(5)
    blind = RegisterCounts(counts.at, counts.filings, counts.outcomes, counts.stock, [], all_known=True)
    made = forecast_stock(blind, 2018, settings=FEW)
    assert "0个年龄段" in made.assumptions[1].zh
    assert made.lapse["hazard"][3] == pytest.approx(0.17 * 1.6)


def test_months_that_are_known_late_are_brought_to_what_they_will_be():
    counts, _ = live(6, regions=1)
    months = [(year, month) for year in range(2014, 2018) for month in range(1, 13)]
    late = [
        {"month": f"{year}-{month:02}", "delay": delay, "filings": amount}
        for year, month in months
        for delay, amount in ((0, 2), (6, 3), (18, 5))
        if (2017 - year) * 12 + 12 - month >= delay
    ]
    known = {2016: 0.5 * 0.55 + 0.5, 2017: 0.35}  # 2017: 2 of 10 for half a year, 5 of 10 for the other
    thinned = [row | {"filings": row["filings"] * known.get(row["year"], 1.0)} for row in counts.filings]
    seen = RegisterCounts(counts.at, thinned, counts.outcomes, counts.stock, counts.lapses, late=late)
    made = forecast_stock(seen, 2019, settings=FEW)
    assert made.completeness["2017"] == pytest.approx(0.35, abs=0.001)
    assert made.completeness["2015"] == 1.0
    last = made.nowcast[-1]
    assert (last["month"], last["known"], last["expected"]) == ("2017-12", 2, 10)
    assert last["low"] < 10 < last["high"]


def test_an_unpublished_year_is_not_taken_for_a_fall():
    counts, _ = live(7)
    cut = [row | {"filings": row["filings"] * (0.3 if row["year"] >= 2016 else 1)} for row in counts.filings]
    blind = RegisterCounts(counts.at, cut, counts.outcomes, counts.stock, counts.lapses)
    assert blind.last_complete() == 2015
    middle = forecast_stock(blind, 2018, settings=FEW).of("").fan["filings"]["q50"][0]
    assert middle == pytest.approx(320, rel=0.15)


def test_the_rest_of_a_year_is_less_than_a_year():
    counts, _ = live(8)
    half = RegisterCounts(
        date(2018, 6, 30), counts.filings, counts.outcomes, counts.stock, counts.lapses, all_known=True
    )
    made = forecast_stock(half, 2019, settings=FEW)
    assert made.years == (2018, 2019)
    filings = made.of("").fan["filings"]["q50"]
    assert filings[0] == pytest.approx(filings[1] / 2, rel=0.15)


def test_the_same_seed_gives_the_same_document_and_it_is_plain():
    counts, _ = live(9, regions=2)
    goal = (StockGoal("", 2019, 900.0),)
    first, second = (forecast_stock(counts, 2019, goal, FEW).document() for _ in range(2))
    assert json.dumps(first, allow_nan=False) == json.dumps(second, allow_nan=False)


def test_a_simulated_register_says_so():
    counts, _ = live(9, regions=1, simulated=True)
    made = forecast_stock(counts, 2018, settings=FEW)
    assert made.simulated
    assert made.assumptions[-1].zh == "登记数据为模拟数据"


@pytest.mark.slow
def test_seventeen_counties_with_two_thousand_simulations_take_seconds():
    counts, _ = live(1, regions=17)
    goals = tuple(StockGoal(code, 2020, 400.0) for code in [*counts.regions, ""])
    began = time.process_time()
    made = forecast_stock(counts, 2020, goals)
    assert len(made.regions) == 18
    assert time.process_time() - began < 20


def test_the_goals_of_a_plan_are_asked_of_the_register():
    guilin = Plans()["guilin-2016-2020"]
    counts, _ = live(1, regions=2)
    found = {(goal.target, goal.region): goal for goal in goals_of(guilin, counts)}
    assert (found["T003", ""].value, found["T003", ""].of, found["T003", ""].year) == (6600, "stock", 2020)
    assert found["T003", "450302"].value == 228  # the annex, Xiufeng in 2020
    filed = sum(row["filings"] for row in counts.filings if row["year"] >= 2016)
    assert (found["T001", ""].before, found["T001", ""].value) == (filed, 28300)
    assert found["T001", "450302"].value == 301 + 322 + 344 + 366 + 390
    made = forecast_stock(counts, 2020, tuple(found.values()), FEW)
    assert {goal.target for goal in made.goals} == {"T001", "T002", "T003"}


def test_a_register_without_the_regions_and_a_year_that_is_over_are_refused():
    counts, _ = live(1, regions=1)
    with pytest.raises(NotComparable, match="not after"):
        forecast_stock(counts, 2017)
    with pytest.raises(NotComparable, match="no application"):
        forecast_stock(RegisterCounts(counts.at, [], [], [], []), 2018)
