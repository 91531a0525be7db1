# SPDX-License-Identifier: Apache-2.0
"""What changed in a plan between two days: figures, warning levels, divisions that turned better or worse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from zhihang.web.standing import ORDER

Row = Mapping[str, Any]


def month_before(day: date) -> date:
    """Return the last day of the month before that of a day."""
    return day.replace(day=1) - timedelta(days=1)


def changes(before: Sequence[Row], now: Sequence[Row]) -> list[dict[str, Any]]:
    """Return the rows whose figure or level differs: what turned worse first, then better, then what moved most."""
    then = {(row["target"], row["region"]): row for row in before}
    found = []
    for row in now:
        old = then.get((row["target"], row["region"]))
        if old is None or (old["value"], old["status"]) == (row["value"], row["status"]):
            continue
        known = row["value"] is not None and old["value"] is not None
        found.append(
            {
                "row": row,
                "value": row["value"],
                "before": old["value"],
                "difference": row["value"] - old["value"] if known else None,
                "status": row["status"],
                "status_before": old["status"],
                "turn": _turn(old["status"], row["status"]),
            }
        )
    return sorted(found, key=lambda one: (not one["turn"], one["turn"], -abs(one["difference"] or 0.0)))


def _turn(before: str, now: str) -> int:
    """Return -1 where a level turned worse, 1 where better, 0 where it stayed or nothing was known."""
    if "none" in (before, now):
        return 0
    step = ORDER.index(now) - ORDER.index(before)
    return (step > 0) - (step < 0)
