# SPDX-License-Identifier: Apache-2.0
"""Sections: who files: types of applicants, leading ones and what they moved into, leading inventors."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.reporting.chart import Bars, Series
from zhihang.reporting.chart_plane import Pie
from zhihang.reporting.data_table import Column
from zhihang.reporting.document import Block, Prose
from zhihang.reporting.sections.navigation.telling import Telling, first
from zhihang.reporting.wording import listed, percent

_DRAWN, _LISTED = 15, 20


def types(told: Telling) -> Iterator[Block]:
    """Yield the types of applicants."""
    rows = told.result.direction.types
    if not rows:
        return
    parts = tuple(
        (
            told.holder_type(str(first(row, "type", "code", "name") or "")),
            float(first(row, "patents", "count")),
        )
        for row in rows
    )
    whole = sum(count for _, count in parts)
    name, most = max(parts, key=lambda one: one[1])
    if not whole:
        return
    yield Prose(f"按第一申请人类型，{name}最多，占{percent(most / whole)}。")
    if len(parts) <= 6:
        yield told.chart("申请人类型构成", Pie(parts))
    else:
        yield told.chart(
            "申请人类型构成",
            Bars(tuple(one for one, _ in parts), (Series(told.what, tuple(n for _, n in parts)),)),
        )


def leaders(told: Telling) -> Iterator[Block]:
    """Yield the leading applicants."""
    rows = told.result.direction.leaders
    if not rows:
        yield Prose("没有可识别的申请人，不作创新主体分析。")
        return
    share = sum(one.share for one in rows[:5])
    yield Prose(
        f"申请量居前的为{listed([f'{one.holder}（{told.count(one.patents)}）' for one in rows[:3]])}，"
        f"前{min(5, len(rows))}家合计占{percent(min(share, 1.0))}。"
    )
    drawn = rows[:_DRAWN]
    yield told.chart(
        "主要申请人",
        Bars(tuple(one.holder for one in drawn), (Series(told.what, tuple(one.patents for one in drawn)),)),
        notes=("申请人名称已归并；共同申请各计一次。",),
    )
    yield told.table(
        "主要申请人概况",
        [
            Column("holder", "申请人"),
            Column("type", "类型"),
            Column("place", "国别"),
            Column("patents", told.what, "integer", told.unit),
            Column("share", "占比", "percent"),
            Column("recent", "近年", "integer", told.unit),
            Column("in_force", "有效", "integer", told.unit),
            Column("cited", "均被引", "number", "次"),
            Column("nodes", "主要分支"),
        ],
        [
            {
                "holder": one.holder,
                "type": told.holder_type(one.type),
                "place": told.office(one.country),
                "patents": one.patents,
                "share": one.share,
                "recent": one.recent,
                "in_force": one.in_force,
                "cited": one.cited,
                "nodes": told.nodes(one.main_nodes, 2),
            }
            for one in rows[:_LISTED]
        ],
    )
    yield from _moves(told)


def _moves(told: Telling) -> Iterator[Block]:
    moved = [(one.holder, move) for one in told.result.direction.leaders for move in one.moved_into]
    if not moved:
        return
    yield told.table(
        "主要申请人新进入的分支",
        [
            Column("holder", "申请人"),
            Column("node", "新进入的分支"),
            Column("before", "此前", "integer", told.unit),
            Column("recent", "近年", "integer", told.unit),
        ],
        [
            {"holder": holder, "node": move.label, "before": move.before, "recent": move.recent}
            for holder, move in moved[:_LISTED]
        ],
    )


def inventors(told: Telling) -> Iterator[Block]:
    """Yield the leading inventors."""
    rows = told.result.direction.inventors
    if not rows:
        return
    drawn = rows[:_DRAWN]
    yield told.chart(
        "主要发明人",
        Bars(
            tuple(f"{one.name}（{one.holder[:8]}）" if one.holder else one.name for one in drawn),
            (Series(told.what, tuple(one.patents for one in drawn)),),
        ),
        notes=("同名发明人只在所属申请人相同时归并，可能仍有同名不同人。",),
    )
    yield told.table(
        "主要发明人概况",
        [
            Column("name", "发明人"),
            Column("holder", "所属申请人"),
            Column("patents", told.what, "integer", told.unit),
            Column("recent", "近年", "integer", told.unit),
            Column("nodes", "分支"),
        ],
        [
            {
                "name": one.name,
                "holder": one.holder,
                "patents": one.patents,
                "recent": one.recent,
                "nodes": told.nodes(one.nodes, 3),
            }
            for one in rows[:_LISTED]
        ],
    )
