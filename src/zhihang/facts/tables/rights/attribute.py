# SPDX-License-Identifier: Apache-2.0
"""A further value that a source gives, kept under the source's own name."""

from __future__ import annotations

from zhihang.facts.table import Column, Merge, Table
from zhihang.terms.label import Label

attribute = Table(
    name="attribute",
    label=Label("附加字段", "Attribute"),
    description="Columns of a vendor's export that have no place of their own in the dictionary: scores, counts, flags. Nothing is lost.",
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
        Column("name", "code", Label("字段名", "Name"), "Name of the column in the source.", required=True),
        Column("value", "text", Label("字段值", "Value"), "Value as the source writes it.", required=True),
    ),
    key=(
        "application_id",
        "publication_id",
        "name",
    ),
    merge=Merge(
        "set",
        (
            "application_id",
            "name",
        ),
    ),
)
