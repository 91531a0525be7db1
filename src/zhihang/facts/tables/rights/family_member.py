# SPDX-License-Identifier: Apache-2.0
"""A document that a source puts into the same family."""

from __future__ import annotations

from zhihang.facts.table import Column, Merge, Table
from zhihang.terms.label import Label

family_member = Table(
    name="family_member",
    label=Label("同族成员", "Family member"),
    description="One row per application and member of its family, as the source groups them.",
    columns=(
        Column(
            "application_id",
            "code",
            Label("申请标识", "Application"),
            "Application the row belongs to: office and number without check digit.",
            required=True,
        ),
        Column(
            "scheme",
            "code",
            Label("同族类型", "Kind of family"),
            "Rule by which the source makes families.",
            codes="family_scheme",
            required=True,
        ),
        Column(
            "sequence", "integer", Label("顺序", "Sequence"), "Order in the source, from 1.", required=True
        ),
        Column("family_id", "code", Label("同族号", "Family"), "Number the source gives to the family."),
        Column(
            "member_publication_id",
            "code",
            Label("成员文献", "Member"),
            "Document in the family, where its number can be read.",
        ),
        Column(
            "member_text",
            "text",
            Label("成员文献（原文）", "Member as written"),
            "Number as the source writes it.",
        ),
    ),
    key=(
        "application_id",
        "scheme",
        "sequence",
    ),
    merge=Merge(
        "set",
        (
            "application_id",
            "scheme",
        ),
    ),
)
