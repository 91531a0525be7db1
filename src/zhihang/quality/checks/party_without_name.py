# SPDX-License-Identifier: Apache-2.0
"""Check: parties without a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.quality.check import Evidence, check
from zhihang.terms.label import Label

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(label=Label("当事人无名称", "Party without a name"), severity="warning")
def party_without_name(evidence: Evidence) -> ir.Table:
    """A party has an address, a country or another detail, but no name."""
    party = evidence.table("party")
    unnamed = party.name.isnull() & party.name_latin.isnull()
    return party.filter(unnamed).select(
        "application_id", "role", "sequence", "address", "country", "file_id", "line"
    )
