# SPDX-License-Identifier: Apache-2.0
"""Chinese application numbers: 8 digits until September 2003, 12 digits since, each with a check digit."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.check_digit import chinese_check_digit, judge
from zhihang.terms.number_part import constant, join, last_digits, near, padded, whole_year
from zhihang.terms.spelling import Parts, Spelling

#: Kind of right by the digit after the year; 8 and 9 are applications that came through the PCT.
_KINDS = {"1": "invention", "2": "utility_model", "3": "design", "8": "invention", "9": "utility_model"}

_CN = r"^(?:CNZL|CN:?(?:ZL)?|ZL(?:CN)?)"
_KIND_CODE = r"(?:_?[A-Z]\d?)?$"
_LONG = r"(?P<year>200[3-9]|20[1-9]\d)(?P<right>[12389])"
_SHORT = r"(?P<year>8[5-9]|9\d|0[0-3])(?P<right>[12389])"
_ERA = r"(?P<year>198[5-9]|199\d|20\d\d)(?P<right>[12389])"


def _long(parts: Parts) -> Parts:
    return _read(parts, join(parts["year"], parts["right"], parts["serial"]), parts["year"].cast(pa.int16()))


def _short(parts: Parts) -> Parts:
    columns = _read(parts, join(parts["year"], parts["right"], parts["serial"]), whole_year(parts["year"]))
    told = parts["told_year"]
    return {**columns, "refused": pc.invert(pc.fill_null(near(columns["filing_year"], told), True))}


def _epodoc(parts: Parts) -> Parts:
    """Read year, kind digit, and the serial number without its zeros: `CN2001275883U` is 01275883."""
    year = parts["year"].cast(pa.int16())
    short = join(last_digits(year, 2), parts["right"], padded(parts["serial"], 5))
    long = join(parts["year"], parts["right"], padded(parts["serial"], 7))
    old = pc.or_(
        pc.less(year, 2003), pc.and_(pc.equal(year, 2003), pc.less(pc.binary_length(parts["serial"]), 6))
    )
    columns = _without_check(parts, pc.if_else(old, short, long), year)
    return {**columns, "refused": pc.and_(old, pc.greater(pc.binary_length(parts["serial"]), 5))}


def _told(parts: Parts) -> Parts:
    """Read kind digit and serial number, the year told by the filing date: `CN21066892` of 2016."""
    year = parts["told_year"]
    number = join(year.cast(pa.string()), parts["right"], parts["serial"])
    columns = _without_check(parts, number, year)
    return {**columns, "refused": pc.fill_null(pc.less(year, 2003), True)}


def _read(parts: Parts, number: pa.StringArray, year: pa.Int16Array) -> Parts:
    check = judge(parts["check"], chinese_check_digit(number))
    return {**_without_check(parts, number, year), "check_digit": check}


def _without_check(parts: Parts, number: pa.StringArray, year: pa.Int16Array) -> Parts:
    right = pc.index_in(parts["right"], value_set=pa.array(list(_KINDS)))
    return {
        "application_id": join("CN", number),
        "office": constant("CN", number),
        "check_digit": constant("absent", number),
        "kind": pa.array(list(_KINDS.values())).take(right),
        "pct_entry": pc.greater_equal(right, 3),
        "filing_year": year,
    }


SPELLINGS = (
    Spelling(_CN + _LONG + r"(?P<serial>\d{7})[._\-]?(?P<check>[\dX]?)" + _KIND_CODE, _long),
    Spelling(_CN + _SHORT + r"(?P<serial>\d{5})[._\-]?(?P<check>[\dX]?)" + _KIND_CODE, _short),
    Spelling(r"^CN" + _ERA + r"(?P<serial>[1-9]\d{0,6})" + _KIND_CODE, _epodoc),
    Spelling(r"^CN:?(?P<right>[12389])(?P<serial>\d{7})$", _told),
)

#: Why a number that no spelling fits was not read, by what it looks like.
PROBLEMS = (
    (
        r"^[A-Z:]*(?:\d{12}[.]?[\dX]?|\d{8}[.]?[\dX]?)(?:_?[A-Z]\d?)?$",
        "no such filing year or kind of right in a Chinese number",
    ),
    (r"\d", "a Chinese application number has 8 or 12 digits and a check digit"),
)
