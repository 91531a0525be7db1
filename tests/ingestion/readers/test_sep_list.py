# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of lists of standard-essential patents."""

from __future__ import annotations

from tests.raw_rows import SAMPLES, expected, of_record, raw_rows, samples, surest

from zhihang.ingestion.readers.sep_list import sep_list

LIST = SAMPLES / "sep_list" / "licensors.csv"


def test_the_samples_give_the_rows_beside_them():
    assert samples(sep_list) == expected(sep_list)


def test_the_reader_is_chosen_by_the_columns():
    assert surest(LIST) == "sep_list"


def test_the_national_part_of_a_regional_patent_names_it_as_family():
    rows = raw_rows(sep_list, LIST)
    assert rows["publication"][1] == {"record": 1, "office": "AT", "number": "AT-EP3900001"}
    assert of_record(rows, "family_member", 1, "number") == ["EP3900001"]


def test_an_unknown_inventor_is_none():
    assert "inventor" not in of_record(raw_rows(sep_list, LIST), "party", 0, "role")
