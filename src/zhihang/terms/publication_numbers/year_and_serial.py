# SPDX-License-Identifier: Apache-2.0
"""Publication numbers with fixed numbers of digits: WO, EP, and those of Australia and Britain that hold a year."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.number_part import constant, join, padded, whole_year
from zhihang.terms.spelling import Parts, Spelling

_KIND = r"_?(?P<kind_code>(?:[A-Z]\d?)?)$"


def _international(parts: Parts) -> Parts:
    return _read("WO", parts, join(parts["year"], padded(parts["serial"], 6)))


def _international_short(parts: Parts) -> Parts:
    return _read("WO", parts, join(whole_year(parts["year"]).cast(pa.string()), padded(parts["serial"], 6)))


def _european(parts: Parts) -> Parts:
    return _read("EP", parts, padded(parts["serial"], 7))


def _australian(parts: Parts) -> Parts:
    return _read("AU", parts, join(parts["year"], padded(parts["serial"], 6)))


def _australian_year_last(parts: Parts) -> Parts:
    """Read serial number and year: 6557699 A is number 65576 of 1999."""
    year = whole_year(parts["year"], pivot=4)
    columns = _read("AU", parts, join(year.cast(pa.string()), padded(parts["serial"], 6)))
    return {**columns, "refused": pc.less(year, 1965)}


def _british(parts: Parts) -> Parts:
    return _read("GB", parts, join(parts["year"], parts["serial"]))


def _read(office: str, parts: Parts, number: pa.StringArray) -> Parts:
    return {"office": constant(office, number), "number": number, "kind_code": parts["kind_code"]}


INTERNATIONAL = (
    Spelling(r"^WO:?(?P<year>19[789]\d|20\d\d)/?(?P<serial>\d{6,7})" + _KIND, _international),
    Spelling(r"^WO:?(?P<year>[789]\d|0\d)/?(?P<serial>\d{5,6})" + _KIND, _international_short),
)
EUROPE = (Spelling(r"^EP:?(?P<serial>\d{1,9})" + _KIND, _european),)
AUSTRALIA = (
    Spelling(r"^AU:?(?P<year>19[6-9]\d|20\d\d)/?(?P<serial>\d{5,6})" + _KIND, _australian),
    Spelling(r"^AU:?(?P<serial>\d{4,5})(?P<year>\d\d)_?(?P<kind_code>[AD]\d?)$", _australian_year_last),
)
#: Unexamined applications were announced under application numbers, with the year in two digits or in four.
BRITAIN = (Spelling(r"^GB:?20(?P<year>\d\d)(?P<serial>\d{5})_?(?P<kind_code>D\d?)$", _british),)
