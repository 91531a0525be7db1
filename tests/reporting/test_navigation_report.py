# SPDX-License-Identifier: Apache-2.0
"""The report of a navigation study: every section says what its figures say, nothing comes alive, little data stands."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from tests.study_sample import HOSTILE, bare, study_result

from zhihang.facts.codelist import CodeLists
from zhihang.reporting.chart import Chart
from zhihang.reporting.chart_data import chart_data
from zhihang.reporting.chart_plane import BubbleMatrix, Member, Network, Pie, PointMap, Roadmap, Track
from zhihang.reporting.chart_text import describe
from zhihang.reporting.data_table import DataTable
from zhihang.reporting.document import Document, Heading, Note, Prose
from zhihang.reporting.navigation_brief import navigation_brief
from zhihang.reporting.navigation_report import chapters, navigation_report, navigation_workbook
from zhihang.reporting.network_layout import lay_out
from zhihang.reporting.sections.navigation.telling import Telling, refusal, value_text, word
from zhihang.reporting.write import render
from zhihang.reporting.writers import _interactive

CHARTS = {
    "专利族与申请人年度趋势",
    "各技术分支占比",
    "各技术分支年度趋势",
    "国际专利分类小类分布",
    "申请人类型构成",
    "主要申请人",
    "主要发明人",
    "技术来源国—目标国矩阵",
    "各来源国海外布局占比",
    "法律状态构成",
    "转让、许可、质押、诉讼情况",
    "技术生命周期（专利数—申请人数）",
    "累计专利与成长曲线",
    "技术主题地图",
    "技术路线图（SPC·关键路线主路径）",
    "技术功效矩阵",
    "产业链各环节占比比较",
    "各环节区位商",
    "各环节由谁持有",
    "云浦市各环节法律状态",
    "申请人合作网络",
    "高校院所供给与企业需求",
}


@pytest.fixture(scope="module")
def report() -> Document:
    return navigation_report(study_result(), simulated=False)


def texts(document: Document) -> str:
    return "\n".join(
        block.text for block in document.all_blocks() if isinstance(block, (Prose, Note, Heading))
    )


def table(document: Document, title: str) -> DataTable:
    return next(one for one in document.tables() if one.title == title)


def test_the_chart_set_is_complete(report: Document) -> None:
    assert {chart.title for chart in report.charts()} == CHARTS


def test_chapters_stand_in_the_order_of_practice(report: Document) -> None:
    shown = [one.text for one in report.blocks if isinstance(one, Heading) and one.level == 1]
    assert shown == [title for title, _ in chapters("industry")]
    assert [one.title for one in report.annexes] == [
        "技术分解表",
        "检索日志",
        "方法说明",
        "全部判断及依据",
        "证据专利清单",
    ]


def test_every_chart_and_table_names_source_and_period(report: Document) -> None:
    for block in (*report.charts(), *report.tables()):
        assert block.source == "云浦市模拟专利库（数据截至2021-01-31），知航计算"
        assert block.period == "2012—2020年"
    assert all(
        describe(chart).startswith(("柱", "条", "折", "饼", "热", "轨", "点", "路", "气", "网"))
        for chart in report.charts()
    )


def test_texts_are_built_from_the_figures(report: Document) -> None:
    said = texts(report)
    # 1+1+2+3+4+5+6+5+3 = 30; the most in 2018
    assert "2012—2020年共30族，2018年最多，为6族；近六个完整年份年均增长18.0%。" in said
    assert "有效10族，占33.3%；审中33.3%，失效33.3%。" in said
    assert "云浦市的短板环节为“储氢”，优势环节为“电池”。" in said
    assert "合作最多的是甲飞机公司与乙大学（10族）" in said
    assert "累计专利的成长曲线不能给出可信的上限：数据尚未越过拐点，上限无法识别。" in said


def test_findings_cite_figures_and_evidence(report: Document) -> None:
    said = texts(report)
    assert "依据：年均增速 18.0%；专利族 30族。证据专利：CN100A、CN101A。" in said
    rows = {row[0]: row for row in table(report, "证据专利清单").rows}
    # CN100A is the first of the corpus: first holders, year 2012, in force.
    assert rows["CN100A"] == ("CN100A", "一种电池管理方法", "甲飞机公司、乙大学", "2012", "有效", "判断1")
    assert rows["CN102A"][5] == "建议1"


def test_recommendations_tell_confidence_and_what_was_rejected(report: Document) -> None:
    said = texts(report)
    assert "建议1：进入储氢环节" in said  # kinds stand in their order, whatever order they came in
    assert "把握程度：中（节点专利数7族）" in said
    assert "未采用的方案：气动（关联密度 21，低于门槛）" in said
    assert table(report, "建议一览").rows[0][3] == "本地专利族 1族→5族"
    details = table(report, "建议1明细")
    assert [column.title for column in details.columns] == [
        "公开（公告）号",
        "国家（地区）",
        "最后期限",
        "占比",
        "数量",
    ]
    assert details.rows == (("CN102A", "美国", "2021-06-30", 0.25, 3),)


def test_truncated_years_are_hatched(report: Document) -> None:
    trend = next(chart for chart in report.charts() if chart.title.startswith("专利族与"))
    assert trend.figure.truncated == ("2019", "2020")
    life = next(chart for chart in report.charts() if isinstance(chart.figure, Track))
    assert life.figure.open == ("2019", "2020")


def test_white_spaces_are_marked(report: Document) -> None:
    matrix = next(chart.figure for chart in report.charts() if isinstance(chart.figure, BubbleMatrix))
    assert matrix.rows == ("电池", "电机", "储氢", "气动")
    assert [row[0] for row in matrix.marks] == ["high", "", "low", ""]


def test_limits_say_what_and_why(report: Document) -> None:
    assert table(report, "不能得出的结论及原因").rows == (
        ("产业发展方向", "成长曲线", "数据未过拐点，不能估计上限。", "完整年份 7年"),
    )


def test_what_moved_since_the_last_run_is_told(report: Document) -> None:
    assert "与2020-03-01的上次计算相比，数据集新增8族、减少2族；建议中向好1条，逾期1条。" in texts(report)


def test_a_study_that_found_nothing_still_gives_a_report() -> None:
    document = navigation_report(bare(study_result()), simulated=False)
    said = texts(document)
    for reason in (
        "没有带申请日的专利，不能分析趋势。",
        "不划分主题：没有可分析的文字。",
        "没有引证数据，不作主路径分析。",
        "不画合作网络：没有共同申请。",
        "现有数据不足以提出有依据的建议",
    ):
        assert reason in said
    assert document.charts() == []
    assert render(document, "docx")


def test_a_refused_position_is_told_once() -> None:
    result = study_result()
    refused = replace(result, position=replace(result.position, refused="no_local"))
    document = navigation_report(refused, simulated=False)
    assert "不作区域定位：没有本地专利。" in texts(document)
    assert not any(one.title == "各地比较" for one in document.tables())


def test_the_brief_is_one_page() -> None:
    result = study_result()
    finding = replace(result.findings[0], text="很长的判断" * 60)
    long = replace(
        result,
        findings=tuple(replace(finding, section=one) for one in ("direction", "position") for _ in range(6)),
        path=replace(
            result.path,
            recommendations=tuple(
                replace(
                    result.path.recommendations[0],
                    kind=kind,
                    title="一条很长的建议" * 20,
                    owner="某市工业和信息化局",
                )
                for kind in (
                    "strengthen",
                    "enter",
                    "avoid",
                    "partner",
                    "bring_in",
                    "buy",
                    "license",
                    "layout",
                )
            ),
        ),
        limits=result.limits * 9,
    )
    for one in (result, long, bare(result)):
        assert len(pypdfium2.PdfDocument(render(navigation_brief(one, simulated=True), "pdf"))) == 1


@pytest.mark.parametrize("kind", ["html", "xlsx"])
def test_titles_stay_texts(kind: str) -> None:
    result = study_result(title=HOSTILE)
    hostile = replace(result, findings=tuple(replace(one, text=HOSTILE) for one in result.findings))
    document = navigation_workbook(hostile, simulated=False)
    content = render(document if kind == "xlsx" else navigation_report(hostile, simulated=False), kind)
    if kind == "html":
        page = content.decode("utf-8")
        assert "<script>alert" not in page
        kinds = re.findall(r"<script([^>]*)>", page.split('<script type="module">')[0])
        assert set(kinds) == {' type="application/json"'}
    if kind == "xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            sheets = [packed.read(name).decode() for name in packed.namelist() if "worksheets/sheet" in name]
        assert not any(
            "HYPERLINK" in formula for sheet in sheets for formula in re.findall(r"<f>(.*?)</f>", sheet)
        )


@pytest.mark.parametrize("kind", ["html", "docx", "xlsx"])
def test_the_same_study_gives_the_same_bytes(kind: str) -> None:
    first, second = (render(navigation_report(study_result(), simulated=False), kind) for _ in range(2))
    assert first == second


def test_the_page_runs_only_its_own_script(
    report: Document, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    library = tmp_path / "echarts.mjs"
    library.write_text("function a(){}export{b as other,a as init};", encoding="utf-8")
    monkeypatch.setattr(_interactive, "LIBRARY", library)
    page = render(report, "html").decode("utf-8")
    module = re.search(r'<script type="module">(.*?)</script>', page, re.S)[1]
    assert _interactive.policy_hash(module) in page
    assert "const echarts = { init: a };" in module
    assert not re.search(r"^(import|export) ", module, re.M)
    assert "unsafe-eval" not in page
    assert page.count('<figure id="chart-') == page.count('class="live"') == len(CHARTS)


def test_without_the_library_the_pictures_stand(
    report: Document, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(_interactive, "LIBRARY", tmp_path / "none.mjs")
    page = render(report, "html").decode("utf-8")
    assert "<script" not in page
    assert page.count("<svg ") == len(CHARTS)


def test_a_library_of_another_form_is_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    library = tmp_path / "echarts.mjs"
    library.write_text("var nothing = 1;", encoding="utf-8")
    monkeypatch.setattr(_interactive, "LIBRARY", library)
    assert _interactive.script() == ""


def test_the_workbook_lists_all_patents() -> None:
    document = navigation_workbook(study_result(), simulated=False)
    listed = table(document, "全部专利")
    assert len(listed.rows) == 30
    assert listed.rows[0][:5] == ("CN100A", "一种电池管理方法", "甲飞机公司；乙大学", "US", "2012-05-01")
    assert table(document, "核心专利各项特征").columns[4].title == "被引次数"


def test_a_network_is_laid_out_the_same_way_and_apart() -> None:
    network = Network(
        tuple(Member(f"{n}", 1.0) for n in range(12)), tuple((f"{n}", f"{n + 1}", 2.0) for n in range(11))
    )
    places = lay_out(network)
    assert places == lay_out(network)
    near = min((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 for i, a in enumerate(places) for b in places[:i])
    assert near > 0.03**2
    assert lay_out(Network((Member("a", 1), Member("b", 1)), (("a", "b", 1),)))[0][1] == 0.5
    assert len(lay_out(Network((Member("a", 1),), ()))) == 1


@pytest.mark.parametrize("figure", [PointMap, Roadmap, Network, Pie, Track, BubbleMatrix])
def test_charts_tell_the_browser_what_they_show(figure: type, report: Document) -> None:
    chart: Chart = next(one for one in report.charts() if isinstance(one.figure, figure))
    data = chart_data(chart, "zh")
    assert data["kind"] == figure.__name__
    if figure is PointMap:
        assert data["points"][0] == [0.0, 0.0, 0, 2012, "CN100A"]
    if figure is Network:
        assert len(data["places"]) == len(chart.figure.members)


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (0.123, "share", "12.3%"),
        (None, "share", "无数据"),
        (2016.6, "year", "2017年"),
        (12345, "件", "12,345件"),
        (2.345, "", "2.35"),
        (True, "", "True"),
        ("高", "", "高"),
    ],
)
def test_values_are_written_with_their_units(value: object, unit: str, written: str) -> None:
    assert value_text(value, unit) == written


def test_unknown_reasons_and_codes_are_shown_as_they_came() -> None:
    told = Telling(study_result(), CodeLists())
    assert refusal("自己写的原因。") == "自己写的原因"
    assert word("column", "something") == "something"
    assert (told.office("CN"), told.office("??"), told.office("")) == ("中国", "??", "（未知）")


def test_long_tables_are_not_kept_on_one_page(every_kind: Callable[[], DataTable]) -> None:
    from zhihang.reporting.writers._table_layout import fits_on_page

    table = every_kind()
    assert fits_on_page(replace(table, rows=table.rows[:2]), "zh")
    assert not fits_on_page(table, "zh")


@pytest.fixture
def every_kind(report: Document) -> Callable[[], DataTable]:
    """A table of twenty rows whose texts take many lines each."""
    base = table(report, "不能得出的结论及原因")
    row = ("模块", "内容", "很长的原因" * 40, "依据")
    return lambda: replace(base, rows=(row,) * 20)
