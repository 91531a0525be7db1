# SPDX-License-Identifier: Apache-2.0
"""Parties whose place is not told, by how often they occur, for the office to settle."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir


def unplaced(party: ir.Table, party_region: ir.Table) -> ir.Table:
    """Return addresses of parties at home without a division, names where there is no address; the most frequent first.

    `parties` and `applications` say how many rows a decision would settle; `reason` why there is no place. Write a
    decision on an address or a name into ``decisions/place.csv`` and derive again.
    """
    import ibis

    key = ["application_id", "role", "sequence"]
    home = party_region.country.isnull() | party_region.country.isin(["CN"])
    missing = party_region.filter(party_region.region.isnull() & home).select(*key, "reason")
    joined = missing.inner_join(party, key)
    name = joined.address.isnull().ifelse(joined.name, ibis.null("string"))
    rows = joined.select("application_id", "address", "reason", name=name)
    grouped = rows.group_by(["address", "name", "reason"]).aggregate(
        parties=rows.count(), applications=rows.application_id.nunique()
    )
    return grouped.order_by([grouped.parties.desc(), grouped.address, grouped.name])
