# SPDX-License-Identifier: Apache-2.0
"""Check: inventions granted sooner than any examination takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.quality.check import Evidence, check
from zhihang.terms.label import Label

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(label=Label("发明授权过快", "Invention granted implausibly soon"), severity="warning")
def grant_too_soon(evidence: Evidence) -> ir.Table:
    """Fewer days lie between filing and grant of an invention than the limit (30 days unless set otherwise)."""
    application = evidence.table("application")
    timed = application.mutate(days=application.grant_date.delta(application.filing_date, unit="day"))
    soon = (
        (timed.kind == "invention")
        & (timed.days >= 0)
        & (timed.days < evidence.limits.shortest_invention_days)
    )
    return timed.filter(soon).select("application_id", "filing_date", "grant_date", "days", "file_id", "line")
