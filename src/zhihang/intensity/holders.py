# SPDX-License-Identifier: Apache-2.0
"""Holders of inventions about to cross a threshold (100, 50, 1) in either direction, with the fee dates that matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from zhihang.intensity.facts_seen import Area, FactsSeen
from zhihang.methods.fees_due import FeeDue, add_months, fees_due

if TYPE_CHECKING:
    import ibis.expr.types as ir

LEVELS = (100, 50, 1)
NEAR = 0.10
"""A holder is near a threshold within this share of it (and always within 1); our own bound."""
TERM_MONTHS = 240
_KIND = "invention"


@dataclass(frozen=True)
class Watched:
    """A holder near a threshold.

    Parameters
    ----------
    held, pending
        Inventions in force on the day, and applications not decided.
    threshold, direction
        The threshold, and `up` (too few yet, enough pending) or `down` (enough, but so many may end).
    apart
        Rights still wanted (up), or that may end until the holder falls below (down).
    ending
        Rights whose term ends in the months looked at; no fee keeps them.
    fees, to_pay
        Fees that fall due in these months, and their sum in yuan.
    decisive_on, pay_until
        Day of the loss that decides if nothing is paid, and the last day on which its fee can be paid with a surcharge
        (blank where it is the end of a term).
    """

    organisation: str
    name: str
    type: str
    held: int
    pending: int
    threshold: int
    direction: str
    apart: int
    ending: int
    fees: int
    to_pay: float
    decisive_on: str | None
    pay_until: str | None
    due: tuple[Mapping[str, Any], ...]


def watch(
    facts: FactsSeen, area: Area, day: date, *, months: int = 12, levels: Sequence[int] = LEVELS
) -> list[Watched]:
    """List holders near a threshold after a day, those that may fall first.

    Going up, a holder lacks few rights and has as many applications pending; pending ones may still be refused. Going
    down, as many rights as it can spare end by their term or fall due for a fee within the months.
    """
    rights = _in_force(facts, area, day)
    held = _counts(facts, rights)
    pending = _counts(facts, _pending(facts, area, day))
    near = {
        one for one in held.keys() | pending.keys() if _near(held.get(one, 0), pending.get(one, 0), levels)
    }
    names = _names(facts, near)
    owned = _rights_of(facts, rights, near & names.keys())
    found = []
    for one in sorted(near & names.keys()):
        due = fees_due(owned.get(one, ()), day, months=months)
        ends = sorted(end for end in map(_end, owned.get(one, ())) if day < end <= add_months(day, months))
        counts = (held.get(one, 0), pending.get(one, 0))
        found += [
            Watched(one, *names[one], *counts, level, direction, apart, len(ends), len(due),
                    sum(fee.to_pay for fee in due), *_decisive(direction, apart, due, ends),
                    tuple(fee.row() for fee in due))
            for level, direction, apart in _crossings(*counts, levels, len(ends) + len(due))
        ]  # fmt: skip
    return sorted(found, key=_urgency)


def _urgency(one: Watched) -> tuple[str, int, str, int, int, str]:
    """Order: falling ones first, high thresholds first, then by the day that decides, then by what is pending."""
    return (one.direction, -one.threshold, one.decisive_on or "", one.apart, -one.pending, one.organisation)


def _margin(level: int) -> int:
    return max(1, int(level * NEAR))


def _near(held: int, pending: int, levels: Sequence[int]) -> bool:
    return bool(_crossings(held, pending, levels, held))


def _crossings(held: int, pending: int, levels: Sequence[int], losses: int) -> list[tuple[int, str, int]]:
    """Thresholds a holder may cross: level, direction, how many rights it takes.

    >>> _crossings(104, 0, (100, 50, 1), 5), _crossings(48, 3, (100, 50, 1), 0), _crossings(0, 1, (1,), 0)
    ([(100, 'down', 5)], [(50, 'up', 2)], [(1, 'up', 1)])
    """
    found = []
    for level in levels:
        wanted, spare = level - held, held - level + 1
        if 0 < wanted <= min(_margin(level), pending):
            found.append((level, "up", wanted))
        if 0 < spare <= min(_margin(level), losses):
            found.append((level, "down", spare))
    return found


def _decisive(
    direction: str, apart: int, due: Sequence[FeeDue], ends: Sequence[date]
) -> tuple[str | None, str | None]:
    """Day of the loss that takes a holder below the threshold if nothing is paid; until when its fee can be paid."""
    losses = sorted(
        [(fee.due_on, fee.grace_until) for fee in due] + [(end.isoformat(), None) for end in ends], key=str
    )
    return losses[apart - 1] if direction == "down" and len(losses) >= apart else (None, None)


def _end(right: Mapping[str, Any]) -> date:
    return add_months(right["filing_date"], TERM_MONTHS)


def _in_force(facts: FactsSeen, area: Area, day: date) -> ir.Table:
    rows = facts.within(facts.table("patent_stock"), area)
    return rows.filter(
        (rows.kind == _KIND)
        & (rows.valid_from <= day)
        & (rows.valid_to > day)
        & rows.organisation_id.notnull()
    )


def _pending(facts: FactsSeen, area: Area, day: date) -> ir.Table:
    states = facts.table("right_state")
    now = states.filter(
        (states.state == "pending")
        & (states.valid_from.isnull() | (states.valid_from <= day))
        & (states.valid_to.isnull() | (states.valid_to > day))
    )
    rows = facts.within(facts.table("patent"), area)
    rows = rows.filter((rows.kind == _KIND) & rows.organisation_id.notnull() & (rows.filing_date <= day))
    return rows.semi_join(now, "application_id")


def _counts(facts: FactsSeen, rows: ir.Table) -> dict[str, int]:
    found = facts.collect(rows.group_by("organisation_id").aggregate(n=rows.application_id.nunique()))
    return dict(zip(found["organisation_id"].to_pylist(), found["n"].to_pylist(), strict=True))


def _names(facts: FactsSeen, near: set[str]) -> dict[str, tuple[str, str]]:
    """Name and type of holders; natural persons are left out."""
    rows = facts.table("organisation")
    rows = rows.filter(rows.organisation_id.isin(sorted(near)) & (rows.type != "individual"))
    found = facts.collect(rows.select("organisation_id", "name", "type")).to_pylist()
    return {row["organisation_id"]: (row["name"], row["type"]) for row in found}


def _rights_of(facts: FactsSeen, rights: ir.Table, near: set[str]) -> dict[str, list[Mapping[str, Any]]]:
    rows = rights.filter(rights.organisation_id.isin(sorted(near)) & rights.filing_date.notnull())
    rows = rows.select(
        "kind", "filing_date", "grant_date", "region", holder="organisation_id", application="application_id"
    ).distinct()
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in facts.collect(rows.order_by("application")).to_pylist():
        found.setdefault(row["holder"], []).append(row)
    return found
