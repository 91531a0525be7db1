# SPDX-License-Identifier: Apache-2.0
"""Check: applications older than their office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.quality.check import Evidence, check
from zhihang.terms.label import Label

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(label=Label("申请日早于专利局受理首日", "Filing before the office existed"), severity="error")
def filing_before_office(evidence: Evidence) -> ir.Table:
    """The filing date lies before the first day of the office: 1985-04-01 for China, 1978-06-01 for EP and WO."""
    import ibis

    application = evidence.table("application")
    opened = ibis.cases(
        *((application.office == office, day) for office, day in evidence.limits.office_opened.items())
    )
    return application.filter(application.filing_date < opened).select(
        "application_id", "office", "filing_date", "file_id", "line"
    )
