# SPDX-License-Identifier: Apache-2.0
"""The commands on parks, from small files by hand: profile, comparison, readiness, network, sheet, and bad input."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pyarrow as pa
import pytest
from tests.command_line import zhihang

from zhihang.terms.check_digit import chinese_check_digit
from zhihang.workspace import create_workspace

_PATENT_COLUMNS = (
    "专利名称,专利类型,申请人,申请人类型,申请人地址,申请号,申请日,公开公告号,公开公告日,授权公告号,授权公告日,"
    "IPC分类号,IPC主分类号,发明人,法律状态"
)
EAST, WEST = "桂林市七星区东园路1号", "桂林市象山区西园路2号"
JIA, YI, BING = "桂林甲光电科技有限公司", "桂林乙制药有限公司", "桂林丙软件有限公司"
OPTICS, COMPUTER, PHARMA = "G02B6/00", "G06F17/00", "A61K31/00"
# East: 甲 4 optics, 1 computer, and an institute that no register names 1 computer. West: 乙 1 optics, 3 pharma.
# Outside: 丙 2 computer, 2 pharma. In all 5 optics, 4 computer, 5 pharma.
PATENTS = [
    *((JIA, EAST, OPTICS) for _ in range(2)),
    (f"{JIA};桂林理想大学", EAST, OPTICS),
    (f"{JIA};{YI}", EAST, OPTICS),
    (JIA, EAST, COMPUTER),
    ("桂林光电研究所", "桂林市七星区东园路5号", COMPUTER),
    (YI, WEST, OPTICS),
    *((YI, WEST, PHARMA) for _ in range(3)),
    *((BING, "桂林市叠彩区中山路3号", one) for one in (COMPUTER, COMPUTER, PHARMA, PHARMA)),
]
FIRM_COLUMNS = (
    "企业名称,行业代码,地区,地址,所在园区,是否有自主商标,"
    "从业人员平均人数（人）,工业总产值（万元）,研发费用（万元）,专利产品销售收入（万元）,年份"
)
FIRMS = f"""{FIRM_COLUMNS}
{JIA},3921,450305,{EAST},,是,200,310000,20000,400000,2020
{YI},2710,450304,{WEST},西园;东园,否,100,100000,5000,85000,2020
{BING},6513,450303,,,否,50,5000,1000,100,2020
"""
PARKS = """园区名称,地区,园区级别,主导产业代码,地址关键词,边界,人口（人）,专利运用公共服务人员（人）,年份
东园,450305,国家级,39,东园路,"POLYGON ((0 0, 1 1, 1 0, 0 1))",4000,5,2020
西园,450304,省级,27,西园路,,,4,2020
"""
NEEDED = ("patent_field", "patent_industry", "patent_stock", "enterprise_organisation", "organisation")


def patent_rows() -> str:
    lines = [_PATENT_COLUMNS]
    for number, (applicants, address, ipc) in enumerate(PATENTS, 1):
        base = f"20181{number:07d}"
        check = chinese_check_digit(pa.array([base]))[0].as_py()
        lines.append(
            f"一种装置{number},发明专利,{applicants},企业,{address},CN{base}.{check},2018-03-01,CN10{number:07d}A,2018-09-01,"
            f"CN10{number:07d}B,2020-0{1 + number % 9}-05,{ipc},{ipc},张三,授权"
        )
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> tuple[object, ...]:
    folder = tmp_path_factory.mktemp("parks")
    files = {"patents.csv": patent_rows(), "firms.csv": FIRMS, "parks.csv": PARKS}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    workspace = create_workspace(folder / "w")
    outcomes = workspace.ingest([folder / name for name in files])
    assert [outcome.status for outcome in outcomes] == ["ingested"] * 3
    workspace.derive(NEEDED)
    return ("-w", folder / "w")


@pytest.fixture(scope="module")
def east(run) -> Any:
    return zhihang(*run, "parks", "profile", "东园", "--year", 2020, "--least", 0, "--format", "json").json


@pytest.mark.slow
def test_a_profile_tells_specialisation_against_all_that_is_in_the_store(east):
    rows = {row["name"]: row for row in east["classes"]}
    assert rows["光学"]["lq"] == pytest.approx((4 / 6) / (5 / 14))
    assert rows["光学"]["symmetric"] == pytest.approx((28 / 15 - 1) / (28 / 15 + 1))
    assert rows["计算机技术"]["lq"] == pytest.approx((2 / 6) / (4 / 14))
    last = east["years"][-1]
    assert (last["patents"], last["area_patents"], last["share_of_area"]) == (6, 14, pytest.approx(6 / 14))
    assert last["hhi_classes"] == pytest.approx(4 / 9 + 1 / 9)  # 4 and 2 of 6
    assert last["hhi_holders"] == pytest.approx(25 / 36 + 1 / 36)  # 5 and 1 of 6
    assert (last["holders"], last["cr4_holders"]) == (2, 1)
    assert last["entries"] is None  # nothing lies before
    assert last["eci"] is None
    assert any("three parks" in note for note in east["notes"])


@pytest.mark.slow
def test_a_profile_says_by_what_rule_members_were_found(east):
    assert east["members_by"] == {"address": 1}
    assert east["organisations_by"] == {"firm": 1, "address": 1}
    assert {row["name"]: row["member_by"] for row in east["holders"]} == {
        JIA: "firm",
        "桂林光电研究所": "address",
    }
    assert (east["valid_inventions"], east["simulated"]) == (6, False)


@pytest.mark.slow
def test_a_profile_tells_who_files_together_with_whom(run, east):
    net = east["network"]
    assert (net["applications"], net["joint"]) == (6, 2)
    ties = {row["partner"]: (row["where"], row["park"], row["applications"]) for row in net["ties"]}
    assert ties == {"桂林理想大学": ("outside", None, 1), YI: ("other_park", "西园", 1)}
    alone = zhihang(*run, "parks", "network", "东园", "--year", 2020, "--format", "json").json
    assert alone["ties"] == net["ties"]
    assert "桂林理想大学" in zhihang(*run, "parks", "network", "东园").out


@pytest.mark.slow
def test_readiness_tells_what_is_met_how_far_off_and_which_data_are_missing(run):
    found = zhihang(*run, "parks", "readiness", "东园", "--format", "json").json
    rows = {row["condition"]: row for row in found["parks"][0]["conditions"]}
    assert (rows["e3_output"]["state"], rows["e3_output"]["value"]) == ("met", 3.1e9)
    assert (rows["e4_enterprises"]["state"], rows["e4_enterprises"]["gap"]) == ("not_met", 39)
    assert rows["e5_inventions"]["value"] == 15  # 6 inventions, 4,000 residents
    assert rows["e6_head"]["state"] == "no_data"
    assert rows["e7_boundary"]["state"] == "not_met"  # its outline crosses itself and was refused
    assert "园区：边界" in found["supply"]
    west = zhihang(*run, "parks", "readiness", "西园", "--format", "json").json
    assert "园区：人口（人）" in west["supply"]
    table = zhihang(*run, "parks", "readiness")
    assert (table.code, "园区：服务机构负责人是否熟悉专利运用" in table.err) == (0, True)


@pytest.mark.slow
def test_targets_of_a_zone_decide_by_their_two_numbers_and_flag_a_share_above_one(run):
    scheme = ("--scheme", "experimental_zone_targets", "--format", "json")
    east = zhihang(*run, "parks", "readiness", "东园", *scheme).json
    rows = {row["condition"]: row for row in east["parks"][0]["conditions"]}
    assert (rows["t2_patent_products"]["state"], east["parks"][0]["of"]) == ("met", 2)
    assert any("exceeds gross output" in remark["text"] for remark in east["remarks"])
    assert rows["t3_research"]["state"] == "met"  # 0.065
    assert rows["t5_brands"]["value"] == 1
    west = zhihang(*run, "parks", "readiness", "西园", *scheme).json
    rows = {row["condition"]: row["state"] for row in west["parks"][0]["conditions"]}
    assert rows["t2_patent_products"] == "met"  # 0.85 exactly
    assert rows["t3_research"] == "not_met"  # 0.05 exactly


@pytest.mark.slow
def test_parks_stand_beside_each_other_and_are_ranked(run):
    words = ("parks", "compare", "--year", 2020, "--least", 0, "--format", "json")
    found = zhihang(*run, *words).json
    assert [(row["rank"], row["park"]) for row in found["parks"]] == [(1, "东园"), (2, "西园")]
    by_staff = zhihang(*run, *words, "--rank-by", "rd_to_output", "--rank-by", "inventions_per_10k").json
    assert by_staff["parks"][1]["figures"]["inventions_per_10k"] is None  # residents not known
    assert found["parks"][0]["ranks"]["share_of_area"] == 1
    # Patents by class 4, 2, 0 and 1, 0, 3: cosine 4 over the roots of 20 and 10.
    assert found["alike"][0][1] == pytest.approx(4 / 200**0.5)
    shown = zhihang(*run, "parks", "compare", "东园", "西园", "--year", 2020)
    assert "每万人发明专利拥有量" in shown.out


@pytest.mark.slow
def test_a_sheet_is_written_in_three_kinds(run, tmp_path: Path):
    made = zhihang(
        *run, "parks", "sheet", "东园", "--to", tmp_path, "--dated", "2021-03-01", "--format", "json"
    )
    names = sorted(Path(row["file"]).suffix for row in made.json)
    assert names == [".docx", ".html", ".xlsx"]
    page = (tmp_path / "park-东园-2020.html").read_text("utf-8")
    assert "东园专利导航概况" in page
    assert "模拟数据" not in page
    assert "需补充的数据" in page
    with ZipFile(tmp_path / "park-东园-2020.docx") as docx:
        assert "赫芬达尔" in docx.read("word/document.xml").decode()


@pytest.mark.slow
def test_tables_for_people_say_the_same(run):
    shown = zhihang(*run, "parks", "profile", "东园", "--year", 2020).out
    assert "光学" in shown
    assert "e3" not in shown
    assert zhihang(*run, "parks", "profile", "东园", "--format", "csv").out.startswith("code,name,patents")
    by_industry = zhihang(*run, "parks", "profile", "东园", "--by", "industry", "--format", "json")
    assert (by_industry.code, by_industry.json["settings"]["by"]) == (0, "industry")


@pytest.mark.slow
def test_what_was_refused_is_listed_with_its_reason(run):
    rows = zhihang(*run, "query", "SELECT column_name, reason FROM rejection", "--format", "json").json
    told = {row["column_name"]: row["reason"] for row in rows}
    assert told["boundary"] == "边界自相交；the outline crosses itself: sides 1 and 3 meet"
    assert "a firm in 2 parks" in told["park"]


@pytest.mark.slow
def test_mistakes_are_answered_with_what_there_is(run):
    wrong = zhihang(*run, "parks", "profile", "东圆")
    assert (wrong.code, "东园" in wrong.err) == (2, True)
    early = zhihang(*run, "parks", "profile", "东园", "--year", 2010)
    assert (early.code, "holds no parks" in early.err) == (2, True)
    figure = zhihang(*run, "parks", "compare", "--rank-by", "complexity")
    assert (figure.code, "eci" in figure.err) == (2, True)
    scheme = zhihang(*run, "parks", "readiness", "--scheme", "generic")
    assert (scheme.code, "experimental_zone" in scheme.err) == (2, True)


def test_an_empty_store_says_what_to_hand_in(tmp_path: Path):
    create_workspace(tmp_path / "empty")
    for words in (("profile", "东园"), ("compare",), ("sheet", "东园")):
        nothing = zhihang("-w", tmp_path / "empty", "parks", *words)
        assert (nothing.code, "zhihang template park" in nothing.err) == (2, True)


@pytest.mark.slow
def test_without_a_register_parks_hold_those_whose_filings_give_an_address(tmp_path: Path):
    (tmp_path / "patents.csv").write_text(patent_rows(), encoding="utf-8")
    (tmp_path / "parks.csv").write_text(PARKS, encoding="utf-8")
    workspace = create_workspace(tmp_path / "w")
    workspace.ingest([tmp_path / "patents.csv", tmp_path / "parks.csv"])
    workspace.derive(NEEDED)
    found = zhihang("-w", tmp_path / "w", "parks", "profile", "东园", "--format", "json").json
    assert (found["organisations"], found["enterprises"], found["valid_inventions"]) == (2, None, 6)
    assert any("no register of enterprises" in remark["text"] for remark in found["remarks"])
    shown = zhihang("-w", tmp_path / "w", "parks", "sheet", "东园", "--to", tmp_path / "out")
    assert shown.code == 0
