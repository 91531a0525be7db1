# SPDX-License-Identifier: Apache-2.0
"""Dates and numbers in a query: half dates stand for all their days; ranges may be open at one end."""

from __future__ import annotations

import calendar
import math
import re
from datetime import date, timedelta

from zhihang.retrieval.query import Span, Within
from zhihang.retrieval.query_language.fault import Fault

_DATE = re.compile(
    r"(\d{4})(?:(\d{2})(\d{2})?|\s*[-./年]\s*(\d{1,2})(?:\s*[-./月]\s*(\d{1,2})\s*日?|\s*月)?|\s*年)?"
)
_NUMBER = re.compile(r"[+-]?\d{1,12}(?:\.\d{1,6})?")
_OPEN = frozenset({"", "*", "?"})
#: between the ends of a range: TO, .., ~, :, a Chinese word, or a dash between two years
_BETWEEN = re.compile(r"\s+to\s+|\s*(?:\.\.+|~|至|到|:|,)\s*", re.IGNORECASE)
_YEARS = re.compile(r"(\d{4})\s*-\s*(\d{4})")
_FIRST_YEAR, _LAST_YEAR = 1790, 2100

Ends = tuple[date, date] | tuple[float, float]


def ends(kind: str, text: str, at: Span) -> Ends:
    """Return the first and the last day a date stands for, or a number twice."""
    return days(text, at) if kind == "date" else (_number(text, at),) * 2


def days(text: str, at: Span) -> tuple[date, date]:
    """Return the first and the last day of a year, a month or a day."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        raise Fault("date", at, text=text, hint="", hint_zh="")
    year = int(found[1])
    month, day = found[2] or found[4], found[3] or found[5]
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Fault(
            "date",
            at,
            text=text,
            hint=f" between {_FIRST_YEAR} and {_LAST_YEAR}",
            hint_zh=f"（{_FIRST_YEAR}至{_LAST_YEAR}年）",
        )
    try:
        first = date(year, int(month or 1), int(day or 1))
    except ValueError:
        raise Fault("date", at, text=text, hint=" of the calendar", hint_zh="（历法中没有这一天）") from None
    if day:
        return first, first
    last_month = int(month or 12)
    return first, date(year, last_month, calendar.monthrange(year, last_month)[1])


def compared(field: str, kind: str, operator: str, text: str, at: Span) -> Within:
    """Return the range of ``>= 2015`` and the like."""
    low, high = ends(kind, text, at)
    if operator == ">=":
        return Within(field, low, None, at=at)
    if operator == "<=":
        return Within(field, None, high, at=at)
    if operator == ">":
        return Within(field, _next(high), None, at=at)
    return Within(field, None, _previous(low), at=at)


def _next(value: date | float) -> date | float:
    return value + timedelta(days=1) if isinstance(value, date) else math.floor(value) + 1.0


def _previous(value: date | float) -> date | float:
    return value - timedelta(days=1) if isinstance(value, date) else math.ceil(value) - 1.0


def between(field: str, kind: str, text: str, at: Span) -> Within | None:
    """Return the range that a text with two ends stands for; None if it has not two ends."""
    years = _YEARS.fullmatch(text.strip()) if kind == "date" else None
    parts = list(years.groups()) if years else _BETWEEN.split(text.strip())
    if len(parts) != 2:
        return None
    low_text, high_text = (part.strip() for part in parts)
    if low_text in _OPEN and high_text in _OPEN:
        raise Fault("range_open", at)
    low = None if low_text in _OPEN else ends(kind, low_text, at)[0]
    high = None if high_text in _OPEN else ends(kind, high_text, at)[1]
    if low is not None and high is not None and low > high:  # type: ignore[operator]
        raise Fault("range_turned", at, low=low_text, high=high_text)
    return Within(field, low, high, at=at)


def exactly(field: str, kind: str, text: str, at: Span) -> Within:
    """Return the range of one date or number, or of two ends written into one word."""
    found = between(field, kind, text, at)
    if found is None:
        low, high = ends(kind, text, at)
        found = Within(field, low, high, at=at)
    return found


def _number(text: str, at: Span) -> float:
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        raise Fault("number", at, text=text)
    return float(found[0])
