# SPDX-License-Identifier: Apache-2.0
"""Check: granted applications none of whose publications is the grant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.quality.check import Evidence, check
from zhihang.terms.label import Label

if TYPE_CHECKING:
    import ibis.expr.types as ir

_GRANTED = ("grant", "amended_grant", "examined_publication")


@check(label=Label("有授权日而无授权公告", "Grant without its publication"), severity="info")
def grant_without_publication(evidence: Evidence) -> ir.Table:
    """The application has a grant date and publications, but none of these is the grant."""
    application, publication = evidence.table("application"), evidence.table("publication")
    published = publication.select("application_id").distinct()
    granted = publication.filter(publication.stage.isin(_GRANTED)).select("application_id").distinct()
    return (
        application.filter(application.grant_date.notnull())
        .semi_join(published, "application_id")
        .anti_join(granted, "application_id")
        .select("application_id", "grant_date", "legal_status", "file_id", "line")
    )
