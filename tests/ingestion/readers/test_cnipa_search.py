# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of the Chinese office's search: one column with either of two dates."""

from __future__ import annotations

from tests.raw_rows import SAMPLES, expected, of_record, raw_rows, samples, surest

from zhihang.ingestion.readers.cnipa_search import cnipa_search

RESULT = SAMPLES / "cnipa_search" / "result.xlsx"


def test_the_samples_give_the_rows_beside_them():
    assert samples(cnipa_search) == expected(cnipa_search)


def test_the_reader_is_chosen_by_the_columns():
    assert surest(RESULT) == "cnipa_search"


def test_the_date_of_a_utility_model_is_that_of_its_grant_and_of_an_invention_that_of_its_publication():
    rows = raw_rows(cnipa_search, RESULT)
    assert of_record(rows, "application", 0, "grant_date") == [None]
    assert of_record(rows, "application", 1, "grant_date") == ["2017.03.15"]


def test_a_date_of_publication_without_its_number_is_kept_under_its_header():
    assert of_record(raw_rows(cnipa_search, RESULT), "attribute", 0, "value") == ["2017.01.25"]
