# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of any table of patents: known names in two languages, preambles, footers, encodings."""

from __future__ import annotations

import pytest
from tests.raw_rows import SAMPLES, expected, of_record, raw_rows, samples, surest

from zhihang.errors import SourceError
from zhihang.ingestion.readers.patent_table import patent_table

FOLDER = SAMPLES / "patent_table"


def test_the_samples_give_the_rows_beside_them():
    assert samples(patent_table) == expected(patent_table)


@pytest.mark.parametrize("name", ["english.csv", "list_utf16.tsv"])
def test_the_reader_is_chosen_where_no_vendor_is_recognised(name):
    assert surest(FOLDER / name) == "patent_table"


def test_a_sum_at_the_foot_of_the_table_is_no_patent():
    rows = raw_rows(patent_table, FOLDER / "list_utf16.tsv")
    assert rows["rejection"] == [[6, "", "合计 | 2", "the row has neither a number nor a title"]]


def test_joint_applicants_in_a_column_of_their_own_follow_the_others():
    rows = raw_rows(patent_table, FOLDER / "list_utf16.tsv")
    assert of_record(rows, "party", 1, "name") == ["甲公司", "乙公司", "丙大学"]


def test_one_row_may_hold_several_publications():
    rows = raw_rows(patent_table, FOLDER / "english.csv")
    assert of_record(rows, "publication", 0, "number") == ["CN900000009A", "CN900000009B"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_encoding_and_line_end_give_the_same_rows(tmp_path, encoding, end):
    table = tmp_path / "table.csv"
    lines = ["申请号,名称,发明人", "CN201310000006.1,一种杯子,张三;李四", ""]
    table.write_bytes(end.join(lines).encode(encoding))
    rows = raw_rows(patent_table, table)
    assert rows["line"] == [2]
    assert of_record(rows, "text", 0, "text") == ["一种杯子"]
    assert of_record(rows, "party", 0, "name") == ["张三", "李四"]


def test_a_table_without_number_or_title_is_of_a_kind_no_reader_knows(tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("发明人,地址\n张三,某地\n", "utf-8")
    with pytest.raises(SourceError, match="no reader knows"):
        surest(table)
