# SPDX-License-Identifier: Apache-2.0
"""What a chart shows, told in a sentence for those who do not see it."""

from __future__ import annotations

from zhihang.reporting.chart import (
    Bars,
    Chart,
    Columns,
    Fan,
    HeatTable,
    Lines,
    TargetPath,
    TileMap,
    Waterfall,
)
from zhihang.reporting.chart_plane import BubbleMatrix, Network, Pie, PointMap, Roadmap, Track
from zhihang.reporting.data_table import figure
from zhihang.reporting.wording import number, percent
from zhihang.terms.label import Language

_KINDS = {
    Fan: ("预测扇形图", "Fan chart"),
    TargetPath: ("目标进度图", "Target path"),
    Lines: ("折线图", "Line chart"),
    Bars: ("条形图", "Bar chart"),
    HeatTable: ("热力表", "Heat table"),
    Waterfall: ("瀑布图", "Waterfall chart"),
    TileMap: ("方格地图", "Tile map"),
    Columns: ("柱形图", "Columns"),
    BubbleMatrix: ("气泡矩阵图", "Bubble matrix"),
    Track: ("轨迹图", "Track"),
    PointMap: ("点图", "Map of points"),
    Roadmap: ("路线图", "Roadmap"),
    Network: ("网络图", "Network"),
    Pie: ("饼图", "Pie chart"),
}


def describe(chart: Chart, language: Language = "zh") -> str:
    """Return the alternative text: kind, title, unit, period, how many rows, least and largest figure and where."""
    zh = language == "zh"
    kind = _KINDS[type(chart.figure)][0 if zh else 1]
    table = chart.table(language)
    figures = [
        (value, f"{row[0]}{'，' if zh else ', '}{column.title}" if len(table.columns) > 2 else str(row[0]))
        for row in table.rows
        for cell, column in zip(row[1:], table.columns[1:], strict=True)
        if (value := figure(cell)) is not None
    ]
    head = (
        f"{kind}：{chart.title}（{chart.unit}，{chart.period}）。"
        if zh
        else f"{kind}: {chart.title} ({chart.unit}, {chart.period}). "
    )
    if isinstance(chart.figure, (Roadmap, Network, PointMap)):
        return head + _plane_text(chart.figure, zh)
    if not figures:
        return head + ("无数据。" if zh else "No data.")
    (least, at_least), (most, at_most) = min(figures, key=_value), max(figures, key=_value)
    low, high = _written(float(least), chart, language), _written(float(most), chart, language)
    count = len(table.rows)
    if zh:
        return f"{head}共{count}行，最大{high}（{at_most}），最小{low}（{at_least}）。"
    return f"{head}{count} rows, largest {high} ({at_most}), least {low} ({at_least})."


def _plane_text(shown: Roadmap | Network | PointMap, zh: bool) -> str:
    told = ("", "")
    match shown:
        case Roadmap(stops, links):
            first, last = stops[0], stops[-1]
            told = (
                f"共{len(stops)}项文献、{len(links)}条引证关系，自{first.name}（{first.when}）至{last.name}（{last.when}）。",
                f"{len(stops)} documents, {len(links)} citations, {first.name} ({first.when}) to {last.name} ({last.when}).",
            )
        case Network(members, links):
            most = max(members, key=lambda one: one.size)
            told = (
                f"共{len(members)}个主体、{len(links)}条联系，最大的是{most.name}。",
                f"{len(members)} members, {len(links)} links, the largest is {most.name}.",
            )
        case PointMap(groups, points):
            told = (
                f"共{len(points)}个点，分为{len(groups)}组。",
                f"{len(points)} points in {len(groups)} groups.",
            )
    return told[0 if zh else 1]


def _value(one: tuple[object, str]) -> float:
    return float(one[0])  # type: ignore[arg-type]


def _written(value: float, chart: Chart, language: Language) -> str:
    if chart.form == "percent":
        return percent(value, chart.digits, language=language)
    return number(value, 0 if chart.form == "integer" else chart.digits, language=language)
