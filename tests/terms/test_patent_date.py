# SPDX-License-Identifier: Apache-2.0
"""Tests of dates in the styles that exports mix."""

from __future__ import annotations

from datetime import date, datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihang.terms.patent_date import settle, settle_one

SECOND_OF_JANUARY = [
    "2013.01.02",
    "20130102",
    "2013-01-02",
    "2013/1/2",
    "2013年1月2日",
    "2013 年 1 月 2 日",
    "２０１３．０１．０２",
    "2013-01-02T00:00:00",
    "2013-01-02 00:00:00",
    "2013-01-02T23:59:59.000Z",
    "2013-01-02Z",
    "2013-01-02+08:00",
    "20130102.0",
    "02.01.2013",
    "Jan 2, 2013",
    "Jan. 2nd, 2013",
    "2 Jan 2013",
    "02-JAN-13",
    "January 2, 2013",
    " 2013-01-02 ",
]


def test_all_styles_in_one_column():
    found = settle(pa.array(SECOND_OF_JANUARY))
    assert found.date.to_pylist() == [date(2013, 1, 2)] * len(SECOND_OF_JANUARY)
    assert found.problem.null_count == len(SECOND_OF_JANUARY)


@pytest.mark.parametrize(
    ("written", "partial"),
    [
        ("2013年5月", "2013-05"),
        ("2013-05", "2013-05"),
        ("201305", "2013-05"),
        ("20130500", "2013-05"),
        ("2013-05-00", "2013-05"),
        ("May 2013", "2013-05"),
        ("2013", "2013"),
        ("2013年", "2013"),
        ("20130000", "2013"),
        ("2013.0", "2013"),
    ],
)
def test_half_dates_are_kept_as_such(written, partial):
    found = settle_one(written)
    assert (found.date, found.partial, found.problem) == (None, partial, None)


@pytest.mark.parametrize("blank", [None, "", "-", "--", "NA", "null", "无", "0", "00000000", "0000-00-00"])
def test_marks_of_absence_and_zeros_are_no_problem(blank):
    found = settle_one(blank)
    assert (found.date, found.partial, found.problem) == (None, None, None)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("2013-02-30", "no such day"),
        ("1900-02-29", "no such day"),
        ("2013-13-01", "no such day"),
        ("1200-01-01", "no such year"),
        ("99991231", "no such year"),
        ("41276", "not readable as a date"),
        ("last week", "not readable as a date"),
        ("Foo 2012", "not readable as a date"),
        ("2/1/2013", "day and month cannot be told apart"),
    ],
)
def test_what_cannot_be_is_a_problem(written, problem):
    found = settle_one(written)
    assert (found.date, found.partial, found.problem) == (None, None, problem)


@pytest.mark.parametrize(
    ("written", "order", "expected"),
    [
        ("2/1/2013", "dmy", date(2013, 1, 2)),
        ("2/1/2013", "mdy", date(2013, 2, 1)),
        ("2.1.2013", "mdy", date(2013, 2, 1)),
        ("25/1/2013", "ymd", date(2013, 1, 25)),
        ("1/25/2013", "ymd", date(2013, 1, 25)),
        ("3/3/2013", "ymd", date(2013, 3, 3)),
        ("2/1/13", "dmy", date(2013, 1, 2)),
        ("2/1/63", "dmy", date(1963, 1, 2)),
        ("13-01-02", "ymd", date(2013, 1, 2)),
        ("2013-01-02", "mdy", date(2013, 1, 2)),
    ],
)
def test_the_order_tells_day_from_month(written, order, expected):
    assert settle_one(written, order).date == expected


def test_a_day_that_the_order_does_not_allow_is_a_problem():
    assert settle_one("1/25/2013", "dmy").problem == "no such day"


def test_the_pivot_tells_the_century():
    assert settle_one("2/1/63", "dmy", pivot=70).date == date(2063, 1, 2)


def test_spreadsheet_days_are_read_only_when_asked_for():
    # 41276 days after 1899-12-30
    assert settle_one("41276", excel_serial=True).date == date(2013, 1, 2)
    assert settle_one("41276.0", excel_serial=True).date == date(2013, 1, 2)
    assert settle_one("60", excel_serial=True).problem


def test_typed_columns_are_taken_over():
    days = [datetime(2013, 1, 2, 15, 30), None]  # noqa: DTZ001 - spreadsheets know no zones
    assert settle(pa.array(days)).date.to_pylist() == [date(2013, 1, 2), None]
    assert settle(pa.array([20130102, None])).date.to_pylist() == [date(2013, 1, 2), None]
    assert settle(pa.chunked_array([[20130102.0], [float("nan")]])).date.to_pylist() == [
        date(2013, 1, 2),
        None,
    ]


def test_no_rows_give_no_rows():
    assert len(settle(pa.array([], pa.string())).date) == 0
    assert settle(pa.nulls(2)).problem.to_pylist() == [None, None]


DATE_LIKE = st.from_regex(r"[0-9]{1,4}[./ 年-]?([0-9]{1,2}|JAN|Feb)?[./ 月,-]?[0-9]{0,4}日?", fullmatch=True)


@given(
    st.lists(st.one_of(st.none(), st.text(), DATE_LIKE), max_size=40),
    st.sampled_from(["ymd", "dmy", "mdy"]),
    st.booleans(),
)
def test_no_text_raises_and_each_is_one_thing_only(texts, order, serial):
    found = settle(pa.array(texts, pa.string()), order, excel_serial=serial)
    for day, partial, problem in zip(
        *(getattr(found, part).to_pylist() for part in vars(found)), strict=True
    ):
        assert [day, partial, problem].count(None) >= 2


@given(st.dates(date(1790, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_back(day):
    styles = ["%Y-%m-%d", "%Y%m%d", "%Y.%m.%d", "%Y年%m月%d日", "%d %B %Y", "%b %d, %Y"]
    found = settle(pa.array([day.strftime(style) for style in styles]))
    assert set(found.date.to_pylist()) == {day}
    assert settle(pa.array([day.strftime("%d/%m/%Y")]), "dmy").date.to_pylist() == [day]
