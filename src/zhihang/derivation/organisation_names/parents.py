# SPDX-License-Identifier: Apache-2.0
"""To which organisation a branch belongs: the one its own name opens with, or the one the office decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zhihang.derivation.organisation_decision import circles
from zhihang.derivation.organisation_names.columns import Columns
from zhihang.derivation.organisation_names.evidence import Evidence
from zhihang.derivation.organisation_names.keying import Aliases
from zhihang.errors import DefinitionError


def parents_of(
    columns: Columns, keys: Sequence[str], ids: Sequence[str], aliases: Aliases, evidence: Evidence
) -> tuple[dict[str, str], dict[str, str]]:
    """Return parent and reason by organisation id.

    Raises
    ------
    DefinitionError
        Where decisions make parents of a circle.
    """
    id_of = dict(zip(keys, ids, strict=True))
    parent: dict[str, str] = {}
    reason: dict[str, str] = {}
    for row, branch in enumerate(columns.branch):
        if not branch or ids[row] in parent:
            continue
        above = id_of.get(aliases.mapped(keys[row].partition(">")[0]))
        if above and above != ids[row]:
            parent[ids[row]], reason[ids[row]] = above, f"branch: {columns.head[row]}"
    _drop_circles(parent)
    for decision in evidence.decisions:
        if decision.action == "parent" and (rows := columns.rows(decision.name, decision.target)):
            parent[ids[rows[0]]], reason[ids[rows[0]]] = ids[rows[1]], "decision"
    _check(parent, dict(zip(reversed(ids), reversed(columns.names), strict=True)))
    return parent, {child: reason[child] for child in parent}


def _drop_circles(parent: dict[str, str]) -> None:
    """Forget parents read from names that go round in a circle, as merged branches and heads may."""
    for circle in circles(parent):
        for child in circle.split(" → "):
            parent.pop(child, None)


def _check(parent: Mapping[str, str], shown: Mapping[str, str]) -> None:
    found = circles(parent)
    if found:
        told = "; ".join(" → ".join(shown.get(i, i) for i in circle.split(" → ")) for circle in found[:5])
        raise DefinitionError(
            "关于机构的决定使上级关系成环。The decisions on organisations make parents of a circle.",
            {"file": "decisions/organisation.csv", "circle": told},
            todo="撤销其中一项 Take one of these back: zhihang organisation undo NAME --by WHO --because WHY",
        )
