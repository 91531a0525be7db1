# SPDX-License-Identifier: Apache-2.0
"""Derive, measure, explain, decide and check from the command line, on a register of five lines."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from tests.command_line import Ran, zhihang

REGISTER = """\
申请号,申请日,公开公告号,公开公告日,授权公告日,专利名称,申请人,申请人地址,法律状态,IPC分类号
CN201410000001.6,2014-01-02,CN103000001B,2016-06-01,2016-06-01,飞行杯,桂林甲电子有限公司,广西桂林市七星区金鸡路1号,授权,A47G19/22
CN201410000003.5,2014-02-02,CN103000003B,2016-07-01,2016-07-01,电杯,桂林市甲電子有限公司,广西桂林市七星区金鸡路1号,授权,H01M10/05
CN201410000005.4,2014-03-02,CN103000005A,2015-09-01,,热杯,桂林医学院附属医院,广西桂林市秀峰区乐群路15号,实质审查,A61B5/00
CN201420000002.6,2014-03-04,CN203000002U,2014-09-10,2014-09-10,杯盖,张三,某某大院3号,授权,B65D43/02
CN201410000007.3,2014-05-05,CN103000007B,2016-08-01,2016-08-01,冷杯,南宁乙科技有限公司,广西南宁市青秀区民族大道1号,授权,F25D3/00
"""
POPULATION = """\
地区,时期,指标,数值,单位,出处
桂林市,2016年末,常住人口,500,万人,样例公报
桂林市,2016年末,有效发明专利拥有量,9,件,样例公报
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the register, a published population and all derived tables."""
    made = tmp_path_factory.mktemp("figures")
    (made / "register.csv").write_text(REGISTER, encoding="utf-8")
    (made / "population.csv").write_text(POPULATION, encoding="utf-8")
    place = made / "workspace"
    assert zhihang("-w", place, "init").code == 0
    assert zhihang("-w", place, "ingest", made / "register.csv").code == 0
    assert zhihang("-w", place, "import-observations", made / "population.csv").code == 0
    assert zhihang("-w", place, "derive").code == 0
    return place


@pytest.fixture
def run(folder: Path):
    def run(*words: object) -> Ran:
        return zhihang("-w", folder, *words)

    return run


def test_derived_tables_answer_to_sql(run):
    query = "SELECT count(DISTINCT organisation_id) AS n FROM party_organisation WHERE role = 'applicant'"
    assert run("query", query, "--format", "json").json == [{"n": 4}]  # two spellings of one firm
    assert run("derive", "--format", "json").json[0]["extent"] == "nothing"


def test_a_figure_has_the_fields_of_the_contract(run):
    ran = run("measure", "inventions_in_force", "--region", "450300", "--from", "2016", "--format", "json")
    (row,) = ran.json
    assert {"indicator", "region", "period", "value", "unit", "status", "reference"} <= row.keys()
    assert (row["indicator"], row["region"], row["period"], row["value"], row["unit"]) == (
        "inventions_in_force",
        "450300",
        "2016",
        2,
        "件",
    )


def test_figures_split_over_counties_add_up(run):
    ran = run(
        "measure", "发明专利申请量", "--region", "桂林市", "--by", "county", "--from", "2014", "-f", "json"
    )
    held = {row["region"]: row["value"] for row in ran.json if row["value"]}
    assert held == {"450302": 1, "450305": 2}


def test_a_table_with_a_column_for_each_figure_is_told_what_it_lacks(run, tmp_path: Path):
    wide = tmp_path / "wide.csv"
    wide.write_text("code,city,popu_2020,popu_2010\n450300,桂林市,4931137,4747963\n", encoding="utf-8")
    ran = run("import-observations", wide)
    assert ran.code == 2
    assert "one value per row" in ran.err
    assert "popu_2020" in ran.err
    assert "KeyError" not in ran.err


def test_published_stands_beside_computed(run):
    ran = run(
        *[
            "measure",
            "inventions_in_force",
            "--region",
            "450300",
            "--from",
            "2016",
            "--basis",
            "both",
            "-f",
            "csv",
        ]
    )
    rows = list(csv.DictReader(ran.out.splitlines()))
    assert [(row["value"], row["status"]) for row in rows] == [("2", "incomplete"), ("9", "published")]


def test_an_explanation_leads_to_file_and_line(run, tmp_path):
    page = tmp_path / "why.html"
    ran = run("explain", "inventions_per_10k", "--region", "450300", "--period", "2016", "--html", page)
    assert "= 2 / 5,000,000 x 10,000" in ran.out
    assert "register.csv, line 2" in ran.out
    assert "公布 published: 2016" in ran.out
    assert ", 5,000,000, 样例公报 (file" in ran.out
    assert "per 10,000" in ran.out
    assert "per" in page.read_text("utf-8")
    told = run("explain", "inventions_in_force", "--region", "450300", "--period", "2016", "-f", "json").json
    assert told["working"]["row_count"] == 2
    left_out = told["working"]["excluded"]
    assert "first applicant in no known division" not in left_out, "the one without a place is no invention"


def test_what_cannot_be_measured_is_said(run):
    unknown = run("measure", "inventions_in_forse", "--region", "450300", "--from", "2016")
    assert unknown.code == 2
    assert "inventions_in_force" in unknown.err
    flow = run("measure", "invention_filings", "--region", "450300", "--at", "2016-05-01")
    assert flow.code == 2
    assert "A flow has no value on one day." in flow.err
    assert run("measure", "grants", "--region", "桂花省", "--from", "2016").code == 2


def test_doubtful_cases_are_listed_and_answered(folder, tmp_path):
    own = tmp_path / "copy"
    shutil.copytree(folder, own)
    cases = tmp_path / "cases.csv"
    assert zhihang("-w", own, "review", "place", "--to", cases).code == 0
    rows = list(csv.DictReader(cases.read_text("utf-8-sig").splitlines()))
    assert [row["case"] for row in rows] == ["某某大院3号"]
    rows[0]["answer"] = "桂林市临桂区"
    with cases.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    nobody = zhihang("-w", own, "review", "--answers", cases)
    assert nobody.code == 2
    assert "nobody is named as deciding" in nobody.err
    assert zhihang("-w", own, "review", "--answers", cases, "--by", "李某").code == 0
    zhihang("-w", own, "derive", "party_region")
    query = "SELECT region FROM party_region WHERE application_id = 'CN201420000002' AND role = 'applicant'"
    assert zhihang("-w", own, "query", query, "-f", "json").json == [{"region": "450312"}]


def test_the_office_decides_on_organisations(folder, tmp_path):
    own = tmp_path / "copy"
    shutil.copytree(folder, own)
    decide = (
        "organisation",
        "merge",
        "南宁乙科技有限公司",
        "桂林甲电子有限公司",
        "--by",
        "李某",
        "--because",
        "并购",
    )
    decided = zhihang("-w", own, *decide)
    assert decided.code == 0
    assert "No file" not in decided.err
    unseen = ("organisation", "parent", decide[2], "不存在公司", *decide[4:])
    assert "has this name so far: 不存在公司" in zhihang("-w", own, *unseen).err
    zhihang("-w", own, "derive", "organisation")
    card = zhihang("-w", own, "show", "organisation", "南宁乙科技有限公司", "-f", "json").json
    assert {row["name"] for row in card["members"]} >= {"南宁乙科技有限公司", "桂林甲电子有限公司"}
    assert zhihang("-w", own, "organisation", "export", tmp_path / "decisions.csv").code == 0
    assert "并购" in (tmp_path / "decisions.csv").read_text("utf-8-sig")


def test_contradictions_are_found(run):
    assert isinstance(run("check", "--format", "json").json, list)


def test_tables_of_ones_own_are_placed_and_resolved(tmp_path):
    table = tmp_path / "firms.csv"
    table.write_text(
        "名称,地址\n桂林甲电子有限公司,广西桂林市临桂县某路1号\n桂林市甲電子有限公司,\n", "gb18030"
    )
    placed = zhihang("place", table, "--column", "地址", "--format", "json").json
    assert [row["region"] for row in placed] == ["450312", None]
    resolved = zhihang("resolve-names", table, "--column", "名称", "--format", "json").json
    assert len({row["cluster_id"] for row in resolved}) == 1
    wrong = zhihang("place", table, "--column", "住址")
    assert wrong.code == 2
    assert "地址" in wrong.err


def test_fees_that_fall_due_are_listed(run):
    ran = run("fees-due", "--region", "450300", "--at", "2016-12-31", "--format", "json")
    due = {row["application"]: (row["due_on"], row["fee_year"]) for row in ran.json}
    assert due["CN201410000001"] == ("2017-01-02", 4)
    assert "CN201410000007" not in due, "that one is in Nanning"
