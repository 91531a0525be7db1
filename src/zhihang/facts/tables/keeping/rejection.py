# SPDX-License-Identifier: Apache-2.0
"""A record or value that could not be taken in, with the reason."""

from __future__ import annotations

from zhihang.facts.table import Column, Table
from zhihang.terms.label import Label

rejection = Table(
    name="rejection",
    label=Label("未入库记录", "Rejection"),
    description="One row per rejected record or value; good rows of the same file are kept.",
    columns=(
        Column(
            "scope",
            "code",
            Label("范围", "Scope"),
            "Whether the whole record or only one value was rejected.",
            codes="rejection_scope",
            required=True,
        ),
        Column("table_name", "code", Label("目标表", "Table"), "Table the value was meant for."),
        Column("column_name", "text", Label("列", "Column"), "Column of the table or of the source."),
        Column("value", "text", Label("原值", "Value"), "The value as read, cut after 500 characters."),
        Column(
            "reason", "text", Label("原因", "Reason"), "What is wrong and what was expected.", required=True
        ),
    ),
    key=(
        "file_id",
        "line",
        "column_name",
        "reason",
    ),
)
