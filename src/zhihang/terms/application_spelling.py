# SPDX-License-Identifier: Apache-2.0
"""How the offices write application numbers, and what the parts of each spelling mean."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.check_digit import chinese_check_digit, judge
from zhihang.terms.spelling import Parts, Spelling

_KINDS = {"1": "invention", "2": "utility_model", "3": "design", "8": "invention", "9": "utility_model"}
_TAIL = r"(?:[_. ]?[A-Z]\d?)?"


def _join(*parts: pa.StringArray | str) -> pa.StringArray:
    return pc.binary_join_element_wise(*parts, "")


def _chinese(number: pa.StringArray, check: pa.StringArray, year: pa.StringArray, kind_digit: pa.StringArray) -> Parts:
    codes = pa.array(list(_KINDS))
    kind = pa.array(list(_KINDS.values())).take(pc.index_in(kind_digit, value_set=codes))
    return {
        "application_id": _join("CN", number),
        "office": pa.repeat("CN", len(number)),
        "check_digit": judge(check, chinese_check_digit(number)),
        "kind": kind,
        "pct_entry": pc.is_in(kind_digit, value_set=pa.array(["8", "9"])),
        "filing_year": year.cast(pa.int16()),
    }


def _chinese_long(parts: Parts) -> Parts:
    number = parts["number"]
    return _chinese(
        number, parts["check"], pc.utf8_slice_codeunits(number, 0, 4), pc.utf8_slice_codeunits(number, 4, 5)
    )


def _chinese_short(parts: Parts) -> Parts:
    number = parts["number"]
    year = _full_year(pc.utf8_slice_codeunits(number, 0, 2))
    return _chinese(number, parts["check"], year, pc.utf8_slice_codeunits(number, 2, 3))


def _full_year(two: pa.StringArray, *, first: str = "50") -> pa.StringArray:
    """Year of four digits; two digits from `first` on are of the 20th century."""
    return pc.if_else(pc.greater_equal(two, first), _join("19", two), _join("20", two))


def _pct(parts: Parts) -> Parts:
    year = pc.if_else(pc.equal(pc.binary_length(parts["year"]), 2), _full_year(parts["year"]), parts["year"])
    serial = pc.utf8_lpad(parts["serial"], 6, "0")
    return {
        "application_id": _join("PCT", parts["receiving"], year, serial),
        "office": pa.repeat("WO", len(year)),
        "filing_year": year.cast(pa.int16()),
    }


def _american(parts: Parts) -> Parts:
    number = _join(parts["series"], parts["serial"])
    return {"application_id": _join("US", number), "office": pa.repeat("US", len(number))}


def _european(parts: Parts) -> Parts:
    return {
        "application_id": _join("EP", parts["year"], parts["serial"]),
        "office": pa.repeat("EP", len(parts["year"])),
        "filing_year": _full_year(parts["year"]).cast(pa.int16()),
    }


def _other(parts: Parts) -> Parts:
    number = pc.replace_substring_regex(parts["number"], r"[^A-Z0-9]", "")
    return {
        "application_id": _join(parts["office"], number),
        "office": parts["office"],
        "refused": pc.is_in(parts["office"], value_set=pa.array(["CN", "WO"])),
    }


SPELLINGS = (
    Spelling(
        r"^(?:CNZL|ZLCN|CN|ZL)(?P<number>(?:20\d\d|2100)[12389]\d{7})[._]?(?P<check>[\dX]?)" + _TAIL + "$", _chinese_long
    ),
    Spelling(
        r"^(?:CNZL|ZLCN|CN|ZL)(?P<number>(?:8[5-9]|9\d|0[0-3])[12389]\d{5})[._]?(?P<check>[\dX]?)" + _TAIL + "$",
        _chinese_short,
    ),
    Spelling(r"^(?:WO)?PCT/?(?P<receiving>[A-Z]{2})/?(?P<year>(?:19|20)\d\d|\d\d)/?(?P<serial>\d{5,6})$", _pct),
    Spelling(r"^(?P<receiving>[A-Z]{2})(?P<year>(?:19|20)\d\d)(?P<serial>\d{6})_?W$", _pct),
    Spelling(r"^US_?(?:\d{4})?(?P<series>\d\d)[/]?(?P<serial>\d{3}[,]?\d{3})" + _TAIL + "$", _american),
    Spelling(r"^EP(?:19|20)?(?P<year>\d\d)(?P<serial>\d{6})(?:\.?\d)?" + _TAIL + "$", _european),
    Spelling(r"^(?P<office>[A-Z]{2})(?P<number>[^_]*\d[^_]*?)(?:_[A-Z]\d?)?$", _other),
)
