# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of statistics tables: what it recognises, what goes where, nothing lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from zhihang.facts.published_statistics import published_files
from zhihang.ingestion.draft import Draft
from zhihang.ingestion.normalise import Habits, Normalised, normalise
from zhihang.ingestion.readers.statistics_table import statistics_table
from zhihang.ingestion.sample import take_sample
from zhihang.ingestion.source import Source

SAMPLES = Path(__file__).parents[2] / "samples" / "statistics_table"


def drafts(path: Path) -> list[Draft]:
    source = Source(path)
    return list(statistics_table.read(source, take_sample(source)))


def normalised(path: Path) -> list[Normalised]:
    return [normalise(draft, Habits.of(statistics_table)) for draft in drafts(path)]


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_text(text, encoding=encoding)
    return path


def raw_rows(path: Path) -> list[dict[str, object]]:
    rows = [row for draft in drafts(path) for row in draft.table("observation").to_pylist()]
    return [{name: value for name, value in row.items() if value is not None} for row in rows]


@pytest.mark.parametrize("name", ["chinese", "english"])
def test_a_sample_gives_the_raw_rows_beside_it(name):
    expected = json.loads((SAMPLES / "expected.json").read_text("utf-8"))[name]
    assert raw_rows(SAMPLES / f"{name}.csv") == expected


def test_chinese_and_english_tables_are_recognised_and_patent_tables_are_not(tmp_path):
    assert statistics_table.recognise(take_sample(Source(SAMPLES / "chinese.csv"))) > 0.9
    assert statistics_table.recognise(take_sample(Source(SAMPLES / "english.csv"))) > 0.9
    patents = write(tmp_path / "p.csv", "申请号,申请日,名称,单位\nCN201510000001.X,2015-01-01,一种样例,件\n")
    assert statistics_table.recognise(take_sample(Source(patents))) == 0


def test_lines_are_those_of_the_file():
    assert [draft.lines for draft in drafts(SAMPLES / "chinese.csv")] == [[3, 4, 5, 6, 7, 8, 9]]


def test_the_encoding_does_not_matter(tmp_path):
    text = (SAMPLES / "chinese.csv").read_text("utf-8")
    for encoding in ("gb18030", "utf-8-sig", "utf-16"):
        assert raw_rows(write(tmp_path / f"{encoding}.csv", text, encoding)) == raw_rows(
            SAMPLES / "chinese.csv"
        )


def test_a_workbook_is_read_like_a_text(tmp_path):
    import xlsxwriter

    path = tmp_path / "statistics.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("数据")
        sheet.write_row(0, 0, ["行政区划代码", "地区名称", "年度", "指标名称", "指标值（万人）", "资料来源"])
        sheet.write_row(1, 0, [450300, "桂林市", 2015, "常住人口", 480.5, "样例公报"])
    (row,) = raw_rows(path)
    assert row == {
        "record": 0,
        "indicator": "常住人口",
        "region": "450300",
        "region_name": "桂林市",
        "period": "2015",
        "value": "480.5",
        "unit": "万人",
        "source": "样例公报",
    }


def test_a_table_without_a_region_speaks_of_the_whole_country(tmp_path):
    path = write(tmp_path / "t.csv", "year,indicator,value\n2015,filings,7\n")
    (found,) = normalised(path)
    (row,) = found.tables["observation"].to_pylist()
    assert row["region"] == "000000"
    assert "whole country" in row["note"]


def test_every_row_is_an_observation_or_is_refused():
    (found,) = normalised(SAMPLES / "chinese.csv")
    stored = found.tables["observation"].num_rows
    assert (found.records, stored, found.rejected) == (7, 4, 3)


def test_the_shipped_statistics_are_read_without_any_refusal():
    for path in published_files():
        for found in normalised(path):
            assert "rejection" not in found.tables, path.name
            assert found.tables["observation"].num_rows == found.records


COUNTS = {
    "patent_actuals.csv": 1018,
    "patent_actuals_guangxi_cities.csv": 167,
    "guangxi_economy_2016_2017.csv": 228,
    "population_gdp_guangxi.csv": 39,
    "guangxi_ip_counts.csv": 13,
    "industry_economics_cn.csv": 422,
    "rd_expenditure_provinces.csv": 96,
}


@pytest.mark.parametrize("name", COUNTS)
def test_real_tables_of_statistics_go_in_whole(shared, name):
    found = normalised(shared / "data" / "reference" / name)
    assert sum(part.tables["observation"].num_rows for part in found) == COUNTS[name]
    assert all("rejection" not in part.tables for part in found)


def test_values_of_real_tables_stand_where_they_belong(shared):
    def rows(name: str) -> list[dict[str, object]]:
        return [
            row
            for part in normalised(shared / "data" / "reference" / name)
            for row in part.tables["observation"].to_pylist()
        ]

    actual = {
        (r["indicator"], r["region"], r["period"], r["period_kind"]): r for r in rows("patent_actuals.csv")
    }
    assert actual["inventions_in_force", "000000", "2012-03", "stock"]["value"] == 340_248
    assert actual["invention_filings", "450300", "2011/2015", "five_year"]["value"] == 13_578
    assert actual["inventions_per_10k", "450000", "2015", "stock"]["value"] == 2
    industry = [
        r
        for r in rows("industry_economics_cn.csv")
        if r["indicator"] == "employment" and r["period"] == "2023"
    ]
    # The same industry is counted in two scopes; the scope keeps them apart.
    assert len({r["dimension"] for r in industry}) == len(industry)
