# SPDX-License-Identifier: Apache-2.0
"""International (PCT) application numbers: receiving office, year, serial number."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.number_part import constant, join, padded, whole_year
from zhihang.terms.office import OFFICES
from zhihang.terms.spelling import Parts, Spelling

_OFFICES = pa.array(sorted(OFFICES))
_FIRST_YEAR = 1978
_RECEIVING = r"(?P<receiving>[A-Z]{2})"
_YEAR = r"(?P<year>(?:19[789]|20\d)\d)"


def _four(parts: Parts) -> Parts:
    return _read(parts, parts["year"].cast(pa.int16()))


def _two(parts: Parts) -> Parts:
    return _read(parts, whole_year(parts["year"], parts["told_year"]))


def _told(parts: Parts) -> Parts:
    columns = _read(parts, parts["told_year"])
    return {**columns, "refused": pc.or_(columns["refused"], pc.is_null(parts["told_year"]))}


def _read(parts: Parts, year: pa.Int16Array) -> Parts:
    serial = padded(parts["serial"], 6)
    unknown = pc.invert(pc.is_in(parts["receiving"], value_set=_OFFICES))
    return {
        "application_id": join("PCT", parts["receiving"], year.cast(pa.string()), serial),
        "office": constant("WO", serial),
        "filing_year": year,
        "refused": pc.or_(
            pc.or_(unknown, pc.less(year, _FIRST_YEAR)), pc.greater(pc.binary_length(serial), 6)
        ),
    }


SPELLINGS = (
    # PCT/CN2013/070123 and what is left of it without strokes
    Spelling(rf"^(?:WO:?)?PCT[/\-]?{_RECEIVING}[/\-]?{_YEAR}[/\-]?(?P<serial>\d{{5,7}})(?:_?W)?$", _four),
    Spelling(
        rf"^(?:WO:?)?PCT[/\-]?{_RECEIVING}[/\-]?(?P<year>\d\d)[/\-]?(?P<serial>\d{{5,6}})(?:_?W)?$", _two
    ),
    # CN2013070123W, US 2006/0000980 W, US 9901234 W
    Spelling(rf"^(?:WO:)?{_RECEIVING}:?{_YEAR}[/\-]?(?P<serial>\d{{6}}|0\d{{6}})_?W$", _four),
    Spelling(rf"^(?:WO:)?{_RECEIVING}:?(?P<year>\d\d)[/\-]?(?P<serial>\d{{5}})_?W$", _two),
    # office WO told, number CN2013070123 or US2007/065637
    Spelling(rf"^WO:{_RECEIVING}{_YEAR}[/\-]?(?P<serial>\d{{6}})$", _four),
    Spelling(rf"^WO:{_RECEIVING}(?P<year>\d\d)[/\-]?(?P<serial>\d{{5,6}})$", _two),
    # WO2014US51801, WO2001US2704A
    Spelling(
        r"^WO:?(?P<year>(?:19[789]|20\d)\d)(?P<receiving>[A-Z]{2})(?P<serial>\d{1,6})(?:_?[AW])?$", _four
    ),
    # WOUS055920, the year told by the filing date
    Spelling(rf"^WO:?{_RECEIVING}(?P<serial>\d{{5,6}})$", _told),
)
