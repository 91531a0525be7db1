# SPDX-License-Identifier: Apache-2.0
"""A made-up notice of a made-up city: everything a document can hold, for tests of documents and writers."""

from __future__ import annotations

from datetime import date

from zhihang.reporting.chart import (
    Band,
    Bars,
    Chart,
    Columns,
    Fan,
    HeatTable,
    Lines,
    Series,
    TargetPath,
    Tile,
    TileMap,
    Waterfall,
)
from zhihang.reporting.chart_plane import (
    BubbleMatrix,
    Member,
    Network,
    Pie,
    Point,
    PointMap,
    Roadmap,
    Stop,
    Track,
)
from zhihang.reporting.data_table import Column, DataTable, Derived, Missing
from zhihang.reporting.document import Annex, Document, Heading, Imprint, Note, OfficialHeader, Prose
from zhihang.reporting.wording import change, completion, large, listed, period

SOURCE = "云浦市知识产权局模拟登记簿（截至2018年1月10日）"
COUNTIES = (
    *("临江区", "北塔区", "南屏区", "东湖区", "西岭区", "清河区", "永安县", "松溪县", "白沙县"),
    *("石桥县", "龙门县", "长乐县", "青田县", "云台县", "古渡县", "大隆瑶族自治县", "平川市"),
)
FILINGS = (1204, 986, 455, 812, 97, 143, 61, 38, 22, 0, 17, 45, 31, 8, 12, 5, 207)
BEFORE = (1102, 1003, 455, 640, 88, 150, 49, 41, 19, 3, 20, 36, 31, 0, 9, None, 180)
TARGETS = (1200, 1000, 480, 800, 110, 140, 60, 45, 25, 10, 20, 40, 35, 10, 10, 8, 200)
YEARS = ("2013", "2014", "2015", "2016", "2017", "2018", "2019", "2020")
LEVELS = (
    *("green", "yellow", "yellow", "green", "orange", "green", "green", "orange", "yellow"),
    *("red", "orange", "green", "yellow", "orange", "green", "red", "green"),
)


def county_table() -> DataTable:
    """Filings by county against last year and target, with a total that adds up."""
    rows = [
        {
            "county": name,
            "filings": now,
            "before": Missing("上年口径不同") if before is None else before,
            "target": target,
            "level": level,
        }
        for name, now, before, target, level in zip(COUNTIES, FILINGS, BEFORE, TARGETS, LEVELS, strict=True)
    ]
    return DataTable.of(
        rows,
        columns=[
            Column("county", "县（市、区）"),
            Column("filings", "本年", "integer", group="发明专利申请量", total=True),
            Column("before", "上年", "integer", group="发明专利申请量", total=True),
            Column(
                "growth",
                "同比",
                "percent",
                group="发明专利申请量",
                derived=Derived("change", "filings", "before"),
            ),
            Column("target", "目标", "integer", group="年度目标", total=True),
            Column(
                "done", "完成率", "percent", group="年度目标", derived=Derived("ratio", "filings", "target")
            ),
            Column("level", "预警", "level"),
        ],
        title="各县（市、区）发明专利申请量",
        unit="件",
        period="2017年",
        source=SOURCE,
        total_label="全市",
        notes=["预警等级按完成率划分。"],
    )


def wide_table() -> DataTable:
    """Twelve months by county: too wide for an upright page."""
    months = [f"m{month:02d}" for month in range(1, 13)]
    rows = [
        {"county": name, **{m: (total * (i + 3)) // 120 for i, m in enumerate(months)}}
        for name, total in zip(COUNTIES, FILINGS, strict=True)
    ]
    return DataTable.of(
        rows,
        columns=[
            Column("county", "县（市、区）"),
            *(
                Column(m, f"{i + 1}月", "integer", group="2017年各月", total=True)
                for i, m in enumerate(months)
            ),
        ],
        title="各县（市、区）分月发明专利申请量",
        unit="件",
        period="2017年1—12月",
        source=SOURCE,
        total_label="全市",
    )


def charts() -> dict[str, Chart]:
    """One chart of each kind."""
    common = {"unit": "件", "source": SOURCE}
    fan = Fan(
        YEARS,
        (2100, 2500, 3050, 3826, 4143, None, None, None),
        (None, None, None, None, 4143, 4550, 4980, 5400),
        (
            Band(0.9, (None,) * 4 + (4143, 4200, 4310, 4390), (None,) * 4 + (4143, 4920, 5700, 6480)),
            Band(0.5, (None,) * 4 + (4143, 4400, 4700, 4960), (None,) * 4 + (4143, 4700, 5260, 5850)),
        ),
        (None, None, 3050, 3600, 4200, 4800, 5400, 6000),
    )
    heat = tuple(
        tuple(None if (i, j) == (9, 2) else round(0.35 + ((i * 7 + j * 5) % 13) / 12, 3) for j in range(4))
        for i in range(17)
    )
    tiles = tuple(
        Tile(n.removesuffix("瑶族自治县"), i // 5, i % 5, v)
        for i, (n, v) in enumerate(zip(COUNTIES, FILINGS, strict=True))
    )
    return {
        "fan": Chart("发明专利申请量预测", period="2013—2020年", figure=fan, **common),
        "target_path": Chart(
            "目标进度",
            period="2015—2020年",
            figure=TargetPath(
                YEARS[2:], (3050, 3600, 4200, 4800, 5400, 6000), (3050, 3826, 4143, None, None, None)
            ),
            **common,
        ),
        "heat": Chart(
            "各县（市、区）各季度完成率",
            unit="%",
            period="2017年各季度",
            source=SOURCE,
            figure=HeatTable(tuple(COUNTIES), ("一季度", "二季度", "三季度", "四季度"), heat, centre=1.0),
            form="percent",
            digits=0,
        ),
        "waterfall": Chart(
            "有效量变化的来源",
            period="2017年",
            figure=Waterfall(
                ("2016年末", 8200),
                (("新授权", 2310), ("转入", 120), ("未缴年费终止", -640), ("转出", -85), ("期满", -30)),
                "2017年末",
            ),
            **common,
        ),
        "bars": Chart(
            "各县（市、区）申请量",
            period="2016—2017年",
            figure=Bars(tuple(COUNTIES), (Series("2016年", BEFORE), Series("2017年", FILINGS))),
            **common,
        ),
        "lines": Chart(
            "三种专利申请量",
            period="2013—2020年",
            figure=Lines(
                YEARS,
                (
                    Series("发明", fan.observed),
                    Series("实用新型", (4000, 4100, 4350, 4700, 5100, None, None, None)),
                ),
            ),
            **common,
        ),
        "tile_map": Chart("申请量分布", period="2017年", figure=TileMap(tiles), **common),
        **plane_charts(),
    }


def plane_charts() -> dict[str, Chart]:
    """One chart of each kind on a plane, and columns."""
    figures = {
        "columns": Columns(
            ("2015", "2016", "2017"),
            (Series("发明", (12, 30, 21)), Series("实用新型", (8, None, 3))),
            Series("申请人", (5, 9, 7)),
            ("2017",),
        ),
        "bubbles": BubbleMatrix(
            ("电池", "电机"), ("减重", "降噪"), ((12, 0), (None, 40)), (("", "low"), ("", "high"))
        ),
        "track": Track(
            ("2015", "2016", "2017"), (5, 9, 7), (20, 30, 24), "申请人（家）", "申请（件）", ("2017",)
        ),
        "point_map": PointMap(
            ("电池", "电机"), (Point(0, 0, 0), Point(1, 0.2, 0), Point(5, 4, 1), Point(2, 2, -1))
        ),
        "roadmap": Roadmap(
            (
                Stop("CN1A", "甲厂", 0.0, 0, "2001", "一种电池"),
                Stop("CN2A", "乙厂", 0.5, 1, "2008", "一种电机"),
                Stop("CN3A", "", 1.0, 0, "2015", "一种飞机"),
            ),
            (("CN1A", "CN2A", 3), ("CN2A", "CN3A", 1), ("CN1A", "CN3A", 2)),
        ),
        "network": Network(
            (Member("甲厂", 9), Member("乙大学", 4, 1), Member("丙所", 1, 2)), (("甲厂", "乙大学", 3),)
        ),
        "pie": Pie((("有效", 7), ("审中", 2), ("失效", 1))),
    }
    return {
        name: Chart(f"图形{name}", "件", "2015—2017年", SOURCE, figure) for name, figure in figures.items()
    }


def notice(*, simulated: bool = True) -> Document:
    """Return the notice: red header, text, table, charts, two annexes, signature, imprint."""
    table, drawn = county_table(), charts()
    now, before = table.sum_of(table.index("filings")), None  # one county has no figure of last year
    behind = [name for name, level in zip(COUNTIES, LEVELS, strict=True) if level in ("orange", "red")]
    return Document(
        title="云浦市人民政府办公室关于2017年度发明专利目标完成情况的通报",
        date=date(2018, 1, 15),
        simulated=simulated,
        header=OfficialHeader("云浦市人民政府办公室文件", "云政办〔2018〕3号"),
        addressee="各县（市、区）人民政府，市政府各部门、各直属机构",
        signature="云浦市人民政府办公室",
        subject="2017年度发明专利目标完成情况",
        blocks=(
            Prose(
                f"根据《云浦市知识产权行动计划（2016—2020年）》第三条，现将{period('2017')}各县（市、区）发明专利目标完成情况"
                "通报如下。数据截至2018年1月10日，取自市知识产权局登记簿。"
            ),
            Heading("总体情况"),
            Prose(
                f"{period('2017')}，全市发明专利申请{large(now, '件')}，{change(now, before)}；"
                f"{completion(now, 4193, what='年度目标')}。"
            ),
            table,
            Heading("进度与预测"),
            Heading("与目标的差距", 2),
            Prose(f"完成率低于90%的有{listed(behind)}。"),
            drawn["heat"],
            Heading("到2020年的预测", 2),
            Prose(
                "按现有趋势，2020年申请量的中位预测为5,400件，90%区间为4,390件至6,480件，达到6,000件目标的概率为23%。"
            ),
            drawn["fan"],
            drawn["waterfall"],
            Heading("有关要求"),
            Heading("落实责任", 2),
            Heading("逐月调度", 3),
            Prose("完成率低于75%的县，应当在收到本通报后15个工作日内报送整改措施。"),
            Heading("报送方式", 4),
            Prose("以书面形式报送市知识产权局。"),
            Note("本通报的完成率按登记簿中的申请日统计，不含已撤回的申请。"),
        ),
        annexes=(
            Annex("各县（市、区）分月发明专利申请量", (wide_table(),)),
            Annex("分县图表", (drawn["bars"], drawn["target_path"], drawn["lines"], drawn["tile_map"])),
        ),
        attachments=("数据附表（电子表格）",),
        imprint=Imprint(
            "云浦市人民政府办公室", date(2018, 1, 15), "市委办公室，市人大常委会办公室，市政协办公室"
        ),
    )
