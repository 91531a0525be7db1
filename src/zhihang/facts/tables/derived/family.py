# SPDX-License-Identifier: Apache-2.0
"""Family of an application."""

from __future__ import annotations

from zhihang.facts.table import Column, Table
from zhihang.terms.label import Label

family = Table(
    name="family",
    label=Label("同族", "Family"),
    description="One row per application: the simple family it belongs to. Counting distinct family_id counts inventions rather than filings.",
    columns=(
        Column("application_id", "code", Label("申请标识", "Application"), "Application.", required=True),
        Column(
            "family_id",
            "code",
            Label("同族标识", "Family"),
            "Smallest application id in the family.",
            required=True,
        ),
        Column(
            "scheme",
            "code",
            Label("同族类型", "Kind of family"),
            "Rule by which families are made.",
            codes="family_scheme",
            required=True,
        ),
        Column(
            "reason",
            "code",
            Label("依据", "Reason"),
            "What puts the application there.",
            codes="family_rule",
            required=True,
        ),
    ),
    key=("application_id",),
    derived=True,
)
