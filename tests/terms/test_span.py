# SPDX-License-Identifier: Apache-2.0
"""Tests of the days that periods cover."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihang.errors import DefinitionError
from zhihang.terms.span import Span


@pytest.mark.parametrize(
    ("written", "kind", "start", "end", "text"),
    [
        ("2013", "year", date(2013, 1, 1), date(2013, 12, 31), "2013"),
        ("2013-H1", "half", date(2013, 1, 1), date(2013, 6, 30), "2013-01/2013-06"),
        ("2013-H2", "half", date(2013, 7, 1), date(2013, 12, 31), "2013-07/2013-12"),
        ("2013-Q2", "quarter", date(2013, 4, 1), date(2013, 6, 30), "2013-04/2013-06"),
        ("2012-02", "month", date(2012, 2, 1), date(2012, 2, 29), "2012-02"),
        ("2013-05-06", "day", date(2013, 5, 6), date(2013, 5, 6), "2013-05-06"),
        ("2016/2020", "range", date(2016, 1, 1), date(2020, 12, 31), "2016/2020"),
        ("2015-01/2015-09", "range", date(2015, 1, 1), date(2015, 9, 30), "2015-01/2015-09"),
        ("2015-02/2015-04", "range", date(2015, 2, 1), date(2015, 4, 30), "2015-02/2015-04"),
        ("2015-01/2015-12", "year", date(2015, 1, 1), date(2015, 12, 31), "2015"),
        ("2015-12-31/2016", "range", date(2015, 12, 31), date(2016, 12, 31), "2015-12-31/2016-12-31"),
        ("9999", "year", date(9999, 1, 1), date(9999, 12, 31), "9999"),
    ],
)
def test_spellings_of_spans(written, kind, start, end, text):
    span = Span.parse(written)
    assert (span.kind, span.start, span.end, str(span)) == (kind, start, end, text)


@pytest.mark.parametrize(
    "written", ["", "13", "2013-13", "2013-Q5", "2013-02-30", "2013/", "/2013", "year", "0000", "a/b"]
)
def test_other_texts_are_no_spans(written):
    with pytest.raises(DefinitionError):
        Span.parse(written)


def test_a_span_cannot_end_before_it_starts():
    with pytest.raises(DefinitionError, match="ends before it starts"):
        Span.parse("2020/2016")


def test_what_lies_inside_what():
    plan, year, quarter = Span.parse("2016/2020"), Span.parse("2018"), Span.parse("2018-Q4")
    assert plan.contains(year)
    assert year.contains(quarter)
    assert quarter.contains(date(2018, 12, 31))
    assert not quarter.contains(year)
    assert year.overlaps(Span.parse("2018-12/2019-01"))
    assert not year.overlaps(Span.parse("2019"))
    assert (year.days, list(plan.years)) == (365, [2016, 2017, 2018, 2019, 2020])


def test_spans_sort_by_start_then_by_end():
    written = ["2014", "2013-02", "2013", "2013-01"]
    assert [str(span) for span in sorted(map(Span.parse, written))] == ["2013-01", "2013", "2013-02", "2014"]


@given(st.dates(date(1000, 1, 1)), st.dates(date(1000, 1, 1)))
def test_a_written_span_is_read_back(one, other):
    span = Span(min(one, other), max(one, other))
    assert Span.parse(str(span)) == span
