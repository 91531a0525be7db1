# SPDX-License-Identifier: Apache-2.0
"""Simple families of applications."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from zhihang.derivation.derivation import Facts, derivation
from zhihang.derivation.family_grouping import Links, group

if TYPE_CHECKING:
    import ibis.expr.types as ir

_GIVEN = ("docdb_simple", "vendor_simple")


@derivation(reads=("application", "priority", "family_member", "publication"), per="whole")
def family(facts: Facts) -> ir.Table:
    """Simple families: applications with exactly the same set of priorities, an earlier filing being its own.

    National entries of one PCT application belong to its family. Where an application has no priority and no other
    claims it, the family that a source gives is taken. The family is named after the smallest application id in it;
    an application without any tie is a family of its own.
    """
    import ibis

    links = _links(facts)
    grouped = facts.values(group(links))
    applications = facts.table("application").select("application_id")
    rest = applications.anti_join(grouped, "application_id")
    alone = rest.select("application_id", family_id=rest.application_id, reason=ibis.literal("alone"))
    return grouped.union(alone).mutate(scheme=ibis.literal("simple"))


def _links(facts: Facts) -> Links:
    import ibis

    priority = facts.table("priority")
    label = ibis.coalesce(priority.priority_application_id, priority.office + ":" + priority.number)
    claims = priority.select("application_id", priority=label).distinct()
    application = facts.table("application")
    entries = application.filter(application.pct_application_id.notnull())
    entries = entries.select("application_id", international=entries.pct_application_id)
    given = _given(facts)
    ids = [claims.application_id, claims.priority, entries.application_id, entries.international]
    ids += [given.application_id, given.member]
    first, *rest = [ids_.name("application_id").as_table() for ids_ in ids]
    tied = application.select("application_id").semi_join(first.union(*rest).distinct(), "application_id")
    return Links(
        known=_texts(facts, tied).column("application_id").combine_chunks(),
        priorities=_texts(facts, claims),
        entries=_texts(facts, entries),
        given=_texts(facts, given),
    )


def _given(facts: Facts) -> ir.Table:
    """Pairs of applications that a source puts into one simple family."""
    member = facts.table("family_member")
    member = member.filter(member.scheme.isin(_GIVEN)).view()
    publication = facts.table("publication").select("publication_id", member="application_id")
    listed = member.inner_join(publication, [("member_publication_id", "publication_id")])
    return listed.select("application_id", "member").distinct()


def _texts(facts: Facts, rows: ir.Table) -> pa.Table:
    found = facts.collect(rows)
    return found.cast(pa.schema([(name, pa.string()) for name in found.column_names]))
