# SPDX-License-Identifier: Apache-2.0
"""Check: countries that are no code of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.quality.check import Evidence, check
from zhihang.terms.label import Label

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(label=Label("未知的国别", "Unknown country"), severity="warning")
def unknown_country(evidence: Evidence) -> ir.Table:
    """The country of a party is neither a code of WIPO ST.3 nor one of ISO 3166-1."""
    known = list(evidence.codes["office"].entries)
    party = evidence.table("party")
    return party.filter(~party.country.isin(known)).select(
        "application_id", "role", "sequence", "name", "country", "file_id", "line"
    )
