# SPDX-License-Identifier: Apache-2.0
"""Statistics of an industry in a region and year."""

from __future__ import annotations

from zhihang.facts.table import Column, Table
from zhihang.terms.label import Label

industry_year = Table(
    name="industry_year",
    label=Label("行业统计", "Statistics of an industry"),
    description="Employment, output, value added, profit and research of an industry by region, year and scope; figures of one row share one scope and only these are divided by each other.",
    columns=(
        Column(
            "industry",
            "code",
            Label("行业代码", "Industry"),
            "Section, division, group or class of list `industries_gbt4754`; `total` for all.",
            required=True,
            important=True,
        ),
        Column(
            "industry_edition",
            "code",
            Label("行业分类版本", "Edition of the classification"),
            "Edition the code belongs to.",
            required=True,
        ),
        Column(
            "industry_name", "text", Label("行业名称", "Name of industry"), "Name as the source writes it."
        ),
        Column(
            "region",
            "code",
            Label("地区", "Region"),
            "Division, or the nation.",
            codes="region",
            required=True,
        ),
        Column("region_name", "text", Label("地区名称", "Name of region"), "Region as the source writes it."),
        Column("year", "integer", Label("年份", "Year"), "Year.", required=True),
        Column(
            "scope",
            "code",
            Label("统计范围", "Scope"),
            "Which firms the figures cover; blank where the source does not say.",
            codes="economy_scope",
        ),
        Column(
            "series",
            "text",
            Label("统计系列", "Series"),
            "Run of the statistics the figures belong to (第五次经济普查, 修订数); figures of different series are never compared. Blank: as first published.",
        ),
        Column("enterprises", "number", Label("企业数", "Enterprises"), "Number of firms.", unit="家"),
        Column(
            "employment",
            "number",
            Label("从业人员平均人数", "Employment"),
            "Average number of employees.",
            unit="人",
            important=True,
        ),
        Column(
            "gross_output",
            "number",
            Label("工业总产值", "Gross output"),
            "Gross output.",
            unit="元",
            important=True,
        ),
        Column("value_added", "number", Label("增加值", "Value added"), "Value added.", unit="元"),
        Column("revenue", "number", Label("营业收入", "Revenue"), "Operating revenue.", unit="元"),
        Column("profit_tax", "number", Label("利税总额", "Profit and tax"), "Profit and tax.", unit="元"),
        Column(
            "rd",
            "number",
            Label("研发经费内部支出", "R&D expenditure"),
            "Internal expenditure on R&D.",
            unit="元",
        ),
        Column("rd_staff", "number", Label("研发人员", "R&D staff"), "Staff in R&D.", unit="人"),
        Column("source", "text", Label("出处", "Source"), "Title of the source."),
    ),
    key=("industry", "industry_edition", "region", "year", "scope", "series", "source"),
)
