# SPDX-License-Identifier: Apache-2.0
"""Parts of numbers as arrays: joined, padded, and years completed."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc


def join(*parts: pa.StringArray | str) -> pa.StringArray:
    """Put parts one after the other."""
    return pc.binary_join_element_wise(*parts, "")


def constant(value: str, like: pa.Array) -> pa.StringArray:
    """Repeat one value as often as another array is long."""
    return pa.repeat(value, len(like))


def padded(serial: pa.StringArray, width: int) -> pa.StringArray:
    """Give a serial number exactly so many digits, with zeros in front; surplus zeros go, surplus digits stay."""
    bare = pc.ascii_ltrim(serial, characters="0")
    return pc.ascii_lpad(bare, width, padding="0")


def whole_year(two: pa.StringArray, told: pa.Int16Array | None = None, *, pivot: int = 50) -> pa.Int16Array:
    """Complete years of two digits.

    The century is that of the year told beside the number, give or take a year; without one, two digits below
    `pivot` belong to the 21st century and the others to the 20th.
    """
    digits = two.cast(pa.int16())
    year = pc.add(
        digits, pc.if_else(pc.less(digits, pivot), pa.scalar(2000, pa.int16()), pa.scalar(1900, pa.int16()))
    )
    if told is None or told.null_count == len(told):
        return year
    for century in (1800, 1900, 2000):
        candidate = pc.add(digits, pa.scalar(century, pa.int16()))
        year = pc.if_else(pc.fill_null(near(candidate, told), False), candidate, year)
    return year


def near(year: pa.Int16Array, told: pa.Int16Array, years: int = 1) -> pa.BooleanArray:
    """Whether two years are the same, give or take a few; null where either is not known.

    One year of difference is allowed since some sources write the year of the week, not of the day.
    """
    return pc.less_equal(pc.abs(pc.subtract(year, told)), years)


def last_digits(year: pa.Int16Array, count: int) -> pa.StringArray:
    """Return the last digits of years: 2009 -> 09."""
    return pc.utf8_slice_codeunits(year.cast(pa.string()), 4 - count, 4)
