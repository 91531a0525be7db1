# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of PATENTSCOPE result lists: priorities, repeated classes, names in two scripts."""

from __future__ import annotations

import csv
import zipfile

from tests.raw_rows import SAMPLES, count, expected, of_record, raw_rows, samples, surest

from zhihang.ingestion.readers.patentscope import patentscope

LIST = SAMPLES / "patentscope" / "resultset.csv"


def test_the_samples_give_the_rows_beside_them():
    assert samples(patentscope) == expected(patentscope)


def test_the_reader_is_chosen_by_the_columns_below_the_query():
    assert surest(LIST) == "patentscope"


def test_a_class_given_several_times_counts_once():
    assert of_record(raw_rows(patentscope, LIST), "classification", 0, "symbol") == [
        "G01N 25/00",
        "G01J 5/00",
    ]


def test_priorities_in_either_order_give_number_date_and_office():
    rows = raw_rows(patentscope, LIST)
    assert of_record(rows, "priority", 0, "office") == ["US", "GB"]
    assert of_record(rows, "priority", 3, "number") == ["60/900,004", "60/900,005"]
    assert of_record(rows, "priority", 3, "date") == ["20030707", "20030708"]


def test_an_american_number_that_may_be_provisional_or_not_is_left_out_but_kept_as_written():
    rows = raw_rows(patentscope, LIST)
    assert of_record(rows, "priority", 1, "number") == ["PCT/US2003/035001", None]
    assert "29900102" in str(of_record(rows, "attribute", 1, "value"))


def test_workbooks_in_a_zip_are_all_read(tmp_path):
    import xlsxwriter

    with LIST.open(encoding="utf-8", newline="") as text:
        lines = list(csv.reader(text))
    for name in ("one.xlsx", "two.xlsx"):
        with xlsxwriter.Workbook(tmp_path / name) as book:
            sheet = book.add_worksheet("ResultSet")
            for number, row in enumerate(lines):
                sheet.write_row(number, 0, row)
    with zipfile.ZipFile(tmp_path / "lists.zip", "w") as archive:
        archive.write(tmp_path / "one.xlsx", "lists/one.xlsx")
        archive.write(tmp_path / "two.xlsx", "lists/two.xlsx")
        archive.writestr("__MACOSX/lists/._one.xlsx", b"\0\5\x16\7")
    assert count(patentscope, tmp_path / "lists.zip") == (10, 0)
