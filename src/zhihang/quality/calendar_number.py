# SPDX-License-Identifier: Apache-2.0
"""Dates as numbers (20150401), which every engine compares and moves by years in the same way."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir

ONE_YEAR = 10_000


def day_number(day: ir.DateValue) -> ir.IntegerValue:
    """Return year, month and day as one number; `ONE_YEAR` more is the same day a year later."""
    return day.year() * ONE_YEAR + day.month() * 100 + day.day()


def number_of(day: date) -> int:
    """Return the number of a known day."""
    return day.year * ONE_YEAR + day.month * 100 + day.day
