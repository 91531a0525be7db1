# SPDX-License-Identifier: Apache-2.0
"""The division, functional zone and country of a party."""

from __future__ import annotations

from zhihang.facts.table import Column, Table
from zhihang.terms.label import Label

party_region = Table(
    name="party_region",
    label=Label("当事人所在地", "Place of a party"),
    description="Where applicants, holders and inventors are: division code of the filing date, and what the place rests on.",
    columns=(
        Column("application_id", "code", Label("申请标识", "Application"), "Application.", required=True),
        Column("role", "code", Label("身份", "Role"), "Part played.", codes="party_role", required=True),
        Column("sequence", "integer", Label("顺序", "Sequence"), "Order within the role.", required=True),
        Column(
            "region",
            "code",
            Label("申请日行政区划代码", "Division on the filing date"),
            "Code of the finest division that can be told, as valid on the filing date; US-CA for a state of the United States; blank where no division is told.",
        ),
        Column(
            "region_now",
            "code",
            Label("现行行政区划代码", "Division today"),
            "The same place in the newest list (June 2023): group by this in time series. Coarser than `region` where a former division now lies in several.",
        ),
        Column(
            "level",
            "code",
            Label("层级", "Level"),
            "Level of `region`: county, prefecture, province, or state (United States).",
        ),
        Column(
            "zone",
            "text",
            Label("功能区", "Functional zone"),
            "Development zone or park that the address names, under one name for all its spellings.",
        ),
        Column(
            "zone_code",
            "code",
            Label("功能区代码", "Code of the zone"),
            "Statistical code of the zone where list `region` has one.",
            codes="region",
        ),
        Column(
            "country",
            "code",
            Label("国别", "Country"),
            "Country or territory, WIPO ST.3 code.",
            codes="office",
        ),
        Column(
            "method",
            "code",
            Label("依据", "Basis"),
            "What the place rests on: decision, address, columns, postcode, name, country; none where nothing tells it.",
        ),
        Column(
            "confidence",
            "number",
            Label("可信度", "Confidence"),
            "How far place and level may be trusted, from 0 to 1; blank where there is none.",
        ),
        Column(
            "reason",
            "text",
            Label("说明", "Remark"),
            "What there is to remark, or why there is no place; blank where the address says it plainly.",
        ),
    ),
    key=("application_id", "role", "sequence"),
    derived=True,
)
