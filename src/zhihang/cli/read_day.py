# SPDX-License-Identifier: Apache-2.0
"""Days as users write them."""

from __future__ import annotations

from datetime import date

from zhihang.errors import NotComparable


def read_day(text: str) -> date:
    """Read a day such as 2017-12-31, or say how to write it."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NotComparable(f'"{text}" is not a day.', todo="Write it as 2017-12-31.") from error
