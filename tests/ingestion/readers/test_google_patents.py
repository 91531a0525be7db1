# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of Google Patents result lists."""

from __future__ import annotations

from tests.raw_rows import SAMPLES, expected, of_record, raw_rows, samples, surest

from zhihang.ingestion.readers.google_patents import google_patents

LIST = SAMPLES / "google_patents" / "gp-search.csv"


def test_the_samples_give_the_rows_beside_them():
    assert samples(google_patents) == expected(google_patents)


def test_the_reader_is_chosen_although_the_header_is_on_line_two():
    assert surest(LIST) == "google_patents"


def test_a_comma_before_a_legal_form_separates_nothing():
    rows = raw_rows(google_patents, LIST)
    assert of_record(rows, "party", 1, "name")[:2] == ["Sample Battery Co., Ltd.", "Model Materials, Inc."]


def test_the_own_filing_date_is_no_priority():
    rows = raw_rows(google_patents, LIST)
    assert rows["priority"] == [{"record": 1, "date": "2017-02-03"}]


def test_titles_are_in_the_language_of_the_page(tmp_path):
    path = tmp_path / "gp.csv"
    path.write_text(LIST.read_text("utf-8").replace("/en,", "/zh,"), encoding="utf-8")
    assert {row["language"] for row in raw_rows(google_patents, path)["text"]} == {"zh"}
