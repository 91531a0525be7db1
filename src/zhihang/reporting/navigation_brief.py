# SPDX-License-Identifier: Apache-2.0
"""The brief on a navigation study: one page for the leader, what was found and what to decide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from zhihang.facts.codelist import CodeLists
from zhihang.navigation.result import KINDS, Recommendation, Section, StudyResult
from zhihang.reporting.data_table import Column
from zhihang.reporting.document import Block, Document, Heading, Note, Prose
from zhihang.reporting.sections.navigation.conclusions import first_of_each_kind
from zhihang.reporting.sections.navigation.path import CONFIDENCE, ordered
from zhihang.reporting.sections.navigation.telling import Telling, shortened, word

_FINDINGS, _DECISIONS, _LETTERS = 3, 6, 68
_WORTH = {"high": 0, "medium": 1, "low": 2}


def navigation_brief(result: StudyResult, *, simulated: bool, codes: CodeLists | None = None) -> Document:
    """Return the brief; it fits one page of A4."""
    told = Telling(result, codes or CodeLists())
    label = result.study.get("label") or {}
    name = str(label.get("zh") if isinstance(label, dict) else label) or result.name
    return Document(
        title=f"{name.removesuffix('报告')}{'' if '导航' in name else '专利导航'}要点",
        date=date.fromisoformat(result.made_on[:10]),
        blocks=tuple(_blocks(told)),
        simulated=simulated,
        subject=str(result.study.get("question") or name),
        form="report",
    )


def _blocks(told: Telling) -> Iterator[Block]:
    result = told.result
    yield Heading("判断")
    sections: tuple[Section, ...] = ("direction", "position")
    for section in sections:
        for one in first_of_each_kind(told, section)[:_FINDINGS]:
            yield Prose(shortened(one.text, _LETTERS))
    yield Heading("请决定")
    chosen = _chosen(result)
    if chosen:
        yield told.table(
            "建议",
            [
                Column("kind", "类别"),
                Column("title", "建议"),
                Column("confidence", "把握"),
                Column("owner", "责任单位"),
                Column("due", "时限"),
            ],
            [
                {
                    "kind": KINDS[one.kind],
                    "title": shortened(one.title, 36),
                    "confidence": CONFIDENCE.get(one.confidence, one.confidence),
                    "owner": one.owner,
                    "due": one.due or "待定",
                }
                for one in chosen
            ],
            unit="条",
        )
    else:
        yield Prose("现有数据不足以提出有依据的建议。")
    limits = "、".join(dict.fromkeys(word("part", one.part) for one in result.limits[:3]))
    yield Note(
        f"据{told.count(len(result.corpus))}专利，数据截至{result.cutoff}；全部建议{len(result.path.recommendations)}条及证据见报告。"
        + (f"因数据所限不能下结论的有{len(result.limits)}项（{limits}等）。" if result.limits else "")
    )


def _chosen(result: StudyResult) -> list[Recommendation]:
    """Return the surest recommendation of each kind first, then the next ones."""
    ranked = sorted(ordered(result.path.recommendations), key=lambda one: _WORTH.get(one.confidence, 3))
    firsts = {one.kind: one for one in reversed(ranked)}
    first = [one for one in ranked if firsts[one.kind] is one]
    rest = [one for one in ranked if firsts[one.kind] is not one]
    return ordered([*first, *rest][:_DECISIONS])
