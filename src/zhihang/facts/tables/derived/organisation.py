# SPDX-License-Identifier: Apache-2.0
"""The organisations and persons that file and hold patents."""

from __future__ import annotations

from zhihang.facts.table import Column, Table
from zhihang.terms.label import Label

organisation = Table(
    name="organisation",
    label=Label("机构", "Organisation"),
    description="Resolved applicants and holders: standard name, type, number of names and applications, credit code, parent.",
    columns=(
        Column(
            "organisation_id",
            "code",
            Label("机构标识", "Organisation"),
            "Identifier that follows from the names alone: the same names, the same identifier.",
            required=True,
        ),
        Column(
            "name",
            "text",
            Label("标准名称", "Standard name"),
            "Name the organisation is shown under.",
            required=True,
        ),
        Column(
            "type",
            "code",
            Label("申请人类型", "Type of applicant"),
            "Type; whether filings are service inventions (职务发明) follows from it.",
            codes="applicant_type",
            required=True,
        ),
        Column(
            "service_invention",
            "boolean",
            Label("职务发明", "Service invention"),
            "Whether filings count as service inventions; blank where the type is unknown.",
        ),
        Column(
            "region_hint",
            "code",
            Label("地名代码", "Place in the name"),
            "Division in the name of the organisation; table `party_region` says where it is.",
            codes="region",
        ),
        Column(
            "names",
            "integer",
            Label("名称数", "Names"),
            "Number of different names as written.",
            required=True,
        ),
        Column(
            "applications",
            "integer",
            Label("申请数", "Applications"),
            "Applications with one of these names among applicants or holders.",
            required=True,
        ),
        Column(
            "credit_code",
            "code",
            Label("统一社会信用代码", "Unified social credit code"),
            "Code whose check character is right.",
        ),
        Column("parent_id", "code", Label("上级机构", "Parent"), "Organisation this one is a branch of."),
        Column(
            "parent_reason", "text", Label("上级依据", "Reason for the parent"), "What the parent rests on."
        ),
        Column(
            "confidence",
            "number",
            Label("可信度", "Confidence"),
            "Lowest confidence among its names (0 to 1).",
            required=True,
        ),
    ),
    key=("organisation_id",),
    derived=True,
)
