# SPDX-License-Identifier: Apache-2.0
"""The technology-effect matrix of a corpus, its white spaces tested against expectation."""

from __future__ import annotations

from zhihang.methods.white_space import technology_effect_matrix
from zhihang.navigation.corpus import Collected
from zhihang.navigation.direction import EffectCell, EffectMatrix

LEAST = 30
"""With fewer patents that carry both tags nothing can be tested. A parameter."""


def effect_matrix(made: Collected) -> EffectMatrix:
    """Hold the leaves of the breakdown against the effects."""
    says = made.study.says
    if not says.effects:
        return EffectMatrix((), 0, "no_effects")
    leaves = {node.code: node.zh for node in made.study.leaves()}
    effects = {node.code: node.zh for node in says.effects}
    both = [p for p in made.patents if p.effects and any(code in leaves for code in p.nodes)]
    if len(both) < LEAST:
        return EffectMatrix((), len(both), "few_patents")
    cells = technology_effect_matrix(
        [[code for code in patent.nodes if code in leaves] for patent in both],
        [patent.effects for patent in both],
        years=[patent.year for patent in both],
        holders=[patent.holders for patent in both],
        truncated=made.truncated,
    )
    return EffectMatrix(
        tuple(
            EffectCell(
                one.row,
                leaves[one.row],
                one.column,
                effects[one.column],
                one.observed,
                round(one.expected, 3),
                round(one.residual, 3),
                one.q,
                one.verdict,
                one.recent,
                one.before,
                one.holder,
                one.holder_share,
            )
            for one in cells
        ),
        len(both),
        "",
    )
