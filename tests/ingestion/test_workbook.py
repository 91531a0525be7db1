# SPDX-License-Identifier: Apache-2.0
"""Tests of workbooks read by a process of their own: text of cells, bounds, damage."""

from __future__ import annotations

import datetime as dt
import gzip
import os
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from tests.raw_rows import SAMPLES

from zhihang.errors import SourceError
from zhihang.ingestion.layout import Layout
from zhihang.ingestion.sample import take_sample
from zhihang.ingestion.sheet import body, rows
from zhihang.ingestion.source import Source, sources
from zhihang.ingestion.workbook import Workbook, open_workbook

HEADER = ["申请号", "专利名称", "申请人"]


@pytest.fixture
def write(tmp_path):
    def write(*sheets: tuple[str, list[list[object]]], name: str = "book.xlsx") -> Path:
        path: Path = tmp_path / name
        with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
            for title, lines in sheets:
                sheet = book.add_worksheet(title)
                for number, line in enumerate(lines):
                    sheet.write_row(number, 0, line)
        return path

    return write


def read(path: Path) -> list[tuple[int, list[str]]]:
    source = sources(path)[0]
    return list(rows(source, take_sample(source)))


def test_cells_read_as_a_person_would_type_them(write):
    path = write(
        ("a", [HEADER, [20130102, 0.5, True], [dt.date(2013, 1, 2), "=1+1", "甲 "], [9.1450300198230687e16]])
    )
    assert read(path)[1:] == [
        (2, ["20130102", "0.5", "TRUE"]),
        (3, ["2013-01-02", "0", "甲 "]),
        (4, ["91450300198230688", "", ""]),
    ]


def test_a_formula_gives_the_value_it_was_saved_with(tmp_path):
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_formula(1, 0, '="CN"&1', None, "CN1")
        sheet.write_formula(1, 1, "=NA()", None, "#N/A")
        sheet.write(1, 2, "甲")
    assert read(path)[1] == (2, ["CN1", "", "甲"])


def test_row_numbers_are_those_of_the_sheet_even_below_blank_rows(write):
    path = write(("a", [[], [], HEADER, ["CN1", "杯", "甲"], [], ["CN2", "盖", "乙"]]))
    assert [number for number, cells in read(path) if any(cells)] == [3, 4, 6]


def test_the_sheet_with_known_column_names_is_read_and_those_like_it_too(write):
    path = write(
        ("说明", [["本表由样例导出"], ["共两页"]]),
        ("第一页", [["检索式：样例"], HEADER, ["CN1", "杯", "甲"]]),
        ("第二页", [HEADER, ["CN2", "盖", "乙"]]),
        ("其他", [["一", "二"], ["1", "2"]]),
    )
    source = sources(path)[0]
    sample = take_sample(source)
    assert sample.sheet == "第一页"
    (first, second) = Layout.from_header(sample.rows[1]).drafts(body(source, sample, 1))
    assert (first.lines, second.lines) == (
        [3],
        [5],
    )  # three rows of the first page, then the second of the next
    assert list(body(source, sample, 1)) == [(3, ["CN1", "杯", "甲"]), (5, ["CN2", "盖", "乙"])]


def test_a_workbook_inside_gzip_or_zip_is_read(write, tmp_path):
    path = write(("a", [HEADER, ["CN1", "杯", "甲"]]))
    packed = tmp_path / "book.xlsx.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    archive = tmp_path / "books.zip"
    with zipfile.ZipFile(archive, "w") as out:
        out.write(path, "book.xlsx")
    assert read(packed) == read(archive) == read(path)


def test_a_workbook_with_all_columns_of_a_sheet_in_use_is_read(tmp_path):
    path = tmp_path / "wide.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ["CN1", "杯", "甲"])
        sheet.write(1, 16_383, "尾")
    source = sources(path)[0]
    sample = take_sample(source)
    (draft,) = Layout.from_header(sample.rows[0]).drafts(body(source, sample, 0))
    assert draft.lines == [2]
    assert draft.table("attribute").to_pylist() == [{"record": 0, "name": "column 16384", "value": "尾"}]


@pytest.mark.skipif(os.name != "posix", reason="bounds of memory need a POSIX system")
def test_a_workbook_that_asks_for_more_memory_than_allowed_is_refused(tmp_path):
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.write(1_048_575, 16_383, "b")
    with pytest.raises(SourceError) as caught:
        take_sample(sources(path)[0])
    assert caught.value.what == (
        'The workbook "far.xlsx" cannot be read within bounds: it is damaged, or far too large.'
    )


def test_a_damaged_sheet_gives_one_message(write, tmp_path):
    good = write(("a", [HEADER, ["CN1", "杯", "甲"]]))
    bad = tmp_path / "bad.xlsx"
    with zipfile.ZipFile(good) as book, zipfile.ZipFile(bad, "w") as out:
        for name in book.namelist():
            content = book.read(name)
            out.writestr(name, content[: len(content) // 2] if "sheet1" in name else content)
    with pytest.raises(SourceError, match="cannot be read as one"):
        take_sample(sources(bad)[0])


def test_an_empty_workbook_gives_one_message(write):
    with pytest.raises(SourceError, match="holds no data"):
        take_sample(sources(write(("a", [])))[0])


def test_a_program_that_stops_gives_one_message(write, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(SourceError, match="cannot be read within bounds"):
        Workbook(Source(write(("a", [HEADER]))))


def test_a_reading_given_up_halfway_leaves_no_stale_answers(write):
    path = write(("a", [HEADER, *([["CN1", "杯", "甲"]] * 30_000)]))
    source = Source(path)
    next(open_workbook(source).blocks("a"))
    assert open_workbook(source).head("a")[0] == HEADER


def test_an_old_binary_workbook_is_read(shared):
    path = shared / "data" / "patents" / "cn-sipo-search" / "sipo_search_szu_110.xls"
    assert len(read(path)) == 111


def test_samples_are_workbooks():
    assert take_sample(Source(SAMPLES / "incopat" / "export.xlsx")).sheet == "incoPat"
