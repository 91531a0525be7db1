# SPDX-License-Identifier: Apache-2.0
"""Times in which rights were in force, with what indicators ask about them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from zhihang.derivation.derivation import Facts, derivation
from zhihang.facts.patent_columns import COUNTED

if TYPE_CHECKING:
    import ibis.expr.types as ir

OPEN = date(9999, 12, 31)
"""Stands for: no end known."""


@derivation(reads=("patent", "right_state"), per="application")
def patent_stock(facts: Facts) -> ir.Table:
    """Times in force of each right (M-STAT-03): in stock on day D where valid_from <= D < valid_to, as known today.

    As it was published on day D a right was in stock where known_from <= D < known_to. Rights whose beginning is not
    known are not in it.
    """
    import ibis

    state = facts.table("right_state")
    held = state.filter((state.state == "in_force") & state.valid_from.notnull())
    held = held.select(
        "application_id",
        "sequence",
        "valid_from",
        valid_to=ibis.coalesce(held.valid_to, ibis.literal(OPEN)),
        known_from=ibis.coalesce(held.known_from, held.valid_from),
        known_to=ibis.coalesce(held.known_to, ibis.literal(OPEN)),
    )
    names = [column.name for column in COUNTED if column.name != "publication_date"]
    return held.inner_join(facts.table("patent").select(names), "application_id")
