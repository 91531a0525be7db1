# SPDX-License-Identifier: Apache-2.0
"""The cell formats of a workbook: fonts by name, rules, digits, colours of levels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhihang.reporting import palette
from zhihang.reporting.data_table import Cell, Column
from zhihang.terms.label import Language

if TYPE_CHECKING:
    from xlsxwriter import Workbook


class Formats:
    """Formats of one workbook, made once each."""

    def __init__(self, book: Workbook, language: Language) -> None:
        self._book, self._language = book, language
        body, heading = ("宋体", "黑体") if language == "zh" else ("Times New Roman", "Arial")
        self._body = {"font_name": body, "font_size": 11, "valign": "vcenter"}
        self._heading = {"font_name": heading, "font_size": 11, "valign": "vcenter"}
        self._made: dict[tuple[object, ...], Any] = {}
        self.title = book.add_format({**self._heading, "font_size": 14})
        self.note = book.add_format(
            {**self._body, "font_size": 9, "font_color": palette.FAINT, "text_wrap": True}
        )
        self.caption = book.add_format({**self._body, "font_size": 9, "font_color": palette.FAINT})
        self.link = book.add_format({**self._body, "font_color": palette.SERIES[0], "underline": 1})
        self.simulated = book.add_format(
            {**self._heading, "font_size": 12, "bold": True, "font_color": palette.SERIES[5]}
        )
        rules = {"top": 2, "bottom": 1, "align": "center", "text_wrap": True}
        self.heading = book.add_format({**self._heading, **rules})

    def cell(self, column: Column, *, total: bool, level: Cell) -> Any:
        """Return the format of a cell: by kind of column, whether in the total row, and by its level."""
        key = (column.kind, column.digits, total, level)
        if key not in self._made:
            self._made[key] = self._book.add_format(self._settings(column, total, level))
        return self._made[key]

    def _settings(self, column: Column, total: bool, level: Cell) -> dict[str, Any]:
        decimals = "." + "0" * column.digits if column.digits else ""
        digits = {"integer": "#,##0", "number": f"#,##0{decimals}", "percent": f"#,##0{decimals}%"}
        given = {**(self._heading if total else self._body), "align": "right" if column.numeric else "left"}
        if column.kind in digits:
            given["num_format"] = digits[column.kind]
        if column.kind in ("level", "date"):
            given["align"] = "center"
        if isinstance(level, str) and level in palette.LEVELS:
            given["bg_color"] = palette.LEVELS[level]
        return (
            {**given, "top": 1, "bottom": 2}
            if total
            else {**given, "bottom": 4, "bottom_color": palette.RULE}
        )
