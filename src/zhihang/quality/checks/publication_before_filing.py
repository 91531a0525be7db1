# SPDX-License-Identifier: Apache-2.0
"""Check: a document published before its application was filed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.quality.check import Evidence, check
from zhihang.terms.label import Label

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(label=Label("公开日早于申请日", "Publication before filing"), severity="error")
def publication_before_filing(evidence: Evidence) -> ir.Table:
    """The publication date lies before the filing date of the application."""
    filed = evidence.table("application").select("application_id", "filing_date")
    published = evidence.table("publication").join(filed, "application_id")
    return published.filter(published.publication_date < published.filing_date).select(
        "application_id", "publication_id", "filing_date", "publication_date", "file_id", "line"
    )
