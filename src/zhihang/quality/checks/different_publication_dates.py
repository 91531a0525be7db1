# SPDX-License-Identifier: Apache-2.0
"""Check: one publication with several dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.quality.check import Evidence, check
from zhihang.quality.disagreement import disagreements
from zhihang.terms.label import Label

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(label=Label("同一公开号公开日不一致", "One publication, several dates"), severity="error")
def different_publication_dates(evidence: Evidence) -> ir.Table:
    """Records of one publication give different dates; file and line are those of the latest."""
    found = disagreements(evidence.recorded("publication"), of="publication_id", about="publication_date")
    return found.select(
        "publication_id", earliest="smallest", latest="largest", file_id="file_id", line="line"
    )
