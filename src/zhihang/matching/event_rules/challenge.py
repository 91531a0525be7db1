# SPDX-License-Identifier: Apache-2.0
"""Challenge."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.matching.event_rule import Event, Span, event_rule
from zhihang.matching.held import with_holders
from zhihang.terms.label import Label

WORDS = r"无效|异议|(?i:invalid|opposition|revocation|inter partes)"


@event_rule(label=Label("异议或无效", "opposition or invalidation"), concerns="holder")
def challenge(span: Span) -> Iterator[Event]:
    """An opposition, a request for invalidation or a decision on one was announced."""
    rows = span.tables.table("legal_event")
    rows = rows.filter(span.within(rows.event_date) & rows.name.re_search(WORDS))
    for row in with_holders(span.tables, rows.select("application_id", "name", day="event_date").distinct()):
        title = row["title"] or row["application_id"]
        detail = Label(f"《{title}》：{row['name']}", f'"{title}": {row["name"]}')
        key = f"challenge:{row['application_id']}:{row['day']}:{row['name']}"
        yield Event("challenge", key, row["day"], detail, row["application_id"], row["organisation_id"])
