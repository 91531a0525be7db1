# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of lists from literature databases: no numbers, two ways of joining names."""

from __future__ import annotations

from tests.raw_rows import SAMPLES, expected, normalised, of_record, raw_rows, samples, surest

from zhihang.ingestion.readers.cnki_list import cnki_list

LIST = SAMPLES / "cnki_list" / "list.csv"


def test_the_samples_give_the_rows_beside_them():
    assert samples(cnki_list) == expected(cnki_list)


def test_the_reader_is_chosen_by_the_columns():
    assert surest(LIST) == "cnki_list"


def test_only_the_chinese_part_of_the_database_tells_the_office():
    assert [row.get("office") for row in raw_rows(cnki_list, LIST)["application"]] == ["CN", None]


def test_a_comma_inside_a_western_name_separates_nothing():
    names = of_record(raw_rows(cnki_list, LIST), "party", 1, "name")
    assert names == ["SAMPLE LTD", "Example, Inc.", "SMITH, Anna", "R‧杨"]


def test_records_without_a_number_are_known_by_their_content():
    (found,) = normalised(cnki_list, LIST)
    assert found.tables["application"].column("id_basis").to_pylist() == ["content", "content"]
