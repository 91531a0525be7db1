# SPDX-License-Identifier: Apache-2.0
"""A value that was changed on the way in, with what it was before."""

from __future__ import annotations

from zhihang.facts.table import Column, Table
from zhihang.terms.label import Label

alteration = Table(
    name="alteration",
    label=Label("改动记录", "Alteration"),
    description="One row per value whose content, not only its format, was mended: damaged characters restored, slips in numbers.",
    columns=(
        Column(
            "application_id", "code", Label("申请标识", "Application"), "Application the value belongs to."
        ),
        Column("table_name", "code", Label("目标表", "Table"), "Table of the value.", required=True),
        Column("column_name", "text", Label("列", "Column"), "Column of the table.", required=True),
        Column("raw", "text", Label("原值", "Raw value"), "The value as read."),
        Column("value", "text", Label("现值", "Value"), "The value as stored."),
        Column("reason", "text", Label("原因", "Reason"), "What was done and why.", required=True),
    ),
    key=(
        "file_id",
        "line",
        "table_name",
        "column_name",
    ),
)
