# SPDX-License-Identifier: Apache-2.0
"""Chinese application numbers: 8 digits until September 2003, 12 digits since, each with a check digit."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.check_digit import chinese_check_digit, judge
from zhihang.terms.number_part import constant, join, last_digits, padded, whole_year
from zhihang.terms.spelling import Parts, Spelling

#: Kind of right by the digit after the year; 8 and 9 are applications that came through the PCT.
_KINDS = {"1": "invention", "2": "utility_model", "3": "design", "8": "invention", "9": "utility_model"}

# No text fits these in two ways, which lets RE2 capture in one pass.
_CN = r"^(?:CN:?(?:ZL)?|ZL(?:CN)?)"
_CHECK = r"[.\-]?(?P<check>[\dX]?)(?:_?[A-WYZ]\d?)?$"


def _long(parts: Parts) -> Parts:
    number = parts["number"]
    year = pc.utf8_slice_codeunits(number, 0, 4).cast(pa.int16())
    return _checked(parts, year, pc.utf8_slice_codeunits(number, 4, 5))


def _short(parts: Parts) -> Parts:
    number = parts["number"]
    year = whole_year(pc.utf8_slice_codeunits(number, 0, 2))
    return _checked(parts, year, pc.utf8_slice_codeunits(number, 2, 3))


def _epodoc(parts: Parts) -> Parts:
    """Read year, kind digit, and the serial number cut to five digits or more: `CN2001275883U` is 01275883.

    Utility models carry a letter in this spelling and inventions none, which keeps cut numbers out.
    """
    year = parts["year"].cast(pa.int16())
    short = join(last_digits(year, 2), parts["right"], padded(parts["serial"], 5))
    long = join(parts["year"], parts["right"], padded(parts["serial"], 7))
    digits = pc.binary_length(parts["serial"])
    old = pc.or_(pc.less(year, 2003), pc.and_(pc.equal(year, 2003), pc.less(digits, 6)))
    columns = _read(pc.if_else(old, short, long), year, parts["right"])
    lettered = pc.is_in(parts["right"], value_set=pa.array(["2", "3", "9"]))
    mismatched = pc.xor(lettered, pc.is_in(parts["kind"], value_set=pa.array(["U", "Y", "F", "S", "D"])))
    return {**columns, "refused": pc.or_(mismatched, pc.and_(old, pc.greater(digits, 5)))}


def _told(parts: Parts) -> Parts:
    """Read kind digit and serial number, the year told by the filing date: `CN21066892` of 2016."""
    year = parts["told_year"]
    number = join(year.cast(pa.string()), parts["right"], parts["serial"])
    return {**_read(number, year, parts["right"]), "refused": pc.fill_null(pc.less(year, 2003), True)}


def _checked(parts: Parts, year: pa.Int16Array, right: pa.StringArray) -> Parts:
    check = judge(parts["check"], chinese_check_digit(parts["number"]))
    return {**_read(parts["number"], year, right), "check_digit": check}


def _read(number: pa.StringArray, year: pa.Int16Array, right: pa.StringArray) -> Parts:
    place = pc.index_in(right, value_set=pa.array(list(_KINDS)))
    return {
        "application_id": join("CN", number),
        "office": constant("CN", number),
        "check_digit": constant("absent", number),
        "kind": pa.array(list(_KINDS.values())).take(place),
        "pct_entry": pc.greater_equal(place, 3),
        "filing_year": year,
    }


SPELLINGS = (
    Spelling(_CN + r"(?P<number>(?:200[3-9]|20[1-9]\d)[12389]\d{7})" + _CHECK, _long),
    Spelling(_CN + r"(?P<number>(?:8[5-9]|9\d|0[0-3])[12389]\d{5})" + _CHECK, _short),
    # Derwent; no number of the 8-digit era looks like these
    Spelling(r"^CN:?(?P<right>[123])(?P<serial>\d{7})$", _told),
    Spelling(r"^CN:?(?P<right>[89])(?P<serial>0\d{6})$", _told),
)

#: How EPO sources write Chinese numbers; not tried on Chinese tables, where such a number has lost digits.
EPODOC = (
    Spelling(
        r"^CN(?P<year>198[5-9]|199\d|20\d\d)(?P<right>[12389])(?P<serial>\d{5}|[1-9]\d{5,6})(?:(?P<kind>[A-Z])\d?)?$",
        _epodoc,
    ),
)

#: Why a number that no spelling fits was not read, by what it looks like.
PROBLEMS = (
    (
        r"^(?:CN|ZL|:)+(?:\d{12}|\d{8})[._\-]?[\dX]?(?:_?[A-Z]\d?)?$",
        "no such filing year or kind of right in a Chinese number",
    ),
    (r"\d", "a Chinese application number has 8 or 12 digits and a check digit"),
)
