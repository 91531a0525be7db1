# SPDX-License-Identifier: Apache-2.0
"""Days, anniversaries and gazettes."""

from __future__ import annotations

from datetime import date

import numpy as np

from zhihang.simulation.calendar import anniversary, day_number, first_day, gazette_day, working_day, year_of

TURN = day_number(date(2016, 12, 31))


def days(*texts: str) -> np.ndarray:
    return np.array(texts, "datetime64[D]").astype(np.int32)


def texts(numbers: np.ndarray) -> list[str]:
    return [str(day) for day in numbers.astype("datetime64[D]")]


def test_gazettes_appear_on_wednesdays_and_later_on_tuesdays_and_fridays():
    # 2013-01-01 was a Tuesday, 2017-07-01 a Saturday, 2017-07-05 a Wednesday.
    given = days("2013-01-01", "2013-01-02", "2013-01-03", "2017-07-01", "2017-07-05")
    assert texts(gazette_day(given, TURN)) == [
        "2013-01-02",
        "2013-01-02",
        "2013-01-09",
        "2017-07-04",
        "2017-07-07",
    ]


def test_the_anniversary_of_a_leap_day_is_the_first_of_march():
    assert texts(anniversary(days("2012-02-29", "2012-02-29", "2010-12-31"), np.array([1, 4, 20]))) == [
        "2013-03-01",
        "2016-02-29",
        "2030-12-31",
    ]


def test_months_beyond_december_run_into_the_next_year():
    assert texts(first_day(np.array([2015, 2015]), np.array([12, 14]))) == ["2015-12-01", "2016-02-01"]


def test_weekends_move_to_friday():
    # 2015-03-07 was a Saturday, 2015-03-08 a Sunday.
    given = days("2015-03-07", "2015-03-08", "2015-03-09")
    assert texts(working_day(given, np.zeros(3))) == ["2015-03-06", "2015-03-06", "2015-03-09"]


def test_the_year_of_a_day():
    assert year_of(days("1999-12-31", "2000-01-01")).tolist() == [1999, 2000]
