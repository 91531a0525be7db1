# SPDX-License-Identifier: Apache-2.0
"""Threshold."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.matching.event_rule import Event, Span, event_rule
from zhihang.matching.held import in_force_by_day
from zhihang.terms.label import Label

STEPS = (1, 10, 50, 100)
"""Inventions in force that plans count holders of."""


@event_rule(label=Label("拥有量跨越门槛", "threshold crossed"), concerns="holder")
def threshold(span: Span) -> Iterator[Event]:
    """The inventions in force of an organisation went past 1, 10, 50 or 100, up or down."""
    rows = in_force_by_day(span.tables)
    rows = rows.filter(span.within(rows.day)).order_by("organisation_id", "day")
    for row in span.tables.collect(rows).to_pylist():
        organisation, day, before, after = (
            row[name] for name in ("organisation_id", "day", "before", "after")
        )
        for step in STEPS:
            if (before >= step) != (after >= step):
                how = Label("达到", "reached") if after >= step else Label("低于", "fell below")
                detail = Label(
                    f"有效发明专利由{before}件变为{after}件，{how.zh}{step}件",
                    f"inventions in force went from {before} to {after} and {how.en} {step}",
                )
                yield Event(
                    "threshold", f"threshold:{organisation}:{step}:{day}", day, detail, "", organisation
                )
