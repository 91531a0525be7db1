# SPDX-License-Identifier: Apache-2.0
"""A title of an enterprise on an official list, with the days from and to which it is valid."""

from __future__ import annotations

from zhihang.facts.table import Column, Table
from zhihang.terms.label import Label

recognition = Table(
    name="recognition",
    label=Label("企业资质名单", "Titles of enterprises"),
    description="Lists of recognised enterprises (advantage and demonstration enterprises, certified management systems, high-tech ...). On day D a title is held with valid_from <= D <= valid_until and D < revoked_on; a blank valid_until is open.",
    columns=(
        Column(
            "enterprise",
            "code",
            Label("企业标识", "Enterprise"),
            "The credit code where it is right, else the name.",
            required=True,
        ),
        Column(
            "name",
            "text",
            Label("企业名称", "Name"),
            "Name as the list has it.",
            required=True,
            important=True,
        ),
        Column(
            "credit_code",
            "code",
            Label("统一社会信用代码", "Unified social credit code"),
            "Code whose check character is right.",
            important=True,
        ),
        Column(
            "title", "code", Label("资质名称", "Title"), "Title.", codes="enterprise_title", required=True
        ),
        Column(
            "valid_from",
            "date",
            Label("有效期起", "Valid from"),
            "First day on which the title is held.",
            required=True,
        ),
        Column("valid_until", "date", Label("有效期止", "Valid until"), "Last day on which it is held."),
        Column("revoked_on", "date", Label("撤销日期", "Revoked on"), "Day from which it is withdrawn."),
        Column("batch", "text", Label("批次", "Batch"), "Batch or year of the list."),
        Column("certificate", "text", Label("证书编号", "Certificate"), "Number of the certificate."),
        Column("issuer", "text", Label("认定机关", "Issuer"), "Office or body that gives the title."),
        Column("region", "code", Label("地区", "Region"), "Division of the firm.", codes="region"),
        Column("region_name", "text", Label("地区名称", "Name of region"), "Region as the source writes it."),
        Column("source", "text", Label("出处", "Source"), "Title of the source."),
    ),
    key=("enterprise", "title", "valid_from"),
)
