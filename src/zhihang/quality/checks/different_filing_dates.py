# SPDX-License-Identifier: Apache-2.0
"""Check: one application number with several filing dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.quality.check import Evidence, check
from zhihang.quality.disagreement import disagreements
from zhihang.terms.label import Label

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(label=Label("同一申请号申请日不一致", "One number, several filing dates"), severity="error")
def different_filing_dates(evidence: Evidence) -> ir.Table:
    """Records of one application number give different filing dates; file and line are those of the latest."""
    found = disagreements(evidence.recorded("application"), of="application_id", about="filing_date")
    return found.select(
        "application_id", earliest="smallest", latest="largest", file_id="file_id", line="line"
    )
