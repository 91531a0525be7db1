# SPDX-License-Identifier: Apache-2.0
"""Which person an inventor of an application is."""

from __future__ import annotations

from zhihang.facts.table import Column, Table
from zhihang.terms.label import Label

party_person = Table(
    name="party_person",
    label=Label("当事人个人", "Person of a party"),
    description="Inventors of each application as persons: filings under one name are of one person where what they share outweighs how common the name is.",
    columns=(
        Column("application_id", "code", Label("申请标识", "Application"), "Application.", required=True),
        Column(
            "role", "code", Label("身份", "Role"), "Part played: inventor.", codes="party_role", required=True
        ),
        Column(
            "sequence",
            "integer",
            Label("顺序", "Sequence"),
            "Order within the role, as in table `party`.",
            required=True,
        ),
        Column(
            "person_id",
            "code",
            Label("个人标识", "Person"),
            "Person in table `person`: follows from the first filing. Blank where the name is withheld, is no name, or is that of an organisation.",
        ),
        Column(
            "confidence",
            "number",
            Label("可信度", "Confidence"),
            "How surely the filing is of this person and no namesake (0 to 1), by the evidence; blank where there is no person.",
        ),
        Column(
            "reason",
            "text",
            Label("依据", "Reason"),
            "What the filing shares with others of the person: family, co_inventor, organisation, citation, region, class, rare_name. Or: alone (the only filing under the name), apart (kept from namesakes), name_withheld, organisation_name, not_a_name, several_names.",
            required=True,
        ),
    ),
    key=("application_id", "role", "sequence"),
    derived=True,
)
