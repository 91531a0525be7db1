# SPDX-License-Identifier: Apache-2.0
"""The names of applicants and holders, taken apart, and the organisation each one is."""

from __future__ import annotations

from zhihang.facts.table import Column, Table
from zhihang.terms.label import Label

organisation_name = Table(
    name="organisation_name",
    label=Label("申请人名称", "Name of an applicant"),
    description="Each distinct name of an applicant or holder as written, its parts, the organisation it stands for, and by which evidence.",
    columns=(
        Column(
            "name",
            "text",
            Label("名称", "Name"),
            "Name as the source writes it; one of several names in a cell stands alone.",
            required=True,
        ),
        Column(
            "organisation_id",
            "code",
            Label("机构标识", "Organisation"),
            "Organisation in table `organisation`. Of persons it stands for the name, not for one person.",
            required=True,
        ),
        Column(
            "standard_name",
            "text",
            Label("标准名称", "Standard name"),
            "Name the organisation is shown under.",
            required=True,
        ),
        Column(
            "type",
            "code",
            Label("申请人类型", "Type of applicant"),
            "Type of the organisation.",
            codes="applicant_type",
            required=True,
        ),
        Column(
            "place",
            "code",
            Label("地名代码", "Place in the name"),
            "Division that the name opens with or gives in brackets; says where the organisation was named, not where it is.",
            codes="region",
        ),
        Column("place_name", "text", Label("地名", "Place as in the name"), "That place in its short form."),
        Column(
            "trade_name",
            "text",
            Label("字号", "Trade name"),
            "What stands between place and line of business; of foreign names the words without legal form.",
        ),
        Column("sector", "text", Label("行业", "Line of business"), "Words of trade before the legal form."),
        Column(
            "legal_form",
            "text",
            Label("组织形式", "Legal form"),
            "Legal form or kind of institution the name ends with.",
        ),
        Column(
            "form_kind",
            "code",
            Label("组织形式类别", "Kind of legal form"),
            "Kind of that ending in list `organisation_form`.",
        ),
        Column(
            "branch",
            "text",
            Label("分支机构", "Branch"),
            "Branch, affiliated hospital or institute: an organisation of its own within `head`.",
        ),
        Column(
            "department",
            "text",
            Label("内设机构", "Department"),
            "Department: counted as the organisation itself.",
        ),
        Column(
            "head",
            "text",
            Label("所属机构", "Head"),
            "Organisation that the branch or department belongs to, as the name gives it.",
        ),
        Column("former_name", "text", Label("原名", "Former name"), "Former name given in brackets."),
        Column(
            "other_names",
            "text",
            Label("别名", "Other names"),
            "Other names given in brackets, separated by bars.",
        ),
        Column(
            "script", "code", Label("文字", "Script"), "Script of the name: han, latin, kana, hangul, none."
        ),
        Column(
            "name_type",
            "code",
            Label("名称所示类型", "Type by its wording"),
            "Type that the wording alone suggests.",
            codes="applicant_type",
        ),
        Column(
            "folded",
            "text",
            Label("归一写法", "Folded spelling"),
            "Name in half width, simplified characters, lower case.",
        ),
        Column(
            "key",
            "text",
            Label("归并键", "Key"),
            "Names with one key are one organisation unless codes or the office say otherwise.",
        ),
        Column(
            "thin",
            "boolean",
            Label("信息不足", "Says too little"),
            "Whether the name says too little to be recognised (only a place, only a legal form).",
        ),
        Column(
            "credit_code",
            "code",
            Label("统一社会信用代码", "Unified social credit code"),
            "Code of the organisation, where a source gives one whose check character is right.",
        ),
        Column("parent_id", "code", Label("上级机构", "Parent"), "Organisation this one is a branch of."),
        Column(
            "parent_reason", "text", Label("上级依据", "Reason for the parent"), "What the parent rests on."
        ),
        Column("applications", "integer", Label("申请数", "Applications"), "Applications with this name."),
        Column(
            "read_confidence",
            "number",
            Label("解析可信度", "Confidence of the reading"),
            "How surely the parts were told apart (0 to 1).",
        ),
        Column(
            "confidence",
            "number",
            Label("可信度", "Confidence"),
            "How surely the name belongs to the organisation (0 to 1).",
            required=True,
        ),
        Column(
            "reason",
            "text",
            Label("依据", "Reason"),
            "Evidence of list `organisation_evidence`, then what the name was compared with.",
            required=True,
        ),
        Column(
            "lists",
            "code",
            Label("词表摘要", "Word lists"),
            "Digest of the word lists the name was read with.",
        ),
    ),
    key=("name",),
    derived=True,
)
