# SPDX-License-Identifier: Apache-2.0
"""One value of one indicator, published or computed."""

from __future__ import annotations

from zhihang.facts.table import Column, Table
from zhihang.terms.label import Label

observation = Table(
    name="observation",
    label=Label("指标数据", "Observation"),
    description="Published figures and computed ones in one form; a blank dimension means the total.",
    columns=(
        Column(
            "indicator",
            "code",
            Label("指标", "Indicator"),
            "Code of the indicator, or the source's name for it.",
            required=True,
            important=True,
        ),
        Column(
            "region",
            "code",
            Label("地区", "Region"),
            "Administrative division code, or the name as written where no code is given.",
            codes="region",
            required=True,
            important=True,
        ),
        Column(
            "region_name",
            "text",
            Label("地区名称", "Name of region"),
            "Name of the region as the source writes it.",
        ),
        Column(
            "period",
            "code",
            Label("时期", "Period"),
            "Period the value stands for: 2015, 2015-06, 2011/2015.",
            required=True,
            important=True,
        ),
        Column(
            "period_kind",
            "code",
            Label("时期类型", "Kind of period"),
            "Flow over the period, cumulative within the year, or stock at its end.",
            codes="period_kind",
        ),
        Column(
            "dimension",
            "text",
            Label("其他维度", "Other dimensions"),
            "Other dimensions as `name=value` pairs separated by `;` in the order of their names; blank for the total.",
        ),
        Column(
            "value",
            "number",
            Label("数值", "Value"),
            "The value in the unit given.",
            required=True,
            important=True,
        ),
        Column(
            "value_text",
            "text",
            Label("数值（原样）", "Value as written"),
            "The value as the source writes it, where it is more than a plain number.",
        ),
        Column("unit", "text", Label("单位", "Unit"), "Unit of the value as published."),
        Column(
            "status",
            "code",
            Label("状态", "Status"),
            "How the value came about: published, derived, computed.",
            codes="observation_status",
        ),
        Column("note", "text", Label("备注", "Note"), "Remark of the source."),
        Column("source", "text", Label("出处", "Source"), "Title of the publication."),
        Column(
            "source_address",
            "text",
            Label("出处地址", "Address of the source"),
            "Where the publication was read.",
        ),
    ),
    key=(
        "indicator",
        "region",
        "period",
        "period_kind",
        "dimension",
        "source",
    ),
)
