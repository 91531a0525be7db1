# SPDX-License-Identifier: Apache-2.0
"""Faults spoil numbers and dates as clerks and exports do."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from zhihang.simulation.date_text import COMPACT, DOTS, HALF, IMPOSSIBLE, PLAIN, SLASHES, Dates
from zhihang.simulation.faults import Faulty


@pytest.mark.parametrize(
    ("fault", "written"),
    [
        ("no_number", ""),
        ("wrong_check_digit", "CN201610123456.0"),
        ("no_check_digit", "CN201610123456"),
        ("blank_in_number", " CN201610123 456.X"),
        ("full_width_number", "CN２０１６１０１２３４５６．Ｘ"),
    ],
)
def test_numbers_are_spoilt_in_the_rows_marked(fault, written):
    names = ("no_number", "wrong_check_digit", "no_check_digit", "blank_in_number", "full_width_number")
    rows = {name: np.array([False, name == fault]) for name in names}
    given = pa.array(["CN201610123456.X", "CN201610123456.X"])
    assert Faulty(rows).spoil_numbers(given).to_pylist() == ["CN201610123456.X", written]


def test_dates_in_every_way():
    day = np.array(["2013-05-01"] * 6, "datetime64[D]").astype(np.int32)
    ways = np.array([PLAIN, DOTS, COMPACT, SLASHES, HALF, IMPOSSIBLE])
    written = [cell.removesuffix(",") for cell in Dates.all().cells(day, ways).to_pylist()]
    assert written[:5] == ["2013-05-01", "2013.05.01", "20130501", "2013/05/01", "2013-05"]
    assert written[5] in ("2013-02-30", "2013-13-01")


def test_a_day_that_never_comes_is_blank():
    assert Dates.all().cells(np.zeros(1, np.int32), DOTS).to_pylist() == [","]


def test_grants_can_be_put_before_filings():
    faulty = Faulty({"granted_before_filed": np.array([True, True, False])})
    assert faulty.spoil_grants(np.array([9000, 0, 9000]), np.array([8000, 8000, 8000])).tolist() == [
        7600,
        0,
        9000,
    ]
