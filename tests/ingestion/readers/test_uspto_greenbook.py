# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of the Green Book: tagged text of 1976 to 2001."""

from __future__ import annotations

from tests.raw_rows import SAMPLES, count, expected, normalised, of_record, raw_rows, samples, surest

from zhihang.ingestion.readers.uspto_greenbook import uspto_greenbook

SAMPLE = SAMPLES / "uspto_greenbook" / "pftaps19760106_wk01.txt"
REAL = "uspto-legacy-formats/greenbook_US04347903.greenbook"


def test_the_samples_give_the_rows_beside_them():
    assert samples(uspto_greenbook) == expected(uspto_greenbook)


def test_the_reader_is_sure_of_its_format(tmp_path):
    assert surest(SAMPLE) == "uspto_greenbook"
    alone = tmp_path / "one.txt"
    alone.write_text(SAMPLE.read_text().split("\n", 1)[1])
    assert surest(alone) == "uspto_greenbook"


def test_check_digits_are_no_part_of_a_number():
    rows = raw_rows(uspto_greenbook, SAMPLE)
    assert of_record(rows, "publication", 0, "number") == ["03930000"]  # WKU 039300001
    assert of_record(rows, "application", 0, "number") == ["05/450001"]  # SRC 5, APN 4500017
    assert of_record(rows, "application", 1, "number") == ["29/550001"]  # SRC D: designs, series 29


def test_bytes_that_are_no_utf_8_are_read_as_western_text(tmp_path):
    path = tmp_path / "western.txt"
    path.write_bytes(SAMPLE.read_text().replace("Kaigatan", "Kajgatan å").encode("cp1252"))
    rows = raw_rows(uspto_greenbook, path)
    assert of_record(rows, "party", 0, "address")[0] == "Kajgatan å 1, Oslo, NOX"


def test_a_real_grant_is_read_as_printed(shared):
    path = shared / "data" / "patents" / REAL
    assert count(uspto_greenbook, path) == (1, 0)
    rows = raw_rows(uspto_greenbook, path)
    assert of_record(rows, "publication", 0, "number") == ["04347903"]
    assert of_record(rows, "application", 0, "number") == ["06/192529"]
    assert of_record(rows, "application", 0, "pct_number") == ["PCT/JP79/00178"]
    assert of_record(rows, "party", 0, "role").count("inventor") == 8
    assert of_record(rows, "claim", 0, "depends_on") == [None, "1", "1"]
    assert "D10 to D13" in str(of_record(rows, "text", 0, "text")[2])
    assert all("rejection" not in part.tables for part in normalised(uspto_greenbook, path))
