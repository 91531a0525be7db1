# SPDX-License-Identifier: Apache-2.0
"""Figures inside sentences, and what is counted."""

from __future__ import annotations

import pytest

from zhihang.navigation.findings import chance
from zhihang.navigation.result import Figure, Finding, Limit
from zhihang.navigation.sentences import patents, rate, share, shown_value, statement
from zhihang.navigation.unit_of_count import Words, findings_in, limits_in


@pytest.mark.parametrize(
    ("figure", "written"),
    [
        (rate("增速", 0.076), "年均增长7.6%"),
        (rate("增速", -0.076), "年均下降7.6%"),
        (rate("增速", 0.0), "年均持平"),
        (rate("增速", None), "年均变化未知"),
        (Figure("密度", 31.6, "%"), "31.6%"),
        (patents("应有", 16.7), "16.7件"),
        (patents("实有", 1263), "1,263件"),
        (Figure("残差", -2.7), "−2.70"),
        (share("份额", None), "未知"),
    ],
)
def test_figures_are_written_as_a_report_writes_them(figure: Figure, written: str) -> None:
    assert shown_value(figure) == written


def test_a_probability_is_never_zero() -> None:
    assert (chance(1e-9), chance(0.0312), chance(None)) == ("<0.001", "0.031", "未知")


def test_families_are_counted_as_families_and_applications_as_applications() -> None:
    text, figures = statement(
        "gap",
        place="甲",
        node="乙",
        local=patents("实有", 2),
        expected=patents("应有", 9.5),
        z=Figure("残差", -2.7),
    )
    told = findings_in([Finding("gap:A", "position", text, figures)], Words("族"))[0]
    assert told.text == "甲在乙有缺口：实有2族，按规模应有9.5族（调整残差−2.70）。"
    assert [one.unit for one in told.figures] == ["族", "族", ""]
    limit = Limit("corpus", "scope", "命中1,286件申请，归并为1,139件", (Figure("命中", 1286, "件申请"),))
    said = limits_in([limit], Words("族"))[0]
    assert said.text == "命中1,286件申请，归并为1,139族"
    assert said.figures[0].unit == "件申请"
