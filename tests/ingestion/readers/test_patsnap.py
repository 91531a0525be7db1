# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of PatSnap: lists, doubled columns, legal events in one cell, claims in one cell."""

from __future__ import annotations

from tests.raw_rows import SAMPLES, expected, of_record, raw_rows, samples, surest

from zhihang.ingestion.readers.patsnap import patsnap

EXPORT = SAMPLES / "patsnap" / "export.xlsx"


def test_the_samples_give_the_rows_beside_them():
    assert samples(patsnap) == expected(patsnap)


def test_the_reader_is_chosen_by_the_columns():
    assert surest(EXPORT) == "patsnap"


def test_a_dash_is_nothing():
    rows = raw_rows(patsnap, EXPORT)
    assert of_record(rows, "application", 1, "number") == [None]
    assert of_record(rows, "classification", 1, "symbol") == []


def test_the_name_as_filed_goes_before_the_standardised_one_which_is_kept_too():
    rows = raw_rows(patsnap, EXPORT)
    assert [row["name"] for row in rows["party"] if row["record"] == 0 and row["role"] == "assignee"] == [
        "样例大学",
        "乙公司",
    ]
    assert {"record": 0, "name": "[标]当前申请(专利权)人", "value": "样例大学"} in rows["attribute"]


def test_legal_events_written_one_after_the_other_are_told_apart_by_their_dates():
    rows = raw_rows(patsnap, EXPORT)
    assert of_record(rows, "legal_event", 0, "date") == ["2016-05-04", "2014-07-02"]
    assert of_record(rows, "legal_event", 0, "name") == ["+GRANT", "PUBLICATION | A"]
