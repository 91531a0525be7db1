# SPDX-License-Identifier: Apache-2.0
"""Check: applications without an applicant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.quality.check import Evidence, check
from zhihang.terms.label import Label

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(label=Label("无申请人", "No applicant"), severity="warning")
def applicant_missing(evidence: Evidence) -> ir.Table:
    """No source names an applicant or a holder: the application cannot be counted for any region."""
    party = evidence.table("party")
    held = party.filter(party.role.isin(["applicant", "assignee"])).select("application_id").distinct()
    return (
        evidence.table("application")
        .anti_join(held, "application_id")
        .select("application_id", "application_number", "filing_date", "file_id", "line")
    )
