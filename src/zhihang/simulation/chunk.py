# SPDX-License-Identifier: Apache-2.0
"""A chunk: consecutive applications of one filing year, with the chances that belong to them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihang.simulation.calendar import NEVER
from zhihang.simulation.draws import Draws
from zhihang.simulation.lives import Lives


@dataclass(frozen=True)
class Chunk:
    """Applications from position `first` of a filing year on.

    `last_day` is the day up to which anything is known: what happens later is not in the files.
    """

    year: int
    first: int
    lives: Lives
    draws: Draws
    last_day: int

    def __len__(self) -> int:
        return len(self.lives)

    def chance(self, purpose: str) -> NDArray[np.float64]:
        """Chances of these applications for a purpose, the same in whatever chunk they come."""
        return self.draws.uniform(purpose, self.year, first=self.first, count=len(self))

    def known(self, days: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Say which days have come and are known."""
        come: NDArray[np.bool_] = (days != NEVER) & (days <= self.last_day)
        return come
