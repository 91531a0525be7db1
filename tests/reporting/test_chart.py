# SPDX-License-Identifier: Apache-2.0
"""Charts as data: the table behind each, the sentence for those who do not see it, what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from tests.reporting_sample import charts

from zhihang.errors import DefinitionError
from zhihang.reporting.chart import Bars, Chart, HeatTable, Lines, Series, Waterfall
from zhihang.reporting.chart_text import describe
from zhihang.reporting.data_table import figure

CAPTIONS: dict[str, Any] = {"title": "申请量", "unit": "件", "period": "2017年", "source": "登记簿"}


@pytest.mark.parametrize("kind", sorted(charts()))
def test_every_chart_has_the_table_behind_it(kind: str) -> None:
    chart = charts()[kind]
    table = chart.table("zh")
    assert (table.title, table.unit, table.period, table.source) == (
        chart.title,
        chart.unit,
        chart.period,
        chart.source,
    )
    assert table.rows
    assert any(figure(cell) is not None for row in table.rows for cell in row[1:])


def test_a_waterfall_ends_at_the_sum() -> None:
    # 8200 + 2310 + 120 - 640 - 85 - 30 = 9875
    assert charts()["waterfall"].table().rows[-1] == ("2017年末", 9875)


def test_a_fan_lists_its_intervals() -> None:
    titles = [column.title for column in charts()["fan"].table().columns]
    assert titles == [
        "时期",
        "实际",
        "预测中位",
        "90% 区间下限",
        "90% 区间上限",
        "50% 区间下限",
        "50% 区间上限",
        "目标",
    ]


def test_the_description_tells_least_and_largest() -> None:
    chart = Chart(**CAPTIONS, figure=Bars(("甲", "乙", "丙"), (Series("2017年", (3, None, 12)),)))
    assert describe(chart) == "条形图：申请量（件，2017年）。共3行，最大12（丙），最小3（甲）。"
    assert describe(chart, "en").endswith("3 rows, largest 12 (丙), least 3 (甲).")


def test_a_chart_without_figures_says_so() -> None:
    chart = Chart(**CAPTIONS, figure=Lines(("2016",), (Series("发明", (None,)),)))
    assert describe(chart).endswith("无数据。")


@pytest.mark.parametrize(
    "figure",
    [
        Lines(("2016", "2017"), (Series("发明", (1,)),)),
        HeatTable(("甲", "乙"), ("一", "二"), ((1, 2), (3,))),
        HeatTable(("甲", "乙"), ("一",), ((1,),)),
        Bars((), ()),
        Waterfall(("始", 1), (), "终"),
    ],
)
def test_uneven_or_empty_charts_are_refused(figure: Any) -> None:
    with pytest.raises(DefinitionError, match="unequal length"):
        Chart(**CAPTIONS, figure=figure)
