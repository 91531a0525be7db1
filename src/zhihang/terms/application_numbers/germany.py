# SPDX-License-Identifier: Apache-2.0
"""German application numbers: kind of right (10 patent, 20 utility model ...), year, serial number, check digit."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.number_part import constant, join, last_digits, padded
from zhihang.terms.spelling import Parts, Spelling

_TAIL = r"(?:\.\d)?(?:_?[A-Z]\d?)?$"


def _new(parts: Parts) -> Parts:
    year = parts["year"].cast(pa.int16())
    return _read(join(parts["right"], parts["year"], padded(parts["serial"], 6)), year)


def _by_told_year(parts: Parts) -> Parts:
    year = parts["told_year"]
    columns = _read(join(parts["right"], pc.fill_null(year, 0).cast(pa.string()), parts["serial"]), year)
    return {**columns, "refused": pc.fill_null(pc.less(year, 2004), True)}


def _middle(parts: Parts) -> Parts:
    year = parts["year"].cast(pa.int16())
    return _read(join(parts["right"], last_digits(year, 2), parts["serial"]), year)


def _old(parts: Parts) -> Parts:
    return _read(parts["number"], None)


def _read(number: pa.StringArray, year: pa.Int16Array | None) -> Parts:
    columns = {"application_id": join("DE", number), "office": constant("DE", number)}
    return columns if year is None else {**columns, "filing_year": year}


SPELLINGS = (
    # since 2004: 10 2010 012 345.6
    Spelling(r"^DE:?(?P<right>[1-9]\d)(?P<year>20\d\d)(?P<serial>\d{6})" + _TAIL, _new),
    # EPODOC since 2004: DE20071042087, DE201110101042
    Spelling(r"^DE(?P<year>200[4-9]|20[1-9]\d)(?P<right>[1-9]\d)(?P<serial>\d{5,6})(?:[A-Z]\d?)?$", _new),
    # the year told by the filing date: DE10220802 of 2015
    Spelling(r"^DE:?(?P<right>[12]\d)(?P<serial>\d{6})$", _by_told_year),
    # EPODOC 1995 to 2003: DE1999145248 is 19945248; before 1995: DE19944412345
    Spelling(r"^DE(?P<year>199[5-9]|200[0-3])(?P<right>[1-9])(?P<serial>\d{5})(?:[A-Z]\d?)?$", _middle),
    Spelling(r"^DE(?:19[5-8]\d|199[0-4])(?P<number>\d{7})(?:[A-Z]\d?)?$", _old),
    # 199 45 248.5, P 44 12 345.6, G 94 20 497.7
    Spelling(r"^DE:?[PG]?(?P<number>\d{7,8})" + _TAIL, _old),
)
