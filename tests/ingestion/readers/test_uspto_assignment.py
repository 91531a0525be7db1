# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of assignment searches: each patent named is a record."""

from __future__ import annotations

import pytest
from tests.raw_rows import SAMPLES, count, expected, normalised, of_record, raw_rows, samples, surest

from zhihang.errors import SourceError
from zhihang.ingestion.readers.uspto_assignment import uspto_assignment

SAMPLE = SAMPLES / "uspto_assignment" / "search.xml"
REAL = "uspto-assignment-xml/assignment_1.xml"


def test_the_samples_give_the_rows_beside_them():
    assert samples(uspto_assignment) == expected(uspto_assignment)


def test_the_reader_is_sure_of_its_format():
    assert surest(SAMPLE) == "uspto_assignment"


def test_a_release_is_an_event_and_makes_no_holder():
    rows = raw_rows(uspto_assignment, SAMPLE)
    assert of_record(rows, "legal_event", 2, "name") == [
        "RELEASE BY SECURED PARTY (SEE DOCUMENT FOR DETAILS)."
    ]
    assert of_record(rows, "party", 2, "name") == []


def test_a_file_that_breaks_off_is_told_clearly(tmp_path):
    path = tmp_path / "cut.xml"
    path.write_text(SAMPLE.read_text()[:900])
    with pytest.raises(SourceError, match="not readable as XML"):
        raw_rows(uspto_assignment, path)


def test_a_real_search_names_five_patents(shared):
    path = shared / "data" / "patents" / REAL
    assert count(uspto_assignment, path) == (5, 0)
    rows = raw_rows(uspto_assignment, path)
    assert [row["number"] for row in rows["application"]] == [
        "10628795",
        "11400674",
        "09210491",
        "09705446",
        "09266394",
    ]
    assert {row["name"] for row in rows["party"]} == {"REALTIME DATA LLC"}
    assert all("rejection" not in part.tables for part in normalised(uspto_assignment, path))
