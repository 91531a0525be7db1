# SPDX-License-Identifier: Apache-2.0
"""Tests of layouts: which column goes to which field, and what becomes of the rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from zhihang.errors import NotFound
from zhihang.ingestion.draft import Draft
from zhihang.ingestion.field import field_names, parse_field
from zhihang.ingestion.headers import header_fields
from zhihang.ingestion.layout import Layout, find_header, marked_header
from zhihang.ingestion.sample import Sample

# The columns the office's staff see most; a blank field is kept as an attribute.
INCOPAT = """标题 (中文)=text.title.zh 摘要 (中文)=text.abstract.zh 首项权利要求=claim.first
公开（公告）号=publication.number
公开（公告）日=publication.date 申请日=application.filing_date IPC=classification.ipc.symbol
国民经济分类=classification.cn_industry.symbol 新兴产业分类=classification.cn_emerging.symbol
申请人=party.applicant.name
标准化申请人=party.applicant.name 第一申请人=party.applicant.name 申请人类型=party.applicant.type
申请人国家/地区=party.applicant.country 申请人省市代码=party.applicant.province 中国申请人地市=party.applicant.city
中国申请人区县=party.applicant.county 工商统一社会信用代码=party.applicant.identifier 当前权利人=party.assignee.name
引证次数= 被引证次数= 家族引证次数= 家族被引证次数= 简单同族个数= 合享价值度="""
DATABASE = """专利名称=text.title 专利类型=application.kind 申请人=party.applicant.name 申请人类型=party.applicant.type
申请人地址=party.applicant.address 申请人地区=party.applicant.province 申请人城市=party.applicant.city
申请人区县=party.applicant.county 申请号=application.number 申请日=application.filing_date
公开公告号=publication.number
公开公告日=publication.date 授权公告号=publication.grant.number 授权公告日=publication.grant.date
IPC分类号=classification.ipc.symbol IPC主分类号=classification.ipc_main.symbol 发明人=party.inventor.name
摘要文本=text.abstract 主权项内容=claim.first 当前权利人=party.assignee.name
当前专利权人地址=party.assignee.address 统一社会信用代码=party.applicant.identifier 引证次数= 被引证次数="""


def read(header: list[str], *rows: list[str], **options: Mapping[str, object]) -> Draft:
    layout = Layout.from_header(header, **options)  # type: ignore[arg-type]
    (draft,) = layout.drafts(list(enumerate(rows, start=2)))
    return draft


def values(draft: Draft, table: str, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in draft.table(table).to_pylist()]


@pytest.mark.parametrize("columns", [INCOPAT, DATABASE])
def test_the_columns_of_two_vendors_go_where_they_belong(columns):
    pairs = [
        pair.rsplit("=", 1) for pair in columns.replace("标题 (", "标题(").replace("摘要 (", "摘要(").split()
    ]
    layout = Layout.from_header([header for header, _ in pairs])
    for column, (header, name) in zip(layout.columns, pairs, strict=True):
        assert column.field.name == (name or "attribute"), header


def test_every_known_header_names_a_field():
    known = set(field_names())
    assert {found.field for found in header_fields().values()} <= known


def test_an_unknown_field_is_told_with_the_nearest():
    with pytest.raises(NotFound) as caught:
        parse_field("party.aplicant.name")
    assert "party.applicant.name" in caught.value.facts["close to"]


def test_what_the_caller_says_of_a_column_goes_before_what_is_known():
    layout = Layout.from_header(["申请号", "文号"], {"文号": "application.number", "申请号": "ignore"})
    assert [column.field.name for column in layout.columns] == ["ignore", "application.number"]


def test_of_two_columns_for_one_field_the_first_with_a_value_wins_and_the_other_is_kept():
    draft = read(["专利号", "申请号"], ["ZL1", "CN1"], ["ZL2", ""], ["", "CN3"])
    assert values(draft, "application", "number") == [("CN1",), ("ZL2",), ("CN3",)]
    assert values(draft, "attribute", "record", "name", "value") == [(0, "专利号", "ZL1")]


def test_a_column_without_a_field_is_an_attribute_under_its_header():
    draft = read(["申请号", "价值度", ""], ["CN1", "8", "x"], ["CN2", "-", ""])
    assert values(draft, "attribute", "record", "name", "value") == [(0, "价值度", "8"), (0, "column 3", "x")]


def test_rows_with_neither_number_nor_title_are_rejected_with_what_they_say():
    draft = read(["申请号", "名称", "申请人"], ["CN1", "", ""], ["", "", "甲"])
    assert (draft.lines, draft.rejections) == (
        [2],
        [(3, "", "甲", "the row has neither a number nor a title")],
    )


def test_the_language_of_a_text_is_told_by_its_script_unless_stated():
    draft = read(["title", "摘要(英文)"], ["一种杯子", "A cup"], ["カップ容器", ""], ["Cup", ""])
    assert values(draft, "text", "record", "language") == [(0, "zh"), (1, "ja"), (2, None), (0, "en")]
    assert values(read(["title"], ["Tasse"], language="de"), "text", "language") == [("de",)]  # type: ignore[arg-type]


def test_a_grant_beside_a_publication_dates_the_application_too():
    draft = read(
        ["申请号", "公开号", "公开日", "授权公告号", "授权公告日"], ["CN1", "CN1A", "2013", "CN1B", "2015"]
    )
    assert values(draft, "publication", "number", "date") == [("CN1A", "2013"), ("CN1B", "2015")]
    assert values(draft, "application", "grant_date") == [("2015",)]


def test_a_date_without_its_number_is_kept_under_its_header():
    draft = read(["申请号", "授权公告号", "授权公告日"], ["CN1", "", "2015"], ["CN2", "CN2B", "2016"])
    assert values(draft, "publication", "record", "number", "date") == [(1, "CN2B", "2016")]
    assert values(draft, "attribute", "record", "name", "value") == [(0, "授权公告日", "2015")]


def test_the_main_class_comes_first_and_once_however_it_is_written():
    draft = read(
        ["申请号", "主分类号", "分类号"],
        ["CN1", "B01D 1/00", "A01B1/00; B01D1/00(2006.01)I"],
        ["CN2", "C01B1/00", "A01B1/00"],
        ["CN3", "", "A01B1/00"],
        ["CN4", "D01B1/00", ""],
    )
    found: dict[int, list[str]] = {record: [] for record in range(4)}
    for record, symbol in values(draft, "classification", "record", "symbol"):
        found[record].append(symbol)
    assert found == {
        0: ["B01D1/00(2006.01)I", "A01B1/00"],
        1: ["C01B1/00", "A01B1/00"],
        2: ["A01B1/00"],
        3: ["D01B1/00"],
    }


def test_claims_in_one_cell_are_told_apart_by_their_numbers():
    draft = read(["申请号", "权利要求"], ["CN1", "1.一种杯子，容积0.5升。2.根据权利要求1所述的杯子。"])
    assert values(draft, "claim", "number", "text") == [
        ("1", "一种杯子，容积0.5升。"),
        ("2", "根据权利要求1所述的杯子。"),
    ]


def test_numbers_inside_a_claim_that_do_not_run_on_leave_it_whole():
    text = "一种方法，包括：\n1.混合；\n3.加热。"
    assert values(read(["申请号", "权利要求"], ["CN1", text]), "claim", "text") == [(text,)]


def test_the_row_with_most_known_names_is_the_header():
    sample = Sample(
        "x", "sheet", "", "", (("申请人：甲", ""), ("序号", "申请号", "名称"), ("1", "CN1", "杯"))
    )
    assert find_header(sample) == 1
    assert find_header(Sample("x", "sheet", "", "", (("a", "b"),))) is None
    assert marked_header(sample, ("申请号", "名称", "发明人"), least=2) == 1
    assert marked_header(sample, ("申请号", "名称", "发明人"), least=3) is None


def test_a_table_of_a_million_cells_of_no_meaning_gives_nothing_but_attributes():
    draft = read(
        ["名称", *[f"c{number}" for number in range(200)]], *[["杯", *(["-"] * 200)] for _ in range(500)]
    )
    assert len(draft) == 500
    assert draft.table("attribute").num_rows == 0
