# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of Thomson Innovation exports."""

from __future__ import annotations

from tests.raw_rows import SAMPLES, expected, of_record, raw_rows, samples, surest

from zhihang.ingestion.readers.thomson_innovation import thomson_innovation

EXPORT = SAMPLES / "thomson_innovation" / "export.csv"


def test_the_samples_give_the_rows_beside_them():
    assert samples(thomson_innovation) == expected(thomson_innovation)


def test_the_reader_is_chosen_by_the_columns():
    assert surest(EXPORT) == "thomson_innovation"


def test_na_is_nothing():
    rows = raw_rows(thomson_innovation, EXPORT)
    assert of_record(rows, "party", 1, "name") == ["SAMPLE CORP", "Berg Anna"]
    assert "NA" not in [row.get("value") for row in rows["attribute"]]
    assert of_record(rows, "claim", 1, "text") == []


def test_a_date_goes_to_a_priority_only_without_doubt():
    rows = raw_rows(thomson_innovation, EXPORT)
    assert of_record(rows, "priority", 0, "date") == ["1994-10-07", "1995-10-05"]
    assert of_record(rows, "priority", 1, "date") == [None, None]
    assert {"record": 1, "name": "priority_dates", "value": "2000-02-22; 2000-03-15"} in rows["attribute"]


def test_an_address_is_taken_apart_from_the_name_it_belongs_to():
    rows = raw_rows(thomson_innovation, EXPORT)
    assert of_record(rows, "party", 0, "address") == [
        None,
        "Greenville, NC 27858 4353",
        None,
        "Greenville, NC 27834",
        None,
    ]
    assert of_record(rows, "party", 0, "country") == [None, "US", "SE", "US", "SE"]
