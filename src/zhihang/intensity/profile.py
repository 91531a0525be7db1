# SPDX-License-Identifier: Apache-2.0
"""What the industries of a catalogue weigh and how they differ from the others: shares of output, innovation profile."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zhihang.intensity.condition import TRUE
from zhihang.intensity.economy import Economy
from zhihang.intensity.identify import Identified
from zhihang.intensity.industries import PER
from zhihang.intensity.subjects import Values


@dataclass(frozen=True)
class Share:
    """Share of the catalogue in a whole: of gross output, or of value added. The two are never compared (M-IND-08)."""

    figure: str
    held: float
    whole: float
    known_of: int
    members: int

    @property
    def share(self) -> float | None:
        """The share; None where some member or the whole is not known."""
        known = self.known_of == self.members and self.whole > 0
        return self.held / self.whole if known else None


@dataclass(frozen=True)
class Profile:
    """Innovation of some industries (M-IND-09)."""

    rd_intensity: float
    rd_staff_per_10k: float
    intensity: float
    revenue_per_head: float


def share_of(found: Identified, economy: Economy, figure: str) -> Share:
    """Share of the catalogue's industries in the whole of the year."""
    values = found.subjects.measure(figure)[found.state == TRUE]
    known = ~np.isnan(values)
    whole = economy.total(figure, found.year, found.scheme.says.sections)
    return Share(figure, float(values[known].sum()), float(whole), int(known.sum()), len(values))


def profiles(found: Identified) -> tuple[Profile, Profile]:
    """Profile of the industries in the catalogue, and of the others."""
    inside = found.state == TRUE
    return _profile(found, inside), _profile(found, ~inside)


def _profile(found: Identified, held: Values) -> Profile:
    return Profile(
        _of_sums(found, held, "rd", "revenue"),
        _of_sums(found, held, "rd_staff", "employment", 10_000),
        _of_sums(found, held, "patents", "employment", PER),
        _of_sums(found, held, "revenue", "employment"),
    )


def _of_sums(found: Identified, held: Values, above: str, below: str, per: float = 1.0) -> float:
    """Sum over sum, of the subjects that have both."""
    a, b = found.subjects.measure(above), found.subjects.measure(below)
    both = np.asarray(held, dtype=bool) & ~np.isnan(a) & ~np.isnan(b)
    return float(a[both].sum() / b[both].sum() * per) if b[both].sum() > 0 else np.nan
