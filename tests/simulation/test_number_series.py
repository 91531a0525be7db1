# SPDX-License-Identifier: Apache-2.0
"""Publication numbers rise with the gazettes and are never given twice, whatever the year of filing."""

from __future__ import annotations

import numpy as np
import pytest

from zhihang.errors import NotComparable
from zhihang.simulation.load import load_office
from zhihang.simulation.number_series import NumberSeries

SERIES = NumberSeries(load_office())


def numbers(year: int, count: int, published: str, *, kind: str = "invention") -> dict[str, np.ndarray]:
    random = np.random.default_rng(year)
    day = np.full(count, np.array(published, "datetime64[D]").astype(np.int32), np.int32)
    return SERIES.number(kind, year, day - 300, day, np.zeros(count, np.int32), random)  # type: ignore[arg-type]


def test_years_of_filing_that_share_a_gazette_share_no_number():
    given = np.concatenate(
        [numbers(year, 2000, "2015-07-29")["publication_number"] for year in (2012, 2013, 2014, 2015)]
    )
    assert len(np.unique(given)) == 8000


def test_numbers_are_near_those_seen_on_the_day():
    # CN104810514A was published on 2015-07-29.
    given = numbers(2014, 200, "2015-07-29")["publication_number"]
    assert np.abs(given - 104_810_514).max() < 40_000


def test_more_documents_than_a_gazette_has_numbers_still_get_different_ones():
    given = numbers(2014, 60_000, "2015-07-29")["publication_number"]
    assert len(np.unique(given)) == 60_000


def test_serial_numbers_rise_within_a_year():
    serial = numbers(2014, 5000, "2015-07-29")["serial"]
    assert (np.diff(serial) > 0).all()
    assert serial[0] >= 1


def test_a_region_too_large_for_five_digits_is_refused():
    with pytest.raises(NotComparable, match="too large for the number series") as error:
        numbers(2001, 120_000, "2002-07-31")
    assert "--scale" in str(error.value)
