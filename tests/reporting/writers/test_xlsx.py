# SPDX-License-Identifier: Apache-2.0
"""Workbooks compute: totals and ratios are formulas whose saved values are right."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from tests.reporting_sample import COUNTIES, FILINGS, notice

from zhihang.reporting.write import render


@pytest.fixture(scope="module")
def content() -> bytes:
    return render(notice(), "xlsx")


@pytest.fixture(scope="module")
def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read(name).decode("utf-8")


def formulas(content: bytes, sheet: int) -> dict[str, tuple[str, str]]:
    """Cell to formula and saved value."""
    found = re.findall(
        r'<c r="(\w+)"[^>]*><f>([^<]*)</f><v>([^<]*)</v>', part(content, f"xl/worksheets/sheet{sheet}.xml")
    )
    return {cell: (formula, value) for cell, formula, value in found}


def test_every_table_and_chart_has_its_sheet(sheets: dict[str, list[list[Any]]]) -> None:
    names = list(sheets)
    assert names[0] == "目录"
    assert len(names) == 1 + 2 + 7
    assert names[1] == "表1 各县（市、区）发明专利申请量"


def test_totals_are_formulas_over_all_rows(content: bytes) -> None:
    # rows 6 to 22 hold the 17 counties; the sum of the filings is 4143
    total = formulas(content, 2)["B23"]
    assert total == ("SUM(B6:B22)", str(sum(FILINGS)))


def test_ratios_are_formulas_with_their_values(content: bytes) -> None:
    found = formulas(content, 2)
    formula, value = found["F6"]
    assert formula == 'IF(E6=0,"",B6/E6)'
    assert float(value) == pytest.approx(1204 / 1200)
    formula, value = found["D6"]
    assert formula == 'IF(C6=0,"",B6/C6-1)'
    assert float(value) == pytest.approx(1204 / 1102 - 1)
    # from 0 and from nothing there is no rate, so no formula
    assert "D19" not in found
    assert "D21" not in found


def test_total_formulas_hold_for_every_month(content: bytes, sheets: dict[str, list[list[Any]]]) -> None:
    index = next(i for i, name in enumerate(sheets, 1) if name.startswith("表2"))
    rows = list(sheets.values())[index - 1]
    for cell, (formula, value) in formulas(content, index).items():
        column = ord(cell[0]) - 65
        first, last = (int(n) for n in re.findall(r"\d+", formula))
        assert sum(row[column] for row in rows[first - 1 : last]) == float(value)
        assert last - first + 1 == len(COUNTIES)


def test_figures_are_numbers_and_units_stand_above(sheets: dict[str, list[list[Any]]]) -> None:
    rows = sheets["表1 各县（市、区）发明专利申请量"]
    assert rows[0][0] == "模拟数据 SIMULATED DATA"
    assert rows[2][0] == "单位：件\u3000时期：2017年"
    assert rows[5][:3] == ["临江区", 1204.0, 1102.0]
    assert rows[-3][0].startswith("数据来源：") or any(str(row[0]).startswith("数据来源：") for row in rows)


def test_every_sheet_says_that_figures_are_simulated(
    content: bytes, sheets: dict[str, list[list[Any]]]
) -> None:
    assert all("模拟数据 SIMULATED" in str(rows[0][0]) for rows in sheets.values())
    for number in range(1, len(sheets) + 1):
        assert (
            "模拟数据 SIMULATED"
            in part(content, f"xl/worksheets/sheet{number}.xml").split("<headerFooter>")[1]
        )


def test_headings_stay_and_pages_are_a4(content: bytes) -> None:
    sheet = part(content, "xl/worksheets/sheet2.xml")
    assert '<pane xSplit="1" ySplit="5"' in sheet
    assert 'paperSize="9"' in sheet
    assert 'fitToHeight="0"' in sheet


def test_fonts_are_named_in_chinese(content: bytes) -> None:
    assert {"宋体", "黑体"} <= set(re.findall(r'<name val="([^"]+)"', part(content, "xl/styles.xml")))


def test_a_published_total_stays_a_figure() -> None:
    from dataclasses import replace

    from zhihang.reporting.data_table import Column, DataTable

    columns = (Column("c", "县"), Column("n", "数", "integer", total=True))
    rows = [{"c": "甲", "n": 1}, {"c": "乙", "n": 2}]
    table = DataTable.of(
        rows,
        columns=columns,
        title="表",
        unit="件",
        period="2017年",
        source="年鉴",
        total_label="全市",
        totals={"n": 5},
    )
    content = render(replace(notice(), blocks=(table,), annexes=()), "xlsx")
    assert formulas(content, 2) == {}


def test_dates_in_the_file_are_those_of_the_document(content: bytes) -> None:
    assert "2018-01-15T00:00:00Z" in part(content, "docProps/core.xml")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert {entry.date_time[0] for entry in packed.infolist()} == {1980}


def test_structure_is_as_agreed(
    content: bytes, sheets: dict[str, list[list[Any]]], golden: Callable[[str, str], None]
) -> None:
    lines = []
    for number, (name, rows) in enumerate(sheets.items(), 1):
        lines.append(f"# {name}")
        lines += [
            " | ".join(f"{cell:.10g}" if isinstance(cell, float) else str(cell) for cell in row)
            for row in rows
        ]
        lines += [f"{cell} = {formula}" for cell, (formula, _) in formulas(content, number).items()]
    golden("documents/notice.xlsx.txt", "\n".join(line.rstrip() for line in lines) + "\n")
