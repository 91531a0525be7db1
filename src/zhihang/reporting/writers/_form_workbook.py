# SPDX-License-Identifier: Apache-2.0
"""The workbook of a template: a sheet to fill in, one that explains the columns, one with the codes."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

from zhihang.reporting.template import Template, TemplateColumn

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

ROWS = 20_000
"""Rows below the header that drop-downs and checks reach."""
_FILL, _EXPLAIN, _CODES = "数据", "说明", "代码"
_LONGEST = 250
"""A drop-down that lists its choices itself may not be longer; longer ones point at the sheet of codes."""
_DATED = datetime(2020, 1, 1)  # noqa: DTZ001 - the same template gives the same bytes; files know no time zone
_FIRST_YEAR, _LAST_YEAR = 1985, 2100
_BAD = "请核对 Please check"


def form_workbook(template: Template) -> bytes:
    """Return the bytes of a template's workbook."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": template.form.label.zh, "created": _DATED})
        filled = book.add_worksheet(_FILL)
        explained = book.add_worksheet(_EXPLAIN)
        listed = book.add_worksheet(_CODES)
        lists = _write_codes(listed, template, book)
        _write_head(filled, template, book)
        for place, column in enumerate(template.columns):
            rule = _rule(column, place, lists.get(place))
            if rule:
                filled.data_validation(1, place, ROWS, place, {**rule, "error_title": _BAD})
        _write_explanation(explained, template, book)
    return buffer.getvalue()


def _write_head(sheet: Worksheet, template: Template, book: Workbook) -> None:
    plain = book.add_format(
        {"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "top"}
    )
    needed = book.add_format(
        {"bold": True, "bg_color": "#F8D7C4", "border": 1, "text_wrap": True, "valign": "top"}
    )
    text = book.add_format({"num_format": "@"})
    for place, column in enumerate(template.columns):
        sheet.write_string(0, place, column.heading, needed if column.required else plain)
        sheet.set_column(place, place, max(10, 2 * len(column.heading)), None if column.column.unit else text)
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 1)


def _write_codes(sheet: Worksheet, template: Template, book: Workbook) -> dict[int, str]:
    """Write the choices of each column; return where those of long lists stand."""
    bold = book.add_format({"bold": True})
    found: dict[int, str] = {}
    at = 0
    for place, column in enumerate(template.columns):
        if not column.choices:
            continue
        sheet.write_string(0, at, column.column.label.zh, bold)
        sheet.write_column(1, at, column.choices)
        if column.names:
            sheet.write_column(1, at + 1, column.names)
            sheet.set_column(at + 1, at + 1, 30)
        letter = _letter(at)
        found[place] = f"={_CODES}!${letter}$2:${letter}${len(column.choices) + 1}"
        at += 3 if column.names else 2
    return found


def _rule(column: TemplateColumn, place: int, listed: str | None) -> dict[str, Any] | None:
    if column.choices:
        short = sum(len(choice) + 1 for choice in column.choices) < _LONGEST
        source: Any = list(column.choices) if short else listed
        told = "请从下拉列表中选择。Choose from the list."
        loose = column.column.name in ("industry",)
        return {
            "validate": "list",
            "source": source,
            "error_message": told,
            "error_type": "warning" if loose else "stop",
        }
    if column.length:
        told = f"应为{column.length}位。{column.length} characters."
        return {"validate": "length", "criteria": "==", "value": column.length, "error_message": told}
    if column.column.name == "year":
        told = f"{_FIRST_YEAR}-{_LAST_YEAR}"
        years = {"minimum": _FIRST_YEAR, "maximum": _LAST_YEAR}
        return {"validate": "integer", "criteria": "between", **years, "error_message": told}
    if column.column.type == "date":
        told = "日期，如 2021-06-30。A day."
        days = {"minimum": datetime(_FIRST_YEAR, 1, 1), "maximum": datetime(_LAST_YEAR, 12, 31)}  # noqa: DTZ001 - cells know no time zone
        return {"validate": "date", "criteria": "between", **days, "error_message": told}
    if column.column.type != "number":
        return None
    return _amount(column, place)


def _amount(column: TemplateColumn, place: int) -> dict[str, Any]:
    told = f"单位：{column.column.unit or ''}，不得为负。An amount of 0 or more in the unit of the heading."
    if column.column.unit == "度":
        degrees = {"minimum": -180, "maximum": 180, "error_message": "-180 to 180"}
        return {"validate": "decimal", "criteria": "between", **degrees}
    if column.not_above is None:
        return {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": told}
    own, other = f"{_letter(place)}2", f"{_letter(column.not_above)}2"
    formula = f'=AND(ISNUMBER({own}),{own}>=0,OR({other}="",{own}<={other}))'
    told = f"不得大于“第{_letter(column.not_above)}列”。Not above column {_letter(column.not_above)}."
    return {"validate": "custom", "value": formula, "error_message": told}


def _write_explanation(sheet: Worksheet, template: Template, book: Workbook) -> None:
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_row(0, 0, ("列 Column", "必填 Needed", "English", "含义 Meaning"), bold)
    for row, column in enumerate(template.columns, 1):
        needed = "是 yes" if column.required else ""
        sheet.write_row(
            row, 0, (column.heading, needed, column.column.label.en, column.column.description), wrapped
        )
    notes = (
        "每行一个对象一个年份；空白表示不知道，不等于零。One row per thing and year; blank means not known, not zero.",
        "可以增加或删除列，也可以改变列的顺序；表头中的单位可以改写。Columns may be added, left out or moved; the unit in a"
        " heading may be changed.",
    )
    for row, note in enumerate(notes, len(template.columns) + 2):
        sheet.write_string(row, 0, note)
    for place, width in enumerate((26, 12, 30, 90)):
        sheet.set_column(place, place, width)


def _letter(place: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(place))
