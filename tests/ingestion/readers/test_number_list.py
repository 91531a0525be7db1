# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of bare number lists: it yields to every other reader and lists what is no number."""

from __future__ import annotations

from tests.raw_rows import SAMPLES, expected, normalised, raw_rows, samples, surest

from zhihang.ingestion.readers.number_list import number_list
from zhihang.ingestion.sample import take_sample
from zhihang.ingestion.source import Source

SEEDS = SAMPLES / "number_list" / "seeds.csv"


def test_the_samples_give_the_rows_beside_them():
    assert samples(number_list) == expected(number_list)


def test_the_reader_is_chosen_with_little_confidence():
    assert surest(SEEDS) == "number_list"
    assert number_list.recognise(take_sample(Source(SEEDS))) < 0.2


def test_numbers_are_american_grants_and_applications():
    (found,) = normalised(number_list, SEEDS)
    numbers = found.tables["publication"].column("publication_id").to_pylist()
    assert numbers == ["US7900001", "US20180900001", "USRE39001", "US6900002", "US7900003"]


def test_a_line_that_is_no_number_is_rejected(tmp_path):
    path = tmp_path / "seeds.txt"
    path.write_text("7900001\n" * 40 + "see the other list\n", encoding="utf-8")
    rows = raw_rows(number_list, path)
    assert len(rows["line"]) == 40
    assert rows["rejection"] == [[41, "number", "see the other list", "not a United States patent number"]]


def test_a_list_of_other_numbers_is_not_recognised(tmp_path):
    path = tmp_path / "codes.txt"
    path.write_text("541004\n541001\n541002\n541003\n", encoding="utf-8")
    assert number_list.recognise(take_sample(Source(path))) == 0
