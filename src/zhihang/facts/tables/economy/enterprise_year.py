# SPDX-License-Identifier: Apache-2.0
"""Staff, output, revenue and research of a firm in a year."""

from __future__ import annotations

from zhihang.facts.table import Column, Table
from zhihang.terms.label import Label

enterprise_year = Table(
    name="enterprise_year",
    label=Label("企业年度数据", "Figures of an enterprise"),
    description="Staff, output, revenue, research and patent products of a firm in a year; money in yuan, a blank is not a zero.",
    columns=(
        Column(
            "enterprise",
            "code",
            Label("企业标识", "Enterprise"),
            "The firm, as in table `enterprise`.",
            required=True,
        ),
        Column("name", "text", Label("企业名称", "Name"), "Name of the firm.", required=True),
        Column("year", "integer", Label("年份", "Year"), "Year.", required=True),
        Column(
            "employees",
            "number",
            Label("从业人员平均人数", "Employees"),
            "Average number of employees.",
            unit="人",
            important=True,
        ),
        Column(
            "output", "number", Label("工业总产值", "Gross output"), "Gross industrial output.", unit="元"
        ),
        Column(
            "revenue", "number", Label("营业收入", "Revenue"), "Operating revenue.", unit="元", important=True
        ),
        Column("profit_tax", "number", Label("利税总额", "Profit and tax"), "Profit and tax.", unit="元"),
        Column("rd", "number", Label("研发费用", "R&D expenditure"), "Expenditure on R&D.", unit="元"),
        Column("rd_staff", "number", Label("研发人员", "R&D staff"), "Staff in R&D.", unit="人"),
        Column(
            "patent_product_revenue",
            "number",
            Label("专利产品销售收入", "Revenue of patent products"),
            "Revenue of products that rest on the firm's patents.",
            unit="元",
        ),
        Column("source", "text", Label("出处", "Source"), "Title of the source."),
    ),
    key=("enterprise", "year"),
)
