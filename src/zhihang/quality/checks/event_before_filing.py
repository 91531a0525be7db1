# SPDX-License-Identifier: Apache-2.0
"""Check: a legal event announced before its application was filed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.quality.check import Evidence, check
from zhihang.terms.label import Label

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(label=Label("法律事件早于申请日", "Legal event before filing"), severity="warning")
def event_before_filing(evidence: Evidence) -> ir.Table:
    """The date of a legal event lies before the filing date; events of a priority or a parent may stand there."""
    filed = evidence.table("application").select("application_id", "filing_date")
    events = evidence.table("legal_event").join(filed, "application_id")
    return events.filter(events.event_date < events.filing_date).select(
        "application_id", "filing_date", "event_date", "code", "name", "file_id", "line"
    )
