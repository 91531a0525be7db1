# SPDX-License-Identifier: Apache-2.0
"""Tests of tables of firms, industries and parks: recognised by content or by mapping, units checked, bad cells listed."""

from __future__ import annotations

from pathlib import Path

from zhihang.facts.codelist import CodeLists
from zhihang.ingestion.mapping import mapped_reader
from zhihang.ingestion.normalise import Habits, normalise
from zhihang.ingestion.reader import readers
from zhihang.ingestion.sniff import sniff
from zhihang.ingestion.source import sources

CODE = "91350100M000100Y43"
HEAD = (
    "企业名称,统一社会信用代码,行业代码,所在园区,从业人员平均人数,营业收入（万元）,工业总产值（万元）,"
    "研发费用（万元）,研发人员,年份"
)


def taken(path: Path, text: str, mapping: Path | None = None):
    """Rows by table, and what was refused, of a file read by the reader that knows it or by a mapping."""
    path.write_text(text, encoding="utf-8")
    (source,) = sources(path)
    if mapping is None:
        found = sniff(source, readers())
        reader, sample = found.reader, found.sample
    else:
        reader = mapped_reader(mapping)
        sample = reader.take(source)
    (draft,) = reader.read(source, sample)
    made = normalise(draft, Habits.of(reader))
    tables = {name: rows.to_pylist() for name, rows in made.tables.items()}
    return reader.name, made.rejected, tables, tables.pop("rejection", [])


def shown(rows, *columns: str):
    return [{name: row[name] for name in columns} for row in rows]


def test_a_row_fills_register_and_figures_and_money_is_kept_in_yuan(tmp_path):
    text = f"{HEAD}\n甲公司,{CODE},C3921,高新区,120,4500,5000,300,20,2020\n"
    name, _, tables, told = taken(tmp_path / "firms.csv", text)
    assert (name, told) == ("enterprise_table", [])
    assert shown(tables.get("enterprise", []), "enterprise", "industry", "industry_edition", "park") == [
        {"enterprise": CODE, "industry": "3921", "industry_edition": "GB/T 4754-2017", "park": "高新区"}
    ]
    figures = shown(
        tables.get("enterprise_year", []), "employees", "revenue", "output", "rd", "rd_staff", "year"
    )
    expected = {"employees": 120, "revenue": 45e6, "output": 5e7, "rd": 3e6, "rd_staff": 20, "year": 2020}
    assert figures == [expected]


def test_a_firm_without_figures_has_no_row_of_figures(tmp_path):
    _, _, tables, _ = taken(tmp_path / "firms.csv", f"{HEAD}\n甲公司,,3921,,,,,,,2020\n")
    assert shown(tables.get("enterprise_year", []), "name") == []
    assert shown(tables.get("enterprise", []), "enterprise") == [{"enterprise": "甲公司"}]


def test_yuan_and_ten_thousands_in_one_column_are_told_and_not_stored(tmp_path):
    # Row 2: 5,000 in 万元 is 50 million yuan. Row 3: written in yuan under 万元, 4.5e11 yuan for 120 people.
    text = f"{HEAD}\n甲,,3921,,120,4500,5000,,,2020\n乙,,3921,,120,4500,45000000,,,2020\n丙,,3921,,,300,45000000元,,,2020\n"
    _, _, tables, told = taken(tmp_path / "firms.csv", text)
    assert [(row["line"], row["column_name"]) for row in told] == [(3, "output")]
    assert "yuan and 万元 mixed" in told[0]["reason"]
    found = [row["output"] for row in shown(tables.get("enterprise_year", []), "output")]
    assert found == [5e7, None, 4.5e7]  # a cell that writes its own unit is read in it


def test_an_amount_without_any_unit_is_refused(tmp_path):
    text = "企业名称,行业代码,从业人员平均人数,营业收入,年份\n甲,3921,10,4500,2020\n"
    _, _, _tables, told = taken(tmp_path / "firms.csv", text)
    assert [(row["column_name"], row["value"]) for row in told] == [("revenue", "4500")]
    assert "no unit" in told[0]["reason"]


def test_bad_cells_are_listed_with_their_reason_and_the_row_stays(tmp_path):
    text = f"{HEAD}\n甲,91350100M000100Y44,3921,高新区；经开区,10,100,,,11,2020\n"
    text += "乙,,1543,,-3,100,,,,2020\n丙,,9999,,1,,,,,2020\n"
    _, _, tables, told = taken(tmp_path / "firms.csv", text)
    reasons = {(row["line"], row["column_name"]): row["reason"] for row in told}
    assert reasons[2, "credit_code"] == "校验码有误；the check character is wrong"
    assert "a firm in 2 parks" in reasons[2, "park"]
    assert reasons[2, "rd_staff"] == "研发人员多于从业人员；more R&D staff than employees"
    assert reasons[3, "employees"] == "数额小于0；an amount below 0"
    assert "no code of GB/T 4754-2017" in reasons[4, "industry"]
    assert len(shown(tables.get("enterprise", []), "name")) == 3


def test_a_code_of_another_edition_is_told_and_is_read_where_the_edition_is_stated(tmp_path):
    # 3963 is a code of 2017 only; 3969 of 2011 only is what another edition gives.
    text = "企业名称,行业代码,行业分类版本,从业人员平均人数,年份\n甲,{0},,5,2020\n乙,{0},2011,5,2020\n"
    listed = CodeLists().rows("industries_gbt4754")
    old = {row["code"] for row in listed if row["edition"].endswith("2011") and len(row["code"]) == 4}
    new = {row["code"] for row in listed if row["edition"].endswith("2017")}
    code = min(old - new)
    _, _, tables, told = taken(tmp_path / "firms.csv", text.format(code))
    assert [row["line"] for row in told] == [2]
    assert "it is one of GB/T 4754-2011" in told[0]["reason"]
    assert [row["industry"] for row in shown(tables.get("enterprise", []), "industry")] == [None, code]


def test_a_second_row_on_a_firm_is_refused_with_what_differs(tmp_path):
    text = f"{HEAD}\n甲,,3921,高新区,10,,,,,2020\n甲,,3921,经开区,10,,,,,2020\n甲,,3921,高新区,12,,,,,2021\n"
    _, rejected, _, told = taken(tmp_path / "firms.csv", text)
    assert rejected == 1
    assert [(row["line"], row["reason"]) for row in told] == [
        (3, "a second row on it, with another park; the first one stands")
    ]


def test_a_row_without_a_year_or_a_name_is_refused_whole(tmp_path):
    _, rejected, tables, _ = taken(
        tmp_path / "firms.csv",
        f"{HEAD}\n甲,,3921,,10,,,,,\n,,3921,,10,,,,,2020\n乙,,,,1,,,,,2020年\n",
    )
    assert rejected == 2
    assert shown(tables.get("enterprise", []), "name", "year") == [{"name": "乙", "year": 2020}]


def test_industry_statistics_are_recognised_and_their_amounts_converted(tmp_path):
    text = (
        "行业代码,行业名称,地区,年份,统计范围,从业人员平均人数（万人）,工业总产值（亿元）,R&D经费（万元）\n"
    )
    text += "39,计算机,桂林市,2020,规上,1.2,35.5,800\n合计,,450300,2020,规模以上,12,900,\n"
    name, _, tables, told = taken(tmp_path / "industries.csv", text)
    assert (name, told) == ("industry_table", [])
    found = shown(tables["industry_year"], "industry", "region", "scope", "employment", "gross_output", "rd")
    assert found[0] == {
        "industry": "39",
        "region": "450300",
        "scope": "above_scale",
        "employment": 12000,
        "gross_output": 3.55e9,
        "rd": 8e6,
    }
    assert found[1]["industry"] == "total"


def test_a_park_whose_outline_crosses_itself_keeps_its_other_values(tmp_path):
    text = (
        "园区名称,地区,园区级别,地址关键词,边界,年份\n"
        '高新区,450300,国家级,七星区;高新区,"POLYGON ((0 0, 1 1, 1 0, 0 1))",2020\n'
        '经开区,450300,省级,,"POLYGON ((0 0, 1 0, 1 1, 0 1))",2020\n'
    )
    name, _, tables, told = taken(tmp_path / "parks.csv", text)
    assert name == "park_table"
    assert [(row["line"], row["reason"]) for row in told] == [
        (2, "边界自相交；the outline crosses itself: sides 1 and 3 meet")
    ]
    assert [row["level"] for row in shown(tables.get("park", []), "level")] == ["national", "provincial"]


def test_a_mapping_reads_any_table_and_says_its_units(tmp_path):
    mapping = tmp_path / "bureau.yaml"
    mapping.write_text(
        "columns: {dwmc: enterprise.name, hy: enterprise.industry, cz: enterprise.output, nd: enterprise.year}\n"
        "units: {enterprise.output: 千元}\n",
        encoding="utf-8",
    )
    _, _, tables, _ = taken(tmp_path / "firms.csv", "dwmc,hy,cz,nd\n甲,3921,5000,2020\n", mapping)
    assert shown(tables.get("enterprise_year", []), "output") == [{"output": 5e6}]


def test_a_table_of_patents_with_a_column_for_the_firm_is_no_register(tmp_path):
    path = tmp_path / "patents.csv"
    path.write_text("申请号,专利名称,申请人,企业名称\n2018101234567,一种装置,甲,甲\n", encoding="utf-8")
    (source,) = sources(path)
    assert sniff(source, readers()).reader.name == "patent_table"
