# SPDX-License-Identifier: Apache-2.0
"""Transfer."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.matching.event_rule import Event, Span, event_rule
from zhihang.matching.held import with_holders
from zhihang.terms.label import Label


@event_rule(label=Label("权利转移", "transfer"), concerns="holder")
def transfer(span: Span) -> Iterator[Event]:
    """An application or right went to another holder."""
    rows = span.tables.table("ownership")
    rows = rows.filter(rows.reason.isin(["transfer", "transfer_unnamed"]) & span.within(rows.known_from))
    for row in with_holders(
        span.tables, rows.select("application_id", "holder", "sequence", day="known_from")
    ):
        title = row["title"] or row["application_id"]
        to = row["holder"]
        zh, en = (
            (f"转移至{to}", f"went to {to}")
            if to
            else ("已转移（公告未载明受让人）", "went to another holder")
        )
        detail = Label(f"《{title}》{zh}", f'"{title}" {en}')
        key = f"transfer:{row['application_id']}:{row['sequence']}"
        yield Event("transfer", key, row["day"], detail, row["application_id"], row["organisation_id"])
