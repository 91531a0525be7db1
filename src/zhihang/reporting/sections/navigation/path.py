# SPDX-License-Identifier: Apache-2.0
"""Sections: the figures of all nodes that lead to recommendations, each recommendation, what moved since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from zhihang.navigation.result import KINDS, Recommendation
from zhihang.reporting.data_table import Cell, Column, ColumnKind
from zhihang.reporting.document import Block, Heading, Note, Prose
from zhihang.reporting.sections.navigation.telling import STAGES, Telling, figure_text, value_text, word

CONFIDENCE = {"high": "高", "medium": "中", "low": "低"}
STATUS = {
    "draft": "建议稿",
    "accepted": "已采纳",
    "under_way": "推进中",
    "done": "已完成",
    "declined": "未采纳",
}
_MOVES = {
    "new": "新增",
    "kept": "不变",
    "dropped": "取消",
    "better": "向好",
    "worse": "变差",
    "moved": "有变",
}
_MOST_ROWS, _MOST_EVIDENCE = 15, 5


def outlook(told: Telling) -> Iterator[Block]:
    """Yield what decides on each node."""
    found = told.result.path.outlook
    if not found:
        yield Prose("没有技术分解或区域数据，不能比较各环节的进入条件。")
        return
    yield told.table(
        "各环节的路径选择依据",
        [
            Column("node", "环节"),
            Column("local", told.words("本地"), "integer", told.unit),
            Column("world", "语料库", "integer", told.unit),
            Column("quotient", told.words("区位商"), "number", digits=2),
            Column("density", "关联密度（%）", "number"),
            Column("complexity", "复杂度", "number", digits=2),
            Column("growth", "年均增速", "percent"),
            Column("cr4", "CR4", "percent"),
            Column("stage", "阶段"),
            Column("kind", "建议"),
        ],
        [
            {
                "node": one.label,
                "local": one.local,
                "world": one.world,
                "quotient": one.quotient,
                "density": one.relatedness_density,
                "complexity": one.complexity,
                "growth": one.growth,
                "cr4": one.cr4,
                "stage": STAGES.get(one.stage, one.stage or "—"),
                "kind": KINDS.get(one.kind) or word("outlook", one.kind),
            }
            for one in found
        ],
        notes=(told.words("关联密度为与该环节相关的环节中本地已具优势的比重；CR4为前四家占比。"),),
    )
    reasons = [f"{one.label}：{one.reason.rstrip('。')}。" for one in found if one.reason]
    if reasons:
        yield Note(" ".join(reasons))


def overview(told: Telling) -> Iterator[Block]:
    """Yield all recommendations in one table."""
    found = ordered(told.result.path.recommendations)
    if not found:
        yield Prose("现有数据不足以提出有依据的建议，原因见“不能得出的结论”。")
        return
    yield Prose(f"共提出建议{len(found)}条，均由前述指标计算得出，责任单位为建议稿，由委托方确认。")
    yield told.table(
        "建议一览",
        [
            Column("place", "编号"),
            Column("kind", "类别"),
            Column("title", "建议"),
            Column("indicator", "跟踪指标"),
            Column("confidence", "把握"),
            Column("owner", "责任单位"),
            Column("due", "时限"),
            Column("status", "状态"),
        ],
        [
            {
                "place": str(place),
                "kind": KINDS[one.kind],
                "title": one.title,
                "indicator": figure_text(one.indicator)
                + (f"→{value_text(one.goal, one.indicator.unit)}" if one.goal is not None else ""),
                "confidence": CONFIDENCE.get(one.confidence, one.confidence),
                "owner": one.owner,
                "due": one.due or "待定",
                "status": STATUS.get(one.status, one.status),
            }
            for place, one in enumerate(found, 1)
        ],
        unit="条",
    )


def recommendations(told: Telling) -> Iterator[Block]:
    """Yield each recommendation with figures, evidence, details, and what was rejected."""
    found = ordered(told.result.path.recommendations)
    kind = ""
    for place, one in enumerate(found, 1):
        if one.kind != kind:
            kind = one.kind
            yield Heading(f"{KINDS[one.kind]}类建议", 2)
        yield Heading(f"建议{place}：{one.title}", 3, numbered=False)
        yield from _one(told, one, place)


def _one(told: Telling, one: Recommendation, place: int) -> Iterator[Block]:
    yield Prose(one.text)
    parts = []
    if one.figures:
        parts.append("依据：" + "；".join(map(figure_text, one.figures)))
    if one.evidence:
        more = f"等{len(one.evidence)}件" if len(one.evidence) > _MOST_EVIDENCE else ""
        parts.append("证据专利：" + "、".join(one.evidence[:_MOST_EVIDENCE]) + more)
    parts.append(
        f"把握程度：{CONFIDENCE.get(one.confidence, one.confidence)}（{one.why_confidence.rstrip('。')}）"
    )
    if one.rejected:
        parts.append(
            "未采用的方案："
            + "；".join(
                f"{no.name}（{figure_text(no.figure)}，{no.reason.rstrip('。')}）" for no in one.rejected
            )
        )
    if one.note:
        parts.append(f"委托方意见：{one.note.rstrip('。')}")
    yield Note("。".join(parts) + "。")
    if one.rows:
        yield _details(told, one, place)


def _details(told: Telling, one: Recommendation, place: int) -> Block:
    keys = list(dict.fromkeys(key for row in one.rows for key in row))
    cut = len(one.rows) - _MOST_ROWS
    return told.table(
        f"建议{place}明细",
        [Column(key, word("column", key), _kind_of(one.rows, key)) for key in keys],
        [{key: _cell(told, key, row.get(key)) for key in keys} for row in one.rows[:_MOST_ROWS]],
        unit="项",
        notes=(f"另有{cut}项未列出。",) if cut > 0 else (),
    )


def _kind_of(rows: Sequence[Mapping[str, Any]], key: str) -> ColumnKind:
    values = [row[key] for row in rows if row.get(key) is not None]
    if not values or any(isinstance(value, (str, bool)) for value in values) or key == "year":
        return "text"
    if key.endswith("share"):
        return "percent"
    return "integer" if all(isinstance(value, int) for value in values) else "number"


def _cell(told: Telling, key: str, value: Any) -> Cell:
    if value is None:
        return None
    if key in ("country", "office"):
        return told.office(str(value))
    if key == "node":
        return told.node_names.get(str(value), str(value))
    if key == "type":
        return told.holder_type(str(value))
    return str(value) if key == "year" or isinstance(value, bool) else value


def ordered(found: Sequence[Recommendation]) -> list[Recommendation]:
    """Return recommendations by kind, in the order of a report."""
    places = list(KINDS)
    return sorted(found, key=lambda one: places.index(one.kind))


def changes(told: Telling) -> Iterator[Block]:
    """Yield what changed since the run before, and which recommendations moved."""
    found = told.result.changes
    if found is None:
        return
    late = sum(one.overdue for one in found.recommendations)
    yield Prose(
        f"与{found.since}的上次计算相比，数据集新增{told.count(found.patents_added)}、减少{told.count(found.patents_dropped)}；"
        f"建议中{_moved(found.recommendations)}" + (f"，逾期{late}条" if late else "") + "。"
    )
    if found.figures:
        yield told.table(
            "主要指标变化",
            [Column("label", "指标"), Column("then", "上次"), Column("now", "本次")],
            [
                {
                    "label": one.label,
                    "then": value_text(one.then, one.unit),
                    "now": value_text(one.now, one.unit),
                }
                for one in found.figures
            ],
            unit="见各行",
        )
    if found.recommendations:
        yield told.table(
            "建议跟踪",
            [
                Column("title", "建议"),
                Column("move", "变化"),
                Column("indicator", "指标"),
                Column("then", "上次"),
                Column("now", "本次"),
                Column("goal", "目标"),
                Column("owner", "责任单位"),
                Column("due", "时限"),
                Column("status", "状态"),
            ],
            [
                {
                    "title": one.title,
                    "move": _MOVES.get(one.move, one.move),
                    "indicator": one.indicator,
                    "then": _then(one.then, one.unit),
                    "now": _then(one.now, one.unit),
                    "goal": "未定" if one.goal is None else value_text(one.goal, one.unit),
                    "owner": one.owner,
                    "due": (one.due or "待定") + ("（逾期）" if one.overdue else ""),
                    "status": STATUS.get(one.status, one.status),
                }
                for one in found.recommendations
            ],
            unit="条",
        )
    for note in found.notes:
        yield Note(note)


def _then(value: Any, unit: str) -> str:
    return "—" if value is None else value_text(value, unit)


def _moved(found: Sequence[Any]) -> str:
    counts = [(name, sum(one.move == key for one in found)) for key, name in _MOVES.items()]
    return "、".join(f"{name}{count}条" for name, count in counts if count) or "没有可比的条目"
