# SPDX-License-Identifier: Apache-2.0
"""Tests of the normalisation of published figures, with expectations worked out by hand."""

from __future__ import annotations

import pytest

from zhihang.facts.table import TABLES
from zhihang.ingestion.draft import Draft
from zhihang.ingestion.normalise_observation import normalise_observations
from zhihang.ingestion.refused import Refusals

GIVEN = {"indicator": "filings", "region": "450300", "period": "2015", "value": "1"}


def settle(*rows: dict[str, str | None]) -> tuple[list[dict[str, object]], Refusals]:
    draft = Draft()
    for line, row in enumerate(rows, start=2):
        draft.record(line)
        draft.add("observation", **{**GIVEN, **row})
    refusals = Refusals(draft)
    return normalise_observations(draft.table("observation"), refusals).to_pylist(), refusals


def test_the_columns_are_those_of_the_dictionary_and_the_record():
    (row,), _ = settle({})
    assert set(row) == {"record", *TABLES["observation"].names}


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("13,578", "件", (13578.0, "件", None)),
        ("2.83", "万件", (2.83, "万件", None)),
        ("2.83万件", None, (2.83, "万件", "2.83万件")),
        ("1.2万", "件", (12000.0, "件", "1.2万")),
        ("约4000", "件", (4000.0, "件", "约4000")),
        ("0", None, (0.0, None, None)),
    ],
)
def test_a_value_stands_in_the_unit_given(value, unit, expected):
    (row,), _ = settle({"value": value, "unit": unit})
    assert (row["value"], row["unit"], row["value_text"]) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"period": "2012-12", "period_kind": "stock_month_end"}, ("2012", "stock")),
        ({"period": "2012-3", "period_kind": "stock_month_end"}, ("2012-03", "stock")),
        ({"period": "2012-12", "period_kind": "year"}, ("2012", "year")),
        ({"period": "2012-09", "period_kind": "累计"}, ("2012-09", "year_to_date")),
        ({"period": "2011-2015", "period_kind": "five_year"}, ("2011/2015", "five_year")),
        ({"period": "2015"}, ("2015", "year")),  # filings flow
        ({"period": "2015", "indicator": "inventions_in_force"}, ("2015", "stock")),
        ({"period": "2015-12", "indicator": "inventions_in_force"}, ("2015", "stock")),
        ({"period": "2015-06"}, ("2015-06", None)),  # of the month, or of the year up to it? not told
        ({"period": "2015", "indicator": "something else"}, ("2015", None)),
    ],
)
def test_a_period_is_spelt_in_one_way_and_its_kind_is_told_where_it_is_certain(given, expected):
    (row,), _ = settle(given)
    assert (row["period"], row["period_kind"]) == expected


@pytest.mark.parametrize(
    ("code", "name", "region"),
    [
        ("450300", "桂林市", "450300"),
        ("4503", None, "450300"),
        (None, "桂林市", "450300"),
        ("桂林市", None, "450300"),
        ("450322", "临桂县", "450312"),
        ("450404", "蝶山区", "450404"),  # part of another district today: keeps its code
        (None, "中国(国内)", "000000"),
        (None, "美国", "US"),
        ("KR", None, "KR"),
    ],
)
def test_a_region_gets_its_code_without_a_word(code, name, region):
    (row,), refusals = settle({"region": code, "region_name": name})
    assert row["region"] == region
    assert refusals.rows == []


def test_a_region_that_is_not_known_keeps_its_name_and_that_is_told_once():
    rows, refusals = settle(
        {"region": "999999", "region_name": "乌有市"}, {"region": "999999", "region_name": "乌有市"}
    )
    assert [row["region"] for row in rows] == ["乌有市", "乌有市"]
    assert [(r[0], r[1], r[3], r[4]) for r in refusals.rows] == [(2, "value", "region", "999999 乌有市")]
    assert refusals.records == 0


def test_a_name_that_several_divisions_have_is_told():
    (row,), refusals = settle({"region": None, "region_name": "鼓楼区"})
    assert row["region"] == "鼓楼区"
    assert "several" in refusals.rows[0][5]


def test_a_code_and_a_name_that_contradict_each_other_are_told():
    (row,), refusals = settle({"region": "450300", "region_name": "南宁市"})
    assert row["region"] == "450300"
    assert "桂林市" in refusals.rows[0][5]


def test_a_name_written_in_the_column_of_codes_is_kept_as_the_name():
    (row,), _ = settle({"region": "桂林"})
    assert (row["region"], row["region_name"]) == ("450300", "桂林")


def test_an_indicator_is_known_by_its_names_and_its_unit_in_brackets():
    rows, _ = settle(
        {"indicator": "发明专利申请量（件）"},
        {"indicator": "valid_invention_patents"},
        {"indicator": "绿化率（%）"},
    )
    assert [(row["indicator"], row["unit"]) for row in rows] == [
        ("invention_filings", "件"),
        ("inventions_in_force", None),
        ("绿化率（%）", None),
    ]


def test_a_status_is_a_code_and_published_unless_said_otherwise():
    rows, _ = settle({}, {"status": "推算"}, {"status": "odd"})
    assert [row["status"] for row in rows] == ["published", "derived", "published"]
    assert [row["note"] for row in rows] == [None, None, "status=odd"]


@pytest.mark.parametrize(
    ("given", "column", "reason"),
    [
        ({"value": "暂无"}, "value", "not readable as a number"),
        ({"value": "-"}, "value", "the row has no value"),
        ({"value": "12-15"}, "value", "not readable as a number"),
        ({"period": "去年"}, "period", "not readable as a period"),
        ({"period": None}, "period", "the row has no period"),
        ({"region": None}, "region", "the row names no region"),
        ({"indicator": None}, "indicator", "the row names no indicator"),
    ],
)
def test_a_row_that_lacks_something_needed_is_refused_whole_and_the_others_stay(given, column, reason):
    rows, refusals = settle({}, given, {})
    assert [row["record"] for row in rows] == [0, 2]
    assert refusals.records == 1
    (told,) = refusals.rows
    assert (told[0], told[1], told[2], told[3], told[5]) == (3, "record", "observation", column, reason)


def test_a_row_is_refused_once_whatever_it_lacks():
    rows, refusals = settle({"value": None, "period": None, "indicator": None})
    assert rows == []
    assert refusals.records == 1
