# SPDX-License-Identifier: Apache-2.0
"""Check: kind codes that no list knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.quality.check import Evidence, check
from zhihang.terms.label import Label

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(label=Label("未知的文献种类代码", "Unknown kind code"), severity="warning")
def unknown_kind_code(evidence: Evidence) -> ir.Table:
    """The kind code of the document has no meaning in the list of kind codes for its office and date."""
    publication = evidence.table("publication")
    unknown = publication.kind_code.notnull() & publication.stage.isnull()
    return publication.filter(unknown).select(
        "application_id", "publication_id", "office", "kind_code", "publication_date", "file_id", "line"
    )
