# SPDX-License-Identifier: Apache-2.0
"""Entry of a family."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.matching.event_rule import Event, Span, event_rule
from zhihang.matching.held import subclasses, with_holders
from zhihang.terms.label import Label


@event_rule(label=Label("国外同族进入中国", "foreign family enters China"), concerns="cluster")
def family_entry(span: Span) -> Iterator[Event]:
    """A family of an applicant abroad was published in China for the first time."""
    tables = span.tables
    patent = tables.table("patent")
    chinese = patent.filter((patent.office == "CN") & (patent.origin == "foreign"))
    first = chinese.group_by("family_id").aggregate(
        day=chinese.publication_date.min(),
        application_id=chinese.application_id.argmin(chinese.publication_date),
    )
    new = first.filter(span.within(first.day)).select("application_id", "day")
    for row in with_holders(tables, new.inner_join(subclasses(tables), "application_id")):
        title = row["title"] or row["application_id"]
        detail = Label(f"《{title}》在中国公开", f'"{title}" was published in China')
        key = f"family_entry:{row['application_id']}"
        yield Event(
            "family_entry",
            key,
            row["day"],
            detail,
            row["application_id"],
            row["organisation_id"],
            "",
            row["subclass"],
        )
