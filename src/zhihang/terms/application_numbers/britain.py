# SPDX-License-Identifier: Apache-2.0
"""British application numbers: year of two digits, five digits, check digit."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.check_digit import british_check_digit, judge
from zhihang.terms.number_part import constant, join, last_digits, near, padded, whole_year
from zhihang.terms.spelling import Parts, Spelling


def _native(parts: Parts) -> Parts:
    year = whole_year(parts["year"], parts["told_year"])
    return _read(year, parts["serial"], parts["check"])


def _year_last(parts: Parts) -> Parts:
    """Read serial number and year, as numbers before 1978 stand: 4072172 A is 40721 of 1972."""
    year = whole_year(parts["year"], parts["told_year"], pivot=0)
    impossible_first = pc.and_(pc.greater_equal(parts["serial"], "40000"), pc.less(parts["serial"], "78000"))
    as_told = pc.and_(near(year, parts["told_year"]), pc.less(year, 1979))
    columns = _read(year, padded(parts["serial"], 5), constant("", parts["serial"]))
    return {**columns, "refused": pc.invert(pc.or_(impossible_first, pc.fill_null(as_told, False)))}


def _by_year(parts: Parts) -> Parts:
    return _read(parts["year"].cast(pa.int16()), padded(parts["serial"], 5), constant("", parts["serial"]))


def _by_told_year(parts: Parts) -> Parts:
    serial = padded(parts["serial"], 5)
    columns = _read(pc.fill_null(parts["told_year"], 1900), serial, constant("", serial))
    return {**columns, "refused": pc.is_null(parts["told_year"])}


def _read(year: pa.Int16Array, serial: pa.StringArray, check: pa.StringArray) -> Parts:
    number = join(last_digits(year, 2), serial)
    return {
        "application_id": join("GB", number),
        "office": constant("GB", number),
        "check_digit": judge(check, british_check_digit(number)),
        "filing_year": year,
    }


SPELLINGS = (
    Spelling(r"^GB:?(?P<serial>\d{5})(?P<year>\d\d)_A$", _year_last),
    Spelling(r"^GB:?(?P<year>\d\d)(?P<serial>\d{5})(?:\.(?P<check>\d))?(?:_?[A-Z]\d?)?$", _native),
    Spelling(r"^GB:?(?P<year>19\d\d|20\d\d)0{0,2}(?P<serial>\d{4,5})(?:_?[AF])?$", _by_year),
    Spelling(r"^GB:?0?(?P<serial>\d{5})$", _by_told_year),
)
