# SPDX-License-Identifier: Apache-2.0
"""Check: a right granted before it was applied for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.quality.check import Evidence, check
from zhihang.terms.label import Label

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(label=Label("授权日早于申请日", "Grant before filing"), severity="error")
def grant_before_filing(evidence: Evidence) -> ir.Table:
    """The grant date lies before the filing date: one of them is wrong."""
    application = evidence.table("application")
    return application.filter(application.grant_date < application.filing_date).select(
        "application_id", "filing_date", "grant_date", "file_id", "line"
    )
