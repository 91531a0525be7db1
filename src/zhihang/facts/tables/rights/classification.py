# SPDX-License-Identifier: Apache-2.0
"""A classification symbol given to an application."""

from __future__ import annotations

from zhihang.facts.table import Column, Merge, Table
from zhihang.terms.label import Label

classification = Table(
    name="classification",
    label=Label("分类号", "Classification"),
    description="One row per symbol: IPC, CPC, Locarno, USPC, and industry codes that a vendor assigns.",
    columns=(
        Column(
            "application_id",
            "code",
            Label("申请标识", "Application"),
            "Application the row belongs to: office and number without check digit.",
            required=True,
        ),
        Column(
            "scheme",
            "code",
            Label("分类体系", "Scheme"),
            "Classification the symbol belongs to.",
            codes="classification_scheme",
            required=True,
        ),
        Column(
            "symbol",
            "code",
            Label("分类号", "Symbol"),
            "Symbol in the usual short form (H01M10/052).",
            required=True,
        ),
        Column(
            "position",
            "integer",
            Label("位次", "Position"),
            "Order in the source, from 1; 1 is the main class where the source marks one.",
            required=True,
        ),
        Column(
            "value",
            "code",
            Label("信息类型", "Information"),
            "Whether the symbol stands for invention or for additional information.",
            codes="classification_value",
        ),
        Column(
            "version",
            "code",
            Label("版本", "Version"),
            "Version of the scheme the symbol comes from (2006.01).",
        ),
    ),
    key=(
        "application_id",
        "scheme",
        "position",
    ),
    merge=Merge(
        "set",
        (
            "application_id",
            "scheme",
        ),
    ),
)
