# SPDX-License-Identifier: Apache-2.0
"""A state of an application or right, from one day to another."""

from __future__ import annotations

from zhihang.facts.table import Column, Table
from zhihang.terms.label import Label

right_state = Table(
    name="right_state",
    label=Label("权利状态区间", "State of a right"),
    description="One row per application and state. On day D the state is that with valid_from <= D < valid_to, as known today; and that with known_from <= D < known_to, as it was published then. Blank valid_from: since a day not known; blank valid_to: still so.",
    columns=(
        Column("application_id", "code", Label("申请标识", "Application"), "Application.", required=True),
        Column(
            "sequence",
            "integer",
            Label("顺序", "Sequence"),
            "Order in which the states became known, from 1.",
            required=True,
        ),
        Column(
            "state",
            "code",
            Label("状态", "State"),
            "State of the application or right.",
            codes="right_state",
            required=True,
        ),
        Column(
            "valid_from",
            "date",
            Label("起", "From"),
            "First day of the state: the day from which it has effect.",
        ),
        Column(
            "valid_to",
            "date",
            Label("止", "To"),
            "First day no longer in this state. Equal to valid_from where a later announcement undid the state from its beginning.",
        ),
        Column(
            "known_from",
            "date",
            Label("公开起", "Known from"),
            "Day on which the state became known: that of the announcement.",
        ),
        Column(
            "known_to",
            "date",
            Label("公开止", "Known to"),
            "Day on which the next state became known.",
        ),
        Column(
            "reason",
            "code",
            Label("起始依据", "Reason"),
            "What the beginning rests on.",
            codes="right_state_reason",
            required=True,
        ),
        Column(
            "end_reason",
            "code",
            Label("终止依据", "Reason of the end"),
            "What the end rests on.",
            codes="right_state_reason",
        ),
        Column(
            "evidence_to",
            "date",
            Label("佐证截至", "Evidence to"),
            "Last day on which a record speaks of the application; an open state is taken to go on after it.",
        ),
        Column(
            "evidence",
            "code",
            Label("佐证程度", "Evidence"),
            "How far the state rests on records; blank where it is unknown.",
            codes="evidence_grade",
        ),
    ),
    key=("application_id", "sequence"),
    derived=True,
)
