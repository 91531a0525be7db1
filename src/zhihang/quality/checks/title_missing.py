# SPDX-License-Identifier: Apache-2.0
"""Check: applications without a title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.quality.check import Evidence, check
from zhihang.terms.label import Label

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(label=Label("无名称", "No title"), severity="warning")
def title_missing(evidence: Evidence) -> ir.Table:
    """No source gives a title in any language."""
    text = evidence.table("text")
    titled = text.filter(text.part == "title").select("application_id").distinct()
    return (
        evidence.table("application")
        .anti_join(titled, "application_id")
        .select("application_id", "application_number", "filing_date", "file_id", "line")
    )
