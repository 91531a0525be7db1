# SPDX-License-Identifier: Apache-2.0
"""A claim of a publication."""

from __future__ import annotations

from zhihang.facts.table import Column, Merge, Table
from zhihang.terms.label import Label

claim = Table(
    name="claim",
    label=Label("权利要求", "Claim"),
    description="One row per claim.",
    columns=(
        Column(
            "application_id",
            "code",
            Label("申请标识", "Application"),
            "Application the row belongs to: office and number without check digit.",
            required=True,
        ),
        Column(
            "publication_id",
            "code",
            Label("公开标识", "Publication"),
            "Publication the row was read from: office, number and kind code; blank where the source gives none.",
        ),
        Column(
            "number", "integer", Label("权利要求号", "Number"), "Number of the claim, from 1.", required=True
        ),
        Column("language", "code", Label("语种", "Language"), "Language, ISO 639-1.", codes="language"),
        Column(
            "depends_on",
            "text",
            Label("引用的权利要求", "Depends on"),
            "Numbers of the claims it refers to, comma separated; blank for an independent claim.",
        ),
        Column("text", "text", Label("内容", "Text"), "The claim, markup removed.", required=True),
    ),
    key=(
        "application_id",
        "publication_id",
        "number",
        "language",
    ),
    merge=Merge(
        "set",
        (
            "application_id",
            "publication_id",
            "language",
        ),
    ),
)
