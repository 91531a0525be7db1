# SPDX-License-Identifier: Apache-2.0
"""Days as whole numbers since 1970-01-01: years, months, anniversaries, and the days on which gazettes appear."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int32]
NEVER = 0
"""Stands for "has not happened"; 1970-01-01 is before any Chinese patent."""

_WEDNESDAY = 6  # 1970-01-07 was a Wednesday, so Wednesdays are 6 modulo 7
_TUESDAY, _FRIDAY = 5, 1


def day_number(day: date) -> int:
    """Return a date as days since 1970-01-01."""
    return (day - date(1970, 1, 1)).days


def first_day(year: NDArray[np.integer] | int, month: NDArray[np.integer] | int = 1) -> Days:
    """Return the first day of a month; months beyond 12 run into later years."""
    months = (np.asarray(year, np.int64) - 1970) * 12 + np.asarray(month, np.int64) - 1
    return months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int32)


def year_of(days: Days) -> NDArray[np.int32]:
    """Return the year of each day."""
    return (days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int32) + 1970).astype(np.int32)


def anniversary(days: Days, years: NDArray[np.integer] | int) -> Days:
    """Return the same day some years later; 29 February becomes 1 March where there is none."""
    whole = days.astype("datetime64[D]")
    months = whole.astype("datetime64[M]")
    inside = (whole - months.astype("datetime64[D]")).astype(np.int32)
    moved = first_day(1970, months.astype(np.int64) + np.asarray(years, np.int64) * 12 + 1)
    days_later: Days = (moved + inside).astype(np.int32)
    return days_later


def gazette_day(days: Days, wednesdays_until: int) -> Days:
    """Return the first day on or after each on which a gazette appears: Wednesdays, later Tuesdays and Fridays."""
    wednesday = days + (_WEDNESDAY - days) % 7
    later = days + np.minimum((_TUESDAY - days) % 7, (_FRIDAY - days) % 7)
    return np.where(days <= wednesdays_until, wednesday, later).astype(np.int32)


def gazette_day_in_month(month_start: Days, chance: NDArray[np.float64], wednesdays_until: int) -> Days:
    """Return a gazette day of a month, chosen by chance."""
    length = (
        first_day(1970, month_start.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 2)
    ) - month_start
    drawn = month_start + (chance * (length - 7)).astype(np.int32)
    return gazette_day(drawn.astype(np.int32), wednesdays_until)


def working_day(days: Days, chance: NDArray[np.float64]) -> Days:
    """Move most weekend days to the Friday before."""
    weekday = (days + 3) % 7  # Monday is 0
    back = np.where((weekday >= 5) & (chance < 0.95), weekday - 4, 0)
    return (days - back).astype(np.int32)
