# SPDX-License-Identifier: Apache-2.0
"""European application numbers: year of two digits, six digits, check digit."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.check_digit import european_check_digit, judge
from zhihang.terms.number_part import constant, join, last_digits, padded, whole_year
from zhihang.terms.spelling import Parts, Spelling


def _native(parts: Parts) -> Parts:
    return _read(whole_year(parts["year"]), parts["serial"], parts["check"])


def _checked(parts: Parts) -> Parts:
    """Read nine digits only if the ninth is the right check digit."""
    columns = _native(parts)
    return {**columns, "refused": pc.not_equal(columns["check_digit"], "right")}


def _by_year(parts: Parts) -> Parts:
    return _read(parts["year"].cast(pa.int16()), padded(parts["serial"], 6), constant("", parts["serial"]))


def _by_told_year(parts: Parts) -> Parts:
    columns = _read(pc.fill_null(parts["told_year"], 1900), parts["serial"], constant("", parts["serial"]))
    return {**columns, "refused": pc.is_null(parts["told_year"])}


def _read(year: pa.Int16Array, serial: pa.StringArray, check: pa.StringArray) -> Parts:
    number = join(last_digits(year, 2), serial)
    return {
        "application_id": join("EP", number),
        "office": constant("EP", number),
        "check_digit": judge(check, european_check_digit(number)),
        "filing_year": year,
    }


SPELLINGS = (
    # Thomson writes the year whole and drops zeros: EP20106090A is 10006090
    Spelling(r"^EP(?P<year>19[789]\d|200\d|201[0-4])(?P<serial>[1-9]\d{0,3})A$", _by_year),
    Spelling(r"^EP:?(?P<year>\d\d)(?P<serial>\d{6})(?:[./](?P<check>\d))?(?:_?[A-Z]\d?)?$", _native),
    Spelling(r"^EP:?(?P<year>\d\d)(?P<serial>\d{6})(?P<check>\d)$", _checked),
    Spelling(r"^EP:?(?P<year>19[789]\d|20\d\d)0{0,2}(?P<serial>\d{5,6})(?:_?A\d?)?$", _by_year),
    Spelling(r"^EP:?(?P<serial>\d{6})$", _by_told_year),
)
