# SPDX-License-Identifier: Apache-2.0
"""The writer of workbooks: one sheet per table, with totals and ratios that compute."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from itertools import groupby
from typing import TYPE_CHECKING

from zhihang.reporting import palette
from zhihang.reporting.caption import (
    SIMULATED,
    SIMULATED_SENTENCE,
    caption_word,
    cell_text,
    column_heading,
    footnotes,
    unit_and_period,
)
from zhihang.reporting.chart import Chart
from zhihang.reporting.data_table import Cell, Column, DataTable, Derived, Number, derive_cell, figure
from zhihang.reporting.document import Document
from zhihang.reporting.outline import Placed, placed
from zhihang.reporting.wording import day
from zhihang.reporting.writer import writer
from zhihang.reporting.writers._sheet_format import Formats
from zhihang.reporting.writers._table_layout import text_width
from zhihang.terms.label import Label, Language

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_A4 = 9
_MOST_LETTERS = 31
_MEASURED = 5_000
"""Of longer tables every k-th row decides how wide columns are."""


@writer(
    label=Label("Excel 工作簿", "Excel workbook"),
    suffix=".xlsx",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)
def xlsx(document: Document) -> bytes:
    """A list of contents and one sheet for each table and each chart's figures; totals and ratios are formulas."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        dated = datetime.combine(document.date, time(), UTC).replace(tzinfo=None)
        book.set_properties(
            {
                "title": document.title,
                "subject": document.subject,
                "author": document.signature,
                "keywords": SIMULATED[document.language] if document.simulated else "",
                "created": dated,
            }
        )
        book.set_calc_mode("auto")
        _write(book, document)
    return buffer.getvalue()


def _write(book: Workbook, document: Document) -> None:
    formats = Formats(book, document.language)
    shown = [one for one in placed(document) if isinstance(one.block, (DataTable, Chart))]
    contents = book.add_worksheet(caption_word("contents", document.language))
    names = list(_sheet_names(shown, taken=contents.get_name()))
    _contents(contents, document, shown, names, formats)
    for one, name in zip(shown, names, strict=True):
        block = one.block
        table = block.table(document.language) if isinstance(block, Chart) else block
        assert isinstance(table, DataTable)
        _Sheet(book.add_worksheet(name), one, table, document, formats, contents.get_name()).write()


def _sheet_names(shown: list[Placed], *, taken: str) -> Iterator[str]:
    """Yield a name for each sheet: its number and title, in the 31 letters that are allowed."""
    used = {taken.lower()}
    for one in shown:
        name = re.sub(r"[\[\]:*?/\\'\u3000]", " ", one.shown).strip()[:_MOST_LETTERS].strip() or "Sheet"
        count = 1
        while name.lower() in used:
            count += 1
            name = f"{name[: _MOST_LETTERS - 4].strip()} ({count})"
        used.add(name.lower())
        yield name


def _contents(
    sheet: Worksheet, document: Document, shown: list[Placed], names: list[str], formats: Formats
) -> None:
    language = document.language
    row = 0
    if document.simulated:
        sheet.write_string(0, 0, SIMULATED[language], formats.simulated)
        sheet.write_string(1, 0, SIMULATED_SENTENCE[language], formats.note)
        row = 2
    sheet.write_string(row, 0, document.title, formats.title)
    dated = f"{document.signature}\u3000{day(document.date, language)}".strip()
    sheet.write_string(row + 1, 0, dated, formats.note)
    for offset, (one, name) in enumerate(zip(shown, names, strict=True), row + 3):
        sheet.write_url(offset, 0, f"internal:'{name}'!A1", formats.link, one.shown)
    sheet.set_column(0, 0, 80)
    _set_up_page(sheet, document, turned=False)


class _Sheet:
    """Writes one table onto its sheet."""

    def __init__(
        self,
        sheet: Worksheet,
        one: Placed,
        table: DataTable,
        document: Document,
        formats: Formats,
        contents: str,
    ) -> None:
        self.sheet, self.one, self.table = sheet, one, table
        self.document, self.formats, self.contents = document, formats, contents
        self.language: Language = document.language
        self.last_column = len(table.columns) - 1
        self.top = 3 if document.simulated else 2
        self.first = self.top + (2 if table.has_groups() else 1)
        self.total_row = self.first + len(table.rows)
        self.plain = formats.cell(Column("", ""), total=False, level=None)
        self.widths = _widths(table, document.language)

    def write(self) -> None:
        """Write title, heading, rows, total, notes; freeze the heading; set up the printed page."""
        self._captions()
        self._heading()
        for offset, cells in enumerate(self.table.rows):
            self._row(self.first + offset, cells)
        if self.table.total is not None:
            self._total(self.table.total)
        self._notes()
        self._set_widths()
        self.sheet.freeze_panes(self.first, 1)
        self.sheet.repeat_rows(self.top, self.first - 1)
        _set_up_page(self.sheet, self.document, turned=len(self.table.columns) > 8)

    def _captions(self) -> None:
        row = 0
        if self.document.simulated:
            self.sheet.write_string(0, 0, SIMULATED[self.language], self.formats.simulated)
            row = 1
        self.sheet.write_string(row, 0, self.one.shown, self.formats.title)
        line = unit_and_period(self.one.block, self.language)  # type: ignore[arg-type]
        self.sheet.write_string(row + 1, 0, line, self.formats.caption)

    def _heading(self) -> None:
        columns = list(enumerate(self.table.columns))
        heading = self.formats.heading
        for group, members in groupby(columns, key=lambda one: one[1].group):
            held = list(members)
            first, last = held[0][0], held[-1][0]
            if group and last > first:
                self.sheet.merge_range(self.top, first, self.top, last, group, heading)
            elif group:
                self.sheet.write_string(self.top, first, group, heading)
            for index, column in held:
                text = column_heading(column)
                if self.table.has_groups() and not group:
                    self.sheet.merge_range(self.top, index, self.first - 1, index, text, heading)
                else:
                    self.sheet.write_string(self.first - 1, index, text, heading)

    def _row(self, row: int, cells: tuple[Cell, ...], *, total: bool = False) -> None:
        for index, (cell, column) in enumerate(zip(cells, self.table.columns, strict=True)):
            if isinstance(cell, str) and column.kind == "text" and not total:
                self.sheet.write_string(row, index, cell, self.plain)
                continue
            shown = self.formats.cell(
                column.for_cell(cell), total=total, level=cell if column.kind == "level" else None
            )
            formula = self._derived(column.derived, row, cells, cell)
            if formula:
                value = figure(cell)
                self.sheet.write_formula(row, index, formula, shown, "" if value is None else _number(value))
            else:
                self._cell(row, index, cell, column, shown)

    def _cell(self, row: int, index: int, cell: Cell, column: Column, shown: object) -> None:
        value = figure(cell)
        if value is not None and column.kind != "text":
            self.sheet.write_number(row, index, _number(value), shown)
        else:
            self.sheet.write_string(row, index, cell_text(cell, column, self.language), shown)

    def _total(self, cells: tuple[Cell, ...]) -> None:
        self._row(self.total_row, cells, total=True)
        for index, column in enumerate(self.table.columns):
            if self.table.rows and self.table.adds_up(index):
                letter = _letter(index)
                formula = f"=SUM({letter}{self.first + 1}:{letter}{self.total_row})"
                shown = self.formats.cell(column, total=True, level=None)
                self.sheet.write_formula(
                    self.total_row, index, formula, shown, _number(self.table.sum_of(index))
                )

    def _derived(self, derived: Derived | None, row: int, cells: tuple[Cell, ...], cell: Cell) -> str:
        """Return the formula of a derived cell; blank where the cell was given and is another figure."""
        if derived is None:
            return ""
        of, to = self.table.index(derived.of), self.table.index(derived.to)
        expected, given = figure(derive_cell(derived, cells[of], cells[to])), figure(cell)
        if (expected is None) != (given is None) or (
            given is not None and float(given) != float(expected or 0)
        ):
            return ""
        if expected is None:
            return ""
        first, second = f"{_letter(of)}{row + 1}", f"{_letter(to)}{row + 1}"
        if derived.kind == "difference":
            return f"={first}-{second}"
        rest = "-1" if derived.kind == "change" else ""
        return f'=IF({second}=0,"",{first}/{second}{rest})'

    def _notes(self) -> None:
        row = self.total_row + (1 if self.table.total is not None else 0)
        if not self.table.rows:
            self.sheet.write_string(row, 0, caption_word("no_rows", self.language), self.formats.note)
            row += 1
        for line in footnotes(self.table, self.language):
            self._note(row, line)
            row += 1
        link = f"internal:'{self.contents}'!A1"
        self.sheet.write_url(row + 1, 0, link, self.formats.link, caption_word("back", self.language))

    def _note(self, row: int, line: str) -> None:
        """Write a line under the table across its columns, as high as it needs."""
        if self.last_column:
            self.sheet.merge_range(row, 0, row, self.last_column, "", self.formats.note)
        self.sheet.write_string(row, 0, line, self.formats.note)
        lines = -(-1.8 * text_width(line) // max(20.0, sum(self.widths)))
        self.sheet.set_row(row, 13.0 * max(1.0, lines))

    def _set_widths(self) -> None:
        for index, width in enumerate(self.widths):
            self.sheet.set_column(index, index, width)


def _widths(table: DataTable, language: Language) -> list[float]:
    """Return the width of each column, in the letters that workbooks count in."""
    widths = []
    rows = table.all_rows()[:: 1 + len(table.rows) // _MEASURED]
    for index, column in enumerate(table.columns):
        texts = [cell_text(row[index], column, language) for row in rows]
        widest = max([*map(text_width, texts), min(text_width(column_heading(column)), 8.0)], default=4.0)
        widths.append(min(60.0, 2.0 * widest + 3.0))
    return widths


def _set_up_page(sheet: Worksheet, document: Document, *, turned: bool) -> None:
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.6, right=0.6, top=0.9, bottom=0.8)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C— &P —")
    if turned:
        sheet.set_landscape()
    if document.simulated:
        sheet.set_header(f"&C&K{palette.SERIES[5].lstrip('#').upper()}{SIMULATED[document.language]}")
        sheet.set_tab_color(palette.SERIES[5])


def _number(value: Number) -> int | float:
    return value if isinstance(value, int) else float(value)


def _letter(index: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(index))
