# SPDX-License-Identifier: Apache-2.0
"""One patent application: the unit of count."""

from __future__ import annotations

from zhihang.facts.table import Column, Merge, Table
from zhihang.terms.label import Label

application = Table(
    name="application",
    label=Label("专利申请", "Patent application"),
    description="One row per application, whatever number of publications, files and vendors it is known from.",
    columns=(
        Column(
            "application_id",
            "code",
            Label("申请标识", "Application"),
            "Office and application number without check digit (CN201310012345). Without an application number: office, `-P`, publication number; without any number: `X-` and a digest of title, applicants and dates.",
            required=True,
        ),
        Column(
            "id_basis",
            "code",
            Label("标识依据", "Basis of the id"),
            "What the id is built from: the application number, a publication number, or the content of the record.",
            codes="id_basis",
            required=True,
        ),
        Column(
            "office",
            "code",
            Label("受理局", "Office"),
            "Office the application was filed with, WIPO ST.3 code.",
            codes="office",
            important=True,
        ),
        Column(
            "application_number",
            "text",
            Label("申请号", "Application number"),
            "The number as the source writes it.",
            important=True,
        ),
        Column(
            "check_digit",
            "code",
            Label("校验位", "Check digit"),
            "Whether the check digit of the written number is right, wrong or absent; blank where the office has none.",
            codes="check_digit",
        ),
        Column(
            "kind",
            "code",
            Label("专利类型", "Kind of right"),
            "Kind of right applied for.",
            codes="right_kind",
            important=True,
        ),
        Column(
            "pct_entry",
            "boolean",
            Label("PCT国家阶段", "PCT national phase"),
            "The application entered the national phase from an international application.",
        ),
        Column(
            "pct_application_id",
            "code",
            Label("国际申请标识", "International application"),
            "Id of the international application it comes from.",
        ),
        Column("filing_date", "date", Label("申请日", "Filing date"), "Date of filing.", important=True),
        Column(
            "filing_date_partial",
            "text",
            Label("申请日（不完整）", "Filing date, incomplete"),
            "Year or year and month where the source gives no full date (2013 or 2013-05).",
        ),
        Column(
            "grant_date",
            "date",
            Label("授权公告日", "Grant date"),
            "Date on which the grant was announced.",
            important=True,
        ),
        Column(
            "grant_date_partial",
            "text",
            Label("授权公告日（不完整）", "Grant date, incomplete"),
            "Year or year and month where the source gives no full date.",
        ),
        Column(
            "legal_status",
            "text",
            Label("法律状态", "Legal status"),
            "Status as the source words it, on the date the source was made.",
            important=True,
        ),
        Column(
            "legal_status_date",
            "date",
            Label("法律状态日", "Date of legal status"),
            "Date of that status, where given.",
        ),
    ),
    key=("application_id",),
    merge=Merge("columns", ("application_id",)),
)
