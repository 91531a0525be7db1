# SPDX-License-Identifier: Apache-2.0
"""A book of dates, written as registers write them: rightly, in other styles, in half, and impossibly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
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
        days = [_FIRST + timedelta(days=n) for n in range(_SIZE)]
        ways = (
            lambda d: d.isoformat(),
            lambda d: f"{d:%Y.%m.%d}",
            lambda d: f"{d:%Y%m%d}",
            lambda d: f"{d.year}/{d.month}/{d.day}",
            lambda d: f"{d:%Y-%m}",
            lambda d: f"{d.year}-02-30" if d.day % 2 else f"{d.year}-13-{d.day:02d}",
        )
        return cls(Book.of(way(day) for way in ways for day in days))

    def write(self, days: Days, way: NDArray[np.integer] | int = PLAIN) -> pa.Array:
        """Write days, each in its way; a day that never comes is blank."""
        position = np.where(days == NEVER, 0, days - day_number(_FIRST) + 1 + np.asarray(way) * _SIZE)
        return self.book.look_up(position.astype(np.int32))
