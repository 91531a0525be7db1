# SPDX-License-Identifier: Apache-2.0
"""Compare what was simulated with the published figures a scenario names."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from zhihang.simulation.calendar import NEVER, first_day, year_of
from zhihang.simulation.chunk import Chunk
from zhihang.simulation.dealings import Dealings
from zhihang.simulation.directory import Directory
from zhihang.simulation.lives import held_inside, in_force
from zhihang.simulation.scenario import KINDS, Published, Scenario

_Key = tuple[str, str, int]


@dataclass
class Tally:
    """Filings and grants of each year and rights in force at its end, by kind; those of the region only."""

    counts: Counter[_Key] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Add another tally to this one."""
        self.counts.update(other.counts)


@dataclass(frozen=True)
class Compared:
    """A published figure, what was simulated in its place, and the difference as a share of the published figure."""

    published: Published
    simulated: float
    difference: float

    @property
    def holds(self) -> bool:
        """Whether the difference is within what the scenario allows."""
        return abs(self.difference) <= self.published.within


def tally(
    chunk: Chunk, dealings: Dealings, directory: Directory, kept: NDArray[np.bool_], years: range
) -> Tally:
    """Count the applications kept of a chunk in the years of the register."""
    lives = chunk.lives
    filed, granted = year_of(lives.filed), np.where(lives.granted == NEVER, 0, year_of(lives.granted))
    own = kept & (lives.bought == NEVER)
    sold = _sold_outside(dealings, directory)
    counts: Counter[_Key] = Counter()
    for number, kind in enumerate(KINDS):
        of_kind = lives.kind == number
        by_filing = np.bincount(filed[own & of_kind], minlength=years[-1] + 2)
        by_grant = np.bincount(granted[own & of_kind], minlength=years[-1] + 2)
        for year in years:
            last = int(first_day(year + 1)) - 1
            held = (
                kept
                & of_kind
                & in_force(lives, last)
                & held_inside(lives, last)
                & ~(sold & (dealings.transferred <= last))
            )
            counts["filings", kind, year] = int(by_filing[year])
            counts["grants", kind, year] = int(by_grant[year])
            counts["stock", kind, year] = int(held.sum())
    return Tally(counts)


def compare(scenario: Scenario, counted: Tally, years: range, scale: float) -> tuple[Compared, ...]:
    """Compare the published figures that lie within the years of the register, at scale 1."""
    found = []
    for figure in scenario.published:
        first, last = figure.years
        if first not in years or last not in years:
            continue
        # A stock is that at the end of the period, flows add up over it.
        period = range(last, last + 1) if figure.what == "stock" else range(first, last + 1)
        simulated = sum(counted.counts[figure.what, figure.kind, year] for year in period) / scale
        found.append(Compared(figure, simulated, simulated / figure.value - 1))
    return tuple(found)


def _sold_outside(dealings: Dealings, directory: Directory) -> NDArray[np.bool_]:
    inside = np.array([county.inside for county in directory.counties])
    county = directory.organisations.county[np.maximum(dealings.buyer, 0)]
    sold: NDArray[np.bool_] = (dealings.transferred != NEVER) & ~inside[county]
    return sold
