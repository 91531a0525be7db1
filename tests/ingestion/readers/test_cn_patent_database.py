# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of the Chinese patent database: publication and grant in one row."""

from __future__ import annotations

from tests.raw_rows import SAMPLES, expected, normalised, of_record, raw_rows, samples, surest

from zhihang.ingestion.readers.cn_patent_database import cn_patent_database

REGISTER = SAMPLES / "cn_patent_database" / "register.csv"


def test_the_samples_give_the_rows_beside_them():
    assert samples(cn_patent_database) == expected(cn_patent_database)


def test_the_reader_is_chosen_by_the_columns():
    assert surest(REGISTER) == "cn_patent_database"


def test_a_row_with_publication_and_grant_gives_two_documents_of_one_application():
    rows = raw_rows(cn_patent_database, REGISTER)
    assert of_record(rows, "publication", 0, "number") == ["CN900000006A", "CN900000006B"]
    assert of_record(rows, "publication", 0, "date") == ["2013.05.08", "2015.06.10"]
    assert of_record(rows, "application", 0, "grant_date") == ["2015.06.10"]


def test_the_same_document_in_both_columns_is_stored_once():
    (found,) = normalised(cn_patent_database, REGISTER)
    assert found.tables["publication"].column("publication_id").to_pylist().count("CN902000007U") == 1


def test_two_addresses_for_two_applicants_are_paired():
    rows = raw_rows(cn_patent_database, REGISTER)["party"]
    applicants = [row for row in rows if row["record"] == 0 and row["role"] == "applicant"]
    assert [row["address"] for row in applicants] == ["广西桂林市样例路1号", "广西南宁市样例路2号"]


def test_a_cell_may_hold_a_line_end_and_the_next_record_still_knows_its_line():
    rows = raw_rows(cn_patent_database, REGISTER)
    assert rows["line"] == [2, 4]
    assert "摘要，含逗号与\n换行。" in of_record(rows, "text", 0, "text")
