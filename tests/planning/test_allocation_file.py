# SPDX-License-Identifier: Apache-2.0
"""Scenarios are files: divisions by name or code, all faults at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhihang.errors import DefinitionError, NotFound
from zhihang.planning.allocate import allocate
from zhihang.planning.allocation_file import load_request
from zhihang.planning.plan_file import Plans

SCENARIO = """
method: capacity
floor: 50
least_growth: {all: 0.02, 城区: 0.05}
groups: {城区: [秀峰区, "450303"]}
bounds: [{region: 灵川县, year: 2017, most: 300}]
locks: {阳朔县: {2017: 80}}
residual: 七星区
"""


def test_divisions_are_known_by_printed_name_and_by_code(tmp_path: Path) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    request = load_request(path, Plans()["guilin-2016-2020"])
    assert request.groups == {"450302": "城区", "450303": "城区"}
    assert request.least_growth == {"": 0.02, "城区": 0.05}
    assert request.bounds == {("450323", 2017): (None, 300)}
    assert (request.locks, request.residual) == ({("450321", 2017): 80}, "450305")


def test_a_scenario_is_kept_in_every_cell(tmp_path: Path) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    plan = Plans()["guilin-2016-2020"]
    found = allocate(plan, "T001", load_request(path, plan))
    assert found.value("450321", 2017) == 80
    assert found.value("450323", 2017) == 300
    assert min(cell.value for cell in found.cells) >= 50
    assert found.value("450302", 2017) >= 1.05 * found.value("450302", 2016)
    assert sum(cell.value for cell in found.cells if cell.period == 2018) == 5660


def test_all_faults_of_a_scenario_are_told(tmp_path: Path) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_text("method: fixed\nflor: 3\nclosing: 2\n", encoding="utf-8")
    with pytest.raises(DefinitionError) as told:
        load_request(path, Plans()["guilin-2016-2020"])
    faults = told.value.facts["faults"]
    assert "flor: not a known key, close to floor" in faults
    assert "method:" in faults
    assert "closing:" in faults


def test_an_unknown_division_names_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_text("method: fixed_share\nlocks: {灵山县县: {2017: 1}}\n", encoding="utf-8")
    with pytest.raises(NotFound, match="灵山县县"):
        load_request(path, Plans()["guilin-2016-2020"])
