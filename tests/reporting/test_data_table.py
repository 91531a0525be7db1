# SPDX-License-Identifier: Apache-2.0
"""Tables of documents: totals and ratios that can be checked, gaps that stay gaps."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from zhihang.errors import DefinitionError, NotFound
from zhihang.reporting.caption import cell_text, footnotes
from zhihang.reporting.data_table import Column, DataTable, Derived, Missing

COLUMNS = (
    Column("county", "县"),
    Column("now", "本年", "integer", total=True),
    Column("before", "上年", "integer", total=True),
    Column("change", "同比", "percent", derived=Derived("change", "now", "before")),
    Column("gap", "差额", "integer", derived=Derived("difference", "now", "before")),
)
CAPTIONS: dict[str, Any] = {"title": "申请量", "unit": "件", "period": "2017年", "source": "登记簿"}


def table(*rows: tuple[str, Any, Any], **more: Any) -> DataTable:
    given = [{"county": county, "now": now, "before": before} for county, now, before in rows]
    return DataTable.of(given, columns=COLUMNS, total_label="合计", **CAPTIONS, **more)


def test_changes_and_totals_are_computed() -> None:
    # 甲 120/100 - 1 = 0.2; 乙 30/60 - 1 = -0.5; all 150/160 - 1 = -0.0625
    made = table(("甲县", 120, 100), ("乙县", 30, 60))
    assert made.rows == (("甲县", 120, 100, pytest.approx(0.2), 20), ("乙县", 30, 60, -0.5, -30))
    assert made.total == ("合计", 150, 160, -0.0625, -10)


def test_a_change_from_zero_or_from_nothing_is_missing() -> None:
    made = table(("甲县", 5, 0), ("乙县", 5, None))
    assert [row[3] for row in made.rows] == [None, None]
    assert [row[4] for row in made.rows] == [5, None]


def test_a_total_leaves_out_what_is_missing_and_says_so() -> None:
    made = table(("甲县", 120, 100), ("乙县", 30, None))
    assert made.total is not None
    assert made.total[2] == 100
    assert "“上年”有1行无数据，合计未包括这些行。" in footnotes(made, "zh")[0]


def test_totals_over_different_rows_give_no_rate() -> None:
    # 150 with 乙 against 100 without it would be +50 %: not a growth of anything.
    made = table(("甲县", 120, 100), ("乙县", 30, None))
    assert made.total is not None
    assert isinstance(made.total[3], Missing)
    assert "不可比" in footnotes(made, "zh")[0]
    same = table(("甲县", 120, 100), ("乙县", None, None))
    assert same.total is not None
    assert same.total[3] == pytest.approx(0.2)


def test_a_published_total_that_differs_from_the_sum_is_shown_and_said() -> None:
    made = table(("甲县", 120, 100), ("乙县", 30, 60), totals={"now": 152})
    assert made.total is not None
    assert made.total[1] == 152
    assert not made.adds_up(1)
    assert made.adds_up(2)
    assert "“本年”的合计与各行之和相差2。" in footnotes(made, "zh")[0]


def test_decimal_totals_are_exact() -> None:
    money = (Column("who", "单位"), Column("sum", "金额", "number", total=True))
    rows = [{"who": str(i), "sum": Decimal("0.1")} for i in range(10)]
    made = DataTable.of(rows, columns=money, total_label="合计", **CAPTIONS)
    assert made.total == ("合计", Decimal("1.0"))


def test_missing_reasons_are_listed_under_the_table() -> None:
    made = table(("甲县", Missing("尚未设立"), 3), ("乙县", 4, Missing("口径不同")))
    assert "“—”表示无数据（" in footnotes(made, "zh")[0]
    assert "口径不同；尚未设立" in footnotes(made, "zh")[0] or "尚未设立" in footnotes(made, "zh")[0]


def test_not_a_number_is_missing() -> None:
    made = table(("甲县", float("nan"), 3), ("乙县", float("inf"), 3))
    assert [row[1] for row in made.rows] == [None, None]


@pytest.mark.parametrize("blank", ["title", "unit", "period", "source"])
def test_a_table_without_a_caption_is_refused(blank: str) -> None:
    with pytest.raises(DefinitionError, match=blank):
        DataTable.of([], columns=COLUMNS, **{**CAPTIONS, blank: " "})


def test_a_cell_of_an_unknown_column_is_refused() -> None:
    with pytest.raises(NotFound, match="beforehand"):
        DataTable.of([{"county": "甲", "beforehand": 3}], columns=COLUMNS, **CAPTIONS)


def test_rows_of_the_wrong_width_are_refused() -> None:
    with pytest.raises(DefinitionError, match="do not fit"):
        DataTable(**CAPTIONS, columns=COLUMNS, rows=(("甲", 1),))


@pytest.mark.parametrize(
    ("cell", "kind", "shown"),
    [
        (1234567, "integer", "1,234,567"),
        (-5, "integer", "−5"),
        (0.12345, "percent", "12.3%"),
        (Decimal("1.25"), "number", "1.3"),
        (None, "integer", "—"),
        (None, "text", ""),
        ("orange", "level", "橙"),
        ("=1+1", "text", "=1+1"),
    ],
)
def test_cells_are_written_as_people_read_them(cell: Any, kind: Any, shown: str) -> None:
    assert cell_text(cell, Column("x", "x", kind), "zh") == shown
