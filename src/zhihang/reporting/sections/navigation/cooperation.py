# SPDX-License-Identifier: Apache-2.0
"""Section: who files together."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.reporting.chart_plane import Member, Network
from zhihang.reporting.data_table import Column
from zhihang.reporting.document import Block, Prose
from zhihang.reporting.sections.navigation.telling import Telling, refusal, word
from zhihang.reporting.wording import listed, percent

_DRAWN, _LISTED = 36, 15


def cooperation(told: Telling) -> Iterator[Block]:
    """Yield the network of co-applicants and its strongest links."""
    found = told.result.position.cooperation
    if found.refused or not found.links:
        yield Prose(f"不画合作网络：{refusal(found.refused) or '没有共同申请'}。")
        return
    top = found.links[0]
    yield Prose(
        f"多个申请人共同申请的占{percent(found.joint)}"
        + (f"，{told.focus}为{percent(found.local_joint)}" if found.local_joint is not None else "")
        + f"；合作最多的是{top.one}与{top.other}（{told.count(top.patents)}）。"
    )
    names: dict[str, None] = {}
    for link in found.links:
        if len(names) < _DRAWN:
            names.update({link.one: None, link.other: None})
    kept = [one for one in found.members if one.holder in names]
    links = [one for one in found.links if one.one in names and one.other in names]
    joined = {name for link in links for name in (link.one, link.other)}
    members = tuple(
        Member(one.holder, float(one.patents), max(0, one.community)) for one in kept if one.holder in joined
    )
    if members:
        yield told.chart(
            "申请人合作网络",
            Network(members, tuple((one.one, one.other, float(one.patents)) for one in links)),
            notes=(
                f"共同申请最多的{len(members)}个申请人；大小为{told.what}数，线宽为共同申请数，形状和颜色为合作群体。",
            ),
        )
    bridges = [
        one.holder for one in sorted(found.members, key=lambda one: -one.bridging)[:3] if one.bridging > 0
    ]
    if bridges:
        yield Prose(f"连接不同合作群体的主体为{listed(bridges)}。")
    yield told.table(
        "主要合作关系",
        [
            Column("one", "一方"),
            Column("other", "另一方"),
            Column("patents", "共同申请", "integer", told.unit),
            Column("kind", "类型"),
        ],
        [
            {"one": one.one, "other": one.other, "patents": one.patents, "kind": word("kind", one.kind)}
            for one in found.links[:_LISTED]
        ],
    )
