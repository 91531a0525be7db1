# SPDX-License-Identifier: Apache-2.0
"""What is known of a park in a year."""

from __future__ import annotations

from zhihang.facts.table import Column, Table
from zhihang.terms.label import Label

park = Table(
    name="park",
    label=Label("园区", "Park"),
    description="Industrial parks: place, level, how firms are told to be in it, and what an experimental zone for patent navigation must show.",
    columns=(
        Column("park", "code", Label("园区名称", "Park"), "Name of the park.", required=True, important=True),
        Column("year", "integer", Label("年份", "Year"), "Year the row speaks of.", required=True),
        Column("region", "code", Label("地区", "Region"), "Division it lies in.", codes="region"),
        Column("region_name", "text", Label("地区名称", "Name of region"), "Region as the source writes it."),
        Column("level", "code", Label("园区级别", "Level"), "Level.", codes="park_level"),
        Column(
            "industry",
            "code",
            Label("主导产业代码", "Chosen industry"),
            "The patent-intensive industry chosen, as a code of list `industries_gbt4754`.",
        ),
        Column(
            "address_words",
            "text",
            Label("地址关键词", "Words of its addresses"),
            "Words that addresses in the park contain, separated by semicolons.",
        ),
        Column(
            "boundary",
            "text",
            Label("边界", "Boundary"),
            "Outline as WKT: POLYGON ((longitude latitude, ...)). It may not cross itself.",
        ),
        Column("residents", "number", Label("人口", "Residents"), "Residents.", unit="人"),
        Column(
            "ip_demonstration",
            "boolean",
            Label("是否国家知识产权示范园区", "IP demonstration park"),
            "Whether it is a national IP demonstration park.",
        ),
        Column(
            "management_body",
            "boolean",
            Label("是否有专门管理机构", "Management body"),
            "Whether a specialised management body exists.",
        ),
        Column(
            "service_staff",
            "number",
            Label("专利运用公共服务人员", "Staff of the service body"),
            "Staff of the public body for the use of patents.",
            unit="人",
        ),
        Column(
            "service_head",
            "boolean",
            Label("服务机构负责人是否熟悉专利运用", "Head knows patents"),
            "Whether the head of that body is familiar with the use of patents.",
        ),
        Column(
            "support_policies",
            "boolean",
            Label("是否有政府支持政策", "Support policies"),
            "Whether government support policies are issued or about to be.",
        ),
        Column("source", "text", Label("出处", "Source"), "Title of the source."),
    ),
    key=("park", "year"),
)
