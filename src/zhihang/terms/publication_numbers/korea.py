# SPDX-License-Identifier: Apache-2.0
"""Korean publication numbers: year and serial number, or kind of right (10, 20, 30) and registration number."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.number_part import constant, join, padded
from zhihang.terms.spelling import Parts, Spelling

_KIND = r"_?(?P<kind_code>(?:[A-Z]\d?)?)$"
_YEAR = r"(?P<year>19[4-9]\d|20\d\d)"


def _application(parts: Parts) -> Parts:
    return _read(parts, join(parts["year"], padded(parts["serial"], 7)))


def _registration(parts: Parts) -> Parts:
    return _read(parts, join(parts["right"], parts["serial"]))


def _old_registration(parts: Parts) -> Parts:
    return _read(parts, join(parts["year"], padded(parts["serial"], 7)))


def _bare_registration(parts: Parts) -> Parts:
    """Read a registration number without its kind of right: 1723066 B1 is 10-1723066."""
    letter = pc.utf8_slice_codeunits(parts["kind_code"], 0, 1)
    right = pc.if_else(pc.equal(letter, "B"), "10", pc.if_else(pc.equal(letter, "Y"), "20", "30"))
    return _read(parts, join(right, padded(parts["serial"], 7)))


def _as_written(parts: Parts) -> Parts:
    return _read(parts, parts["number"])


def _read(parts: Parts, number: pa.StringArray) -> Parts:
    return {"office": constant("KR", number), "number": number, "kind_code": parts["kind_code"]}


SPELLINGS = (
    # PatSnap and PATENTSCOPE put the kind of right before the year: KR1020130096188A
    Spelling(rf"^KR:?[123]0-?{_YEAR}-?(?P<serial>\d{{7}}){_KIND}", _application),
    # Derwent drops zeros: KR2017040876-A, KR199405190B1
    Spelling(rf"^KR:?{_YEAR}-?(?P<serial>\d{{5,7}})_?(?P<kind_code>[AU]\d?)$", _application),
    Spelling(r"^KR:?19(?P<year>[4-9]\d)(?P<serial>\d{5})_?(?P<kind_code>[BY]\d?)$", _old_registration),
    Spelling(rf"^KR:?(?P<right>[123]0)-?(?P<serial>\d{{7}})(?:-?0000)?{_KIND}", _registration),
    Spelling(rf"^KR:?{_YEAR}-?(?P<serial>\d{{7}})(?P<kind_code>)$", _application),
    Spelling(r"^KR:?(?P<serial>\d{5,7})_?(?P<kind_code>[BYS]\d?)$", _bare_registration),
    Spelling(r"^KR:?(?P<number>\d{4,11})" + _KIND, _as_written),
)
