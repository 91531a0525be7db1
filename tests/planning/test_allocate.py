# SPDX-License-Identifier: Apache-2.0
"""Targets are split exactly, every cell says why, locks and scenarios work, and what cannot be is told in words."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from zhihang.errors import DefinitionError, Infeasible, NotFound
from zhihang.planning.allocate import allocate
from zhihang.planning.allocation import METHODS, AllocationRequest, compare_allocations
from zhihang.planning.infer import infer
from zhihang.planning.plan import Plan
from zhihang.planning.plan_file import Plans

LINGCHUAN, YANGSHUO, QIXING = "450323", "450321", "450305"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return Plans()["guilin-2016-2020"]


def sums(found: object) -> dict[int, int]:
    added: dict[int, int] = {}
    for cell in found.cells:
        added[cell.period] = added.get(cell.period, 0) + cell.value
    return added


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("target", ["T001", "T003"])
def test_every_method_is_exact_and_gives_every_cell_a_reason(plan: Plan, method: str, target: str) -> None:
    found = allocate(plan, target, AllocationRequest(method, totals={2020: 7001}))
    assert sums(found) == dict(found.totals)
    assert found.totals[2020] == 7001
    assert len(found.cells) == 85
    assert all(cell.value >= 0 and cell.reason.zh and cell.reason.en for cell in found.cells)


def test_the_shares_behind_annex_2_give_it_again(plan: Plan) -> None:
    # Only Yangshuo 2017 is off, and with it the residual of that year.
    shares = infer(plan, "T001").parameters["shares"]
    found = allocate(plan, "T001", AllocationRequest("fixed_share", base=shares, rounding="residual"))
    annex = plan.annex("T001")
    off = [
        (row.name, year)
        for row in annex.rows
        for year, value in annex.path(row.region).items()
        if found.value(row.region, year) != value
    ]
    assert off == [("阳朔县", 2017), ("七星区", 2017)]


def test_the_ladder_of_annex_1_gives_its_middle_counties_again(plan: Plan) -> None:
    rates = {2017: 0.3, 2018: 0.2, 2019: 0.15, 2020: 0.1}
    found = allocate(plan, "T003", AllocationRequest("growth_ladder", ladder=[rates]))
    assert [found.value(LINGCHUAN, year) for year in range(2016, 2021)] == [66, 86, 103, 118, 130]
    reasons = {(cell.region, cell.period): cell.reason for cell in found.cells}
    assert reasons[LINGCHUAN, 2017].en == "Growth ladder: 66 × (1 + 30.0%) ≈ 86"
    assert reasons[QIXING, 2017].en.startswith("Takes the rest: 3,650 less all others is ")


def test_a_reason_says_share_total_and_rounding(plan: Plan) -> None:
    found = allocate(plan, "T001", AllocationRequest("fixed_share"))
    cell = next(cell for cell in found.cells if (cell.region, cell.period) == (LINGCHUAN, 2017))
    # Five years of Lingchuan are 849 of 28,352, that is 2.9945 %, of 5,300: 158.71.
    assert (cell.value, cell.reason.zh) == (159, "固定占比：5,300 × 2.994% = 158.71；进为159")


def test_locked_cells_stay_and_the_rest_is_solved_again(plan: Plan) -> None:
    request = AllocationRequest("fixed_share")
    free = allocate(plan, "T001", request)
    locked = allocate(plan, "T001", replace(request, locks={(YANGSHUO, 2017): 50}))
    assert free.value(YANGSHUO, 2017) == 51
    assert locked.value(YANGSHUO, 2017) == 50
    assert sums(locked) == dict(locked.totals)
    cell = next(cell for cell in locked.cells if (cell.region, cell.period) == (YANGSHUO, 2017))
    assert cell.reason.zh == "锁定为50"


def test_floors_raise_the_small_and_say_so(plan: Plan) -> None:
    found = allocate(plan, "T001", AllocationRequest("fixed_share", floor=60))
    cell = next(cell for cell in found.cells if (cell.region, cell.period) == (YANGSHUO, 2016))
    assert cell.value == 60
    assert "提高到下限60" in cell.reason.zh
    assert min(cell.value for cell in found.cells) == 60


def test_peer_groups_with_totals_of_their_own_are_split_apart(plan: Plan) -> None:
    districts = {"450302", "450303", "450304", "450305", "450311", "450312"}
    codes = [row.region for row in plan.annex("T001").rows]
    groups = {code: "urban" if code in districts else "county" for code in codes}
    given = {("urban", year): 4000 for year in range(2016, 2021)}
    found = allocate(plan, "T001", AllocationRequest("fixed_share", groups=groups, group_totals=given))
    urban = sum(cell.value for cell in found.cells if cell.period == 2016 and cell.region in districts)
    assert urban == 4000
    assert sums(found) == dict(found.totals)


def test_growth_by_peer_group_holds(plan: Plan) -> None:
    codes = [row.region for row in plan.annex("T003").rows]
    groups = {code: "small" if n < 11 else "large" for n, code in enumerate(codes)}
    found = allocate(plan, "T003", AllocationRequest("equal_growth", groups=groups, least_growth={"small": 0.25},
                                                     totals={2020: 7000}))  # fmt: skip
    for code in codes[:11]:
        path = [found.value(code, year) for year in range(2016, 2021)]
        assert all(after >= 1.25 * before for before, after in pairwise(path))


def test_both_margins_hold_where_divisions_have_totals_too(plan: Plan) -> None:
    codes = [row.region for row in plan.annex("T001").rows]
    rows = dict.fromkeys(codes, 1000) | {QIXING: 28352 - 16 * 1000}
    found = allocate(plan, "T001", AllocationRequest("fixed_share", row_totals=rows))
    assert sums(found) == dict(found.totals)
    for code in codes:
        assert sum(cell.value for cell in found.cells if cell.region == code) == rows[code]


def test_scenarios_stand_side_by_side(plan: Plan) -> None:
    rows = compare_allocations({
        "as before": allocate(plan, "T001", AllocationRequest("fixed_share")),
        "by people": allocate(plan, "T001", AllocationRequest("capacity")),
    })  # fmt: skip
    assert len(rows) == 85
    assert rows[0]["spread"] == abs(rows[0]["as before"] - rows[0]["by people"])


def test_capacities_name_their_source(plan: Plan) -> None:
    found = allocate(plan, "T001", AllocationRequest("capacity"))
    assert "census yearbook 2010" in found.assumptions[-1].en
    mixed = AllocationRequest(
        "capacity", capacity={"research": {row.region: 1 for row in plan.annex("T001").rows}}
    )
    assert allocate(plan, "T001", mixed).assumptions[-1].en == "Capacities: research 100%"


def test_least_values_above_the_total_are_told_in_words(plan: Plan) -> None:
    with pytest.raises(Infeasible) as told:
        allocate(plan, "T001", AllocationRequest("fixed_share", floor=400))
    assert str(told.value).startswith("The least values of 2016 add up to 6,800, the total is 4,950.")
    assert told.value.facts["apart by"] == "1,850"
    assert "6,800" in told.value.todo


def test_growth_that_the_totals_do_not_allow_is_told_with_the_change_that_helps(plan: Plan) -> None:
    with pytest.raises(Infeasible) as told:
        allocate(plan, "T001", AllocationRequest("fixed_share", least_growth={"": 0.08}))
    assert "2020 +" in told.value.facts["about the least change of totals that helps"]


def test_a_cell_with_crossed_bounds_is_named(plan: Plan) -> None:
    with pytest.raises(Infeasible, match="灵川县 has no possible value in 2017"):
        allocate(plan, "T001", AllocationRequest("fixed_share", bounds={(LINGCHUAN, 2017): (30, 20)}))


def test_an_unknown_method_names_those_there_are(plan: Plan) -> None:
    with pytest.raises(NotFound) as told:
        allocate(plan, "T001", AllocationRequest("fixed_shares"))
    assert "fixed_share" in told.value.facts["close to"]


def test_a_lock_on_an_unknown_division_is_refused(plan: Plan) -> None:
    with pytest.raises(NotFound, match="450399"):
        allocate(plan, "T001", AllocationRequest("fixed_share", locks={("450399", 2016): 1}))


@pytest.mark.parametrize("target", ["T005", "T004"])
def test_multiples_and_densities_are_not_split(plan: Plan, target: str) -> None:
    with pytest.raises(DefinitionError, match="do not add up"):
        allocate(plan, target, AllocationRequest("capacity"))


def test_controlled_rounding_keeps_five_years_of_every_county_within_one(plan: Plan) -> None:
    found = allocate(plan, "T001", AllocationRequest("fixed_share", rounding="controlled"))
    assert sums(found) == dict(found.totals)
    for row in plan.annex("T001").rows:
        # The shares are those of five years, so that five years of a county are what the annex prints.
        whole = sum(cell.value for cell in found.cells if cell.region == row.region)
        assert abs(whole - int(sum(row.values))) <= 1


def test_totals_below_zero_are_refused(plan: Plan) -> None:
    with pytest.raises(DefinitionError, match="whole numbers"):
        allocate(plan, "T001", AllocationRequest("fixed_share", totals={2016: -1}))


def test_without_an_annex_the_sum_is_spread_evenly_over_the_years(plan: Plan) -> None:
    found = allocate(plan, "T009", AllocationRequest("capacity"))
    assert dict(found.totals) == dict.fromkeys(range(2016, 2021), 1500)
    assert len(found.cells) == 85


def test_as_planned_gives_the_printed_table_and_a_lock_moves_only_what_it_must() -> None:
    plan = Plans()["guilin-2016-2020"]
    printed = {
        (row.region, year): value
        for row in plan.annex("T003").rows  # type: ignore[union-attr]
        for year, value in zip(range(2016, 2021), row.values, strict=True)
    }
    split = allocate(plan, "T003", AllocationRequest("as_planned"))
    assert {(cell.region, cell.period): cell.value for cell in split.cells} == printed
    # Qixing takes 60 fewer in 2020: the other divisions take exactly 60 more, each at least what is printed.
    fewer = printed["450305", 2020] - 60
    locked = allocate(plan, "T003", AllocationRequest("as_planned", locks={("450305", 2020): fewer}))
    changes = {
        cell.region: cell.value - printed[cell.region, 2020] for cell in locked.cells if cell.period == 2020
    }
    assert changes.pop("450305") == -60
    assert sum(changes.values()) == 60
    assert min(changes.values()) >= 0
