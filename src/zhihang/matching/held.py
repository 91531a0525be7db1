# SPDX-License-Identifier: Apache-2.0
"""Who holds what, and what an application is called: what the rules on events ask of the store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from zhihang.matching.news import Tables

if TYPE_CHECKING:
    import ibis.expr.types as ir


def with_holders(tables: Tables, rows: ir.Table) -> Iterator[dict[str, Any]]:
    """Give the rows, once for each organisation that filed the application, with its title and newest publication."""
    party = tables.table("party_organisation")
    party = party.filter(party.role == "applicant").select("application_id", "organisation_id").distinct()
    text = tables.table("text").semi_join(rows, "application_id")
    titles = text.filter(text.part == "title").group_by("application_id")
    title = titles.aggregate(title=lambda t: t.text.argmax((t.language == "zh").ifelse("1", "0")))
    joined = rows.inner_join(party, "application_id").left_join(title, "application_id")
    joined = joined.drop("application_id_right")
    yield from tables.collect(joined.order_by("application_id", "organisation_id")).to_pylist()


def in_force(tables: Tables, day: date) -> ir.Table:
    """Return how many inventions each organisation (first applicant) has in force on a day."""
    state = tables.table("right_state")
    valid = (state.state == "in_force") & (state.valid_from.isnull() | (state.valid_from <= day))
    state = state.filter(valid & (state.valid_to.isnull() | (state.valid_to > day)))
    patent = tables.table("patent")
    patent = patent.filter((patent.kind == "invention") & patent.organisation_id.notnull())
    held = patent.semi_join(state.select("application_id").distinct(), "application_id")
    return held.group_by("organisation_id").aggregate(held=held.application_id.nunique())
