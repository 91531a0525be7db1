# SPDX-License-Identifier: Apache-2.0
"""One publication of an application: laid open, granted, corrected."""

from __future__ import annotations

from zhihang.facts.table import Column, Merge, Table
from zhihang.terms.label import Label

publication = Table(
    name="publication",
    label=Label("专利文献", "Patent publication"),
    description="One row per published document; several publications (A, B, U, S ...) belong to one application.",
    columns=(
        Column(
            "publication_id",
            "code",
            Label("公开标识", "Publication"),
            "Office, number and kind code (CN101551481B).",
            required=True,
        ),
        Column(
            "application_id",
            "code",
            Label("申请标识", "Application"),
            "Application the row belongs to: office and number without check digit.",
            required=True,
        ),
        Column(
            "document_id",
            "code",
            Label("文献号（不分种类）", "Document"),
            "Office, `-P` and number, with the letter of the kind code only where kinds are numbered apart; "
            "equal for the A and B of one application. It is the application's id while no file tells its number.",
        ),
        Column(
            "office",
            "code",
            Label("公布机构", "Office"),
            "Office that published the document, WIPO ST.3 code.",
            codes="office",
            important=True,
        ),
        Column(
            "number",
            "code",
            Label("公开（公告）号", "Number"),
            "Number of the document without office and kind code.",
            required=True,
        ),
        Column(
            "kind_code",
            "code",
            Label("文献种类代码", "Kind code"),
            "WIPO ST.16 kind code (A, B, U, S, A1, B2 ...).",
            important=True,
        ),
        Column(
            "stage",
            "code",
            Label("阶段", "Stage"),
            "What the publication stands for: publication of the application, grant, correction ...",
            codes="publication_stage",
        ),
        Column(
            "publication_date",
            "date",
            Label("公开（公告）日", "Publication date"),
            "Date of publication.",
            important=True,
        ),
        Column(
            "publication_date_partial",
            "text",
            Label("公开日（不完整）", "Publication date, incomplete"),
            "Year or year and month where the source gives no full date.",
        ),
        Column(
            "publication_number",
            "text",
            Label("公开（公告）号（原样）", "Publication number as written"),
            "The number as the source writes it.",
        ),
    ),
    key=("publication_id",),
    merge=Merge("columns", ("publication_id",)),
)
