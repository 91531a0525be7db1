# SPDX-License-Identifier: Apache-2.0
"""Series codes of United States applications: which one a year and a serial number belong to.

Periods of the codes: MPEP 503. First serial numbers of the years: computed from about 9,000 pairs of number and
filing date in public records of 1970 to 2015; they are rounded and good to some weeks.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

#: Years in which a series began, while one series lasted for ten years or more and began with a year.
_EARLY = {"01": 1925, "02": 1935, "03": 1948, "04": 1960, "": 1970}
#: Per series, points of time (years and parts of years) and the serial number reached then.
_UTILITY: dict[str, tuple[tuple[float, int], ...]] = {
    "05": (
        (1970.0, 0),
        (1971.0, 103_000),
        (1972.0, 214_000),
        (1973.0, 320_000),
        (1974.0, 430_000),
        (1975.0, 537_000),
        (1976.0, 645_500),
        (1977.0, 755_500),
        (1978.0, 866_000),
        (1979.0, 974_000),
    ),
    "06": (
        (1979.0, 0),
        (1980.0, 108_500),
        (1981.0, 221_500),
        (1982.0, 336_500),
        (1983.0, 454_500),
        (1984.0, 567_000),
        (1985.0, 688_000),
        (1986.0, 815_000),
        (1987.0, 948_000),
    ),
    "07": (
        (1987.0, 0),
        (1988.0, 139_500),
        (1989.0, 292_000),
        (1990.0, 460_000),
        (1991.0, 636_500),
        (1992.0, 817_500),
        (1993.0, 998_500),
    ),
    "08": (
        (1993.0, 0),
        (1994.0, 176_500),
        (1995.0, 367_500),
        (1996.0, 582_500),
        (1997.0, 778_500),
        (1998.0, 1_000_000),
    ),
    "09": ((1998.0, 0), (1999.0, 225_000), (2000.0, 476_500), (2001.0, 753_000), (2001.92, 1_000_000)),
    "10": (
        (2001.8, 0),
        (2002.0, 46_500),
        (2003.0, 332_000),
        (2003.48, 460_000),
        (2003.49, 600_000),
        (2004.0, 750_300),
        (2004.95, 1_000_000),
    ),
    "11": ((2004.9, 0), (2005.0, 28_000), (2006.0, 322_500), (2007.0, 645_500), (2008.0, 1_000_000)),
    "12": (
        (2007.9, 0),
        (2008.0, 7_500),
        (2009.0, 347_500),
        (2010.0, 655_500),
        (2011.0, 981_500),
        (2011.25, 1_000_000),
    ),
    "13": ((2010.9, 0), (2011.0, 4_000), (2012.0, 342_500), (2013.0, 732_500), (2013.7, 1_000_000)),
    "14": ((2013.6, 0), (2014.0, 143_000), (2015.0, 588_000), (2016.05, 1_000_000)),
    "15": ((2016.0, 0), (2018.5, 1_000_000)),
}
_PROVISIONAL: dict[str, tuple[tuple[float, int], ...]] = {
    "60": (
        (1995.43, 0),
        (1996.0, 9_500),
        (1997.0, 34_500),
        (1998.0, 70_000),
        (1999.0, 114_500),
        (2000.0, 173_500),
        (2001.0, 259_500),
        (2002.0, 343_500),
        (2003.0, 437_500),
        (2004.0, 533_500),
        (2005.0, 641_000),
        (2006.0, 755_500),
        (2007.0, 878_000),
        (2007.95, 1_000_000),
    ),
    "61": (
        (2007.9, 0),
        (2008.0, 18_000),
        (2009.0, 201_500),
        (2010.0, 292_000),
        (2011.0, 429_500),
        (2012.0, 583_000),
        (2013.0, 748_500),
        (2014.0, 923_000),
        (2014.4, 1_000_000),
    ),
    "62": ((2014.35, 0), (2015.0, 99_500), (2016.0, 273_000)),
}
#: Serial numbers given out of turn (entries from the PCT, electronic filings): series, from, below, used from, to.
_BLOCKS = (
    ("09", 680_000, 684_000, 2000.7, 2001.95),
    ("10", 460_000, 600_000, 2003.0, 2006.0),
    ("10", 605_000, 606_000, 2003.7, 2004.0),
    ("10", 708_000, 711_000, 2004.0, 2004.9),
    ("10", 904_000, 909_000, 2004.8, 2006.0),
    ("11", 277_000, 278_500, 2006.0, 2006.5),
    ("12", 929_000, 933_000, 2011.0, 2011.3),
)
#: An entry from the PCT follows its international filing, whose year EPO sources write, by at most so many years.
_ENTRY_DELAY = 2.6
_COMPLETION_DELAY = 3.0
_TOLERANCE = 0.1
_PROVISIONAL_TOLERANCE = 0.7

#: Whether the number was given after the year known (of the international filing) or before it (of completion).
Entry = Literal["after", "before"]


def series_of(
    year: pa.Int16Array, serial: pa.StringArray, kind: pa.StringArray, *, entry: Entry = "after"
) -> pa.StringArray:
    """Series code of applications known by filing year and serial number; null where it is not certain.

    `kind` is `P` for provisional, `F` for design, blank for other applications. Entries from the PCT get their
    number up to two and a half years after the international filing, and may be complete only years after the
    number; `entry` says which of the two dates the year comes from. A number that fits the year itself goes first.
    """
    years = pc.fill_null(year, 0).to_numpy(zero_copy_only=False).astype(np.float64)
    serials = pc.fill_null(serial.cast(pa.int32()), 0).to_numpy(zero_copy_only=False)
    kinds = kind.to_numpy(zero_copy_only=False)
    provisional, design = kinds == "P", kinds == "F"
    utility = ~provisional & ~design
    window = (0.0, 1 + _ENTRY_DELAY) if entry == "after" else (-_COMPLETION_DELAY, 1.0)
    found = np.full(len(years), "", dtype="U2")
    found[utility] = _fitting(_UTILITY, years[utility], serials[utility], window, _TOLERANCE)
    found[provisional] = _fitting(
        _PROVISIONAL, years[provisional], serials[provisional], (0.0, 0.0), _PROVISIONAL_TOLERANCE
    )
    found[design & ((years > 1992) | ((years == 1992) & (serials < 10_000)))] = "29"
    for (code, first), last in zip(_EARLY.items(), [*_EARLY.values()][1:], strict=False):
        found[~provisional & (years >= first) & (years < last)] = code
    series = pa.array(found, pa.string())
    return pc.if_else(pc.equal(series, ""), pa.scalar(None, pa.string()), series)


def fits_period(series: pa.StringArray, year: pa.Int16Array) -> pa.BooleanArray:
    """Whether a series code was in use in a year, or up to three years later; null where that is not known."""
    periods = {code: (points[0][0], points[-1][0]) for code, points in {**_UTILITY, **_PROVISIONAL}.items()}
    periods |= {code: (first, first + 12) for code, first in _EARLY.items() if code}
    place = pc.index_in(series, value_set=pa.array(list(periods)))
    first = pa.array([int(first) for first, _ in periods.values()], pa.int16()).take(place)
    last = pa.array([int(last) for _, last in periods.values()], pa.int16()).take(place)
    return pc.and_(pc.greater_equal(pc.add(year, 3), first), pc.less_equal(year, last))


def _fitting(
    points: dict[str, tuple[tuple[float, int], ...]],
    years: NDArray[np.float64],
    serials: NDArray[np.int32],
    window: tuple[float, float],
    tolerance: float,
) -> NDArray[np.str_]:
    """Code of the one series whose number fits the year, else of one that fits the window, else blank."""
    direct, apart = _Found(len(years)), _Found(len(years))
    for code, reached in points.items():
        times, counts = zip(*reached, strict=True)
        when = np.interp(serials, counts, times)
        for block, first, below, since, until in _BLOCKS:
            if block == code:
                inside_block = (serials >= first) & (serials < below)
                when = np.where(inside_block, np.clip(years + 0.5, since, until), when)
        inside = (serials >= counts[0]) & (serials <= counts[-1])
        at_once = inside & (when >= years - tolerance) & (when <= years + 1 + tolerance)
        direct.add(at_once, code)
        apart.add(inside & ~at_once & (when > years + window[0]) & (when <= years + window[1]), code)
    # Of numbers before the year known, the last one is meant; of numbers after it, only a single one is certain.
    certain = apart.count > 0 if window[0] < 0 else apart.count == 1
    return np.where(direct.count == 1, direct.code, np.where((direct.count == 0) & certain, apart.code, ""))


class _Found:
    """The last code found for each row, and how many were found."""

    def __init__(self, rows: int) -> None:
        self.code = np.full(rows, "", dtype="U2")
        self.count = np.zeros(rows, np.int8)

    def add(self, mask: NDArray[np.bool_], code: str) -> None:
        """Note the code for the rows of the mask."""
        self.code[mask] = code
        self.count += mask
