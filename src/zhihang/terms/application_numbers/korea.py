# SPDX-License-Identifier: Apache-2.0
"""Korean application numbers: kind of right (10 patent, 20 utility model, 30 design), year, serial number."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.number_part import constant, join, padded, whole_year
from zhihang.terms.spelling import Parts, Spelling

_KIND = r"(?:(?P<kind>[A-Z])\d?)?$"


def _whole(parts: Parts) -> Parts:
    return _read(parts["right"], parts["year"].cast(pa.int16()), parts["serial"])


def _by_year(parts: Parts) -> Parts:
    return _read(_right(parts["kind"]), parts["year"].cast(pa.int16()), parts["serial"])


def _by_short_year(parts: Parts) -> Parts:
    return _read(_right(parts["kind"]), whole_year(parts["year"], parts["told_year"]), parts["serial"])


def _by_told_year(parts: Parts) -> Parts:
    columns = _read(_right(parts["kind"]), parts["told_year"], parts["serial"])
    return {**columns, "refused": pc.is_null(parts["told_year"])}


def _right(kind: pa.StringArray) -> pa.StringArray:
    """Kind of right by kind code; sources that leave `A` out mean a patent."""
    utility = pc.is_in(kind, value_set=pa.array(["U", "Y"]))
    design = pc.is_in(kind, value_set=pa.array(["F", "S"]))
    return pc.if_else(utility, "20", pc.if_else(design, "30", "10"))


def _read(right: pa.StringArray, year: pa.Int16Array, serial: pa.StringArray) -> Parts:
    number = join("KR", right, year.cast(pa.string()), padded(serial, 7))
    return {"application_id": number, "office": constant("KR", number), "filing_year": year}


SPELLINGS = (
    Spelling(
        r"^KR:?(?P<right>[123]0)-?(?P<year>19[4-9]\d|20\d\d)-?(?P<serial>\d{7})(?:_?[A-Z]\d?)?$", _whole
    ),
    Spelling(r"^KR:?(?P<year>19[4-9]\d|20\d\d)-?(?P<serial>\d{3,7})_?" + _KIND, _by_year),
    Spelling(r"^KR:?(?P<year>[4-9]\d|0\d)(?P<serial>0\d{6})_?" + _KIND, _by_short_year),
    Spelling(r"^KR:?(?P<serial>\d{6})" + _KIND, _by_told_year),
)
