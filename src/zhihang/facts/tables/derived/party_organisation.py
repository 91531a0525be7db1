# SPDX-License-Identifier: Apache-2.0
"""Which organisation an applicant or holder of an application is."""

from __future__ import annotations

from zhihang.facts.table import Column, Table
from zhihang.terms.label import Label

party_organisation = Table(
    name="party_organisation",
    label=Label("当事人机构", "Organisation of a party"),
    description="Applicants and holders of each application as organisations; a cell with several names has several rows.",
    columns=(
        Column("application_id", "code", Label("申请标识", "Application"), "Application.", required=True),
        Column(
            "role",
            "code",
            Label("身份", "Role"),
            "Part played: applicant or assignee.",
            codes="party_role",
            required=True,
        ),
        Column(
            "sequence",
            "integer",
            Label("顺序", "Sequence"),
            "Order within the role, as in table `party`.",
            required=True,
        ),
        Column(
            "part",
            "integer",
            Label("单元格内序号", "Part"),
            "Number of the name within its cell, from 1.",
            required=True,
        ),
        Column(
            "organisation_id",
            "code",
            Label("机构标识", "Organisation"),
            "Organisation in table `organisation`.",
            required=True,
        ),
        Column("name", "text", Label("名称", "Name"), "Name as the source writes it.", required=True),
        Column(
            "type",
            "code",
            Label("申请人类型", "Type of applicant"),
            "Type of the organisation.",
            codes="applicant_type",
            required=True,
        ),
        Column(
            "confidence",
            "number",
            Label("可信度", "Confidence"),
            "How surely the party is this organisation (0 to 1).",
            required=True,
        ),
        Column(
            "reason",
            "text",
            Label("依据", "Reason"),
            "Evidence: credit_code where the code of the party decides, else that of its name.",
            required=True,
        ),
    ),
    key=(
        "application_id",
        "role",
        "sequence",
        "part",
    ),
    derived=True,
)
