# SPDX-License-Identifier: Apache-2.0
"""Section: which industries are patent-intensive, what they weigh, and what changed against the year before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from zhihang.intensity.industry_answer import IndustryAnswer
from zhihang.reporting.chart import Bars, Chart, Series
from zhihang.reporting.data_table import Column, DataTable
from zhihang.reporting.document import Block, Prose
from zhihang.reporting.wording import number, percent

COLUMNS = (
    Column("rank", "位次", "integer"),
    Column("industry", "代码"),
    Column("name", "行业"),
    Column("intensity", "密集度", "number", unit="件/千人"),
    Column("low", "区间下限", "number"),
    Column("high", "区间上限", "number"),
    Column("scale", "专利数", "number", unit="件"),
    Column("employment", "从业人员", "integer", unit="人"),
    Column("output_share", "总产值占比", "percent"),
    Column("stability", "稳定度", "percent", digits=0),
    Column("before", "上年"),
)
_COUNTED = {"grants": "授权", "filings": "申请", "stock": "年末有效"}
_KINDS = {"invention": "发明专利", "utility_model": "实用新型", "design": "外观设计"}
MOST_BARS = 20


def overall(answer: IndustryAnswer, summary: Mapping[str, Any]) -> Iterator[Block]:
    """Yield how many industries are in, what changed and what they weigh."""
    rows, place, year = answer.rows(), summary["region_name"], summary["year"]
    inside, unknown = len(summary["catalogue"]), len(summary["unknown"])
    yield Prose(
        f"按《{summary['label']}》，{year}年{place}纳入比较的{len(rows)}个行业中，{inside}个达到专利密集型产业条件"
        + (f"，另有{unknown}个缺少关键数据、无法判定。" if unknown else "。")
    )
    names = {row["industry"]: row["name"] for row in rows}
    yield Prose(_changed(summary, names))
    yield Prose(_weight(summary))
    if summary["goals"]:
        yield Prose(_goals(summary["goals"]))
    mean = summary["mean"]["intensity"]
    yield Prose(
        f"全部行业平均密集度为{number(mean, 2)}件/千人（{counted(summary)}）。"
        "总产值占比与国家公布的增加值占国内生产总值比重口径不同，两者不可比较。"
    )


def _changed(summary: Mapping[str, Any], names: Mapping[str, str]) -> str:
    if not summary["entries"] and not summary["exits"]:
        return "与上年相比，目录没有变化。"
    parts = [
        f"{word}{len(codes)}个（{'、'.join(names.get(code, code) for code in codes)}）"
        for word, codes in (("新进", summary["entries"]), ("退出", summary["exits"]))
        if codes
    ]
    return f"与上年相比，{'，'.join(parts)}。"


def _weight(summary: Mapping[str, Any]) -> str:
    told = []
    for name, label in (("gross_output", "总产值"), ("value_added", "增加值")):
        share = summary[name]["share"]
        told.append(f"{label}占{percent(share)}" if share is not None else f"{label}占比因资料不全未计算")
    return f"目录产业{'，'.join(told)}。"


def _goals(goals: Mapping[str, Any]) -> str:
    year = f"{goals['year']}年" if goals["year"] else ""
    told = []
    if goals["count"]:
        told.append(f"目标{year}达到{goals['count']}个，目前{goals['count_reached']}个")
    if goals["output_share"]:
        told.append(
            f"目标总产值占比达到{percent(goals['output_share'])}，目前{percent(goals['output_share_reached'])}"
        )
    return "；".join(told) + "。"


def counted(summary: Mapping[str, Any]) -> str:
    """Say which patents are counted: 2016至2020年发明专利授权."""
    patents = summary["patents"]
    years = patents["years"]
    kinds = "、".join(_KINDS[kind] for kind in patents["kinds"])
    when = f"{years[0]}至{years[-1]}年" if len(years) > 1 else f"{years[0]}年"
    return f"{when}{kinds}{_COUNTED[patents['measure']]}量"


def catalogue_table(answer: IndustryAnswer, summary: Mapping[str, Any], source: str) -> Iterator[Block]:
    """Yield the table of all industries and the chart of those in the catalogue."""
    rows = answer.rows()
    for inside, title in ((True, "专利密集型产业目录"), (None, "无法判定的行业"), (False, "其他行业")):
        held = [row for row in rows if row["in_catalogue"] is inside]
        if held:
            yield _table(held, f"{summary['region_name']}{title}", summary, source)
        if held and inside:
            yield _chart(held, summary, source)


def _table(rows: list[dict[str, Any]], title: str, summary: Mapping[str, Any], source: str) -> DataTable:
    return DataTable.of(
        (_cells(row) for row in rows),
        columns=COLUMNS,
        title=title,
        unit="见各列",
        period=f"{summary['year']}年",
        source=source,
        notes=("区间为95%抽样区间，稳定度为抽样中判定不变的比例，只反映分类对照和小样本的不确定性。",),
    )


def _cells(row: Mapping[str, Any]) -> dict[str, Any]:
    low, high = row["interval"] or (None, None)
    given = {column.key: row.get(column.key) for column in COLUMNS}
    return {**given, "low": low, "high": high, "before": "在目录" if row["was_in_catalogue"] else "不在"}


def _chart(rows: list[dict[str, Any]], summary: Mapping[str, Any], source: str) -> Chart:
    shown = rows[:MOST_BARS]
    return Chart(
        "目录产业专利密集度",
        "件/千人",
        f"{summary['year']}年",
        source,
        Bars(
            tuple(row["name"] for row in shown),
            (Series("密集度", tuple(row["intensity"] for row in shown)),),
            reference_line=summary["mean"]["intensity"],
        ),
        form="number",
        notes=("虚线为全部行业平均。",),
    )
