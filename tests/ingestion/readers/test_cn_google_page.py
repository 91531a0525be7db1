# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of saved Google Patents pages."""

from __future__ import annotations

import pytest
from tests.raw_rows import SAMPLES, count, expected, of_record, raw_rows, samples, surest

from zhihang.errors import SourceError
from zhihang.ingestion.readers import cn_google_page as module
from zhihang.ingestion.readers.cn_google_page import cn_google_page

PAGE = SAMPLES / "cn_google_page" / "page.html"


def test_the_samples_give_the_rows_beside_them():
    assert samples(cn_google_page) == expected(cn_google_page)


def test_the_reader_is_sure_of_its_format():
    assert surest(PAGE) == "cn_google_page"


def test_a_document_cited_in_two_tables_counts_once():
    rows = raw_rows(cn_google_page, PAGE)
    assert of_record(rows, "citation", 0, "number") == ["CN111111111A", "CN222222222U", None]
    assert of_record(rows, "citation", 0, "origin") == ["examiner", None, None]


def test_citations_between_families_are_not_taken_for_those_of_the_document():
    rows = raw_rows(cn_google_page, PAGE)
    assert of_record(rows, "cited_by", 0, "number") == ["CN777777777A"]
    assert "CN888888888B" in of_record(rows, "attribute", 0, "value")


def test_a_page_that_shows_no_document_is_refused(tmp_path):
    path = tmp_path / "empty.html"
    path.write_text(PAGE.read_text("utf-8").replace("itemscope itemtype", "itemtype"), "utf-8")
    with pytest.raises(SourceError, match="shows no patent document"):
        raw_rows(cn_google_page, path)


def test_a_page_beyond_the_bound_is_refused(monkeypatch):
    monkeypatch.setattr(module, "MAX_PAGE", 1000)
    with pytest.raises(SourceError, match="too large"):
        raw_rows(cn_google_page, PAGE)


def test_the_shared_page_is_one_record_with_all_its_tables(shared):
    path = shared / "data" / "patents" / "cn-google-patents-html" / "CN101551481B.zh.html"
    rows = raw_rows(cn_google_page, path)
    assert count(cn_google_page, path) == (1, 0)
    assert of_record(rows, "application", 0, "number") == ["CN2009101277538A"]
    assert [len(rows[name]) for name in ("claim", "legal_event", "citation", "publication", "priority")] == [
        3,
        8,
        5,
        2,
        1,
    ]
    similar = next(row["value"] for row in rows["attribute"] if row["name"] == "similarDocuments")
    assert len(str(similar).split("; ")) == 25
