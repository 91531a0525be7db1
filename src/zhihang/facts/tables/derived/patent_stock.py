# SPDX-License-Identifier: Apache-2.0
"""The times in which a right was in force, with everything indicators ask about it."""

from __future__ import annotations

from zhihang.facts.patent_columns import COUNTED
from zhihang.facts.table import Column, Table
from zhihang.terms.label import Label

patent_stock = Table(
    name="patent_stock",
    label=Label("有效专利区间", "Right in force"),
    description="One row per application and time in which its right was in force, with the columns of `patent`. A right is in stock on day D where valid_from <= D < valid_to.",
    columns=(
        COUNTED[0],
        Column(
            "valid_from",
            "date",
            Label("起", "From"),
            "First day in force.",
            required=True,
        ),
        Column(
            "valid_to",
            "date",
            Label("止", "To"),
            "First day no longer in force.",
            required=True,
        ),
        Column(
            "end_known_from",
            "date",
            Label("终止公开日", "End known from"),
            "Day on which the end became known; blank where it follows from the term alone.",
        ),
        *(column for column in COUNTED[1:] if column.name != "publication_date"),
    ),
    key=("application_id", "valid_from"),
    derived=True,
)
