# SPDX-License-Identifier: Apache-2.0
"""Licence or pledge on an application or right, from one day to another."""

from __future__ import annotations

from zhihang.facts.table import Column, Table
from zhihang.terms.label import Label

encumbrance = Table(
    name="encumbrance",
    label=Label("许可和质押区间", "Licences and pledges"),
    description="One row per licence or pledge and counterparty, from its registration to its cancellation; blank valid_to: no cancellation recorded.",
    columns=(
        Column("application_id", "code", Label("申请标识", "Application"), "Application.", required=True),
        Column("sequence", "integer", Label("顺序", "Sequence"), "Order, from 1.", required=True),
        Column(
            "kind",
            "code",
            Label("类型", "Kind"),
            "Licence or pledge.",
            codes="encumbrance_kind",
            required=True,
        ),
        Column("counterparty", "text", Label("相对人", "Counterparty"), "Licensee or pledgee, as recorded."),
        Column("registration", "code", Label("登记号", "Registration"), "Number of the registration."),
        Column("terms", "text", Label("许可种类", "Terms"), "Kind of licence as recorded."),
        Column(
            "amount",
            "number",
            Label("金额", "Amount"),
            "Amount the event names; few do.",
            unit="yuan",
        ),
        Column(
            "valid_from", "date", Label("起", "From"), "First day; blank where no registration is recorded."
        ),
        Column("valid_to", "date", Label("止", "To"), "First day no longer."),
        Column("known_from", "date", Label("公开起", "Known from"), "Day on which it was announced."),
        Column(
            "reason",
            "code",
            Label("起始依据", "Reason"),
            "What the beginning rests on.",
            codes="dealing_reason",
            required=True,
        ),
        Column(
            "end_reason",
            "code",
            Label("终止依据", "Reason of the end"),
            "What the end rests on.",
            codes="dealing_reason",
        ),
    ),
    key=("application_id", "sequence"),
    derived=True,
)
