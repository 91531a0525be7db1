# SPDX-License-Identifier: Apache-2.0
"""Holder of an application or right, from one day to another."""

from __future__ import annotations

from zhihang.facts.table import Column, Table
from zhihang.terms.label import Label

ownership = Table(
    name="ownership",
    label=Label("权属区间", "Ownership"),
    description="One row per application, holder and time. On day D it is held by those with valid_from <= D < valid_to; blank valid_to: still so.",
    columns=(
        Column("application_id", "code", Label("申请标识", "Application"), "Application.", required=True),
        Column("sequence", "integer", Label("顺序", "Sequence"), "Order, from 1.", required=True),
        Column(
            "holder",
            "text",
            Label("权利人", "Holder"),
            "Name as the record writes it; blank where a transfer does not say to whom.",
        ),
        Column("valid_from", "date", Label("起", "From"), "First day of holding; blank where not known."),
        Column("valid_to", "date", Label("止", "To"), "First day no longer held."),
        Column(
            "known_from",
            "date",
            Label("公开起", "Known from"),
            "Day on which it was announced or recorded.",
        ),
        Column(
            "reason",
            "code",
            Label("起始依据", "Reason"),
            "What the beginning rests on.",
            codes="dealing_reason",
            required=True,
        ),
        Column(
            "end_reason",
            "code",
            Label("终止依据", "Reason of the end"),
            "What the end rests on.",
            codes="dealing_reason",
        ),
    ),
    key=("application_id", "sequence"),
    derived=True,
)
