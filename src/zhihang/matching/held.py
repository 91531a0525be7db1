# SPDX-License-Identifier: Apache-2.0
"""Who holds what, and what an application is called: what the rules on events ask of the store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import ibis

from zhihang.matching.news import HOLDERS, Tables

if TYPE_CHECKING:
    import ibis.expr.types as ir


def with_holders(tables: Tables, rows: ir.Table) -> Iterator[dict[str, Any]]:
    """Give the rows, once for each organisation that filed the application or ever held it, with its title."""
    holders = _holders(tables, rows)
    joined = rows.inner_join(holders, "application_id").left_join(titles(tables, rows), "application_id")
    joined = joined.drop("application_id_right")
    yield from tables.collect(joined.order_by("application_id", "organisation_id")).to_pylist()


def titles(tables: Tables, rows: ir.Table) -> ir.Table:
    """Return the title of each application, the Chinese one where there is one."""
    text = tables.table("text").semi_join(rows, "application_id")
    text = text.filter(text.part == "title").group_by("application_id")
    return text.aggregate(title=lambda t: t.text.argmax((t.language == "zh").ifelse("1", "0")))


def subclasses(tables: Tables) -> ir.Table:
    """Return the subclasses of the IPC of each application."""
    symbols = tables.table("classification")
    symbols = symbols.filter((symbols.scheme == "ipc") & (symbols.symbol.length() >= 4))
    return symbols.select("application_id", subclass=symbols.symbol.substr(0, 4)).distinct()


def in_force_by_day(tables: Tables) -> ir.Table:
    """Return, for each organisation (first applicant) and day of a change, its inventions in force before and after.

    A right counts from the day it became known to be in force to the day its end became known.
    """
    state = tables.table("right_state")
    state = state.filter((state.state == "in_force") & state.known_from.notnull())
    patent = tables.table("patent")
    patent = patent.filter((patent.kind == "invention") & patent.organisation_id.notnull())
    held = state.inner_join(patent.select("application_id", "organisation_id"), "application_id")
    begun = held.select("organisation_id", day=held.known_from, step=ibis.literal(1, "int64"))
    ended = held.filter(held.known_to.notnull())
    ended = ended.select("organisation_id", day=ended.known_to, step=ibis.literal(-1, "int64"))
    steps = begun.union(ended).group_by("organisation_id", "day").aggregate(step=lambda t: t.step.sum())
    so_far = ibis.window(group_by="organisation_id", order_by="day", preceding=None, following=0)
    counted = steps.mutate(after=steps.step.sum().over(so_far))
    return counted.select("organisation_id", "day", "after", before=counted.after - counted.step)


def _holders(tables: Tables, rows: ir.Table) -> ir.Table:
    party = tables.table("party_organisation")
    party = party.filter(party.role.isin(HOLDERS)).select("application_id", "organisation_id")
    owned = (
        tables.table("ownership").semi_join(rows, "application_id").filter(lambda row: row.holder.notnull())
    )
    names = tables.table("organisation_name").select("organisation_id", holder="name")
    later = owned.inner_join(names, "holder").select("application_id", "organisation_id")
    return party.semi_join(rows, "application_id").union(later, distinct=True)
