# SPDX-License-Identifier: Apache-2.0
"""What a register of enterprises says of a firm in a year."""

from __future__ import annotations

from zhihang.facts.table import Column, Table
from zhihang.terms.label import Label

enterprise = Table(
    name="enterprise",
    label=Label("企业名录", "Register of enterprises"),
    description="Firms as a register gives them: identity, industry, size, titles, place, park, and what recognition schemes ask for.",
    columns=(
        Column(
            "enterprise",
            "code",
            Label("企业标识", "Enterprise"),
            "The credit code where it is right, else the name.",
            required=True,
        ),
        Column("name", "text", Label("企业名称", "Name"), "Name of the firm.", required=True, important=True),
        Column(
            "credit_code",
            "code",
            Label("统一社会信用代码", "Unified social credit code"),
            "Code whose check character is right.",
            important=True,
        ),
        Column(
            "industry",
            "code",
            Label("行业代码", "Industry"),
            "Division, group or class of list `industries_gbt4754` that the main business belongs to.",
            important=True,
        ),
        Column(
            "industry_edition",
            "code",
            Label("行业分类版本", "Edition of the classification"),
            "Edition the code belongs to.",
        ),
        Column(
            "region", "code", Label("地区", "Region"), "Division the firm is registered in.", codes="region"
        ),
        Column("region_name", "text", Label("地区名称", "Name of region"), "Region as the source writes it."),
        Column("address", "text", Label("地址", "Address"), "Address of the firm."),
        Column("park", "text", Label("所在园区", "Park"), "Park the firm is a member of by the register."),
        Column("size_class", "code", Label("企业规模", "Size class"), "Size class.", codes="enterprise_size"),
        Column(
            "above_scale",
            "boolean",
            Label("是否规上", "Above designated size"),
            "Whether it is above designated size (规模以上).",
        ),
        Column(
            "titles",
            "text",
            Label("企业资质", "Titles"),
            "Codes of list `enterprise_title`, separated by semicolons; a title no list knows stays as written.",
        ),
        Column("business", "text", Label("主营业务", "Main business"), "Main products or services."),
        Column(
            "patent_product_filed",
            "boolean",
            Label("是否完成专利产品备案", "Patent product filed"),
            "Whether core-patent products are filed (专利产品备案).",
        ),
        Column(
            "university_partner",
            "boolean",
            Label("是否有稳定的产学研合作", "University partner"),
            "Whether it works steadily with universities or institutes.",
        ),
        Column(
            "own_trademark",
            "boolean",
            Label("是否有自主商标", "Own trademark"),
            "Whether it has its own trademark.",
        ),
        Column(
            "ip_management",
            "boolean",
            Label("是否建立知识产权管理体系", "IP management system"),
            "Whether it has an IP management system.",
        ),
        Column(
            "dishonest",
            "boolean",
            Label("是否严重失信或非正常申请", "Serious dishonesty"),
            "Whether it has abnormal filings or is on a list of serious dishonesty.",
        ),
        Column(
            "longitude",
            "number",
            Label("经度", "Longitude"),
            "Longitude in degrees, in the datum of the park's boundary.",
            unit="度",
        ),
        Column("latitude", "number", Label("纬度", "Latitude"), "Latitude in degrees.", unit="度"),
        Column("year", "integer", Label("年份", "Year"), "Year the register speaks of.", required=True),
        Column("source", "text", Label("出处", "Source"), "Title of the source."),
    ),
    key=("enterprise", "year"),
)
