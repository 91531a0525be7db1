# SPDX-License-Identifier: Apache-2.0
"""How a target stands: its status by warning levels (M-TGT-08), its pace (M-TGT-06), and what is still required."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from zhihang.planning.path import TargetPath
from zhihang.planning.reading_point import Read

Status = Literal["green", "yellow", "orange", "red", "none"]
Pace = Literal["ahead", "on_track", "behind", "none"]


@dataclass(frozen=True)
class Levels:
    """From which share of the expected value on a status is given. No official scale was found: UNVERIFIED.

    Parameters
    ----------
    delta
        Points of progress below the expected progress from where on a target is behind.
    falling_is_red
        A value below that of the year before in two quarters running is red whatever it is.
    """

    green: float = 1.0
    yellow: float = 0.9
    orange: float = 0.75
    delta: float = 0.10
    falling_is_red: bool = True


def status_of(
    value: float | None, expected: float | None, *, down: bool, falling: bool, levels: Levels
) -> Status:
    """Return the status; `none` where value or expectation is not known.

    >>> from functools import partial
    >>> at = partial(status_of, expected=100, down=False, falling=False, levels=Levels())
    >>> at(100), at(99), at(90), at(89), at(75), at(74)
    ('green', 'yellow', 'yellow', 'orange', 'orange', 'red')
    """
    if value is None or expected is None:
        return "none"
    if falling and levels.falling_is_red and not down:
        return "red"
    ratio = _ratio(value, expected, down=down) + 1e-12
    if ratio >= levels.green:
        return "green"
    if ratio >= levels.yellow:
        return "yellow"
    return "orange" if ratio >= levels.orange else "red"


def _ratio(value: float, expected: float, *, down: bool) -> float:
    if down:
        return expected / value if value else float("inf")
    return value / expected if expected else float("inf")


def pace_of(
    value: float | None, expected: float | None, goal: float | None, *, down: bool, levels: Levels
) -> Pace:
    """Compare progress with expected progress: ahead, at most `delta` short, or behind."""
    if value is None or expected is None or not goal:
        return "none"
    lead = (expected - value if down else value - expected) / goal
    if lead >= 0:
        return "ahead"
    return "on_track" if lead >= -levels.delta - 1e-12 else "behind"


def required(path: TargetPath, read: Read | None) -> tuple[float | None, float | None]:
    """Return what each year left has to add, and for levels the yearly growth this takes; 0 where nothing is left.

    For yearly flows it is what the rest of the current year has to bring, at the rate of a year.
    """
    if read is None or path.goal is None or not path.years:
        return None, None
    if read.course == "annual":
        goal, left = path.years.get(read.year), 1 - read.month / 12
        if goal is None or left <= 0:
            return None, None
        return max(goal - read.value, 0.0) / left, None
    left = path.last - read.year + 1 - read.month / 12
    missing = path.goal - read.value
    if path.target.direction == "down":
        return (missing / left if left > 0 else None), None
    if left <= 0:
        return None, None
    growth = (path.goal / read.value) ** (1 / left) - 1 if read.value > 0 and read.course == "level" else None
    return max(missing, 0.0) / left, max(growth, 0.0) if growth is not None else None
