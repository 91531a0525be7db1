# SPDX-License-Identifier: Apache-2.0
"""A later document that cites an application, as a vendor lists it."""

from __future__ import annotations

from zhihang.facts.table import Column, Merge, Table
from zhihang.terms.label import Label

cited_by = Table(
    name="cited_by",
    label=Label("被引", "Cited by"),
    description="One row per later document that the source names as citing this application.",
    columns=(
        Column(
            "application_id",
            "code",
            Label("申请标识", "Application"),
            "Application the row belongs to: office and number without check digit.",
            required=True,
        ),
        Column(
            "sequence", "integer", Label("顺序", "Sequence"), "Order in the source, from 1.", required=True
        ),
        Column(
            "citing_publication_id",
            "code",
            Label("施引文献", "Citing publication"),
            "Later document, where its number can be read.",
        ),
        Column(
            "citing_text",
            "text",
            Label("施引文献（原文）", "Citing document as written"),
            "Number as the source writes it.",
        ),
    ),
    key=(
        "application_id",
        "sequence",
    ),
    merge=Merge("set", ("application_id",)),
)
