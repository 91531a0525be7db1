# SPDX-License-Identifier: Apache-2.0
"""Numbers of headings, tables and charts; titles broken into lines."""

from __future__ import annotations

import pytest
from tests.reporting_sample import notice

from zhihang.reporting.outline import annex_label, placed
from zhihang.reporting.title_lines import title_lines


def test_headings_tables_and_charts_are_numbered() -> None:
    shown = [one.shown for one in placed(notice()) if one.shown]
    assert shown == [
        "一、总体情况",
        "表1\u3000各县（市、区）发明专利申请量",
        "二、进度与预测",
        "（一）与目标的差距",
        "图1\u3000各县（市、区）各季度完成率",
        "（二）到2020年的预测",
        "图2\u3000发明专利申请量预测",
        "图3\u3000有效量变化的来源",
        "三、有关要求",
        "（一）落实责任",
        "1. 逐月调度",
        "（1）报送方式",
        "表2\u3000各县（市、区）分月发明专利申请量",
        "图4\u3000各县（市、区）申请量",
        "图5\u3000目标进度",
        "图6\u3000三种专利申请量",
        "图7\u3000申请量分布",
    ]


def test_annexes_are_numbered_where_there_are_several() -> None:
    document = notice()
    assert [annex_label(document, annex) for annex in document.annexes] == ["附件1", "附件2"]


@pytest.mark.parametrize(
    "title",
    [
        "桂林市人民政府关于印发桂林市知识产权战略行动计划（2016—2020年）的通知",
        "关于对未完成2017年度发明专利目标的县（市、区）予以通报的通知",
        "一" * 57,
    ],
)
def test_long_titles_break_into_lines_that_fit(title: str) -> None:
    lines = title_lines(title)
    assert "".join(lines) == title
    assert all(len(line) <= 21 for line in lines)
    assert not any(line.startswith(("的", "年", "）", "、")) for line in lines[1:])


def test_numbers_are_never_torn() -> None:
    lines = title_lines("云浦市第二次会议二〇一七工作会议材料与安排2017年度重点")
    assert any("2017" in line for line in lines)
