# SPDX-License-Identifier: Apache-2.0
"""The persons that invent."""

from __future__ import annotations

from zhihang.facts.table import Column, Table
from zhihang.terms.label import Label

person = Table(
    name="person",
    label=Label("发明人", "Person"),
    description="Inventors told apart: usual name and organisation, number of applications, years.",
    columns=(
        Column(
            "person_id",
            "code",
            Label("个人标识", "Person"),
            "Identifier that follows from the first filing (earliest year, then application id).",
            required=True,
        ),
        Column("name", "text", Label("姓名", "Name"), "Name that most filings give.", required=True),
        Column(
            "organisation_id",
            "code",
            Label("机构标识", "Organisation"),
            "Organisation that most filings name as applicant or holder; blank where none does.",
        ),
        Column("names", "integer", Label("写法数", "Names"), "Different names as written.", required=True),
        Column(
            "organisations",
            "integer",
            Label("机构数", "Organisations"),
            "Different organisations that filed for the person or hold the right.",
            required=True,
        ),
        Column("applications", "integer", Label("申请数", "Applications"), "Applications.", required=True),
        Column("first_year", "integer", Label("首次申请年", "First year"), "First year of filing."),
        Column("last_year", "integer", Label("最近申请年", "Last year"), "Last year of filing."),
        Column(
            "confidence",
            "number",
            Label("可信度", "Confidence"),
            "Lowest confidence among the filings (0 to 1).",
            required=True,
        ),
    ),
    key=("person_id",),
    derived=True,
)
