# SPDX-License-Identifier: Apache-2.0
"""A workbook with a list of any length: a sheet about it, then sheets of at most a million rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_000_000
MOST_LETTERS = 32_767
_WIDTHS = (18, 18, 9, 48, 36, 12, 36)


def write_workbook(
    path: Path, facts: Sequence[tuple[str, str]], names: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Write a workbook row by row, so that memory does not grow with the list; no text becomes a formula or a link."""
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        about = book.add_worksheet("检索说明")
        about.set_column(0, 0, 12)
        about.set_column(1, 1, 100)
        for place, (name, told) in enumerate(facts):
            about.write_string(place, 0, name)
            about.write_string(place, 1, told[:MOST_LETTERS])
        dates = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet, line = _sheet(book, names, 1), 0
        number = 1
        for row in rows:
            if line == MOST_ROWS:
                number += 1
                sheet, line = _sheet(book, names, number), 0
            line += 1
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(line, column, value, dates)
                elif isinstance(value, (int, float)):
                    sheet.write_number(line, column, value)
                elif value is not None:
                    sheet.write_string(line, column, str(value)[:MOST_LETTERS])


def _sheet(book: Workbook, names: Sequence[str], number: int) -> Worksheet:
    sheet = book.add_worksheet("检索结果" if number == 1 else f"检索结果{number}")
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    for column, name in enumerate(names):
        sheet.set_column(column, column, _WIDTHS[column])
        sheet.write_string(0, column, name, bold)
    return sheet
