# SPDX-License-Identifier: Apache-2.0
"""A person or organisation with a part in an application."""

from __future__ import annotations

from zhihang.facts.table import Column, Merge, Table
from zhihang.terms.label import Label

party = Table(
    name="party",
    label=Label("当事人", "Party"),
    description="Applicants, inventors, assignees, agents and agencies, one row each, names as the source writes them.",
    columns=(
        Column(
            "application_id",
            "code",
            Label("申请标识", "Application"),
            "Application the row belongs to: office and number without check digit.",
            required=True,
        ),
        Column(
            "role",
            "code",
            Label("身份", "Role"),
            "Part played in the application.",
            codes="party_role",
            required=True,
        ),
        Column(
            "sequence", "integer", Label("顺序", "Sequence"), "Order within the role, from 1.", required=True
        ),
        Column(
            "name",
            "text",
            Label("名称", "Name"),
            "Name as the source writes it, blanks at the ends removed.",
            important=True,
        ),
        Column(
            "name_latin",
            "text",
            Label("外文名称", "Name in Latin letters"),
            "Second form of the name given beside it (translation or transliteration).",
        ),
        Column(
            "address", "text", Label("地址", "Address"), "Address as the source writes it.", important=True
        ),
        Column(
            "postcode",
            "code",
            Label("邮政编码", "Postcode"),
            "Postcode, where it stands apart or opens the address.",
        ),
        Column(
            "country",
            "code",
            Label("国别", "Country"),
            "Country or territory, WIPO ST.3 code where it can be read, else as written.",
        ),
        Column(
            "province",
            "text",
            Label("省（自治区、直辖市）", "Province"),
            "Province or state as the source gives it.",
        ),
        Column("city", "text", Label("地市", "City"), "City as the source gives it."),
        Column("county", "text", Label("区县", "County"), "County or district as the source gives it."),
        Column("type", "text", Label("类型", "Type"), "Type of party as the source words it."),
        Column(
            "identifier",
            "code",
            Label("识别号", "Identifier"),
            "Unified social credit code or another number that names the party.",
        ),
    ),
    key=(
        "application_id",
        "role",
        "sequence",
    ),
    merge=Merge(
        "set",
        (
            "application_id",
            "role",
        ),
    ),
)
