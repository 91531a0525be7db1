# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of US applications published from 2001 to 2004."""

from __future__ import annotations

import pytest
from tests.raw_rows import SAMPLES, count, expected, normalised, of_record, raw_rows, samples, surest

from zhihang.ingestion.readers.uspto_pap import uspto_pap

SAMPLE = SAMPLES / "uspto_pap" / "pa040527.xml"
REAL = [
    "uspto-redbook-applications/pa040101.two.xml",
    "uspto-redbook-applications/v1-5-A1_2.xml",
    "uspto-legacy-formats/pap_US20010000044A1.xml",
]


def test_the_samples_give_the_rows_beside_them():
    assert samples(uspto_pap) == expected(uspto_pap)


def test_the_reader_is_sure_of_its_format():
    assert surest(SAMPLE) == "uspto_pap"


def test_a_reference_inside_a_sentence_does_not_break_it():
    rows = raw_rows(uspto_pap, SAMPLE)
    assert of_record(rows, "claim", 0, "text")[1] == "2. The hive of claim 1, red."


def test_references_that_are_not_marked_are_read_from_the_words():
    rows = raw_rows(uspto_pap, SAMPLE)
    assert of_record(rows, "claim", 0, "depends_on") == [None, "1", "1,2"]


@pytest.mark.parametrize("name", REAL)
def test_real_files_hold_one_record_without_a_refused_value(shared, name):
    path = shared / "data" / "patents" / name
    assert count(uspto_pap, path) == (1, 0)
    assert all("rejection" not in part.tables for part in normalised(uspto_pap, path))


def test_a_document_with_the_doctype_of_a_web_page_is_read(shared):
    rows = raw_rows(uspto_pap, shared / "data" / "patents" / REAL[2])
    assert of_record(rows, "application", 0, "number") == ["09342866"]
    assert of_record(rows, "party", 0, "name") == ["Mr. Wayne W Lin", "Mr. Wayne W Lin", "Neal Cohen"]
    assert len(of_record(rows, "claim", 0, "number")) == 21
