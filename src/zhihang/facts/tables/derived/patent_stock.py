# SPDX-License-Identifier: Apache-2.0
"""The times in which a right was in force, with everything indicators ask about it."""

from __future__ import annotations

from zhihang.facts.patent_columns import COUNTED
from zhihang.facts.table import Column, Table
from zhihang.terms.label import Label

patent_stock = Table(
    name="patent_stock",
    label=Label("有效专利区间", "Right in force"),
    description="One row per application and time in which its right was in force, with the columns of `patent`. A right is in stock on day D where valid_from <= D < valid_to, as known today, and where known_from <= D < known_to, as published then.",
    columns=(
        COUNTED[0],
        Column(
            "sequence",
            "integer",
            Label("顺序", "Sequence"),
            "Order in which the states of the right became known.",
            required=True,
        ),
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
            "First day no longer in force; 9999-12-31 where no end is known.",
            required=True,
        ),
        Column(
            "known_from",
            "date",
            Label("公开起", "Known from"),
            "Day on which it became known that the right is in force.",
            required=True,
        ),
        Column(
            "known_to",
            "date",
            Label("公开止", "Known to"),
            "Day on which it became known that it is so no longer.",
            required=True,
        ),
        *(column for column in COUNTED[1:] if column.name != "publication_date"),
    ),
    key=("application_id", "sequence"),
    derived=True,
    order=("region",),
)
