# SPDX-License-Identifier: Apache-2.0
"""A Chinese administrative division by its six-digit code (GB/T 2260, 行政区划代码)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from zhihang.errors import DefinitionError

Level = Literal["country", "province", "prefecture", "county"]

#: The digits that count at each level; the others are zeros.
_DIGITS: dict[Level, int] = {"country": 0, "province": 2, "prefecture": 4, "county": 6}


@dataclass(frozen=True, order=True)
class Region:
    """A division named by its code alone; names and changes over time are in the code list `region`.

    `000000` stands for the whole country. Codes sort like the divisions: a province before what lies in it.

    >>> Region("450300").parent
    Region(code='450000')
    >>> Region("450302").is_within(Region("450000"))
    True
    """

    code: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"000000|[1-9]\d0000|[1-9]\d(?!00)\d\d\d\d", self.code):
            raise DefinitionError(
                f'"{self.code}" is not the code of a division.',
                {"form": "six digits: two for the province, two for the prefecture, two for the county"},
                todo="Give the code with its zeros, as 450300 for Guilin.",
            )

    @property
    def level(self) -> Level:
        """How far down the code goes."""
        if self.code == "000000":
            return "country"
        if self.code.endswith("0000"):
            return "province"
        return "prefecture" if self.code.endswith("00") else "county"

    @property
    def parent(self) -> Region | None:
        """The division one level up; None for the country."""
        above: dict[Level, int] = {"county": 4, "prefecture": 2, "province": 0}
        if self.level == "country":
            return None
        return Region(self.code[: above[self.level]].ljust(6, "0"))

    @property
    def prefix(self) -> str:
        """The digits that all codes within the division begin with."""
        return self.code[: _DIGITS[self.level]]

    def is_within(self, other: Region) -> bool:
        """Whether the division is the other one or lies in it."""
        return self.code.startswith(other.prefix)

    def at_level(self, level: Level) -> Region | None:
        """The division of a level that this one lies in; None where this one is above that level."""
        if _DIGITS[level] > _DIGITS[self.level]:
            return None
        return Region(self.code[: _DIGITS[level]].ljust(6, "0"))

    def __str__(self) -> str:
        return self.code
