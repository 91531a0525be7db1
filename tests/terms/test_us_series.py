# SPDX-License-Identifier: Apache-2.0
"""Tests of series codes of United States applications, against published numbers."""

from __future__ import annotations

import pyarrow as pa
import pytest

from zhihang.terms.us_series import fits_period, series_of


def one(year, serial, kind="", entry="after"):
    return series_of(pa.array([year], pa.int16()), pa.array([serial]), pa.array([kind]), entry=entry)[
        0
    ].as_py()


@pytest.mark.parametrize(
    ("year", "serial", "kind", "series"),
    [
        (1973, "427518", "", "05"),
        (1980, "192529", "", "06"),
        (1999, "413215", "", "09"),
        (2001, "782496", "", "09"),
        (2003, "339710", "", "10"),
        (2004, "830857", "", "10"),
        (2011, "181579", "", "13"),
        (2000, "231803", "P", "60"),
        (2011, "433841", "P", "61"),
        (2002, "153268", "F", "29"),
        (1945, "593174", "", "02"),
    ],
)
def test_year_and_serial_number_tell_the_series(year, serial, kind, series):
    assert one(year, serial, kind) == series


def test_designs_before_the_series_of_their_own_count_with_the_others():
    assert one(1990, "500000", "F") is None


def test_an_entry_from_the_pct_comes_years_after_the_international_filing():
    assert one(2009, "058230") == "13"  # 13/058,230 entered in 2011
    assert one(2009, "720209", entry="before") == "11"  # 11/720,209 of 2007 was complete in 2009


def test_what_two_series_may_mean_stays_open():
    assert one(2006, "568466") is None  # 10/568,466, an entry from the PCT, or 11/568,466


def test_a_year_without_series_gives_none():
    assert one(1915, "017954") is None
    assert one(None, "017954") is None


def test_a_series_fits_the_years_it_was_in_use():
    fits = fits_period(pa.array(["12", "12", "05", "99"]), pa.array([2009, 1973, 1973, 2000], pa.int16()))
    assert fits.to_pylist() == [True, False, True, None]
