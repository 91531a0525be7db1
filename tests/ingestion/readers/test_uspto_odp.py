# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of the Open Data Portal: file wrappers, citations, trials, and what holds no patents."""

from __future__ import annotations

import pytest
from tests.raw_rows import SAMPLES, count, expected, normalised, of_record, raw_rows, samples, surest

from zhihang.errors import SourceError
from zhihang.ingestion.readers.uspto_odp import uspto_odp

FOLDER = SAMPLES / "uspto_odp"
REAL = {
    "get_patent": 1,
    "get_patent_assignment": 1,
    "get_patent_continuity": 1,
    "get_patent_transactions": 1,
    "get_trial_decision": 1,
    "search_enriched_citations": 3,
    "search_patents": 1,
}


def test_the_samples_give_the_rows_beside_them():
    assert samples(uspto_odp) == expected(uspto_odp)


@pytest.mark.parametrize("name", ["file_wrapper", "enriched_citations", "trial"])
def test_the_reader_is_sure_of_its_format(name):
    assert surest(FOLDER / f"{name}.json") == "uspto_odp"


def test_a_security_interest_is_an_event_and_makes_no_holder():
    rows = raw_rows(uspto_odp, FOLDER / "file_wrapper.json")
    assert "SECURITY INTEREST" in of_record(rows, "legal_event", 0, "name")
    assert "BEE BANK" not in of_record(rows, "party", 0, "name")


def test_citations_are_gathered_by_application():
    rows = raw_rows(uspto_odp, FOLDER / "enriched_citations.json")
    assert of_record(rows, "citation", 0, "number") == ["US 2013/0341529 A1", "EP 1234567 B1"]
    assert rows["line"] == [1, 2]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (
            '{"statusCodeBag": [{"applicationStatusCode": 1}]}',
            "is a list of status codes and holds no patents",
        ),
        ('{"count": 0, "patentFileWrapperDataBag": null}', "without applications"),
        ('{"patentFileWrapperDataBag": [{"applicationNumberText": "179', "not readable as JSON"),
        ('{"patentFileWrapperDataBag": ' + "[" * 200_000, "not readable as JSON"),
    ],
)
def test_what_holds_no_patents_is_told_clearly(tmp_path, content, what):
    path = tmp_path / "response.json"
    path.write_text(content)
    assert surest(path) == "uspto_odp"
    with pytest.raises(SourceError, match=what):
        raw_rows(uspto_odp, path)


@pytest.mark.parametrize(("name", "records"), REAL.items())
def test_real_responses_give_their_records_without_a_refused_value(shared, name, records):
    path = shared / "data" / "patents" / "uspto-odp-json" / f"{name}.json"
    assert count(uspto_odp, path) == (records, 0)
    assert all("rejection" not in part.tables for part in normalised(uspto_odp, path))


def test_a_real_list_of_status_codes_is_refused(shared):
    path = shared / "data" / "patents" / "uspto-odp-json" / "get_status_codes.json"
    with pytest.raises(SourceError, match="holds no patents"):
        raw_rows(uspto_odp, path)


def test_a_real_file_wrapper_is_read_as_the_register_has_it(shared):
    rows = raw_rows(uspto_odp, shared / "data" / "patents" / "uspto-odp-json" / "get_patent.json")
    assert of_record(rows, "application", 0, "legal_status") == ["Patented Case"]
    assert of_record(rows, "publication", 0, "number") == ["US20210210819A1", "11646472"]
    assert of_record(rows, "publication", 0, "kind_code") == [None, "B2"]
    assert len(of_record(rows, "legal_event", 0, "code")) == 61
    assert len(of_record(rows, "relation", 0, "number")) == 12
