# SPDX-License-Identifier: Apache-2.0
"""The faults of a register: numbers and dates written wrongly, blank cells, rows that occur twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from zhihang.simulation.calendar import NEVER, Days
from zhihang.simulation.chunk import Chunk
from zhihang.simulation.date_text import COMPACT, DOTS, HALF, IMPOSSIBLE, PLAIN, SLASHES
from zhihang.simulation.scenario import Faults

Flags = NDArray[np.bool_]

_FULL_WIDTH = str.maketrans("0123456789.X", "０１２３４５６７８９．Ｘ")
_NUMBER_FAULTS: dict[str, Callable[[str], str]] = {
    "no_number": lambda number: number[:0],
    "wrong_check_digit": lambda number: (
        number[:-1] + ("0" if number[-1] == "X" else str((int(number[-1]) + 4) % 10))
    ),
    "no_check_digit": lambda number: number[:-2],
    "blank_in_number": lambda number: f" {number[:-5]} {number[-5:]}",
    "full_width_number": lambda number: number.translate(_FULL_WIDTH),
}
_CELLS = ("no_address", "no_applicant_type", "no_county", "no_classification", "no_inventor")


@dataclass(frozen=True)
class Faulty:
    """Which rows of a chunk have which fault, by the name it has in the scenario."""

    rows: dict[str, Flags]

    @classmethod
    def draw(cls, faults: Faults, chunk: Chunk) -> Faulty:
        """Draw the faults of a chunk."""
        rows: dict[str, Flags] = {}
        number, day = chunk.chance("number fault"), chunk.chance("date fault")
        rows |= _one_of(number, {name: getattr(faults, name) for name in _NUMBER_FAULTS})
        dates = ("impossible_date", "half_date", "other_date_style")
        rows |= _one_of(day, {name: getattr(faults, name) for name in dates})
        for name in (*_CELLS, "granted_before_filed", "repeated"):
            rows[name] = chunk.chance(name) < getattr(faults, name)
        return cls(rows)

    def spoil_numbers(self, numbers: pa.Array) -> pa.Array:
        """Write some application numbers wrongly."""
        spoilt: dict[int, str] = {}
        for name, spoil in _NUMBER_FAULTS.items():
            spoilt |= {row: spoil(numbers[row].as_py()) for row in np.flatnonzero(self.rows[name]).tolist()}
        if not spoilt:
            return numbers
        flags = np.zeros(len(numbers), bool)
        flags[list(spoilt)] = True
        return pc.replace_with_mask(
            numbers, pa.array(flags), pa.array([spoilt[row] for row in sorted(spoilt)])
        )

    def filing_style(self, chunk: Chunk) -> NDArray[np.int64]:
        """How the day of filing is written."""
        flags = (self.rows["impossible_date"], self.rows["half_date"])
        return np.select(flags, (IMPOSSIBLE, HALF), self.date_style(chunk))

    def date_style(self, chunk: Chunk) -> NDArray[np.int64]:
        """How the other days of a row are written."""
        other = np.array([DOTS, COMPACT, SLASHES])[(chunk.chance("date style") * 3).astype(np.int64)]
        return np.where(self.rows["other_date_style"], other, PLAIN)

    def spoil_grants(self, granted: Days, filed: Days) -> Days:
        """Put some grants before the filing."""
        wrong = self.rows["granted_before_filed"] & (granted != NEVER)
        return np.where(wrong, filed - 400, granted).astype(np.int32)

    def blank(self, name: str, positions: NDArray[np.integer]) -> NDArray[np.integer]:
        """Leave the cells of some rows blank."""
        return np.where(self.rows[name], 0, positions)

    def names(self) -> pa.Array:
        """The names of the faults of each row, joined with semicolons."""
        listed = [
            pc.if_else(pa.array(flags), name + ";", "") for name, flags in self.rows.items() if flags.any()
        ]
        size = len(next(iter(self.rows.values())))
        return pc.binary_join_element_wise(*listed, "") if listed else pa.array([""] * size)


def _one_of(chance: NDArray[np.float64], shares: dict[str, float]) -> dict[str, Flags]:
    """Let at most one of several faults happen to each row."""
    flags, low = {}, 0.0
    for name, share in shares.items():
        flags[name] = (chance >= low) & (chance < low + share)
        low += share
    return flags
