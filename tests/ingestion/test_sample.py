# SPDX-License-Identifier: Apache-2.0
"""Tests of samples: the outer form told from the content alone."""

from __future__ import annotations

import pytest

from zhihang.ingestion.headers import fold_header
from zhihang.ingestion.sample import Sample, take_sample
from zhihang.ingestion.source import Source

XML = '<?xml version="1.0"?>\n<!-- <not-this> -->\n<!DOCTYPE a [<!ENTITY b "<c>">]>\n<ops:world-data x="1"/>'


@pytest.fixture
def sample(tmp_path):
    def sample(content: bytes | str, name: str = "file.dat", **stated: str) -> Sample:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return take_sample(Source(path), **stated)

    return sample


@pytest.mark.parametrize(
    ("content", "shape"),
    [
        (XML, "xml"),
        (XML.encode("utf-16"), "xml"),
        (b"\xef\xbb\xbf" + XML.encode(), "xml"),
        ('{"a": 1}', "json"),
        ('[{"a": 1}]', "json"),
        ("[标]当前申请(专利权)人,申请号\n甲,CN1\n", "sheet"),
        ("FN Derwent Innovations Index\nVR 1.0\nPT P\nPN US1-A1; EP1-A1\n", "text"),
        ("PATN\nWKU  043479030\n", "text"),
        ("申请号\t名称\nCN1\t杯\n", "sheet"),
        ("a line of words\n", "text"),
        (b"%PDF-1.7 ...", "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "binary"),
        (bytes(range(1, 32)) * 50, "binary"),
    ],
)
def test_the_outer_form_is_told_from_the_content(sample, content, shape):
    assert sample(content).shape == shape


def test_the_first_element_is_found_behind_comments_and_declarations(sample):
    assert sample(XML).root == "ops:world-data"


def test_one_column_is_a_table_where_the_name_says_so(sample):
    assert sample("8000001\n8000002\n", "seeds.csv").rows == (("8000001",), ("8000002",))
    assert sample("8000001\n8000002\n", "seeds.dat").shape == "text"


def test_a_delimiter_that_is_stated_makes_any_text_a_table(sample):
    found = sample("申请号^名称\nCN1^杯\n".encode("gb18030"), delimiter="^", encoding="gb18030")
    assert found.rows == (("申请号", "名称"), ("CN1", "杯"))


def test_rows_longer_than_the_first_look_are_read_to_their_end(sample):
    text = "a" * 50_000
    found = sample(f"申请号,说明\nCN1,{text}\nCN2,{text}\n", "long.csv")
    assert [row[0] for row in found.rows] == ["申请号", "CN1", "CN2"]


def test_a_row_cut_off_by_the_first_look_is_not_sampled(sample):
    text = "申请号,名称\n" + "".join(f"CN{number},{'杯' * 300}\n" for number in range(200))
    assert all(row[1] == "杯" * 300 for row in sample(text, "many.csv").rows[1:])


def test_the_header_is_found_whatever_its_blanks_and_width():
    found = Sample("x", "sheet", "", "", (("查询",), ("公开（公告）号 ", "标 题")))
    assert found.header_row({"公开(公告)号", "标题"}) == 1
    assert found.header_row({"申请号"}) is None


def test_names_are_compared_at_half_width_without_blanks_and_case():
    assert fold_header("\ufeff ＩＰＣ 分类号\n") == "ipc分类号"
