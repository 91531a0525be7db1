# SPDX-License-Identifier: Apache-2.0
"""Industries of each application, by a concordance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.derivation.concordance import read_concordance
from zhihang.derivation.derivation import Facts, derivation
from zhihang.derivation.faults import refuse
from zhihang.derivation.technology_symbol import allocation

if TYPE_CHECKING:
    import ibis.expr.types as ir


@derivation(
    reads=("application", "classification"), per="application", lists=("ipc_to_gbt4754", "industries_gbt4754")
)
def patent_industry(facts: Facts) -> ir.Table:
    """Shares of an application in the industries of GB/T 4754, by a concordance.

    Each counts equally in the IPC units of its symbols, and a unit's share is divided by the weights of the
    concordance `ipc_to_gbt4754`; a symbol that does not count beside another one gives way to it. What has no
    industry is `unallocated`; the shares sum to 1 (M-IND-10). The concordance that comes with the program is our
    own stand-in for the official one.
    """
    import ibis

    rows = facts.codes.rows("ipc_to_gbt4754")
    editions = {row.get("edition", "") for row in rows}
    todo = 'Fill the column "edition" with one edition of GB/T 4754, the same in all rows (GB/T 4754-2017).'
    if len(editions) != 1 or not editions <= _editions(facts):
        told = ", ".join(sorted(editions)) or "none"
        refuse(
            "ipc_to_gbt4754", [f"editions: {told}; known: {', '.join(sorted(_editions(facts)))}"], todo=todo
        )
    edition = editions.pop()
    known = frozenset(r["code"] for r in facts.codes.rows("industries_gbt4754") if r["edition"] == edition)
    concordance = read_concordance(facts.codes, "ipc_to_gbt4754", known)
    placed = allocation(facts, concordance, missing="symbol of no industry in the concordance")
    return placed.mutate(scheme=ibis.literal(edition))


def _editions(facts: Facts) -> set[str]:
    return {row["edition"] for row in facts.codes.rows("industries_gbt4754")}
