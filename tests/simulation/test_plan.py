# SPDX-License-Identifier: Apache-2.0
"""The plan says how many applications there are; its sums are the scenario's figures."""

from __future__ import annotations

import pytest

from zhihang.errors import DefinitionError
from zhihang.simulation.county import County, counties_of
from zhihang.simulation.draws import Draws
from zhihang.simulation.load import load_office, load_scenario
from zhihang.simulation.plan import Plan, make_plan
from zhihang.simulation.scenario import Scenario, Series

LAST = 2018


@pytest.fixture(scope="module")
def guilin() -> tuple[Scenario, tuple[County, ...]]:
    scenario = load_scenario("450300")
    return scenario, counties_of("450300", scenario, load_office(), Draws(1))


@pytest.fixture(scope="module")
def plan(guilin: tuple[Scenario, tuple[County, ...]]) -> Plan:
    return make_plan(guilin[0], guilin[1], LAST, 1.0)


def grants(plan: Plan, year: int) -> int:
    return sum(
        int(cells.count[(cells.granted == year) & (cells.bought == 0)].sum())
        for (kind, _), cells in plan.cells.items()
        if kind == "invention"
    )


def test_filings_are_those_of_the_scenario(plan):
    assert [plan.cells["invention", year].filed_inside for year in (2006, 2015, 2017)] == [208, 5611, 6562]
    assert sum(plan.cells["invention", year].filed_inside for year in range(2011, 2016)) == 13_578


def test_grants_are_those_of_the_scenario(plan):
    assert sum(grants(plan, year) for year in range(2006, 2011)) == 489
    assert sum(grants(plan, year) for year in range(2011, 2016)) == 2_024
    assert grants(plan, 2017) == 785


def test_counties_keep_their_share_of_filings_and_grants(plan):
    cells = plan.cells["invention", 2015]
    qixing = next(i for i, county in enumerate(plan.counties) if county.name == "七星区")
    inside = cells.bought == 0
    filed = cells.count[inside & (cells.county == qixing)].sum() / cells.count[inside].sum()
    granted = inside & (cells.granted > 0)
    assert filed == pytest.approx(0.50342, abs=0.001)
    share = cells.count[granted & (cells.county == qixing)].sum() / cells.count[granted].sum()
    assert share == pytest.approx(1692 / 2665, abs=0.01)


def test_rights_bought_from_outside_were_filed_outside(plan):
    for (_, year), cells in plan.cells.items():
        for county, granted, bought in zip(cells.county, cells.granted, cells.bought, strict=True):
            assert plan.counties[county].inside == (bought == 0)
            assert bought == 0 or year < granted < bought


def test_a_scale_multiplies_and_keeps_five_year_sums(guilin):
    small = make_plan(guilin[0], guilin[1], LAST, 0.1)
    total = sum(small.cells["invention", year].filed_inside for year in range(2011, 2016))
    assert total == pytest.approx(1357.8, abs=1)


def test_what_happens_does_not_depend_on_where_one_looks(guilin, plan):
    shorter = make_plan(guilin[0], guilin[1], 2012, 1.0)
    assert shorter.years == plan.years
    for key, cells in shorter.cells.items():
        assert cells.count.tolist() == plan.cells[key].count.tolist()
        assert cells.granted.tolist() == plan.cells[key].granted.tolist()


def test_more_grants_than_filings_are_a_fault_of_the_scenario(guilin):
    scenario, counties = guilin
    course = scenario.kinds["invention"]
    greedy = course.model_copy(
        update={"grants": [Series(source="own", status="assumed", values={2010: 5000})]}
    )
    broken = scenario.model_copy(update={"kinds": {**scenario.kinds, "invention": greedy}})
    with pytest.raises(DefinitionError, match="grants more inventions than its filings allow"):
        make_plan(broken, counties, LAST, 1.0)
