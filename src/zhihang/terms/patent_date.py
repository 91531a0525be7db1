# SPDX-License-Identifier: Apache-2.0
"""Dates as patent sources write them: whole dates as dates, half dates kept as such, impossible ones named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.number_text import number_text

Order = Literal["ymd", "dmy", "mdy"]


@dataclass(frozen=True)
class PatentDates:
    """What dates say, one array per part.

    `partial` is the part that is known where day or month is missing (`2013-05`, `2013`), else null;
    `date` is then null. `problem` names dates that cannot be; a blank is no problem.
    """

    date: pa.Date32Array
    partial: pa.StringArray
    problem: pa.StringArray


def settle(
    raw: pa.Array | pa.ChunkedArray,
    *,
    order: Order = "ymd",
    pivot: int = 50,
    excel_serial: bool = False,
) -> PatentDates:
    """Read dates in whatever styles a column mixes.

    Parameters
    ----------
    raw
        Texts, or already dates or timestamps.
    order
        How to read dates such as `2/1/2013` that do not begin with the year; `ymd` reads them as `dmy`.
    pivot
        Two-digit years from this on belong to the 20th century, those before to the 21st.
    excel_serial
        Whether numbers such as `41276` are days counted by a spreadsheet.
    """
    text = number_text(raw).text
    encoded = text.dictionary_encode()
    known = [_read(value, order, pivot, excel_serial) for value in encoded.dictionary.to_pylist()]
    columns = list(zip(*known, strict=True)) if known else [(), (), ()]
    types = (pa.date32(), pa.string(), pa.string())
    return PatentDates(
        *(pa.array(column, kind).take(encoded.indices) for column, kind in zip(columns, types, strict=True))
    )


def _read(
    value: str, order: Order, pivot: int, excel_serial: bool
) -> tuple[date | None, str | None, str | None]:
    found = re.match(r"^(\d{4})[.\-/年]?(\d{1,2})?[.\-/月]?(\d{1,2})?", value)
    if not found:
        return None, None, "not readable as a date"
    year, month, day = (int(part or 0) for part in found.groups())
    try:
        if month and day:
            return date(year, month, day), None, None
    except ValueError:
        return None, None, "no such day"
    return None, f"{year:04d}-{month:02d}" if month else f"{year:04d}", None
