# SPDX-License-Identifier: Apache-2.0
"""The economy of a simulated region: marked, consistent, the firms those of the register, the same for the same seed."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from zhihang.ingestion.reader import readers
from zhihang.ingestion.sniff import sniff
from zhihang.ingestion.source import sources
from zhihang.simulation.simulate import Simulated, simulate

PARTS = ("enterprises", "industries", "parks")


def rows(made: Simulated, part: str) -> list[dict[str, str]]:
    (path,) = (path for path in made.paths if f"-{part}-" in path.name)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Simulated:
    return simulate("450300", 2015, 2017, seed=3, to=tmp_path_factory.mktemp("region"), scale=0.02)


def test_every_row_carries_the_mark_and_every_file_is_known(made):
    names = {"enterprises": "enterprise_table", "industries": "industry_table", "parks": "park_table"}
    for part, reader in names.items():
        assert {row["出处"] for row in rows(made, part)} == {"模拟数据"}
        (source,) = sources(next(path for path in made.paths if f"-{part}-" in path.name))
        found = sniff(source, readers())
        assert (found.reader.name, found.simulated) == (reader, True)


def test_industries_are_the_sums_of_the_firms_above_designated_size(made):
    firms = [row for row in rows(made, "enterprises") if row["年份"] == "2017" and row["是否规上"] == "是"]
    stated = {row["行业代码"]: row for row in rows(made, "industries") if row["年份"] == "2017"}
    for division, row in stated.items():
        held = [firm for firm in firms if division in ("合计", firm["行业代码"][:2])]
        assert int(row["企业数（家）"]) == len(held)
        assert int(row["从业人员平均人数（人）"]) == sum(int(firm["从业人员平均人数（人）"]) for firm in held)
        revenue = sum(float(firm["营业收入（万元）"]) for firm in held)
        assert float(row["营业收入（万元）"]) == pytest.approx(revenue, abs=0.01 * (len(held) + 1))
    assert set(stated) == {firm["行业代码"][:2] for firm in firms} | {"合计"}


def test_figures_of_a_firm_fit_each_other(made):
    for row in rows(made, "enterprises"):
        staff, revenue = int(row["从业人员平均人数（人）"]), float(row["营业收入（万元）"])
        assert staff >= 1
        assert int(row["研发人员（人）"]) <= staff
        assert float(row["专利产品销售收入（万元）"]) <= revenue
        assert (row["是否规上"] == "是") == (revenue >= 2000)


def test_firms_with_patents_stand_in_the_register_by_name_or_code(made):
    with made.paths[0].open(encoding="utf-8-sig", newline="") as stream:
        register = list(csv.DictReader(stream))
    inside = [row for row in register if row["申请人城市"] == "桂林市" and row["申请人类型"] == "企业"]
    filers = {row["统一社会信用代码"] for row in inside} - {""}
    known = {row["统一社会信用代码"] for row in rows(made, "enterprises")}
    assert len(filers & known) > 0.5 * len(filers)  # one firm in ten has no code here, and some have ended


def test_parks_are_those_the_firms_name(made):
    named = {row["所在园区"] for row in rows(made, "enterprises")} - {""}
    assert named <= {row["园区名称"] for row in rows(made, "parks")}


@pytest.mark.slow
def test_the_same_seed_gives_the_same_economy(made, tmp_path: Path):
    again = simulate("450300", 2015, 2017, seed=3, to=tmp_path, scale=0.02)
    for part in PARTS:
        assert rows(again, part) == rows(made, part)
