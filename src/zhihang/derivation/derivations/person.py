# SPDX-License-Identifier: Apache-2.0
"""Derivation of `person`: the inventors told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.derivation.derivation import Facts, derivation

if TYPE_CHECKING:
    import ibis.expr.types as ir


@derivation(
    reads=("party", "application", "party_organisation", "party_person"),
    per="whole",
    version=1,
    uses={"party_organisation": ("organisation_id", "type"), "party_person": ("person_id", "confidence")},
)
def person(facts: Facts) -> ir.Table:
    """Inventors told apart: the name and organisation that most of their applications give, how many, and when.

    Of equally frequent names and organisations the first in the alphabet stands.
    """
    mentions = facts.table("party_person")
    mentions = mentions.filter(mentions.person_id.notnull())
    party = facts.table("party").select("application_id", "role", "sequence", "name")
    application = facts.table("application").select("application_id", "filing_date")
    rows = mentions.inner_join(party, ["application_id", "role", "sequence"])
    rows = rows.left_join(application, "application_id").select(
        "person_id", "application_id", "name", "confidence", year=application.filing_date.year()
    )
    found = rows.group_by("person_id").aggregate(
        applications=rows.application_id.nunique().cast("int32"),
        names=rows.name.nunique().cast("int32"),
        first_year=rows.year.min().cast("int32"),
        last_year=rows.year.max().cast("int32"),
        confidence=rows.confidence.min(),
    )
    found = found.inner_join(_usual(rows, "name"), "person_id")
    bodies = facts.table("party_organisation")
    bodies = bodies.filter(~bodies.type.isin(("individual", "unknown")))
    bodies = bodies.select("application_id", "organisation_id").distinct()
    held = rows.inner_join(bodies, "application_id").select("person_id", "application_id", "organisation_id")
    several = held.group_by("person_id").aggregate(organisations=held.organisation_id.nunique().cast("int32"))
    found = found.left_join(_usual(held, "organisation_id"), "person_id").drop("person_id_right")
    found = found.left_join(several, "person_id").drop("person_id_right")
    return found.mutate(organisations=found.organisations.fill_null(0))


def _usual(rows: ir.Table, column: str) -> ir.Table:
    """Return for each person the value that most applications have."""
    import ibis

    counted = rows.group_by("person_id", column).aggregate(times=rows.application_id.nunique())
    window = ibis.window(group_by="person_id", order_by=[ibis.desc("times"), column])
    ranked = counted.mutate(rank=ibis.row_number().over(window))
    return ranked.filter(ranked["rank"] == 0).select("person_id", column)
