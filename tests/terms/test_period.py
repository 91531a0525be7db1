# SPDX-License-Identifier: Apache-2.0
"""Tests of periods as published tables write them."""

from __future__ import annotations

import pytest

from zhihang.terms.period import Period, read_period


@pytest.mark.parametrize(
    ("written", "text", "kind"),
    [
        ("2015", "2015", None),
        ("2015.0", "2015", None),
        ("２０１５年", "2015", None),
        ("2015年末", "2015", "stock"),
        ("2015-06", "2015-06", None),
        ("201506", "2015-06", None),
        ("2015年6月份", "2015-06", None),
        ("2015年12月末", "2015", "stock"),
        ("2015/6", "2015-06", None),
        ("2020-11-01 00:00:00", "2020-11-01", None),
        ("20201101", "2020-11-01", None),
        ("2011-2015", "2011/2015", "five_year"),
        ("2011—2015年", "2011/2015", "five_year"),
        ("2012/2014", "2012/2014", "span"),
        ("2015年1-9月", "2015-09", "year_to_date"),
        ("2015年前三季度", "2015-09", "year_to_date"),
        ("2015年3-5月", "2015-03/2015-05", "span"),
        ("2015年上半年", "2015-01/2015-06", "half_year"),
        ("2015H2", "2015-07/2015-12", "half_year"),
        ("2015年第一季度", "2015-01/2015-03", "quarter"),
        ("2015Q3", "2015-07/2015-09", "quarter"),
        ("“十二五”期间", "2011/2015", "five_year"),
        ("“十三五”末", "2020", "stock"),
        ("十五", "2001/2005", "five_year"),
    ],
)
def test_a_period_is_read_whatever_its_wording(written, text, kind):
    assert read_period(written) == Period(text, kind)


@pytest.mark.parametrize(
    "written", ["", "abc", "2015-13", "19851", "2015年13月", "2015-2011", "20150231", "13578"]
)
def test_what_is_no_period_is_not_read(written):
    assert read_period(written) is None


def test_what_the_source_says_of_the_kind_goes_before_the_wording():
    assert read_period("2012-12", "year") == Period("2012", "year")
    assert read_period("2012-12", "year_to_date") == Period("2012-12", "year_to_date")


def test_a_stock_at_the_end_of_december_is_that_of_the_year():
    for written in ("2015", "2015-12", "2015-12-31", "2015年12月"):
        assert read_period(written, "stock") == Period("2015", "stock")
    assert read_period("2015-06-30", "stock") == Period("2015-06", "stock")
    assert read_period("2015-06-15", "stock") == Period("2015-06-15", "stock")
