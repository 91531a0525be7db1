# SPDX-License-Identifier: Apache-2.0
"""Something that happened to an application or right."""

from __future__ import annotations

from zhihang.facts.table import Column, Merge, Table
from zhihang.terms.label import Label

legal_event = Table(
    name="legal_event",
    label=Label("法律事件", "Legal event"),
    description="One row per event of the gazette, register or file: publication, grant, lapse, transfer, licence, pledge, fee ...",
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
            "event_date",
            "date",
            Label("公告日", "Date"),
            "Date on which the event was announced or recorded.",
        ),
        Column(
            "event_date_partial",
            "text",
            Label("公告日（不完整）", "Date, incomplete"),
            "Year or year and month where the source gives no full date.",
        ),
        Column(
            "effective_date",
            "date",
            Label("生效日", "Effective date"),
            "Date from which the event has effect, where given.",
        ),
        Column(
            "office", "code", Label("机构", "Office"), "Office or state the event concerns.", codes="office"
        ),
        Column("code", "code", Label("事件代码", "Code"), "Code of the event as the source gives it."),
        Column("name", "text", Label("事件名称", "Name"), "Name of the event as the source words it."),
        Column("detail", "text", Label("说明", "Detail"), "Further text: holder, amount, kind, remarks."),
    ),
    key=("application_id", "event_date", "code", "name", "detail", "sequence"),
    merge=Merge(
        "union",
        (
            "application_id",
            "event_date",
            "code",
            "name",
            "detail",
        ),
    ),
)
