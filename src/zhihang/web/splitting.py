# SPDX-License-Identifier: Apache-2.0
"""What somebody asks of a split in the studio: read from the form or address, and written back into it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from zhihang.errors import DefinitionError

_LOCK = re.compile(r"(\d{6})-(\d{4})-(\d{1,9})")
ROUNDINGS = ("largest_remainder", "residual", "controlled")
MOST_LOCKS = 2000


@dataclass(frozen=True)
class Asked:
    """A wish: method, totals by year, settled cells by division and year, least value, rounding, part of the gap."""

    method: str = "as_planned"
    totals: Mapping[int, int] = field(default_factory=dict)
    locks: Mapping[tuple[str, int], int] = field(default_factory=dict)
    floor: int = 0
    rounding: str = "largest_remainder"
    closing: float = 0.1

    def as_file(self) -> dict[str, Any]:
        """Return it with the keys of a scenario file."""
        locks: dict[str, dict[int, int]] = {}
        for (region, year), value in self.locks.items():
            locks.setdefault(region, {})[year] = value
        return {
            "method": self.method,
            "totals": dict(self.totals),
            "locks": locks,
            "floor": self.floor,
            "rounding": self.rounding,
            **({"closing": self.closing} if self.method == "convergence" else {}),
        }

    def query(self) -> dict[str, Any]:
        """Return it as the address says it."""
        return {
            "method": self.method,
            "total": [f"{year}-{total}" for year, total in self.totals.items()],
            "lock": [f"{region}-{year}-{value}" for (region, year), value in self.locks.items()],
            "floor": self.floor or None,
            "rounding": self.rounding if self.rounding != ROUNDINGS[0] else None,
            "closing": self.closing if self.method == "convergence" else None,
        }


def from_file(content: Mapping[str, Any]) -> Asked:
    """Return the wish that a scenario file states; what the studio has no slider for is not among it."""
    locks = {
        (str(region), int(year)): int(value)
        for region, years in (content.get("locks") or {}).items()
        for year, value in years.items()
    }
    return Asked(
        str(content.get("method", "as_planned")),
        {int(year): int(total) for year, total in (content.get("totals") or {}).items()},
        locks,
        int(content.get("floor") or 0),
        str(content.get("rounding", ROUNDINGS[0])),
        float(content.get("closing", 0.1)),
    )


def from_form(said: QueryDict, methods: Sequence[str]) -> Asked:
    """Return the wish that a form states: cells kept from other years, and those of the year in view that are locked.

    Faults are told together.
    """
    faults: dict[str, object] = {}
    locks: dict[tuple[str, int], int] = {}
    for text in said.getlist("lock")[:MOST_LOCKS]:
        found = _LOCK.fullmatch(text)
        if found is None:
            faults["lock"] = text[:40]
        else:
            locks[found[1], int(found[2])] = int(found[3])
    year = _whole(said.get("shown", ""))
    for name in said:
        if year and re.fullmatch(r"v-\d{6}", name):
            locks.pop((name[2:], year), None)
            if f"k-{name[2:]}" in said:
                value = _whole(said.get(name, ""))
                if value is None:
                    faults[name[2:]] = (said.get(name) or "—")[:40]
                else:
                    locks[name[2:], year] = value
    totals = {}
    for text in said.getlist("total")[:100]:
        when, _, total = text.partition("-")
        if (first := _whole(when)) and (second := _whole(total)) is not None:
            totals[first] = second
    if year and said.get("this_total", "") != "":
        total_here = _whole(said.get("this_total", ""))
        if total_here is None:
            faults["total"] = (said.get("this_total") or "")[:40]
        elif total_here != _whole(said.get("usual_total", "")):
            totals[year] = total_here
        else:
            totals.pop(year, None)
    floor = _whole(said.get("floor", "") or "0")
    method = said.get("method") or "as_planned"
    if method not in methods:
        faults["method"] = method[:40]
    rounding = said.get("rounding") or ROUNDINGS[0]
    if rounding not in ROUNDINGS:
        faults["rounding"] = rounding[:40]
    if floor is None:
        faults["floor"] = (said.get("floor") or "")[:40]
    closing = _share(said.get("closing", ""))
    if faults:
        raise DefinitionError(
            "The split is not asked for in numbers it can use. 输入的数值无法使用。",
            faults,
            todo="Whole numbers, not below zero. 请输入不小于零的整数。",
        )
    return Asked(method, totals, locks, floor or 0, rounding, closing)


def changes(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what two wishes say differently, a row each: `what`, `mine`, `theirs`."""
    one, other = _flat(from_file(mine)), _flat(from_file(theirs))
    return [
        {"what": key, "mine": one.get(key), "theirs": other.get(key)}
        for key in sorted({*one, *other})
        if one.get(key) != other.get(key)
    ]


def _flat(asked: Asked) -> dict[str, Any]:
    return {
        "method": asked.method,
        "floor": asked.floor,
        "rounding": asked.rounding,
        **({"closing": asked.closing} if asked.method == "convergence" else {}),
        **{f"total {year}": total for year, total in asked.totals.items()},
        **{f"{region} {year}": value for (region, year), value in asked.locks.items()},
    }


def _whole(text: str | None) -> int | None:
    said = (text or "").strip().replace(",", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else None


def _share(text: str | None) -> float:
    try:
        return min(max(float(text or 0.1), 0.0), 1.0)
    except ValueError:
        return 0.1
