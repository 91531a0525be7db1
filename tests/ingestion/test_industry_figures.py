# SPDX-License-Identifier: Apache-2.0
"""Tests of statistics with one value per row that become rows of industries, and of lists of recognised enterprises."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from tests.ingestion.test_normalise_form import shown, taken

HEAD = "年份,行业代码,指标,数值,单位,统计范围,出处"
CLASSES = """
columns:
  year: industry.year
  category: industry.industry
  value_added_100m_cny: industry.value_added
  note: industry.series
  source_title: industry.source
units: {industry.value_added: 亿元}
"""


def test_values_of_one_industry_year_scope_and_source_stand_in_one_row(tmp_path):
    text = (
        f"{HEAD}\n2023,39,employment,10,万人,规模以上,甲\n2023,39,rd_expenditure,2,亿元,规模以上,甲\n"
        "2023,39,operating_revenue,50,亿元,全部工业,甲\n2023,39,total_assets,7,亿元,规模以上,甲\n"
    )
    name, rejected, tables, told = taken(tmp_path / "long.csv", text)
    assert (name, rejected, told) == ("statistics_table", 0, [])
    assert len(tables["observation"]) == 4  # every value stays an observation, also those without a column
    assert shown(tables["industry_year"], "industry", "scope", "employment", "rd", "revenue") == [
        {"industry": "39", "scope": "above_scale", "employment": 100_000, "rd": 2e8, "revenue": None},
        {"industry": "39", "scope": "all_industry", "employment": None, "rd": None, "revenue": 5e9},
    ]


def test_statistics_that_name_no_industry_stay_observations_only(tmp_path):
    text = "地区,年份,指标,数值,单位\n桂林市,2020,专利授权量,5,件\n"
    _, _, tables, _ = taken(tmp_path / "long.csv", text)
    assert "industry_year" not in tables


def test_the_national_value_added_goes_in_by_a_mapping_with_its_series(tmp_path):
    mapping = tmp_path / "classes.yaml"
    mapping.write_text(CLASSES, encoding="utf-8")
    text = (
        "year,category,value_added_100m_cny,note,source_title\n"
        "2022,专利密集型产业,153176,占GDP 12.71%,甲\n2023,专利密集型产业,168713,占GDP 13.04%; 第五次经济普查口径,乙\n"
        "2023,新材料制造业,17310,第五次经济普查口径,乙\n"
    )
    _, rejected, tables, told = taken(tmp_path / "va.csv", text, mapping)
    assert (rejected, told) == (0, [])
    rows = shown(tables["industry_year"], "industry", "industry_edition", "year", "series", "value_added")
    edition = "专利密集型产业统计分类(2019)"
    assert rows == [
        {
            "industry": "PI",
            "industry_edition": edition,
            "year": 2022,
            "series": None,
            "value_added": 153176e8,
        },
        {
            "industry": "PI",
            "industry_edition": edition,
            "year": 2023,
            "series": "第五次经济普查",
            "value_added": 168713e8,
        },
        {
            "industry": "PI04",
            "industry_edition": edition,
            "year": 2023,
            "series": "第五次经济普查",
            "value_added": 17310e8,
        },
    ]


def test_the_parts_of_the_real_value_added_sum_to_the_total(shared, tmp_path):
    mapping = tmp_path / "classes.yaml"
    mapping.write_text(CLASSES, encoding="utf-8")
    path = shared / "data/reference/patent_intensive_value_added_cn.csv"
    _, rejected, tables, _ = taken(tmp_path / "va.csv", path.read_text("utf-8-sig"), mapping)
    assert rejected == 0
    held = {(row["year"], row["industry"]): row["value_added"] for row in tables["industry_year"]}
    for year, apart in (
        (2018, 0),
        (2019, 0),
        (2022, 0),
        (2023, 0),
        (2024, 1e8),
    ):  # 2024 is rounded at the source
        parts = sum(held[year, f"PI{number:02}"] for number in range(1, 8))
        assert abs(parts - held[year, "PI"]) == pytest.approx(apart, abs=1e6)
    series = {row["year"]: row["series"] for row in tables["industry_year"] if row["industry"] == "PI"}
    assert (series[2022], series[2023]) == (None, "第五次经济普查")


def test_employment_and_research_of_the_real_divisions_stand_apart_by_scope(shared, tmp_path):
    path = shared / "data/reference/industry_economics_cn.csv"
    _, rejected, tables, told = taken(tmp_path / "economy.csv", path.read_text("utf-8-sig"))
    assert (rejected, told) == (0, [])
    rows = tables["industry_year"]
    census = [row for row in rows if row["scope"] == "all_industry" and len(row["industry"]) == 2]
    assert len(census) == 41
    assert all(row["employment"] and row["rd"] is None for row in census)
    assert sum(row["employment"] for row in census) == pytest.approx(
        114_289_000, rel=1e-5
    )  # the communique's total
    assert {row["employment"] for row in rows if row["scope"] == "above_scale"} == {None}


def test_output_of_the_cities_of_guangxi_goes_in_and_sums_to_about_the_region(shared, tmp_path):
    path = shared / "data/reference/guangxi_economy_2016_2017.csv"
    _, _, tables, _ = taken(tmp_path / "guangxi.csv", path.read_text("utf-8-sig"))
    output = {
        (row["region"], row["year"]): row["gross_output"]
        for row in tables["industry_year"]
        if row["gross_output"]
    }
    assert output["450000", 2017] == pytest.approx(27138.43e8)
    for year in (2016, 2017):
        cities = sum(value for (region, when), value in output.items() if region != "450000" and when == year)
        assert cities == pytest.approx(output["450000", year], rel=0.002)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        groups = [
            float(row["value"])
            for row in csv.DictReader(stream)
            if row["industry_group"]
            and row["year"] == "2017"
            and row["indicator"].startswith("industrial_gross")
        ]
    assert sum(groups) * 1e8 == pytest.approx(output["450000", 2017])


LIST = "企业名称,资质,认定日期,有效期至,证书编号\n"


def test_a_list_of_recognised_enterprises_is_read(tmp_path):
    text = f"{LIST}甲公司,国家知识产权优势企业,2019-01-01,2021-12-31,A1\n乙公司,贯标企业,2019年3月5日,,B2\n"
    name, rejected, tables, told = taken(tmp_path / "list.csv", text)
    assert (name, rejected, told) == ("recognition_table", 0, [])
    assert shown(tables["recognition"], "name", "title", "valid_from", "valid_until") == [
        {
            "name": "甲公司",
            "title": "ip_advantage",
            "valid_from": date(2019, 1, 1),
            "valid_until": date(2021, 12, 31),
        },
        {"name": "乙公司", "title": "ip_certified", "valid_from": date(2019, 3, 5), "valid_until": None},
    ]


def test_a_title_nobody_knows_and_a_day_that_is_none_are_told(tmp_path):
    text = f"{LIST}甲公司,最美企业,2019-01-01,,\n乙公司,贯标企业,2019,,\n丙公司,贯标企业,2019-01-01,待定日,\n"
    _, rejected, tables, told = taken(tmp_path / "list.csv", text)
    assert rejected == 2
    assert [row["name"] for row in tables["recognition"]] == ["丙公司"]
    assert {row["value"] for row in told} >= {"最美企业", "2019", "待定日"}


def test_the_template_of_lists_is_read_back(tmp_path: Path):
    from zhihang.facts.codelist import CodeLists
    from zhihang.reporting.template import template

    columns = template("recognition", CodeLists()).columns
    assert [column.heading for column in columns if column.required] == ["企业名称", "资质名称", "有效期起"]
    header = ",".join(column.heading for column in columns)
    cells = {"企业名称": "甲公司", "资质名称": "高新技术企业", "有效期起": "2020-01-01"}
    line = ",".join(cells.get(column.heading, "") for column in columns)
    name, _, tables, told = taken(tmp_path / "template.csv", f"{header}\n{line}\n")
    assert (name, told, len(tables["recognition"])) == ("recognition_table", [], 1)
