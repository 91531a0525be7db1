# SPDX-License-Identifier: Apache-2.0
"""Industry of an application."""

from __future__ import annotations

from zhihang.facts.table import Column, Table
from zhihang.terms.label import Label

patent_industry = Table(
    name="patent_industry",
    label=Label("国民经济行业", "Industry"),
    description="One row per application and industry of GB/T 4754: its share by a concordance with the IPC. The shares of an application sum to 1. The concordance that comes with the program is our own stand-in, not the official table.",
    columns=(
        Column("application_id", "code", Label("申请标识", "Application"), "Application.", required=True),
        Column(
            "scheme",
            "code",
            Label("行业分类版本", "Edition"),
            "Edition of the industrial classification (GB/T 4754-2017).",
            required=True,
        ),
        Column(
            "code",
            "code",
            Label("行业代码", "Industry"),
            "Division, group or class of list `industries_gbt4754`, as deep as the concordance goes; or `unallocated`.",
            required=True,
        ),
        Column(
            "weight", "number", Label("权重", "Weight"), "Share of the application.", unit="1", required=True
        ),
        Column("reason", "text", Label("原因", "Reason"), "Why a share is unallocated."),
    ),
    key=("application_id", "scheme", "code"),
    derived=True,
)
