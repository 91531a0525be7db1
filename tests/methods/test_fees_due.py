# SPDX-License-Identifier: Apache-2.0
"""Fees fall due on anniversaries of filing, from the year after that of grant on."""

from __future__ import annotations

from datetime import date

import pytest

from zhihang.methods.fees_due import FeeRules, fees_due

RULES = FeeRules.shipped()


def right(filed: date, granted: date, kind: str = "invention", **more):
    return {"application": "a", "kind": kind, "filing_date": filed, "grant_date": granted} | more


def test_sums_over_whole_lives_are_those_published():
    totals = {kind: sum(fees) for kind, fees in RULES.schedule.items()}
    assert totals == {"invention": 82_300, "utility_model": 11_200, "design": 26_200}
    assert sum(RULES.fee("invention", year) for year in range(1, 11)) == 16_300
    assert sum(RULES.fee("invention", year) for year in range(3, 21)) == 80_500  # granted in year 3


def test_a_right_filed_in_june_1997_and_granted_in_august_2001():
    # the year of grant is the fifth; the fee of the sixth, 1,200, is due on 3 June 2002
    (due,) = fees_due([right(date(1997, 6, 3), date(2001, 8, 1))], date(2002, 1, 1))
    assert (due.due_on, due.grace_until, due.fee_year, due.fee) == ("2002-06-03", "2002-12-03", 6, 1200)


def test_nothing_is_due_within_the_year_of_grant():
    assert fees_due([right(date(2015, 3, 1), date(2017, 12, 1))], date(2017, 12, 31), months=2) == []


def test_reductions_count_for_ten_years_from_the_year_of_grant():
    filed, granted = date(2010, 5, 1), date(2012, 7, 1)  # granted in year 3
    for day, year, pay in ((date(2021, 4, 1), 12, 600), (date(2022, 4, 1), 13, 6000)):
        (due,) = fees_due([right(filed, granted, reduction=0.85)], day)
        assert (due.fee_year, due.to_pay) == (year, pay)


def test_a_rise_of_the_fee_is_marked_and_the_hazard_of_the_age_is_shown():
    hazards = {"": [0.1] * 6 + [0.25] + [0.1] * 14}
    (due,) = fees_due([right(date(2011, 5, 1), date(2014, 1, 1))], date(2016, 12, 31), hazards=hazards)
    assert (due.fee_year, due.fee, due.rises, due.hazard) == (7, 2000, True, 0.25)
    (due,) = fees_due([right(date(2011, 5, 1), date(2014, 1, 1))], date(2017, 12, 31), hazards=hazards)
    assert not due.rises


def test_nothing_is_due_after_the_term():
    assert fees_due([right(date(2000, 5, 1), date(2003, 1, 1))], date(2019, 12, 31)) == []
    assert fees_due([right(date(2010, 5, 1), date(2011, 1, 1), "utility_model")], date(2019, 12, 31)) == []


def test_the_earliest_comes_first_and_what_has_no_days_is_left_out():
    rights = [
        right(date(2011, 9, 1), date(2014, 1, 1), application="late"),
        right(date(2011, 2, 1), date(2014, 1, 1), application="soon"),
        right(None, date(2014, 1, 1), application="unknown"),
    ]
    assert [due.application for due in fees_due(rights, date(2016, 12, 31))] == ["soon", "late"]


@pytest.mark.parametrize(("months", "count"), [(12, 1), (24, 2), (36, 3)])
def test_a_longer_look_ahead_finds_a_fee_a_year(months, count):
    assert (
        len(fees_due([right(date(2011, 5, 1), date(2014, 1, 1))], date(2016, 12, 31), months=months)) == count
    )
