# SPDX-License-Identifier: Apache-2.0
"""Tests of rows made from several columns of lists."""

from __future__ import annotations

import pyarrow as pa
import pytest

from zhihang.ingestion.field import Column, parse_field
from zhihang.ingestion.paired_lists import pair

SEPARATORS = (";", "|")


def paired(**columns: list[str | None]) -> dict[str, list[object]]:
    found = [
        (Column(name, parse_field(f"party.applicant.{name}"), 0, SEPARATORS), pa.array(values, pa.string()))
        for name, values in columns.items()
    ]
    rows = pair(found)
    made: dict[str, list[object]] = {name: column.to_pylist() for name, column in rows.values.items()}
    return {"record": rows.record.to_pylist(), **made, "stray": [(h, v.to_pylist()) for h, v in rows.stray]}


def test_as_many_addresses_as_names_are_paired():
    assert paired(name=["甲;乙", "丙"], address=["A;B", "C"]) == {
        "record": [0, 0, 1],
        "name": ["甲", "乙", "丙"],
        "address": ["A", "B", "C"],
        "stray": [],
    }


def test_a_single_address_belongs_to_the_first_name():
    assert paired(name=["甲;乙"], address=["A"])["address"] == ["A", None]


def test_addresses_of_another_number_than_the_names_stay_whole_with_the_first():
    assert paired(name=["甲;乙", "丙"], address=["A;B;C", "D;E"])["address"] == ["A;B;C", None, "D;E"]


def test_an_address_without_a_name_is_stray():
    found = paired(name=["甲", None], address=["A", "B"])
    assert found["address"] == ["A"]
    assert found["stray"] == [("address", [None, "B"])]


def test_columns_may_come_in_any_order():
    assert paired(address=["A"], name=["甲"])["name"] == ["甲"]


def test_only_addresses_make_no_rows_at_all():
    assert paired(address=["A"]) == {"record": [], "stray": [("address", ["A"])]}


def test_a_priority_may_have_a_date_alone():
    found = [
        (Column(name, parse_field(f"priority.{name}"), 0, SEPARATORS), pa.array(values, pa.string()))
        for name, values in {"number": ["US1|US2", None], "date": ["2001|2002", "2003"]}.items()
    ]
    rows = pair(found)
    assert rows.record.to_pylist() == [0, 0, 1]
    assert rows.values["number"].to_pylist() == ["US1", "US2", None]
    assert rows.values["date"].to_pylist() == ["2001", "2002", "2003"]


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("张三,李四，王五", ["张三", "李四", "王五"]),
        ("张三、李四", ["张三", "李四"]),
        ("Smith, John;Doe, Jane", ["Smith, John", "Doe, Jane"]),
        ("甲（集团）,乙公司", ["甲（集团）", "乙公司"]),
        ("甲 ; 乙;;丙", ["甲", "乙", "丙"]),
        ("Sample, Inc.", ["Sample, Inc."]),
    ],
)
def test_commas_separate_chinese_names_only(written, names):
    column = Column("申请人", parse_field("party.applicant.name"), 0, (";", "；", "、"))
    assert pair([(column, pa.array([written]))]).values["name"].to_pylist() == names


def test_a_pattern_takes_a_value_apart_and_leaves_what_it_does_not_fit_whole():
    column = Column("优先权", parse_field("priority.number"), 0, (";",), r"^(?P<date>\d{4}) (?P<number>\w+)$")
    rows = pair([(column, pa.array(["2001 US1;EP 2 3"]))])
    assert rows.values["number"].to_pylist() == ["US1", "EP 2 3"]
    assert rows.values["date"].to_pylist() == ["2001", None]
