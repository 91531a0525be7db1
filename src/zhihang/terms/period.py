# SPDX-License-Identifier: Apache-2.0
"""Periods as published tables write them, in one canonical spelling: 2015, 2015-06, 2011/2015."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from zhihang.terms.text_repair import to_half_width


@dataclass(frozen=True)
class Period:
    """A period of statistics and, where its wording tells, its kind (a code of list `period_kind`).

    `text` is a year (`2015`), a month (`2015-06`), a day (`2020-11-01`), years (`2011/2015`) or months
    (`2015-01/2015-06`). A level at the end of December is the level at the end of the year, so that
    `2015-12` as a stock is spelt `2015`.
    """

    text: str
    kind: str | None = None


def read_period(text: str, kind: str | None = None) -> Period | None:
    """Read a period; `kind` is what the source says apart from it. None if it cannot be read.

    Examples
    --------
    >>> read_period("2015年1-9月")
    Period(text='2015-09', kind='year_to_date')
    >>> read_period("2015-12", "stock")
    Period(text='2015', kind='stock')
    >>> read_period("“十二五”").text
    '2011/2015'
    """
    folded = re.sub(r"[\s“”\"'‘’]", "", to_half_width(pa.array([text], pa.string()))[0].as_py())
    for pattern, build in _WORDINGS:
        found = re.fullmatch(pattern, folded, re.IGNORECASE)
        read = build(found) if found else None
        if read:
            return _settled(read.text, kind or read.kind)
    return None


def _settled(text: str, kind: str | None) -> Period:
    """Spell the period in the way its kind asks for."""
    if kind == "stock":
        text = _month_of_last_day(text)
        text = text[:4] if re.fullmatch(r"\d{4}-12", text) else text
    if kind == "year" and re.fullmatch(r"\d{4}-12(-31)?", text):
        text = text[:4]
    if kind is None and "/" in text and "-" not in text:
        first, last = text.split("/")
        kind = "five_year" if int(last) - int(first) == 4 else "span"
    return Period(text, kind)


def _month_of_last_day(text: str) -> str:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        day = date.fromisoformat(text)
        if day.day == calendar.monthrange(day.year, day.month)[1]:
            return text[:7]
    return text


def _year(found: re.Match[str]) -> Period | None:
    return Period(found["y"], "stock" if found["end"] else None)


def _month(found: re.Match[str]) -> Period | None:
    month = int(found["m"])
    end = "end" in found.groupdict() and found["end"]
    return Period(f"{found['y']}-{month:02d}", "stock" if end else None) if 1 <= month <= 12 else None


def _day(found: re.Match[str]) -> Period | None:
    try:
        return Period(date(int(found["y"]), int(found["m"]), int(found["d"])).isoformat(), None)
    except ValueError:
        return None


def _years(found: re.Match[str]) -> Period | None:
    return Period(f"{found['y']}/{found['z']}") if found["y"] < found["z"] else None


def _months(found: re.Match[str]) -> Period | None:
    first, last = int(found["m"]), int(found["n"])
    if not 1 <= first < last <= 12:
        return None
    if first == 1:
        return Period(f"{found['y']}-{last:02d}", "year_to_date")
    return Period(f"{found['y']}-{first:02d}/{found['y']}-{last:02d}", "span")


def _half(found: re.Match[str]) -> Period | None:
    months = ("01", "06") if found["h"] in "上1Hh" and found["h"] != "2" else ("07", "12")
    return Period(f"{found['y']}-{months[0]}/{found['y']}-{months[1]}", "half_year")


def _quarter(found: re.Match[str]) -> Period | None:
    number = _NUMERALS[found["q"]]
    return Period(f"{found['y']}-{3 * number - 2:02d}/{found['y']}-{3 * number:02d}", "quarter")


def _first_quarters(found: re.Match[str]) -> Period | None:
    return Period(f"{found['y']}-{3 * _NUMERALS[found['q']]:02d}", "year_to_date")


def _plan(found: re.Match[str]) -> Period | None:
    first = 2001 + 5 * _PLANS.index(found["plan"])
    return Period(f"{first + 4}", "stock") if found["end"] else Period(f"{first}/{first + 4}", "five_year")


_PLANS = ("十五", "十一五", "十二五", "十三五", "十四五", "十五五")
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_Y = r"(?P<y>(?:18|19|20)\d\d)"
_Z = r"(?P<z>(?:18|19|20)\d\d)"
_TO = r"(?:-{1,2}|~|至|到|/|to)"
_CLOCK = r"(?:T?00:00(?::00(?:\.0+)?)?)?"

_WORDINGS: tuple[tuple[str, Callable[[re.Match[str]], Period | None]], ...] = (
    (_Y + r"(?:\.0)?(?:年|年度)?(?P<end>末|底|年末|年底)?", _year),
    (_Y + r"(?P<m>\d\d)", _month),
    (_Y + r"[-./年](?P<m>\d{1,2})月?(?:份)?(?P<end>末|底)?", _month),
    (_Y + r"(?P<m>\d\d)(?P<d>\d\d)", _day),
    (_Y + r"[-./年](?P<m>\d{1,2})[-./月](?P<d>\d{1,2})日?" + _CLOCK, _day),
    (_Y + "年?" + _TO + _Z + "年?", _years),
    (_Y + r"[-./年](?P<m>\d{1,2})月?" + _TO + r"(?P<n>\d{1,2})月(?:份)?(?:累计)?", _months),
    (_Y + r"年?(?P<h>[上下])半年", _half),
    (_Y + r"-?H(?P<h>[12])", _half),
    (_Y + r"年?第?(?P<q>[一二三四1-4])季度?", _quarter),
    (_Y + r"-?Q(?P<q>[1-4])", _quarter),
    (_Y + r"年?前(?P<q>[二三四])季度", _first_quarters),
    (r"(?P<plan>十[一二三四五]?五)(?:时期|期间)?(?P<end>末|期末)?", _plan),
)
