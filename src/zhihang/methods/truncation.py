# SPDX-License-Identifier: Apache-2.0
"""Which years are not complete yet, because applications are published long after they are filed (M-STAT-11)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

MONTHS_TO_PUBLICATION = 18
"""An application is published 18 months after filing or priority (Patent Law of China, art. 34)."""


def truncated_years(
    years: Iterable[int], known_until: date, months: int = MONTHS_TO_PUBLICATION
) -> list[int]:
    """Return the years that ended less than `months` before the day up to which documents are known.

    Nothing may be read into a fall of these years. National entries of international applications come 30 months and
    more after the priority: give `months` accordingly.

    >>> truncated_years(range(2018, 2024), date(2023, 7, 1))
    [2022, 2023]
    """
    reached = known_until.year * 12 + known_until.month - 1 - months
    return sorted({year for year in years if (year + 1) * 12 > reached})
