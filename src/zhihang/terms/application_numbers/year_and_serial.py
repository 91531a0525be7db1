# SPDX-License-Identifier: Apache-2.0
"""Application numbers of offices that count from 1 each year: France, Australia, Russia; and Canada, that does not."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.number_part import constant, join, last_digits, near, padded, whole_year
from zhihang.terms.spelling import Parts, Spelling

_TAIL = r"(?:_?[A-E]\d?)?$"
# D attached marks stand-ins of the EPO for numbers it does not know; set apart it is a kind code.
_DESIGN = r"(?:_?(?P<kind>F)\d?|_[A-E]\d?|A\d?)?$"
_UTILITY = r"_?(?:(?:(?P<kind>U)|[A-E])\d?)?$"


def _french(parts: Parts) -> Parts:
    year = whole_year(parts["year"], parts["told_year"])
    return _short("FR", year, parts["serial"])


def _french_whole(parts: Parts) -> Parts:
    return _short("FR", parts["year"].cast(pa.int16()), padded(parts["serial"], 5))


def _french_told(parts: Parts) -> Parts:
    return {**_short("FR", parts["told_year"], parts["serial"]), "refused": pc.is_null(parts["told_year"])}


def _short(office: str, year: pa.Int16Array, serial: pa.StringArray) -> Parts:
    number = join(office, last_digits(year, 2), serial)
    return {"application_id": number, "office": constant(office, number), "filing_year": year}


def _australian(parts: Parts) -> Parts:
    return _long("AU", parts["year"].cast(pa.int16()), parts["serial"], "")


def _australian_year_last(parts: Parts) -> Parts:
    year = whole_year(parts["year"], parts["told_year"], pivot=10)
    refused = pc.invert(pc.fill_null(near(year, parts["told_year"]), True))
    return {**_long("AU", year, parts["serial"], ""), "refused": refused}


def _australian_told(parts: Parts) -> Parts:
    return {**_long("AU", parts["told_year"], parts["serial"], ""), "refused": pc.is_null(parts["told_year"])}


def _russian(parts: Parts) -> Parts:
    return _long("RU", parts["year"].cast(pa.int16()), parts["serial"], parts["kind"])


def _russian_short(parts: Parts) -> Parts:
    return _long("RU", whole_year(parts["year"], parts["told_year"]), parts["serial"], parts["kind"])


def _russian_told(parts: Parts) -> Parts:
    columns = _long("RU", parts["told_year"], parts["serial"], parts["kind"])
    return {**columns, "refused": pc.is_null(parts["told_year"])}


def _long(office: str, year: pa.Int16Array, serial: pa.StringArray, kind: pa.StringArray | str) -> Parts:
    number = join(office, year.cast(pa.string()), padded(serial, 6), kind)
    return {"application_id": number, "office": constant(office, number), "filing_year": year}


def _canadian(parts: Parts) -> Parts:
    number = join("CA", padded(parts["serial"], 1), parts["kind"])
    return {"application_id": number, "office": constant("CA", number)}


def _polish(parts: Parts) -> Parts:
    number = join("PL", padded(parts["serial"], 6), parts["kind"])
    return {"application_id": number, "office": constant("PL", number)}


def _five(parts: Parts) -> Parts:
    return _counted_by_year(parts, 5)


def _six(parts: Parts) -> Parts:
    return _counted_by_year(parts, 6)


def _counted_by_year(parts: Parts, width: int) -> Parts:
    number = join(parts["office"], parts["year"], padded(parts["serial"], width), parts["kind"])
    return {
        "application_id": number,
        "office": parts["office"],
        "filing_year": parts["year"].cast(pa.int16()),
    }


FRANCE = (
    Spelling(r"^FR:?(?P<year>\d\d)/?(?P<serial>\d{5})" + _TAIL, _french),
    Spelling(r"^FR:?(?P<year>19[5-9]\d|20\d\d)0{0,2}(?P<serial>\d{4,5})" + _TAIL, _french_whole),
    Spelling(r"^FR:?0(?P<serial>\d{5})$", _french_told),
)
AUSTRALIA = (
    Spelling(r"^AU:?(?P<year>19[5-9]\d|20\d\d)/?0?(?P<serial>\d{6})" + _TAIL, _australian),
    Spelling(r"^AU:?(?P<serial>\d{4,5})(?P<year>\d\d)_[A-E]\d?$", _australian_year_last),
    Spelling(r"^AU:?(?P<serial>\d{6})$", _australian_told),
)
RUSSIA = (
    Spelling(r"^RU:?(?P<year>199\d|20\d\d)0?(?P<serial>\d{6})" + _UTILITY, _russian),
    Spelling(r"^RU:?(?P<year>9\d)(?P<serial>\d{6})" + _UTILITY, _russian_short),
    Spelling(r"^RU:?(?P<serial>\d{6})" + _UTILITY, _russian_told),
)
CANADA = (
    Spelling(r"^CA:?(?:19|20)\d\d0*(?P<serial>[1-9]\d{5,6})" + _DESIGN, _canadian),
    Spelling(r"^CA:?(?:NDAT)?(?P<serial>\d{6,7})" + _DESIGN, _canadian),
)
POLAND = (
    Spelling(r"^PL:?(?:19|20)\d\d0(?P<serial>\d{6})" + _UTILITY, _polish),
    Spelling(r"^PL:?(?P<serial>\d{6})\d\d_" + _UTILITY, _polish),
    Spelling(r"^PL:?[PW]?\.?(?P<serial>\d{6})" + _UTILITY, _polish),
)
_YEAR = r":?(?P<year>19[5-9]\d|20\d\d)"
FIVE_DIGITS = (Spelling(r"^(?P<office>[A-Z]{2})" + _YEAR + r"(?P<serial>\d{5}|00\d{5})" + _UTILITY, _five),)
SIX_DIGITS = (Spelling(r"^(?P<office>[A-Z]{2})" + _YEAR + r"(?P<serial>\d{6}|0\d{6})" + _UTILITY, _six),)
