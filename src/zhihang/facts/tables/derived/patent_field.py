# SPDX-License-Identifier: Apache-2.0
"""Field of technology of an application."""

from __future__ import annotations

from zhihang.facts.table import Column, Table
from zhihang.terms.label import Label

patent_field = Table(
    name="patent_field",
    label=Label("技术领域", "Field of technology"),
    description="One row per application and field: its share in the 35 fields of technology of WIPO. The shares of an application sum to 1, so that sums of them count applications.",
    columns=(
        Column("application_id", "code", Label("申请标识", "Application"), "Application.", required=True),
        Column(
            "field",
            "code",
            Label("技术领域", "Field"),
            "Number of the field, or `unallocated`.",
            codes="technology_field",
            required=True,
        ),
        Column(
            "weight", "number", Label("权重", "Weight"), "Share of the application.", unit="1", required=True
        ),
        Column("reason", "text", Label("原因", "Reason"), "Why a share is unallocated."),
    ),
    key=("application_id", "field"),
    derived=True,
)
