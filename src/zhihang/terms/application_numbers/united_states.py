# SPDX-License-Identifier: Apache-2.0
"""United States application numbers: series code and serial number, or year and serial number."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.number_part import constant, join, near, padded, whole_year
from zhihang.terms.spelling import Parts, Spelling
from zhihang.terms.us_series import Entry, fits_period, series_of

_SERIES = r"(?P<series>0[1-9]|1\d|29|35|6[0-3]|9[056])"
_PLAIN_SERIES = r"(?P<series>0[1-9]|1[0-8]|29|35|6[0-3]|9[056])"
_YEAR = r"(?P<year>19\d\d|20\d\d)"
_KIND = r"(?:(?P<kind>[A-Z])\d?)?$"

#: Years of two digits were written until 2011; from 13 on they belong to the 20th century.
_PIVOT = 13


def _series(parts: Parts) -> Parts:
    number = join("US", parts["series"], padded(parts["serial"], 6))
    return {"application_id": number, "office": constant("US", number)}


def _plain_series(parts: Parts) -> Parts:
    """Read eight digits followed by a kind code; EPO sources mean serial number and year by them (42751873 A)."""
    year = whole_year(pc.utf8_slice_codeunits(parts["serial"], 4, 6), parts["told_year"], pivot=_PIVOT)
    told = parts["told_year"]
    in_period = pc.and_(fits_period(parts["series"], told), pc.invert(near(year, told, 0)))
    return {**_series(parts), "refused": pc.invert(pc.fill_null(in_period, False))}


def _by_year(parts: Parts) -> Parts:
    return _of_year(parts, parts["year"].cast(pa.int16()))


def _by_short_year(parts: Parts) -> Parts:
    return _of_year(parts, whole_year(parts["year"], parts["told_year"], pivot=_PIVOT))


def _by_told_year(parts: Parts) -> Parts:
    """Read a number whose year the filing date tells; for entries from the PCT that may be years after the number."""
    columns = _of_year(parts, parts["told_year"], entry="before")
    return {**columns, "refused": pc.is_null(parts["told_year"])}


def _of_year(parts: Parts, year: pa.Int16Array, *, entry: Entry = "after") -> Parts:
    """Complete year and serial number by the series code in use then; keep the year where that is not certain."""
    kind = pc.if_else(pc.is_in(parts["kind"], value_set=pa.array(["P", "F", "S"])), parts["kind"], "")
    kind = pc.if_else(pc.equal(kind, "S"), "F", kind)
    serial = padded(parts["serial"], 6)
    series = series_of(year, serial, kind, entry=entry)
    by_year = join("US", year.cast(pa.string()), serial, kind)
    number = pc.if_else(pc.is_valid(series), join("US", series, serial), by_year)
    return {"application_id": number, "office": constant("US", number), "filing_year": year}


def _dummy(parts: Parts) -> Parts:
    number = join("US", parts["number"])
    return {"application_id": number, "office": constant("US", number)}


SPELLINGS = (
    Spelling(rf"^US:?{_SERIES}/(?P<serial>\d{{6}})(?:_?[A-Z]\d?)?$", _series),
    Spelling(rf"^US:?{_PLAIN_SERIES}(?P<serial>\d{{6}})(?:[A-Z]\d?)?$", _series),
    # not year 1970 or later and a short serial number, as Thomson has it with a letter behind
    Spelling(r"^US:?(?P<series>19)(?P<serial>\d{6})$", _series),
    Spelling(rf"^US:?{_PLAIN_SERIES}(?P<serial>\d{{6}})_[A-Z]\d?$", _plain_series),
    # DOCDB since 2011, EPODOC: US201213345678
    Spelling(rf"^US:?(?:19|20)\d\d/?{_SERIES}(?P<serial>\d{{6}})(?:_?[A-Z]\d?)?$", _series),
    # EPODOC US20010982377, Thomson US2000183758P and, with fewer digits, US20089078A
    Spelling(rf"^US:?{_YEAR}/?0{{0,3}}(?P<serial>\d{{5,6}})_?{_KIND}", _by_year),
    Spelling(rf"^US{_YEAR}(?P<serial>\d{{1,4}})(?P<kind>[APF])$", _by_year),
    # DOCDB until 2011: US 42751873 A
    Spelling(rf"^US:?(?P<serial>\d{{1,6}})(?P<year>\d\d)_{_KIND}", _by_short_year),
    Spelling(r"^US:?(?P<serial>\d{6})(?P<year>\d\d)(?P<kind>)$", _by_short_year),
    # the year told by the filing date: US878676, US256009P, 705,467
    Spelling(r"^US:?(?P<serial>\d{5,6})(?P<kind>[PF]?)$", _by_told_year),
    # stand-ins of the EPO where the number is not known: US 3564134D A
    Spelling(r"^US:?(?P<number>\d{3,7}[DTX])(?:_[A-Z]\d?)?$", _dummy),
)
