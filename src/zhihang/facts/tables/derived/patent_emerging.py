# SPDX-License-Identifier: Apache-2.0
"""Strategic emerging industry of an application."""

from __future__ import annotations

from zhihang.facts.table import Column, Table
from zhihang.terms.label import Label

patent_emerging = Table(
    name="patent_emerging",
    label=Label("战略性新兴产业", "Strategic emerging industry"),
    description="One row per application and branch of the strategic emerging industries it belongs to by the table of 2021; none where it belongs to no branch. An application may belong to several.",
    columns=(
        Column("application_id", "code", Label("申请标识", "Application"), "Application.", required=True),
        Column(
            "code",
            "code",
            Label("产业", "Industry"),
            "Number of the industry, 1 to 9.",
            codes="emerging_industry",
            required=True,
        ),
        Column(
            "branch",
            "code",
            Label("产业分支", "Branch"),
            "Number of the branch (4.1).",
            codes="emerging_industry",
            required=True,
        ),
        Column(
            "basis",
            "code",
            Label("判定依据", "Basis"),
            "Whether the class alone decides, and whether the keyword that the rule asks for was found.",
            codes="emerging_basis",
            required=True,
        ),
    ),
    key=("application_id", "branch"),
    derived=True,
)
