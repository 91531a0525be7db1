# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of labelled landscape sets."""

from __future__ import annotations

from tests.raw_rows import SAMPLES, expected, of_record, raw_rows, samples, surest

from zhihang.ingestion.readers.landscape_labelled import landscape_labelled

SET = SAMPLES / "landscape_labelled" / "gliders.csv"


def test_the_samples_give_the_rows_beside_them():
    assert samples(landscape_labelled) == expected(landscape_labelled)


def test_the_reader_is_chosen_by_the_columns():
    assert surest(SET) == "landscape_labelled"


def test_the_label_is_an_attribute_and_an_empty_list_gives_nothing():
    rows = raw_rows(landscape_labelled, SET)
    assert of_record(rows, "attribute", 1, "value") == ["False"]
    assert of_record(rows, "citation", 1, "number") == []


def test_quotation_marks_of_either_kind_hold_items(tmp_path):
    path = tmp_path / "set.csv"
    path.write_text(SET.read_text("utf-8").replace("['B63G8/22']", '"[""B63G8/22"", \'B63G8/08\']"'), "utf-8")
    ipc = [
        row["symbol"]
        for row in raw_rows(landscape_labelled, path)["classification"]
        if row["scheme"] == "ipc"
    ]
    assert ipc == ["B63G8/22", "B63G8/08"]
