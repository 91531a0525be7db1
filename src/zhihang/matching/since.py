# SPDX-License-Identifier: Apache-2.0
"""Up to when a reader was served."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Since:
    """Up to when a reader was served: the day, the run of the store that was the last then, and where it began.

    Records of a later run are news as well, if they are no older than `first`.
    """

    day: date
    run: int = 0
    first: date = date.min
