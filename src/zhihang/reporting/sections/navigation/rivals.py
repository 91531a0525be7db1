# SPDX-License-Identifier: Apache-2.0
"""Sections: the client beside its rivals; what of others is free to build on, and what has to be minded."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.reporting.chart import HeatTable
from zhihang.reporting.data_table import Column
from zhihang.reporting.document import Block, Prose
from zhihang.reporting.sections.navigation.telling import Telling
from zhihang.reporting.wording import listed, number

_MOST_NODES, _LISTED = 14, 3


def rivals(told: Telling) -> Iterator[Block]:
    """Yield the nearest rivals: how many patents, how like the client's, lately, and branch by branch."""
    found = told.result.position.rivals
    if not told.client or not found:
        return
    client, *others = found
    if not others:
        yield Prose(f"没有在{told.focus}的分支内持有3{told.unit}以上专利的其他企业或个人，不作竞争对手比较。")
        return
    named = listed([f"{one.holder}（相似度{number(one.similarity, 2)}）" for one in others[:3]])
    yield Prose(
        f"按在{told.focus}所在分支的数量与技术结构的相似度，主要竞争对手为{named}。"
        f"最近三个完整年份{told.focus}申请{told.count(client.recent)}，"
        f"对手中最多的为{told.count(max(one.recent for one in others))}。"
    )
    yield told.table(
        "主要竞争对手比较",
        [
            Column("holder", "权利人"),
            Column("place", "国别"),
            Column("patents", told.what, "integer", told.unit),
            Column("before", "此前", "integer", told.unit),
            Column("recent", "近三年", "integer", told.unit),
            Column("in_force", "有效", "integer", told.unit),
            Column("similarity", "相似度", "number", digits=2),
            Column("joint", "联合申请", "integer", told.unit),
        ],
        [
            {
                "holder": one.holder,
                "place": told.office(one.country) if one.country else "不明",
                "patents": one.patents,
                "before": one.before,
                "recent": one.recent,
                "in_force": one.in_force,
                "similarity": one.similarity,
                "joint": one.joint,
            }
            for one in found
        ],
        notes=(
            f"首行为{told.focus}，各名称已合并，其联合申请为与任何他人共有的；其余各行为与{told.focus}共有的。",
            "近三年为最近三个完整年份；相似度为各分支数量向量的余弦，1为结构相同。高校院所不列为对手，见合作建议。",
        ),
    )
    labels = told.node_names
    codes = sorted(client.nodes, key=lambda code: (-client.nodes[code], code))[:_MOST_NODES]
    yield told.chart(
        "竞争对手各分支数量",
        HeatTable(
            tuple(labels.get(code, code) for code in codes),
            tuple(one.holder[:12] for one in found[:7]),
            tuple(tuple(one.nodes.get(code, 0) for one in found[:7]) for code in codes),
        ),
        notes=(f"分支按{told.focus}的数量排列；一件专利可归入多个分支。",),
    )


def prior_art(told: Telling) -> Iterator[Block]:
    """Yield patents of others by branch and state, with the most cited ended ones and those in force."""
    found = told.result.position.prior
    if not found:
        return
    ended, alive = sum(one.ended for one in found), sum(one.in_force for one in found)
    if not ended and not alive:
        yield Prose("他人专利的法律状态都没有证据，不能区分可用与须规避的现有技术。")
        return
    nation = told.nation
    yield Prose(
        f"各分支合计，他人已失效的专利{number(ended)}{told.unit}次可作研发起点，"
        f"在{nation}仍有效的{number(alive)}{told.unit}次须规避或取得许可（一件专利可归入多个分支）。"
    )
    yield told.table(
        "现有技术的状态",
        [
            Column("node", "分支"),
            Column("ended", "已失效", "integer", told.unit),
            Column("in_force", "有效", "integer", told.unit),
            Column("pending", "审中", "integer", told.unit),
            Column("unknown", "不明", "integer", told.unit),
            Column("free", "失效中被引最多"),
            Column("minded", "有效中被引最多"),
        ],
        [
            {
                "node": one.label,
                "ended": one.ended,
                "in_force": one.in_force,
                "pending": one.pending,
                "unknown": one.unknown,
                "free": "、".join(one.free[:_LISTED]),
                "minded": "、".join(one.minded[:_LISTED]),
            }
            for one in found
        ],
        notes=(
            "已失效指数据中有证据的成员均已失效；其他国家的同族状态可能未入库，实施前须逐件核对。",
            "有效、审中只计在本国受理的；不明的可能有效，也可能失效。",
        ),
    )
