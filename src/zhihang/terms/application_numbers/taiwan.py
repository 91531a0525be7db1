# SPDX-License-Identifier: Apache-2.0
"""Taiwanese application numbers: year of the Republic (1911 = 0), kind of right, serial number."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.number_part import constant, join
from zhihang.terms.spelling import Parts, Spelling

_ERA = pa.scalar(1911, pa.int16())


def _native(parts: Parts) -> Parts:
    return _read(parts["year"].cast(pa.int16()), parts["serial"])


def _epodoc(parts: Parts) -> Parts:
    return _read(pc.subtract(parts["year"].cast(pa.int16()), _ERA), parts["serial"])


def _by_told_year(parts: Parts) -> Parts:
    columns = _read(pc.subtract(parts["told_year"], _ERA), parts["serial"])
    return {**columns, "refused": pc.is_null(parts["told_year"])}


def _read(year: pa.Int16Array, serial: pa.StringArray) -> Parts:
    number = join("TW", year.cast(pa.string()), serial)
    return {"application_id": number, "office": constant("TW", number), "filing_year": pc.add(year, _ERA)}


SPELLINGS = (
    Spelling(r"^TW:?(?P<year>0?[3-9]\d|1\d\d)(?P<serial>[1-9]\d{5})(?:_?[A-Z]\d?)?$", _native),
    Spelling(r"^TW:?(?P<year>19[5-9]\d|20\d\d)0(?P<serial>\d{6})(?:_?[A-Z]\d?)?$", _epodoc),
    Spelling(r"^TW:?(?P<serial>[123]\d{5})[A-Z]?$", _by_told_year),
)
