# SPDX-License-Identifier: Apache-2.0
"""The life of a right as a line of time: its states as bars, years as ticks, a day as a mark; drawn by the server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from zhihang.terms.label import Language

WIDTH, LEFT, RIGHT = 960.0, 8.0, 8.0
MOST_TICKS = 12
ENDED = frozenset({"lapsed", "expired", "invalidated", "abandoned", "withdrawn", "refused", "ended"})


def life_line(
    states: Sequence[Mapping[str, Any]], events: Sequence[Mapping[str, Any]], day: date, language: Language
) -> dict[str, Any] | None:
    """Return bars, ticks and marks with their places; None where no state has a beginning."""
    known = [one for one in states if one["valid_from"]]
    if not known:
        return None
    first = _day(known[0]["valid_from"])
    ends = [_day(one[key]) for one in known for key in ("valid_from", "valid_to") if one[key]]
    ends += [_day(one["event_date"]) for one in events if one["event_date"]]
    last = max(*ends, first.replace(year=first.year + 1, day=1), min(day, date(2100, 1, 1)))
    span = max((last - first).days, 1)

    def place(when: date) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (when - first).days / span, 1)

    bars = []
    for one in known:
        begin, end = place(_day(one["valid_from"])), place(_day(one["valid_to"]) if one["valid_to"] else last)
        said = one["state_said"][language]
        kind = "is-ended" if one["state"] in ENDED else f"is-{one['state']}"
        named = said if (end - begin) > 16 * len(said) else ""
        told = f"{said} {one['valid_from']} – {one['valid_to'] or ''}"
        bars.append(
            {
                "x": begin,
                "width": round(max(end - begin, 2.0), 1),
                "text": begin + 6,
                "kind": kind,
                "name": named,
                "told": told,
            }
        )
    step = max(1, -(-(last.year - first.year) // MOST_TICKS))
    years = [date(year, 1, 1) for year in range(first.year + 1, last.year + 1, step)]
    return {
        "bars": bars,
        "ticks": [{"x": place(one), "year": one.year} for one in years],
        "marks": [
            {"x": place(_day(one["event_date"])), "told": f"{one['event_date']} {one['name'] or one['code']}"}
            for one in events
            if one["event_date"] and _day(one["event_date"]) >= first
        ],
        "today": place(day) if first <= day <= last else None,
    }


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])
