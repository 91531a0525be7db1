# SPDX-License-Identifier: Apache-2.0
"""A tie between two applications: division, continuation, provisional, national phase."""

from __future__ import annotations

from zhihang.facts.table import Column, Merge, Table
from zhihang.terms.label import Label

relation = Table(
    name="relation",
    label=Label("关联申请", "Relation"),
    description="One row per tie that the source states.",
    columns=(
        Column(
            "application_id",
            "code",
            Label("申请标识", "Application"),
            "Application the row belongs to: office and number without check digit.",
            required=True,
        ),
        Column(
            "sequence",
            "integer",
            Label("顺序", "Sequence"),
            "Order in the source record, from 1.",
            required=True,
        ),
        Column(
            "type",
            "code",
            Label("关联类型", "Type"),
            "Nature of the tie as the source words it.",
            required=True,
        ),
        Column(
            "related_application_id",
            "code",
            Label("关联申请标识", "Related application"),
            "Id of the other application, where its number can be read.",
        ),
        Column(
            "related_text",
            "text",
            Label("关联申请（原文）", "Related application as written"),
            "Number as the source writes it.",
        ),
        Column(
            "related_date",
            "date",
            Label("日期", "Date"),
            "Date the source gives for the tie (filing of the other application).",
        ),
    ),
    key=("application_id", "type", "related_text", "sequence"),
    merge=Merge(
        "union",
        (
            "application_id",
            "type",
            "related_text",
        ),
    ),
)
