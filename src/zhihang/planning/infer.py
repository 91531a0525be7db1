# SPDX-License-Identifier: Apache-2.0
"""Find the rule behind the annex of a plan, and name the cells that break it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from zhihang.errors import DefinitionError, NotFound
from zhihang.planning.plan import Annex, Plan, Target
from zhihang.terms.label import Label

if TYPE_CHECKING:
    from zhihang.methods.printed_table import Ladder, PrintedRule
    from zhihang.methods.rounding import Integers


@dataclass(frozen=True)
class Inference:
    """A rule in words and figures, and every cell as printed and as the rule gives it.

    `given` in a cell says that the rule starts from it, so that nothing follows from its being right.
    """

    plan: Plan
    target: Target
    annex: Annex
    rule: str
    statement: Label
    parameters: Mapping[str, Any]
    cells: tuple[Mapping[str, Any], ...]

    @property
    def exceptions(self) -> list[Mapping[str, Any]]:
        """The cells that break the rule."""
        return [cell for cell in self.cells if cell["printed"] != cell["fitted"]]

    def document(self) -> dict[str, Any]:
        """Return it as plain values: rule, statement, parameters, cells, exceptions."""
        return {
            "plan": self.plan.name,
            "target": self.target.id,
            "clause": self.annex.clause,
            "rule": self.rule,
            "statement": self.statement.zh,
            "statement_en": self.statement.en,
            "parameters": dict(self.parameters),
            "cells": [dict(cell) for cell in self.cells],
            "exceptions": [dict(cell) for cell in self.exceptions],
        }


def infer(plan: Plan, target: str) -> Inference:
    """Find the rule behind the annex that splits a target.

    >>> from zhihang.planning.plan_file import Plans
    >>> found = infer(Plans()["guilin-2016-2020"], "T001")
    >>> found.rule, [(cell["name"], cell["period"], cell["printed"], cell["fitted"]) for cell in found.exceptions]
    ('fixed_share_residual', [('阳朔县', 2017, 50, 51)])
    """
    import numpy as np

    from zhihang.methods.printed_table import rule_of

    chosen = plan.target(target)
    annex = plan.annex(chosen.id)
    if annex is None:
        split = ", ".join(a.target for a in plan.annexes)
        raise NotFound(
            f'No annex of plan "{plan.name}" splits target {chosen.id}.',
            {"split by annexes": split or "none"},
            todo="Name a target that an annex splits.",
        )
    printed = _table(annex)
    printed_totals = [annex.totals.get(year) for year in annex.years]
    sums = printed.sum(axis=0).tolist()
    totals = np.array([s if t is None else int(t) for s, t in zip(sums, printed_totals, strict=True)])
    rule = rule_of(printed, totals)
    return Inference(
        plan=plan,
        target=chosen,
        annex=annex,
        rule=rule.name,
        statement=_statement(annex, rule, printed),
        parameters=_parameters(annex, rule, printed),
        cells=tuple(_cells(annex, rule, printed)),
    )


def _table(annex: Annex) -> Integers:
    import numpy as np

    faults = [
        f"{row.name} {year}"
        for row in annex.rows
        for year, value in zip(annex.years, row.values, strict=True)
        if value is None or value != value.to_integral_value()
    ]
    if faults or len(annex.rows) < 2:
        raise DefinitionError(
            f"{annex.clause} is not a full table of whole numbers.",
            {"clause": annex.clause, "cells": ", ".join(faults[:10]) or "fewer than two divisions"},
            todo="Complete the table in the plan.",
        )
    return np.array([[int(value or 0) for value in row.values] for row in annex.rows], dtype=np.int64)


def _cells(annex: Annex, rule: PrintedRule, printed: Integers) -> list[dict[str, Any]]:
    return [
        {
            "region": row.region,
            "name": row.name,
            "period": year,
            "printed": int(printed[line, column]),
            "fitted": int(rule.fitted[line, column]),
            "given": bool(rule.given[line, column]),
        }
        for line, row in enumerate(annex.rows)
        for column, year in enumerate(annex.years)
    ]


def _parameters(annex: Annex, rule: PrintedRule, printed: Integers) -> dict[str, Any]:
    residual = annex.rows[rule.residual].region
    known: dict[str, Any] = {
        "residual": residual,
        "cells": printed.size,
        "agreeing": printed.size - len(rule.exceptions(printed)),
        "matched": rule.matched,
        "judged": rule.judged,
        "rounding": "half_up",
    }
    if rule.name == "fixed_share_residual":
        named = list(zip(annex.rows, rule.shares.tolist(), rule.share_ranges.tolist(), strict=True))
        return known | {
            "shares": {row.region: round(share, 6) for row, share, _ in named},
            "share_ranges": {row.region: [round(end, 6) for end in ends] for row, _, ends in named},
        }
    if rule.name == "growth_ladder_residual":
        totals = printed.sum(axis=0)
        share = (printed[rule.residual] / totals).round(4).tolist()
        growth = (printed[rule.residual, 1:] / printed[rule.residual, :-1] - 1).round(4).tolist()
        return known | {
            "ladders": [_ladder(annex, ladder) for ladder in rule.ladders],
            "steps": {annex.rows[line].region: _steps(annex, printed, line) for line in rule.stepped},
            "residual_share": dict(zip(annex.years, share, strict=True)),
            "residual_growth": dict(zip(annex.years[1:], growth, strict=True)),
            "hints": [_ladder(annex, ladder) for ladder in rule.hints],
        }
    return {"residual": residual}


def _ladder(annex: Annex, ladder: Ladder) -> dict[str, Any]:
    return {
        "rates": {year: round(rate, 6) for year, rate in zip(annex.years[1:], ladder.rates, strict=True)},
        "regions": [annex.rows[line].region for line in ladder.rows],
    }


def _steps(annex: Annex, printed: Integers, line: int) -> dict[int, int]:
    steps = [int(after - before) for before, after in pairwise(printed[line].tolist())]
    return dict(zip(annex.years[1:], steps, strict=True))


def _statement(annex: Annex, rule: PrintedRule, printed: Integers) -> Label:
    name = annex.rows[rule.residual].name
    agree = printed.size - len(rule.exceptions(printed))
    if rule.name == "fixed_share_residual":
        return Label(
            f"各地占比固定：占比×当年合计，四舍五入；差额归{name}。{printed.size}格中{agree}格吻合。",
            f"Fixed shares: share times the total of the year, rounded half up; {name} takes the difference."
            f" {agree} of {printed.size} cells agree.",
        )
    if rule.name == "growth_ladder_residual":
        return _ladder_statement(annex, rule, name)
    return Label("没有找到能解释该表的规则。", "No rule was found that explains the table.")


def _ladder_statement(annex: Annex, rule: PrintedRule, name: str) -> Label:
    rates = ["、".join(f"{rate:+.0%}" for rate in ladder.rates) for ladder in rule.ladders]
    groups_zh = "；".join(
        f"{len(ladder.rows)}个单位逐年{text}" for ladder, text in zip(rule.ladders, rates, strict=True)
    )
    groups_en = "; ".join(
        f"{len(ladder.rows)} units by {text.replace('、', ', ')}"
        for ladder, text in zip(rule.ladders, rates, strict=True)
    )
    hint_zh = hint_en = ""
    for hint in rule.hints:
        names = "、".join(annex.rows[line].name for line in hint.rows)
        text = "、".join(f"{rate:+.0%}" for rate in hint.rates)
        hint_zh += f"其中{names}大致符合{text}，单位太少，不作定论。"
        hint_en += f" Of these {names} nearly follow {text.replace('、', ', ')}; too few to tell."
    return Label(
        f"增长阶梯：{groups_zh}（上年取整后再增长，四舍五入），{rule.judged}格中{rule.matched}格吻合；"
        f"{len(rule.stepped)}个较小单位按各自的年度增量，无统一公式；余数归{name}。{hint_zh}",
        f"Growth ladder: {groups_en} (each year from the rounded one before), {rule.matched} of {rule.judged} cells"
        f" agree; {len(rule.stepped)} smaller units have yearly steps of their own, without one formula;"
        f" {name} takes the rest.{hint_en}",
    )
