# SPDX-License-Identifier: Apache-2.0
"""A book of dates, written as registers write them: rightly, in other styles, in half, and impossibly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from zhihang.simulation.book import Book
from zhihang.simulation.calendar import NEVER, Days, day_number

_FIRST, _LAST = date(1985, 1, 1), date(2049, 12, 31)
_SIZE = (_LAST - _FIRST).days + 1

#: Ways to write a date, by their place in the book.
PLAIN, DOTS, COMPACT, SLASHES, HALF, IMPOSSIBLE = range(6)


@dataclass(frozen=True)
class Dates:
    """Every day from 1985 to 2049 in every way."""

    book: Book

    @classmethod
    def all(cls) -> Dates:
        """Write all dates."""
        days = np.datetime64(_FIRST) + np.arange(_SIZE)
        plain = pa.array(days.astype(str))
        year, day = pc.utf8_slice_codeunits(plain, 0, 4), pc.utf8_slice_codeunits(plain, 8, 10)
        impossible = pc.if_else(
            pa.array(np.arange(_SIZE) % 2 == 0),
            pc.binary_join_element_wise(year, "-02-30", ""),
            pc.binary_join_element_wise(year, "-13-", day, ""),
        )
        ways = (
            plain,
            pc.replace_substring(plain, "-", "."),
            pc.replace_substring(plain, "-", ""),
            pc.replace_substring(plain, "-", "/"),
            pc.utf8_slice_codeunits(plain, 0, 7),
            impossible,
        )
        return cls(Book(pa.concat_arrays([pa.array([""]), *ways])))

    def cells(self, days: Days, way: NDArray[np.integer] | int = PLAIN) -> pa.Array:
        """Write days, each in its way, as whole cells; a day that never comes is blank."""
        return self.book.cells(_position(days, way))


def _position(days: Days, way: NDArray[np.integer] | int) -> NDArray[np.int32]:
    position = days - day_number(_FIRST) + 1 + np.asarray(way) * _SIZE
    return np.where(days == NEVER, 0, position).astype(np.int32)
