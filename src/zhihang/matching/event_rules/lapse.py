# SPDX-License-Identifier: Apache-2.0
"""Lapse."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.matching.event_rule import Event, Span, event_rule
from zhihang.matching.held import with_holders
from zhihang.terms.label import Label


@event_rule(label=Label("权利终止", "right ended"), concerns="holder")
def lapse(span: Span) -> Iterator[Event]:
    """A right lapsed for unpaid fees, expired, was given up, or ended otherwise."""
    rows = span.tables.table("right_state")
    rows = rows.filter(
        rows.state.isin(["lapsed", "expired", "abandoned", "ended"]) & span.within(rows.known_from)
    )
    for row in with_holders(span.tables, rows.select("application_id", "state", day="known_from")):
        title = row["title"] or row["application_id"]
        how = _HOW[row["state"]]
        detail = Label(f"《{title}》{how.zh}", f'"{title}" {how.en}')
        key = f"lapse:{row['application_id']}:{row['day']}"
        yield Event("lapse", key, row["day"], detail, row["application_id"], row["organisation_id"])


_HOW = {
    "lapsed": Label("因未缴年费终止", "lapsed for an unpaid fee"),
    "expired": Label("期限届满", "expired"),
    "abandoned": Label("被放弃", "was given up"),
    "ended": Label("权利终止", "ended"),
}
