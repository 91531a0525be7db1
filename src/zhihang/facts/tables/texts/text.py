# SPDX-License-Identifier: Apache-2.0
"""A text of a publication: title, abstract, description."""

from __future__ import annotations

from zhihang.facts.table import Column, Merge, Table
from zhihang.terms.label import Label

text = Table(
    name="text",
    label=Label("文本", "Text"),
    description="One row per text, part and language.",
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
        Column("part", "code", Label("部分", "Part"), "Which text it is.", codes="text_part", required=True),
        Column(
            "language",
            "code",
            Label("语种", "Language"),
            "Language, ISO 639-1; blank where unknown.",
            codes="language",
        ),
        Column("text", "text", Label("内容", "Text"), "The text, markup removed.", required=True),
    ),
    key=(
        "application_id",
        "publication_id",
        "part",
        "language",
    ),
    merge=Merge(
        "set",
        (
            "application_id",
            "publication_id",
            "part",
            "language",
        ),
    ),
)
