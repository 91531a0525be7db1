# SPDX-License-Identifier: Apache-2.0
"""All that is known of one organisation: its names with their evidence, parent, parts, portfolio."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from zhihang.errors import NotFound
from zhihang.store.store import Store

if TYPE_CHECKING:
    import ibis.expr.types as ir

_SEE = "zhihang query 'select organisation_id, name from organisation'"
_FEW = 10


def organisation_card(store: Store, wanted: str) -> dict[str, Any]:
    """Return an organisation by its id, its standard name or any of its names as written.

    Returns
    -------
    The columns of its row in `organisation`, and `members` (names, confidence, reason, applications), `parts` (branches
    that belong to it), `portfolio` (applications by kind of right and year of filing).

    Raises
    ------
    NotFound
        With names that contain what was asked for, or are near it.
    """
    found = _identity(store, wanted)
    rows = store.table("organisation")
    card: dict[str, Any] = store.collect(rows.filter(rows.organisation_id == found)).to_pylist()[0]
    names = store.table("organisation_name")
    members = names.filter(names.organisation_id == found)
    members = members.select("name", "applications", "confidence", "reason", "department", "branch")
    parts = rows.filter(rows.parent_id == found).select("organisation_id", "name", "type", "applications")
    card["members"] = _rows(store, members.order_by("name"))
    card["parts"] = _rows(store, parts.order_by("name"))
    card["parent"] = None
    if card["parent_id"]:
        above = rows.filter(rows.organisation_id == card["parent_id"])
        card["parent"] = next(iter(_rows(store, above.select("organisation_id", "name"))), None)
    card["portfolio"] = _rows(store, _portfolio(store, found))
    return card


def _portfolio(store: Store, organisation_id: str) -> ir.Table:
    parties = store.table("party_organisation")
    held = parties.filter(parties.organisation_id == organisation_id).select("application_id").distinct()
    applications = store.table("application").semi_join(held, "application_id")
    counted = applications.group_by(kind=applications.kind, year=applications.filing_date.year()).aggregate(
        applications=applications.count()
    )
    return counted.order_by("kind", "year")


def _identity(store: Store, wanted: str) -> str:
    text = wanted.strip()
    names = store.table("organisation_name")
    same = names.filter(
        (names.organisation_id == text) | (names.name == text) | (names.standard_name == text)
    )
    found = store.collect(same.select("organisation_id").distinct()).column(0).to_pylist()
    if len(found) == 1:
        return str(found[0])
    similar = names.filter(names.standard_name.contains(text)) if text else names.limit(0)
    close = store.collect(similar.select("standard_name").distinct().order_by("standard_name").limit(_FEW))
    if len(found) > 1:
        raise NotFound(
            f'Several organisations are called "{wanted}".',
            {"ids": ", ".join(sorted(found))},
            todo="Give the id.",
        )
    facts = {"close to": ", ".join(close.column(0).to_pylist())} if close.num_rows else {}
    raise NotFound(f'Organisation "{wanted}" is not known.', facts, todo=_SEE)


def _rows(store: Store, expression: ir.Table) -> Sequence[dict[str, Any]]:
    rows: list[dict[str, Any]] = store.collect(expression).to_pylist()
    return rows
