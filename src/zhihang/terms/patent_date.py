# SPDX-License-Identifier: Apache-2.0
"""Dates as patent sources write them: whole dates as dates, half dates kept as such, impossible ones named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.missing import absent_as_null, as_text
from zhihang.terms.number_part import whole_year
from zhihang.terms.spelling import Parts, Pile, Spelling
from zhihang.terms.text_repair import to_half_width

Order = Literal["ymd", "dmy", "mdy"]

#: The first patent law of today's kind is of 1790; what lies outside is a slip of the pen.
_FIRST_YEAR, _LAST_YEAR = 1790, 2100
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
#: 1899-12-30, from which spreadsheets count, in days from 1970-01-01.
_EPOCH_OF_SHEETS = -25569


@dataclass(frozen=True)
class PatentDates:
    """What dates say: one array per part, all of the same length.

    date
        The day; null where it is not wholly known.
    partial
        What is known of a half date, `2013-05` or `2013`; null where the day is known.
    problem
        Why no date could be read. A blank is no problem, nor is a date of zeros only.
    """

    date: pa.Date32Array
    partial: pa.StringArray
    problem: pa.StringArray

    @property
    def year(self) -> pa.Int16Array:
        """Year of each date, half dates included."""
        half = pc.utf8_slice_codeunits(self.partial, 0, 4).cast(pa.int16())
        return pc.coalesce(pc.year(self.date).cast(pa.int16()), half)


@dataclass(frozen=True)
class PatentDate:
    """What one date says; the parts are those of `PatentDates`."""

    date: date | None
    partial: str | None
    problem: str | None


def settle(
    raw: pa.Array | pa.ChunkedArray,
    order: Order = "ymd",
    *,
    pivot: int = 50,
    excel_serial: bool = False,
) -> PatentDates:
    """Read dates in whatever styles a column mixes.

    Parameters
    ----------
    raw
        Texts, whole numbers such as 20130102, or already dates or timestamps.
    order
        How to read dates that do not begin with a year of four digits, such as `2/1/2013`. With `ymd` they are
        read only where the numbers themselves tell day from month, or where points say that the day comes first.
    pivot
        Two-digit years from this on belong to the 20th century, those before to the 21st.
    excel_serial
        Whether numbers such as `41276` are days counted by a spreadsheet.
    """
    if pa.types.is_temporal(raw.type):
        return _of_days(_flat(raw).cast(pa.date32(), safe=False))
    if raw.null_count == len(raw):
        return _of_days(pa.nulls(len(raw), pa.date32()))
    encoded = _folded(raw).dictionary_encode()
    texts = encoded.dictionary
    pile = Pile(texts, _SCHEMA)
    pile.read(_spellings(order, pivot, excel_serial=excel_serial))
    settled = _checked(texts, pile.table())
    return PatentDates(
        *(column.take(encoded.indices) for column in (settled.date, settled.partial, settled.problem))
    )


def settle_one(
    raw: str | None, order: Order = "ymd", *, pivot: int = 50, excel_serial: bool = False
) -> PatentDate:
    """Read one date.

    >>> settle_one("2013年5月").partial
    '2013-05'
    """
    many = settle(pa.array([raw], pa.string()), order, pivot=pivot, excel_serial=excel_serial)
    return PatentDate(many.date[0].as_py(), many.partial[0].as_py(), many.problem[0].as_py())


_SCHEMA = pa.schema([("year", pa.int32()), ("month", pa.int32()), ("day", pa.int32())])
_SEPARATOR = r"\s*[.\-/,]\s*"
_TIME = r"(?:\.0|\.|(?:T|\s+)\d{1,2}[:.]\d\d.*|Z|[+\-]\d\d:\d\d)?$"


def _spellings(order: Order, pivot: int, *, excel_serial: bool) -> list[Spelling]:
    year, month, day = r"(?P<year>\d{4})", r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})"
    two, name = r"(?P<year>\d\d)", r"(?P<month>[A-Z]{3,9})\.?"
    first, second = r"(?P<first>\d{1,2})", r"(?P<second>\d{1,2})"
    found = [
        Spelling(rf"^{year}(?P<month>\d\d)(?P<day>\d\d)(?:\.0|T\d\d.*|\s+\d\d:.*)?$", _numbers),
        Spelling(rf"^{year}[.\-/]{month}[.\-/]{day}{_TIME}", _numbers),
        Spelling(rf"^{year}\s*[.\-/年,]\s*{month}\s*[.\-/月,]\s*{day}\s*[日号]?{_TIME}", _numbers),
        Spelling(rf"^{year}\s*[.\-/年]\s*{month}\s*月?$", _numbers),
        Spelling(r"^(?P<year>1[89]\d\d|20\d\d)(?P<month>0[1-9]|1[0-2])$", _numbers),
        Spelling(rf"^{year}\s*年?(?:\.0)?$", _numbers),
        Spelling(rf"^{first}\.{second}\.{year}{_TIME}", _by_order("mdy" if order == "mdy" else "dmy")),
        Spelling(rf"^{first}{_SEPARATOR}{second}{_SEPARATOR}{year}{_TIME}", _by_order(order)),
        Spelling(rf"^{day}(?:ST|ND|RD|TH)?[.\s\-]*{name}[\s,\-]*{year}{_TIME}", _names),
        Spelling(rf"^{day}\s*[\-\s]\s*{name}[\-\s]+{two}$", _with_century(_names, pivot)),
        Spelling(rf"^{name}\s*{day}(?:ST|ND|RD|TH)?\s*[,\s]\s*{year}{_TIME}", _names),
        Spelling(rf"^{name}[\s,\-]*{year}$", _names),
        Spelling(rf"^{year}[\s\-]{name}[\s\-]{day}$", _names),
    ]
    if order == "ymd":
        found.append(
            Spelling(rf"^{two}{_SEPARATOR}{month}{_SEPARATOR}{day}$", _with_century(_numbers, pivot))
        )
    else:
        read = _with_century(_by_order(order), pivot)
        found.append(Spelling(rf"^{first}{_SEPARATOR}{second}{_SEPARATOR}{two}{_TIME}", read))
    if excel_serial:
        found.append(Spelling(r"^(?P<serial>[1-9]\d{4})(?:\.\d+)?$", _of_serial))
    return found


def _numbers(parts: Parts) -> Parts:
    return {name: _number(parts[name]) for name in ("year", "month", "day") if name in parts}


def _names(parts: Parts) -> Parts:
    names = pc.utf8_slice_codeunits(parts["month"], 0, 3)
    month = pc.add(pc.index_in(names, value_set=pa.array(_MONTHS)), 1)
    columns: Parts = {name: _number(parts[name]) for name in ("year", "day") if name in parts}
    return {**columns, "month": month, "refused": pc.is_null(month)}


def _by_order(order: Order) -> Callable[[Parts], Parts]:
    def read(parts: Parts) -> Parts:
        year, first, second = (_number(parts[name]) for name in ("year", "first", "second"))
        if order == "dmy":
            return {"year": year, "month": second, "day": first}
        if order == "mdy":
            return {"year": year, "month": first, "day": second}
        day_first = pc.greater(first, 12)
        told = pc.or_(pc.equal(first, second), pc.xor(day_first, pc.greater(second, 12)))
        month = pc.if_else(day_first, second, first)
        return {
            "year": year,
            "month": month,
            "day": pc.if_else(day_first, first, second),
            "refused": pc.invert(told),
        }

    return read


def _with_century(read: Callable[[Parts], Parts], pivot: int) -> Callable[[Parts], Parts]:
    def completed(parts: Parts) -> Parts:
        return read({**parts, "year": whole_year(parts["year"], pivot=pivot).cast(pa.string())})

    return completed


def _of_serial(parts: Parts) -> Parts:
    days = pc.add(_number(parts["serial"]), pa.scalar(_EPOCH_OF_SHEETS, pa.int32())).cast(pa.date32())
    return {"year": pc.year(days), "month": pc.month(days), "day": pc.day(days)}


def _number(digits: pa.StringArray) -> pa.Int32Array:
    return digits.cast(pa.int32())


def _checked(texts: pa.StringArray, found: pa.Table) -> PatentDates:
    """Turn numbers into days; keep half dates; name what cannot be."""
    year, month, day = (
        pc.fill_null(_flat(found[name]), 0).to_numpy(zero_copy_only=False)
        for name in ("year", "month", "day")
    )
    read = pc.is_valid(_flat(found["year"])).to_numpy(zero_copy_only=False)
    zeros = pc.fill_null(pc.match_substring_regex(texts, r"^[0\s.\-/:T]+$"), False).to_numpy(
        zero_copy_only=False
    )
    in_range = (year >= _FIRST_YEAR) & (year <= _LAST_YEAR)
    good_month = (month >= 1) & (month <= 12)
    months = (np.where(in_range, year, 1970) - 1970) * 12 + np.where(good_month, month, 1) - 1
    start = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int32)
    length = (months + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int32) - start
    whole = read & in_range & good_month & (day >= 1) & (day <= length)
    half = read & in_range & (day == 0) & (good_month | (month == 0))
    days = pa.array(start + day - 1, pa.int32(), mask=~whole).cast(pa.date32())
    partial = pc.if_else(
        pa.array(half & (month > 0)),
        pc.binary_join_element_wise(_padded(year, 4), _padded(month, 2), "-"),
        pc.if_else(pa.array(half), _padded(year, 4), pa.scalar(None, pa.string())),
    )
    valid = pc.is_valid(texts).to_numpy(zero_copy_only=False)
    either = pc.fill_null(
        pc.match_substring_regex(texts, rf"^\d{{1,2}}{_SEPARATOR}\d{{1,2}}{_SEPARATOR}\d{{4}}"), False
    )
    unread = np.where(
        either.to_numpy(zero_copy_only=False), "day and month cannot be told apart", "not readable as a date"
    )
    reason = np.where(read, np.where(in_range, "no such day", "no such year"), unread)
    problem = pa.array(reason, pa.string(), mask=~valid | whole | half | zeros)
    return PatentDates(days, partial, problem)


def _padded(numbers: np.ndarray[tuple[int], np.dtype[np.int32]], width: int) -> pa.StringArray:
    return pc.ascii_lpad(pa.array(numbers).cast(pa.string()), width, padding="0")


def _folded(raw: pa.Array | pa.ChunkedArray) -> pa.StringArray:
    values = _flat(raw)
    if pa.types.is_floating(values.type):
        values = pc.if_else(pc.is_finite(values), values, None).cast(pa.int64(), safe=False)
    return absent_as_null(pc.utf8_upper(pc.utf8_trim_whitespace(to_half_width(as_text(values)))))


def _of_days(days: pa.Date32Array) -> PatentDates:
    nothing = pa.nulls(len(days), pa.string())
    return PatentDates(days, nothing, nothing)


def _flat(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
