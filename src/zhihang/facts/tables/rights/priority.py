# SPDX-License-Identifier: Apache-2.0
"""An earlier filing whose date an application claims."""

from __future__ import annotations

from zhihang.facts.table import Column, Merge, Table
from zhihang.terms.label import Label

priority = Table(
    name="priority",
    label=Label("优先权", "Priority"),
    description="One row per claimed priority.",
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
            "office",
            "code",
            Label("优先权受理局", "Office"),
            "Office of the earlier filing, WIPO ST.3 code.",
            codes="office",
        ),
        Column(
            "number",
            "text",
            Label("优先权号", "Number"),
            "Number of the earlier filing as the source writes it.",
        ),
        Column(
            "priority_application_id",
            "code",
            Label("优先权申请标识", "Earlier application"),
            "Id of the earlier application, where its number can be read.",
        ),
        Column("priority_date", "date", Label("优先权日", "Priority date"), "Date of the earlier filing."),
        Column(
            "priority_date_partial",
            "text",
            Label("优先权日（不完整）", "Priority date, incomplete"),
            "Year or year and month where the source gives no full date.",
        ),
    ),
    key=(
        "application_id",
        "sequence",
    ),
    merge=Merge("set", ("application_id",)),
)
