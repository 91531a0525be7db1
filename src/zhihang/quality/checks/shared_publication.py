# SPDX-License-Identifier: Apache-2.0
"""Check: one publication under two application numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.quality.check import Evidence, check
from zhihang.quality.disagreement import disagreements
from zhihang.terms.label import Label

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(label=Label("同一公开号对应多个申请", "One publication, several applications"), severity="error")
def shared_publication(evidence: Evidence) -> ir.Table:
    """Two different application numbers claim the same publication; ids made from the publication do not count."""
    publication = evidence.recorded("publication")
    made = publication.application_id.contains("-P") | publication.application_id.startswith("X-")
    found = disagreements(publication.filter(~made), of="publication_id", about="application_id")
    return found.select(
        "publication_id",
        application_id="smallest",
        other_application_id="largest",
        file_id="file_id",
        line="line",
    )
