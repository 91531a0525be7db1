# SPDX-License-Identifier: Apache-2.0
"""Licences and pledges on each application and right, from day to day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from zhihang.derivation.dealing import Dealing, batches_of, by_application, folded, in_time
from zhihang.derivation.derivation import Facts, derivation
from zhihang.derivation.event_effect import LIST, effects
from zhihang.facts.table import TABLES

_KINDS = ("licence", "pledge")
_EFFECTS = tuple(f"{kind}_{step}" for kind in _KINDS for step in ("begins", "changes", "ends"))


@derivation(reads=("application", "legal_event"), per="application", lists=(LIST,))
def encumbrance(facts: Facts) -> Iterable[pa.RecordBatch]:
    """Licences and pledges as intervals: from the registration to its cancellation, as events announce them.

    Registration and cancellation belong together by their number, else by the counterparty. A change ends an interval
    only where it names another counterparty. A cancellation without a recorded registration has no beginning.
    """
    happened = effects(facts)
    happened = happened.filter(happened.effect.isin(_EFFECTS)).drop("event_name")
    schema = pa.schema([f for f in TABLES["encumbrance"].schema if f.name in TABLES["encumbrance"].names])
    rows = happened.order_by("application_id", "sequence", "effect")
    yield from batches_of(_intervals(facts.batches(rows)), schema)


def _intervals(batches: Iterable[pa.RecordBatch]) -> Iterator[dict[str, Any]]:
    for application_id, rows in by_application(batches):
        burdens = _Burdens(application_id)
        for one in in_time(rows):
            burdens.go_through(one)
        yield from ({**row, "sequence": number} for number, row in enumerate(burdens.rows, 1))


@dataclass
class _Burdens:
    """Licences and pledges of one application while its dealings go by."""

    application_id: str
    rows: list[dict[str, Any]] = field(default_factory=list)

    def go_through(self, one: Dealing) -> None:
        kind, step = one.effect.split("_")
        {"begins": self._begin, "changes": self._change, "ends": self._end}[step](kind, one)

    def _begin(self, kind: str, one: Dealing) -> None:
        for name in one.takers or (None,):
            known = [row for row in self._open(kind, one) if row["valid_from"] == one.day]
            if not any(folded(row["counterparty"] or "") == folded(name or "") for row in known):
                self._add(kind, one, name, one.day, "registration")

    def _change(self, kind: str, one: Dealing) -> None:
        found = self._open(kind, one)
        if not found:
            self._add(kind, one, next(iter(one.takers), None), None, "registration_missing")
            return
        names = {folded(row["counterparty"] or "") for row in found}
        if one.takers and not {folded(name) for name in one.takers} & names:
            self._close(found, one.day, "change")
            for name in one.takers:
                self._add(kind, one, name, one.day, "change")

    def _end(self, kind: str, one: Dealing) -> None:
        found = self._open(kind, one)
        if not found:
            name = next(iter(one.takers), None)
            self._add(kind, one, name, None, "registration_missing")
            found = self.rows[-1:]
        self._close(found, one.day, "cancellation")

    def _open(self, kind: str, one: Dealing) -> list[dict[str, Any]]:
        """Those not ended that an event is about: by the number, else by a party, else the only one."""
        held = [row for row in self.rows if row["kind"] == kind and row["end_reason"] is None]
        if one.number:
            numbered = [row for row in held if row["registration"] == one.number]
            return numbered or (
                [] if all(row["registration"] for row in held) else held[:1] if len(held) == 1 else []
            )
        names = {folded(name) for name in (*one.takers, *one.givers)}
        named = [row for row in held if row["counterparty"] and folded(row["counterparty"]) in names]
        return named or (held if len(held) == 1 and not names else [])

    def _add(self, kind: str, one: Dealing, name: str | None, day: date | None, reason: str) -> None:
        self.rows.append(
            {
                "application_id": self.application_id,
                "kind": kind,
                "counterparty": name,
                "registration": one.number,
                "terms": one.terms if reason == "registration" else None,
                "amount": one.amount,
                "valid_from": day,
                "valid_to": None,
                "known_from": one.announced if reason != "registration_missing" else None,
                "reason": reason,
                "end_reason": None,
            }
        )

    def _close(self, rows: Iterable[dict[str, Any]], day: date | None, reason: str) -> None:
        for row in rows:
            row |= {"valid_to": day, "end_reason": reason}
