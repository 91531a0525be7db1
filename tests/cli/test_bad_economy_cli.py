# SPDX-License-Identifier: Apache-2.0
"""Bad economic data through the command line: each fault has a message and a reason, nothing is dropped in silence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Place
from tests.command_line import zhihang

FIRMS = """\
企业名称,行业代码,所在园区,从业人员平均人数,营业收入（元）,工业总产值（元）,年份,所在地区,是否规上
零人公司,3921,,0,5000000,4000000,2020,七星区,是
未填公司,3921,,,5000000,4000000,2020,七星区,是
旧码公司,0540,,50,5000000,4000000,2020,七星区,是
两园公司,3921,高新区；经开区,50,5000000,4000000,2020,七星区,是
万元公司,3921,高新区,50,5000000,400,2020,七星区,是
正常公司,3921,高新区,50,5000000,4000000,2020,七星区,是
"""
PARKS = """\
园区名称,年份,所在地区,园区级别,地址关键词,边界,人口
高新区,2020,桂林市,,高新路,"POLYGON ((110 25, 111 26, 111 25, 110 26))",1000
"""
INDUSTRIES = """\
行业代码,年份,地区,统计范围,从业人员平均人数（人）,工业总产值（亿元）
39,2020,桂林市,规上,0,10
40,2020,桂林市,规上,1000,20
40,2020,桂林市,全部工业,3000,20
"""


@pytest.fixture(scope="module")
def economy(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A workspace with faulty tables of firms, parks and industries."""
    folder = tmp_path_factory.mktemp("economy")
    for name, text in (("firms", FIRMS), ("parks", PARKS), ("industries", INDUSTRIES)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    workspace = folder / "w"
    init = zhihang("-w", workspace, "init")
    files = [folder / f"{name}.csv" for name in ("firms", "parks", "industries")]
    taken = zhihang("-w", workspace, "ingest", *files, "--format", "json")
    return Place(workspace, init, taken, zhihang("-w", workspace, "derive", "enterprise_organisation"))


def reasons(economy: Place) -> dict[str, str]:
    asked = economy.run("query", "SELECT value, reason FROM rejection", "--format", "json")
    return {row["value"]: row["reason"] for row in json.loads(asked.out)}


def test_files_go_in_and_say_that_something_was_not_taken(economy):
    assert economy.first.code in (0, 1)
    assert "rejection" in economy.first.err


def test_a_code_of_another_edition_is_told_as_such_and_the_firm_stays(economy):
    assert "it is one of GB/T 4754-2011: state the edition" in reasons(economy)["0540"]
    rows = economy.run("enterprises", "recognise", "--format", "json").json["enterprises"]
    assert len(rows) == 6


def test_a_firm_in_two_parks_is_in_none_and_told(economy):
    assert "2 parks" in reasons(economy)["高新区；经开区"]


def test_yuan_and_ten_thousand_yuan_in_one_column_are_told(economy):
    assert any("yuan and 万元 mixed" in reason for reason in reasons(economy).values())


def test_an_outline_that_crosses_itself_is_told(economy):
    assert any("crosses itself" in reason for reason in reasons(economy).values())


def test_no_employees_and_unknown_employees_give_no_intensity_and_are_told(economy):
    found = economy.run("enterprises", "recognise", "--format", "json").json
    rows = {row["name"]: row for row in found["enterprises"]}
    assert rows["零人公司"]["intensity"] is None
    assert rows["未填公司"]["intensity"] is None
    assert any("零人公司: employees are 0" in remark["text"] for remark in found["remarks"])


def test_thresholds_that_nobody_meets_say_so(economy):
    found = economy.run("enterprises", "recognise", "--format", "json").json
    assert found["eligible"] == 0
    told = economy.run("enterprises", "simulate", "--target", "99")
    assert (told.code, "there are" in told.err, "6 in" in told.err) == (2, True, True)
    none = economy.run("enterprises", "simulate", "--target", "3")
    assert none.code == 0
    assert "怎样移动门槛都没有入选的" in none.err
    assert "有效发明专利数：不符合6家，缺数据0家" in none.err
    assert "同乘" not in none.out


def test_statistics_of_two_scopes_are_refused_with_what_to_do(economy):
    told = economy.run("industries", "identify", "--region", "450300", "--year", "2020")
    assert told.code == 2
    assert "above_scale, all_industry" in told.err
    assert "staff: {scope: above_scale}" in told.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("industries", "identify", "--region", "亚特兰蒂斯", "--year", "2020"), "亚特兰蒂斯"),
        (
            ("industries", "identify", "--region", "450300", "--year", "2020", "--scheme", "generik"),
            "generic",
        ),
        (("industries", "sheet", "9999", "--region", "450300", "--year", "2020", "--scheme", "us"), "9999"),
        (("enterprises", "sheet", "无此公司"), "无此公司"),
        (("enterprises", "recognise", "--scheme", "generic"), "not about the enterprise"),
        (("enterprises", "titles", "--on", "2020-13-40"), "2020-13-40"),
        (("enterprises", "titles", "--on", "2020-12-31", "--title", "最美"), "ip_advantage"),
        (("enterprises", "watch", "--at", "someday"), "someday"),
        (("industries", "concordance", "nofile.csv", "--region", "450300", "--year", "2020"), "nofile.csv"),
        (
            (
                "industries",
                "panel",
                "--region",
                "450300",
                "--from",
                "2020",
                "--to",
                "2020",
                "--level",
                "planet",
            ),
            "planet",
        ),
        (("template", "recognitions"), "recognition"),
    ],
)
def test_a_wrong_word_is_answered_with_what_there_is(economy, words, told):
    ran = economy.run(*words)
    assert ran.code == 2
    assert told in ran.err


def test_lists_and_watch_of_nobody_are_empty_and_say_what_to_do(economy):
    assert "zhihang template recognition" in economy.run("enterprises", "titles", "--on", "2020-12-31").err
    assert economy.run("enterprises", "watch", "--at", "2020-12-31", "--format", "json").json == []


def test_papers_are_written_also_where_there_are_no_patents(economy, tmp_path: Path):
    ran = zhihang(
        "-w", economy.folder, "enterprises", "sheet", "正常公司", "--to", tmp_path, "--format", "json"
    )
    assert ran.code == 0, ran.err
    names = [Path(row["file"]).suffix for row in ran.json]
    assert names == [".docx", ".pdf", ".html", ".xlsx"]
    html = (tmp_path / "enterprise-正常公司.html").read_text("utf-8")
    assert "正常公司知识产权情况表（2020年）" in html
    assert "不符合" in html
