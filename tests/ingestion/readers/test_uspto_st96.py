# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of XML4IP: parts of an application, a file for each."""

from __future__ import annotations

from tests.raw_rows import SAMPLES, count, expected, of_record, raw_rows, samples, surest

from zhihang.ingestion.readers.uspto_st96 import uspto_st96

FOLDER = SAMPLES / "uspto_st96"
REAL = "uspto-legacy-formats/xml4ip_sample_XML4IP.ZIP"


def test_the_samples_give_the_rows_beside_them():
    assert samples(uspto_st96) == expected(uspto_st96)


def test_the_reader_is_sure_of_its_format():
    for path in FOLDER.glob("1790*.xml"):
        assert surest(path) == "uspto_st96"


def test_headers_and_line_numbers_of_the_page_are_no_text():
    rows = raw_rows(uspto_st96, FOLDER / "17900001.2021-03-04.ABST.xml")
    assert of_record(rows, "text", 0, "text") == ["ABSTRACT\nA hive (1) counts bees."]


def test_a_real_archive_holds_thirteen_parts_of_five_applications(shared):
    path = shared / "data" / "patents" / REAL
    assert count(uspto_st96, path) == (13, 0)
    rows = raw_rows(uspto_st96, path)
    assert {row["number"] for row in rows["application"]} == {
        "12993548",
        "13694401",
        "13821389",
        "13962724",
        "14522151",
    }
    assert len(rows["text"]) == 9
    claims = [row for row in rows["claim"] if row["record"] == 8]
    assert [row.get("depends_on") for row in claims][-1] == "21"
    assert claims[0]["text"] == "(canceled)"
