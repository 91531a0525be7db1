# SPDX-License-Identifier: Apache-2.0
"""Annual fees that fall due in a region: all of them, worked out once for a day, and what they come to by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from zhihang.web.answers import PATIENCE, Answers

MONTHS = (1, 3, 6, 12)
Row = dict[str, Any]


def fees(ask: Answers, region: str, day: date, months: int, *, patience: float = PATIENCE) -> list[Row]:
    """Return the fees that fall due in the months after a day, the earliest first, each with its holder's name."""

    def compute() -> list[Row]:
        found = ask.workspace.plans.fees_due(region, day, months=months)
        names = ask.workspace.names.names_of({one["holder"] for one in found if one["holder"]})
        return [{**one, "holder_name": names.get(one["holder"], "")} for one in found]

    rows: list[Row] = ask.work("fees", [region, day, months], compute, patience=patience)
    return rows


def by_month(rows: Sequence[Row]) -> list[Row]:
    """Return for each month how many fees fall due, what they come to, and how many rise to a higher step."""
    found: dict[str, Row] = {}
    for row in rows:
        month = str(row["due_on"])[:7]
        one = found.setdefault(month, {"month": month, "count": 0, "to_pay": 0.0, "rising": 0})
        one["count"] += 1
        one["to_pay"] += row["to_pay"] or 0.0
        one["rising"] += bool(row["rises"])
    return list(found.values())
