# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of incoPat: lines above the header, types beside applicants, industries."""

from __future__ import annotations

from tests.raw_rows import SAMPLES, expected, raw_rows, samples, surest

from zhihang.ingestion.readers.incopat import incopat

EXPORT = SAMPLES / "incopat" / "export.xlsx"


def test_the_samples_give_the_rows_beside_them():
    assert samples(incopat) == expected(incopat)


def test_the_reader_is_chosen_by_the_columns_below_the_preamble():
    assert surest(EXPORT) == "incopat"


def test_as_many_types_as_applicants_are_paired_and_a_single_city_belongs_to_the_first():
    rows = raw_rows(incopat, EXPORT)["party"]
    applicants = [row for row in rows if row["record"] == 0 and row["role"] == "applicant"]
    assert [(row["name"], row["type"], row.get("city")) for row in applicants] == [
        ("样例汽车有限公司", "企业", "柳州市"),
        ("样例大学", "大专院校", None),
    ]
