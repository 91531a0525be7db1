# SPDX-License-Identifier: Apache-2.0
"""One application with everything indicators ask about it."""

from __future__ import annotations

from zhihang.facts.patent_columns import COUNTED
from zhihang.facts.table import Table
from zhihang.terms.label import Label

patent = Table(
    name="patent",
    label=Label("专利统计对象", "Patent as counted"),
    description="One row per application with what indicators ask about it: dates, kind, route, and place, type and organisation of its first applicant.",
    columns=COUNTED,
    key=("application_id",),
    derived=True,
    order=("region",),
)
