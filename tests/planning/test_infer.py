# SPDX-License-Identifier: Apache-2.0
"""The rules behind the two annexes of the Guilin plan, and the cells that break them."""

from __future__ import annotations

import pytest

from zhihang.errors import DefinitionError, NotFound
from zhihang.planning.infer import infer
from zhihang.planning.plan_file import Plans

POOLED = {
    "450323": 2.994, "450324": 1.658, "450325": 2.966, "450326": 3.058, "450321": 0.963, "450327": 1.397,
    "450328": 0.931, "450329": 1.012, "450330": 1.559, "450381": 2.338, "450332": 1.996, "450312": 5.827,
    "450304": 9.170, "450302": 6.077, "450303": 4.843, "450305": 50.342, "450311": 2.868,
}  # fmt: skip


def test_annex_2_has_fixed_shares_with_one_exception() -> None:
    found = infer(Plans()["guilin-2016-2020"], "T001")
    assert found.rule == "fixed_share_residual"
    assert found.parameters["residual"] == "450305"
    assert (found.parameters["agreeing"], found.parameters["cells"]) == (84, 85)
    assert [(c["region"], c["period"], c["printed"], c["fitted"]) for c in found.exceptions] == [
        ("450321", 2017, 50, 51)
    ]


def test_its_shares_are_those_of_the_five_years_together() -> None:
    shares = infer(Plans()["guilin-2016-2020"], "T001").parameters["shares"]
    assert {code: round(100 * share, 2) for code, share in shares.items()} == pytest.approx(POOLED, abs=0.008)


def test_annex_1_is_a_ladder_with_steps_and_a_residual() -> None:
    found = infer(Plans()["guilin-2016-2020"], "T003")
    assert found.rule == "growth_ladder_residual"
    assert found.parameters["residual"] == "450305"
    [ladder] = found.parameters["ladders"]
    assert ladder["rates"] == {2017: 0.3, 2018: 0.2, 2019: 0.15, 2020: 0.1}
    assert set(ladder["regions"]) == {
        "450323", "450325", "450326", "450381", "450312", "450302", "450303", "450311", "450304",
    }  # fmt: skip
    assert [(c["region"], c["period"], c["printed"], c["fitted"]) for c in found.exceptions] == [
        ("450304", 2017, 276, 278)
    ]


def test_the_steps_of_small_counties_are_given_and_claim_nothing() -> None:
    found = infer(Plans()["guilin-2016-2020"], "T003")
    steps = found.parameters["steps"]
    assert steps["450327"] == steps["450332"] == {2017: 4, 2018: 5, 2019: 5, 2020: 5}
    assert len(steps) == 7
    given = {cell["region"] for cell in found.cells if cell["given"] and cell["period"] == 2020}
    assert given == set(steps)


def test_the_residual_grows_faster_than_the_ladder_every_year() -> None:
    found = infer(Plans()["guilin-2016-2020"], "T003").parameters
    assert found["residual_growth"] == {2017: 0.4108, 2018: 0.3259, 2019: 0.2537, 2020: 0.1638}
    assert all(found["residual_growth"][year] > rate for year, rate in found["ladders"][0]["rates"].items())
    assert (found["residual_share"][2016], found["residual_share"][2020]) == (0.6349, 0.6997)


def test_the_document_holds_every_cell() -> None:
    document = infer(Plans()["guilin-2016-2020"], "T001").document()
    assert len(document["cells"]) == 85
    assert {"region", "period", "printed", "fitted"} <= document["cells"][0].keys()


def test_a_target_that_no_annex_splits_says_which_are_split() -> None:
    with pytest.raises(NotFound) as told:
        infer(Plans()["guilin-2016-2020"], "T002")
    assert told.value.facts["split by annexes"] == "T003, T001"


def test_a_table_with_a_hole_is_refused() -> None:
    plan = Plans()["guilin-2016-2020"]
    annex = plan.annexes[0]
    holed = annex.rows[0].model_copy(update={"values": (None, *annex.rows[0].values[1:])})
    broken = annex.model_copy(update={"rows": (holed, *annex.rows[1:])})
    with pytest.raises(DefinitionError, match="not a full table") as told:
        infer(plan.model_copy(update={"annexes": (broken,)}), "T003")
    assert told.value.facts["cells"] == "灵川县 2016"
