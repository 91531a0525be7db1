# SPDX-License-Identifier: Apache-2.0
"""Threshold."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.matching.event_rule import Event, Span, event_rule
from zhihang.matching.held import in_force
from zhihang.terms.label import Label

STEPS = (1, 10, 50, 100)
"""Inventions in force that plans count holders of."""


@event_rule(label=Label("拥有量跨越门槛", "threshold crossed"), concerns="holder")
def threshold(span: Span) -> Iterator[Event]:
    """The inventions in force of an organisation went past 1, 10, 50 or 100, up or down."""
    tables = span.tables
    days = [
        dict(zip(rows["organisation_id"].to_pylist(), rows["held"].to_pylist(), strict=True))
        for rows in (tables.collect(in_force(tables, day)) for day in (span.since, span.until))
    ]
    for organisation in sorted(days[0].keys() | days[1].keys()):
        before, after = (held.get(organisation, 0) for held in days)
        for step in STEPS:
            if (before >= step) != (after >= step):
                up = Label("达到" if after >= step else "低于", "reached" if after >= step else "fell below")
                detail = Label(
                    f"有效发明专利由{before}件变为{after}件，{up.zh}{step}件",
                    f"inventions in force went from {before} to {after} and {up.en} {step}",
                )
                key = f"threshold:{organisation}:{step}:{span.until}"
                yield Event("threshold", key, span.until, detail, "", organisation)
