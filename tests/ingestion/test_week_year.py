# SPDX-License-Identifier: Apache-2.0
"""Tests of dates that bear the year of their week; the calendar was looked up for each."""

from __future__ import annotations

from datetime import date

import pytest

from zhihang.ingestion.week_year import read_date, week_year


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2014, 12, 31), 2015),  # Wednesday; 1 January 2015 is the Thursday after it
        (date(2014, 12, 28), 2015),  # the Sunday that opens that week
        (date(2014, 12, 27), 2014),  # the Saturday before it
        (date(2011, 12, 31), 2011),  # a Saturday: the week ends with the year
        (date(2012, 1, 1), 2012),
        (date(2010, 12, 26), 2011),  # Sunday; 1 January 2011 is the Saturday of its week
    ],
)
def test_the_week_of_the_first_of_january_belongs_to_the_new_year(day, year):
    assert week_year(day) == year


def test_a_date_in_the_last_days_of_december_may_mean_the_year_before():
    written = read_date("2015-12-31")
    # 31 December 2014 lies in the first week of 2015; 31 December 2015 in that of 2016.
    assert written.true_years == [2014]
    assert written.of(2014) == "2014-12-31"


def test_in_some_years_both_are_possible():
    # 30 December 2010 lies in the first week of 2011, 30 December 2011 in the last one of 2011.
    assert read_date("30/12/11").true_years == [2010, 2011]


def test_other_days_do_not_mislead():
    assert not read_date("2015-12-25").misleads
    assert not read_date("2015-01-02").misleads
    assert read_date("25/12/54").true_years == [1954]


def test_what_is_no_such_date_is_left_alone():
    assert read_date("1987") is None
    assert read_date("December 31, 2015") is None
    assert read_date("2015-02-30").true_years == []
