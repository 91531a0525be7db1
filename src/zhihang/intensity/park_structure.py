# SPDX-License-Identifier: Apache-2.0
"""What parks do more of than others, year by year: specialisation, relatedness, complexity, entries, concentration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from zhihang.intensity.park_counts import Counts
from zhihang.methods.complexity import Complexity, complexity, reflections
from zhihang.methods.concentration import entropy_of_rows, herfindahl_of_rows
from zhihang.methods.relatedness import Normalisation, density, relatedness
from zhihang.methods.specialisation import location_quotient, specialised

Floats = NDArray[np.float64]
Against = Literal["area", "parks"]
_BY_CHANCE = ("probability", "association")
"""Of these a value of 1 is what chance gives; above it, two classes are related (M-NAV-08)."""


@dataclass(frozen=True)
class Rules:
    """How structures are computed.

    Parameters
    ----------
    window
        Patents of so many years up to each year count together.
    against
        What a park is compared with: the whole area it lies in, filings outside parks included, or all parks together.
    least
        A park is specialised in a class from a location quotient of 1 on, and with so many patents in it; 0 asks for
        the quotient alone.
    by_what
        How co-occurrences of classes become relatedness.
    """

    window: int = 3
    against: Against = "area"
    least: float = 3.0
    by_what: Normalisation = "probability"


@dataclass(frozen=True)
class YearStructure:
    """Structure of all parks in one year; rows are parks, columns classes.

    `eci` and `pci` are by eigenvectors as in py-ecomplexity; `reflected` holds the parks' values after 0, 1 and 2
    steps of the method of reflections, `reflected_classes` those of classes. `entered` and `left` compare with the
    window before; None where the area has no patents in it.
    """

    year: int
    counts: Floats
    quotient: Floats
    binary: NDArray[np.int64]
    density: Floats
    found: Complexity
    reflected: tuple[Floats, ...]
    reflected_classes: tuple[Floats, ...]
    concentration: Floats
    entropy: Floats
    entered: NDArray[np.bool_] | None
    left: NDArray[np.bool_] | None

    @property
    def comparable(self) -> bool:
        """Whether complexity means something: three parks or more that hang together through shared classes."""
        return int((self.binary.sum(axis=1) > 0).sum()) >= 3 and self.found.connected


def structures(counts: Counts, rules: Rules, years: int) -> list[YearStructure]:
    """Structure of parks in the last `years` years of what was counted (M-NAV-05 to 09)."""
    within = counts.windows(rules.window)
    related = related_classes(counts.together, rules.by_what)
    places = range(max(0, len(counts.years) - years), len(counts.years))
    binaries = {
        at: _binary(within, rules, at)
        for at in {p - back for p in places for back in (0, rules.window)}
        if at >= 0
    }
    return [
        _of_year(within, rules, at, related, binaries[at], _before(within, binaries, at - rules.window))
        for at in places
    ]


def related_classes(together: Floats, by_what: Normalisation) -> Floats:
    """Which classes are related: by measures relative to chance 1 where above it, by others as much as they say."""
    found = relatedness(together, by_what)
    return (found > 1).astype(float) if by_what in _BY_CHANCE else found


def quotients(counts: Floats, area: Floats, against: Against) -> Floats:
    """Location quotient of each park in each class, against the whole area or all parks together."""
    if against == "parks":
        return location_quotient(counts)
    return location_quotient(_with_rest(counts, area))[:-1]


def _binary(within: Counts, rules: Rules, at: int) -> NDArray[np.int64]:
    counts = within.parks[at]
    rows = counts if rules.against == "parks" else _with_rest(counts, within.area[at])
    found = specialised(rows)[: len(counts)]
    enough = (counts >= rules.least - 1e-9) & (counts > 0)
    return np.where(enough, found, 0)


def _with_rest(counts: Floats, area: Floats) -> Floats:
    """Parks and, as the last row, what the area has outside them."""
    return np.vstack([counts, np.maximum(area - counts.sum(axis=0), 0.0)])


def _before(within: Counts, binaries: dict[int, NDArray[np.int64]], at: int) -> NDArray[np.int64] | None:
    return binaries[at] if at >= 0 and within.area_totals[at] > 0 else None


def _of_year(
    within: Counts,
    rules: Rules,
    at: int,
    related: Floats,
    binary: NDArray[np.int64],
    before: NDArray[np.int64] | None,
) -> YearStructure:
    counts = within.parks[at]
    steps = [reflections(binary, step) for step in range(3)]
    return YearStructure(
        within.years[at],
        counts,
        quotients(counts, within.area[at], rules.against),
        binary,
        density(binary, related),
        complexity(binary),
        tuple(parks for parks, _ in steps),
        tuple(classes for _, classes in steps),
        herfindahl_of_rows(counts),
        entropy_of_rows(counts),
        None if before is None else (binary > before),
        None if before is None else (binary < before),
    )
