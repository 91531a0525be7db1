# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of CNIPR: full-width brackets, priorities in one cell, main class and list."""

from __future__ import annotations

from tests.raw_rows import SAMPLES, expected, of_record, raw_rows, samples, surest

from zhihang.ingestion.readers.cnipr import cnipr

EXPORT = SAMPLES / "cnipr" / "export.xlsx"


def test_the_samples_give_the_rows_beside_them():
    assert samples(cnipr) == expected(cnipr)


def test_the_reader_is_chosen_by_the_columns():
    assert surest(EXPORT) == "cnipr"


def test_a_priority_gives_its_date_office_and_number():
    assert raw_rows(cnipr, EXPORT)["priority"] == [
        {"record": 0, "date": "2012.01.16", "office": "DE", "number": "202012000001.5"}
    ]


def test_the_main_class_stands_once_and_first():
    assert of_record(raw_rows(cnipr, EXPORT), "classification", 0, "symbol") == [
        "E01B3/32(2006.01)I",
        "E01B9/10(2006.01)I",
    ]


def test_province_and_its_code_belong_to_the_first_of_two_applicants():
    rows = raw_rows(cnipr, EXPORT)["party"]
    applicants = [row for row in rows if row["record"] == 0 and row["role"] == "applicant"]
    assert [row.get("province") for row in applicants] == ["江苏;32", None]
