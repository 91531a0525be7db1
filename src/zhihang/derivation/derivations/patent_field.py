# SPDX-License-Identifier: Apache-2.0
"""Fields of technology of each application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.derivation.concordance import read_concordance
from zhihang.derivation.derivation import Facts, derivation
from zhihang.derivation.technology_symbol import UNALLOCATED, allocation

if TYPE_CHECKING:
    import ibis.expr.types as ir


@derivation(
    reads=("application", "classification"), per="application", lists=("ipc_to_wipo35", "technology_field")
)
def patent_field(facts: Facts) -> ir.Table:
    """Shares of an application in the 35 fields of technology of WIPO.

    Each counts equally in the IPC subclasses, or main groups where the fields divide a subclass, of its symbols
    for the invention; symbols of the CPC count where it has none of the IPC. What is in no field is
    `unallocated`; the shares sum to 1 (M-STAT-12).
    """
    fields = frozenset(row["code"] for row in facts.codes.rows("technology_field")) - {UNALLOCATED}
    concordance = read_concordance(facts.codes, "ipc_to_wipo35", fields)
    placed = allocation(facts, concordance, missing="symbol of no field in the concordance")
    return placed.select("application_id", "weight", "reason", field=placed.code)
