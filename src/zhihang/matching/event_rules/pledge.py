# SPDX-License-Identifier: Apache-2.0
"""Pledge."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.matching.event_rule import Event, Span, event_rule
from zhihang.matching.held import with_holders
from zhihang.terms.label import Label


@event_rule(label=Label("质押或许可登记", "pledge or licence"), concerns="holder")
def pledge(span: Span) -> Iterator[Event]:
    """A pledge or a licence was registered."""
    rows = span.tables.table("encumbrance")
    rows = rows.filter(span.within(rows.known_from))
    shown = rows.select("application_id", "kind", "counterparty", "sequence", day="known_from")
    for row in with_holders(span.tables, shown):
        title = row["title"] or row["application_id"]
        done = _DONE[row["kind"]]
        to = f"（{row['counterparty']}）" if row["counterparty"] else ""
        detail = Label(
            f"《{title}》{done.zh}{to}", f'"{title}" {done.en} {row["counterparty"] or ""}'.rstrip()
        )
        key = f"pledge:{row['application_id']}:{row['kind']}:{row['sequence']}"
        yield Event("pledge", key, row["day"], detail, row["application_id"], row["organisation_id"])


_DONE = {
    "pledge": Label("办理质押登记", "was pledged to"),
    "licence": Label("办理许可备案", "was licensed to"),
}
