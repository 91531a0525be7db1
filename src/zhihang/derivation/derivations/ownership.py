# SPDX-License-Identifier: Apache-2.0
"""Holders of each application and right, from day to day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from zhihang.derivation.dealing import Dealing, batches_of, by_application, folded, in_time
from zhihang.derivation.derivation import Facts, derivation
from zhihang.derivation.event_effect import LIST, effects
from zhihang.facts.table import TABLES

if TYPE_CHECKING:
    import ibis.expr.types as ir

_CHANGES = ("transfer", "name_change")


@derivation(reads=("application", "party", "legal_event"), per="application", lists=(LIST,))
def ownership(facts: Facts) -> Iterable[pa.RecordBatch]:
    """Holders of each application and right from day to day, under the names of the records.

    The applicants hold it from the filing; inventors where no applicant is recorded. A transfer gives it to those
    its detail names, from its effective day; one that names nobody leaves the holder unknown. A change of name goes
    on under the new name.
    """
    first = _first_holders(facts)
    changes = effects(facts)
    changes = changes.filter(changes.effect.isin(_CHANGES)).drop("event_name")
    untouched = first.anti_join(changes, "application_id")
    schema = pa.schema([f for f in TABLES["ownership"].schema if f.name in TABLES["ownership"].names])
    for batch in facts.batches(_as_rows(untouched).order_by("application_id", "sequence")):
        yield batch.select(schema.names).cast(schema)
    yield from batches_of(_changed(facts, first, changes), schema)


def _first_holders(facts: Facts) -> ir.Table:
    """Applicants, or inventors where there are none (`application_id`, `sequence`, `name`, `reason`, `filed`)."""
    import ibis

    party = facts.table("party")
    party = party.filter(party.role.isin(["applicant", "inventor"]) & party.name.notnull()).view()
    best = party.role.min().over(
        ibis.window(group_by=party.application_id)
    )  # applicant sorts before inventor
    chosen = party.mutate(best=best).view()
    chosen = chosen.filter(chosen.role == chosen.best)
    filed = facts.table("application").select("application_id", filed="filing_date")
    rows = chosen.inner_join(filed, "application_id")
    return rows.select("application_id", "sequence", "name", reason="role", filed="filed").view()


def _as_rows(first: ir.Table) -> ir.Table:
    import ibis

    return first.select(
        "application_id",
        "sequence",
        "reason",
        holder="name",
        valid_from="filed",
        valid_to=ibis.null("date"),
        known_from="filed",
        end_reason=ibis.null("string"),
    )


def _changed(facts: Facts, first: ir.Table, changes: ir.Table) -> Iterator[dict[str, Any]]:
    """Rows of the applications that changed hands or names, one application after another."""
    import ibis

    nothing, no_day = ibis.null("string"), ibis.null("date")
    held = first.semi_join(changes, "application_id").view()
    held = held.select(
        "application_id",
        "sequence",
        "name",
        effect="reason",
        filed="filed",
        detail=nothing,
        announced=no_day,
        effective=no_day,
    )
    told = changes.select(
        "application_id", "sequence", "effect", "detail", "announced", "effective", name=nothing, filed=no_day
    )
    rows = held.select(*told.columns).union(told).order_by("application_id", "sequence", "effect")
    for application_id, found in by_application(facts.batches(rows)):
        title = _Title(application_id)
        for row in found:
            if row["effect"] not in _CHANGES:
                title.open(row["name"], row["filed"], row["filed"], row["effect"])
        for one in in_time(row for row in found if row["effect"] in _CHANGES):
            title.change(one)
        yield from title.numbered()


@dataclass
class _Title:
    """Who holds one application while its dealings go by."""

    application_id: str
    rows: list[dict[str, Any]] = field(default_factory=list)

    def open(self, name: str | None, day: date | None, known: date | None, reason: str) -> None:
        """Begin to hold."""
        row = {"application_id": self.application_id, "holder": name, "valid_from": day, "valid_to": None}
        self.rows.append({**row, "known_from": known, "reason": reason, "end_reason": None})

    def change(self, one: Dealing) -> None:
        """Go through a transfer or change of name; what took effect before the filing holds from the filing."""
        held = [row for row in self.rows if row["end_reason"] is None]
        leaving = _renamed(held, one) if one.effect == "name_change" else _giving(held, one)
        if leaving is None:
            return
        begun = [row["valid_from"] for row in held if row["valid_from"]]
        day = max([*begun, one.day]) if one.day else None
        for row in leaving:
            row |= {"valid_to": day, "end_reason": one.effect}
        for name in one.takers or (None,):
            self.open(name, day, one.announced, one.effect if one.takers else "transfer_unnamed")

    def numbered(self) -> Iterator[dict[str, Any]]:
        """Return the rows in order, without those that never held for a day."""
        kept = [row for row in self.rows if row["valid_from"] is None or row["valid_from"] != row["valid_to"]]
        return ({**row, "sequence": number} for number, row in enumerate(kept, 1))


def _giving(held: list[dict[str, Any]], one: Dealing) -> list[dict[str, Any]] | None:
    """Holders that a transfer ends: all of them; None where it names those who hold already."""
    names = {folded(row["holder"] or "") for row in held}
    return None if one.takers and {folded(name) for name in one.takers} == names else held


def _renamed(held: list[dict[str, Any]], one: Dealing) -> list[dict[str, Any]] | None:
    """The holder who changes its name: the one so called, or the only one; None where it cannot be told."""
    givers = {folded(name) for name in one.givers}
    found = [row for row in held if folded(row["holder"] or "") in givers] or (held if len(held) == 1 else [])
    return found if one.takers and found else None
