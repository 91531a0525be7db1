# SPDX-License-Identifier: Apache-2.0
"""Stage of a technology's life from its applicants and applications by year (M-NAV-03)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Stage = Literal["introduction", "growth", "maturity", "decline", "revival", "unsettled"]
Refused = Literal["", "few_years", "few_applications", "one_applicant"]
WINDOW = 3
LEAST_YEARS = 5
"""Full years needed, so that three windows can be compared. UNVERIFIED: a parameter."""
STEADY = 0.05
"""A change below this share of the level counts as none. UNVERIFIED: a parameter."""
SMALL = 0.1
"""Applications below this share of the peak are few. UNVERIFIED: a parameter."""
LEAST_COUNT = 5.0
"""Smoothed applications below this are too few for any stage but the first. UNVERIFIED: a parameter."""


@dataclass(frozen=True)
class LifeYear:
    """A point of the curve: applicants (x) against applications (y), smoothed over three years, and its stage.

    `truncated` years carry their counts but no stage.
    """

    year: int
    applicants: float
    applications: float
    smooth_applicants: float | None
    smooth_applications: float | None
    stage: Stage | None
    truncated: bool


@dataclass(frozen=True)
class LifeCycle:
    """The points in order of years, the stage now, and why there is none."""

    years: tuple[LifeYear, ...]
    stage: Stage | None
    refused: Refused


def life_cycle(
    years: Sequence[int],
    applications: ArrayLike,
    applicants: ArrayLike,
    *,
    truncated: Collection[int] = (),
) -> LifeCycle:
    """Read the stages off the two series, by the signs of their smoothed changes.

    Introduction: few of both. Growth: both rise. Maturity: applications slow down or hold while applicants do not rise.
    Decline: both fall. Revival: both rise again after a decline. Everything else is unsettled.
    Where no year has more than one applicant there is no curve to read, and no stage.

    Parameters
    ----------
    years
        Ascending, without gaps (a year without applications counts 0).
    truncated
        Years not complete yet; they take no part.
    """
    y, x = np.asarray(applications, float), np.asarray(applicants, float)
    if list(years) != list(range(years[0], years[0] + len(years))) if years else False:
        raise ValueError("years must follow each other without gaps")
    full = [i for i, year in enumerate(years) if year not in truncated]
    full = full[: next((k for k, i in enumerate(full) if i != k), len(full))]
    refused: Refused = "few_years" if len(full) < LEAST_YEARS else ""
    if not refused and y[: len(full)].sum() < LEAST_COUNT * WINDOW:
        refused = "few_applications"
    if not refused and x[: len(full)].max() <= 1:
        refused = "one_applicant"
    smooth_y, smooth_x = _smooth(y[: len(full)]), _smooth(x[: len(full)])
    stages = [] if refused else _stages(smooth_y, smooth_x)
    points = []
    for i, year in enumerate(years):
        known = i < len(smooth_y) and not np.isnan(smooth_y[i])
        points.append(
            LifeYear(
                int(year),
                float(x[i]),
                float(y[i]),
                float(smooth_x[i]) if known else None,
                float(smooth_y[i]) if known else None,
                stages[i] if i < len(stages) else None,
                year in truncated,
            )
        )
    return LifeCycle(tuple(points), stages[-1] if stages else None, refused)


def _smooth(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean of each year and the two before; missing for the first two."""
    found = np.full(len(values), np.nan)
    if len(values) >= WINDOW:
        found[WINDOW - 1 :] = np.convolve(values, np.ones(WINDOW) / WINDOW, "valid")
    return found


def _stages(y: NDArray[np.float64], x: NDArray[np.float64]) -> list[Stage | None]:
    peak = np.nanmax(y)
    stages: list[Stage | None] = [None] * WINDOW
    declined = False
    for i in range(WINDOW, len(y)):
        few = y[i] < max(SMALL * peak, LEAST_COUNT) and y[i] >= y[WINDOW - 1 : i + 1].max() * (1 - STEADY)
        stage = _stage(_sign(y[i - 1], y[i]), _sign(x[i - 1], x[i]))
        if few and not declined:
            stage = "introduction"
        elif stage == "growth" and declined:
            stage = "revival"
        declined = declined or stage == "decline"
        stages.append(stage)
    return stages


def _stage(applications: int, applicants: int) -> Stage:
    if applications > 0 and applicants > 0:
        return "growth"
    if applications < 0 and applicants < 0:
        return "decline"
    return "maturity" if applicants <= 0 else "unsettled"


def _sign(before: float, after: float) -> int:
    level = max(before, after)
    if level <= 0 or abs(after - before) <= STEADY * level:
        return 0
    return 1 if after > before else -1
