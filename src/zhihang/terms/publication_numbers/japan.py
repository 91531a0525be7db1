# SPDX-License-Identifier: Apache-2.0
"""Japanese publication numbers: year of an era or of the West and serial number, or a running grant number."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.number_part import constant, join, padded
from zhihang.terms.spelling import Parts, Spelling

_KIND = r"_?(?P<kind_code>(?:[A-Z]\d?)?)$"


def _western(parts: Parts) -> Parts:
    # Derwent marks translations of international applications by W where the office writes A.
    code = pc.if_else(pc.equal(parts["kind_code"], "W"), "A", parts["kind_code"])
    return _read({**parts, "kind_code": code}, join(parts["year"], padded(parts["serial"], 6)))


def _era(parts: Parts) -> Parts:
    year = pc.ascii_lpad(parts["year"], 2, padding="0")
    return _read(parts, join(parts["era"], year, padded(parts["serial"], 1)))


def _era_unsaid(parts: Parts) -> Parts:
    """Read the era by its year, as Derwent and PATENTSCOPE write it: 10001678 is H10-1678, 56111078 S56-111078."""
    year = pc.ascii_lpad(parts["year"], 2, padding="0")
    era = pc.if_else(pc.less(year, "32"), "H", "S")
    return _read(parts, join(era, year, padded(parts["serial"], 1)))


def _running(parts: Parts) -> Parts:
    return _read(parts, padded(parts["serial"], 1))


def _read(parts: Parts, number: pa.StringArray) -> Parts:
    return {"office": constant("JP", number), "number": number, "kind_code": parts["kind_code"]}


SPELLINGS = (
    Spelling(r"^JP:?(?P<year>199[6-9]|20\d\d)[\-/]?(?P<serial>\d{6})" + _KIND, _western),
    Spelling(r"^JP:?(?P<year>199[6-9]|20\d\d)[\-/](?P<serial>\d{1,5})" + _KIND, _western),
    Spelling(r"^JP:?(?P<era>[MTSHR])(?P<year>\d{1,2})[\-/](?P<serial>\d{1,6})" + _KIND, _era),
    Spelling(r"^JP:?(?P<era>[MTSHR])(?P<year>\d\d)0*(?P<serial>\d{1,6})" + _KIND, _era),
    # grants from 2500001 on and utility models from 3000001 on, with a zero in front
    Spelling(r"^JP:?0(?P<serial>\d{7})_?(?P<kind_code>B\d?)$", _running),
    Spelling(r"^JP:?0(?P<serial>3\d{6})_?(?P<kind_code>U\d?)$", _running),
    Spelling(r"^JP:?(?P<year>[0-2]\d|3[01]|3[89]|[45]\d|6[0-4])(?P<serial>\d{6})" + _KIND, _era_unsaid),
    Spelling(r"^JP:?(?P<year>[1-9])(?P<serial>\d{6})_?(?P<kind_code>A)$", _era_unsaid),
    Spelling(r"^JP:?(?:B\d?)?(?P<serial>\d{1,7})" + _KIND, _running),
)
