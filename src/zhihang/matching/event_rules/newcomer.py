# SPDX-License-Identifier: Apache-2.0
"""Newcomer."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.matching.event_rule import Event, Span, event_rule
from zhihang.matching.held import subclasses
from zhihang.terms.label import Label


@event_rule(label=Label("本地同领域新申请人", "new applicant nearby"), concerns="cluster")
def newcomer(span: Span) -> Iterator[Event]:
    """An organisation of the region was published in a subclass of the IPC for the first time."""
    tables = span.tables
    patent = tables.table("patent")
    patent = patent.filter(
        patent.organisation_id.notnull() & patent.region.notnull() & (patent.applicant_type != "individual")
    )
    rows = patent.inner_join(subclasses(tables), "application_id")
    first = rows.group_by("organisation_id", "subclass").aggregate(
        day=rows.publication_date.min(), region=rows.region.argmin(rows.publication_date)
    )
    names = tables.table("organisation").select("organisation_id", "name")
    shown = first.filter(span.within(first.day)).inner_join(names, "organisation_id")
    for row in tables.collect(shown.order_by("organisation_id", "subclass")).to_pylist():
        name, subclass = row["name"], row["subclass"]
        detail = Label(f"{name}首次在{subclass}领域公开申请", f"{name} was first published in {subclass}")
        key = f"newcomer:{row['organisation_id']}:{subclass}"
        yield Event("newcomer", key, row["day"], detail, "", row["organisation_id"], row["region"], subclass)
