# SPDX-License-Identifier: Apache-2.0
"""Japanese application numbers: year and serial number; utility models and designs count apart."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.number_part import constant, join, near, padded, whole_year
from zhihang.terms.spelling import Parts, Spelling

_KIND = r"(?:(?P<kind>[A-Z])\d?)?$"
#: Years before the first of an era.
_ERAS = {"M": 1867, "T": 1911, "S": 1925, "H": 1988, "R": 2018}


def _by_year(parts: Parts) -> Parts:
    return _read(parts, parts["year"].cast(pa.int16()))


def _by_era(parts: Parts) -> Parts:
    before = pa.array(list(_ERAS.values()), pa.int16()).take(
        pc.index_in(parts["era"], value_set=pa.array(list(_ERAS)))
    )
    return _read(parts, pc.add(before, parts["year"].cast(pa.int16())))


def _year_last(parts: Parts) -> Parts:
    """Read serial number and year: 15844898 A is number 158448 of 1998."""
    year = whole_year(parts["year"], parts["told_year"], pivot=0)
    return {**_read(parts, year), "refused": pc.invert(pc.fill_null(near(year, parts["told_year"]), True))}


def _by_told_year(parts: Parts) -> Parts:
    return {**_read(parts, parts["told_year"]), "refused": pc.is_null(parts["told_year"])}


def _read(parts: Parts, year: pa.Int16Array) -> Parts:
    serial = padded(parts["serial"], 6)
    apart = pc.is_in(parts["kind"], value_set=pa.array(["U", "Y", "F", "S"]))
    kind = pc.if_else(pc.is_in(parts["kind"], value_set=pa.array(["U", "Y"])), "U", "F")
    number = join("JP", year.cast(pa.string()), serial, pc.if_else(apart, kind, ""))
    return {"application_id": number, "office": constant("JP", number), "filing_year": year}


SPELLINGS = (
    Spelling(r"^JP:?(?P<year>19[2-9]\d|20\d\d)[\-/]?0?(?P<serial>\d{6})_?" + _KIND, _by_year),
    Spelling(r"^JP:?(?P<year>19[2-9]\d|20\d\d)[\-/](?P<serial>\d{1,5})_?" + _KIND, _by_year),
    Spelling(r"^JP:?(?P<era>[MTSHR])(?P<year>\d{1,2})[\-/](?P<serial>\d{1,6})_?" + _KIND, _by_era),
    Spelling(r"^JP:?(?P<era>[MTSHR])(?P<year>\d\d)(?P<serial>\d{6})_?" + _KIND, _by_era),
    Spelling(r"^JP:?(?P<serial>\d{1,6})(?P<year>\d\d)_" + _KIND, _year_last),
    # Thomson writes the year whole and drops zeros: JP201147663A
    Spelling(r"^JP(?P<year>19[789]\d|20\d\d)(?P<serial>[1-9]\d{1,4})(?P<kind>[AUF])$", _by_year),
    Spelling(r"^JP:?(?P<serial>\d{5,6})(?P<kind>[UF]?)$", _by_told_year),
)
