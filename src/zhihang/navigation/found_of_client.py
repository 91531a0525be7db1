# SPDX-License-Identifier: Apache-2.0
"""What a study found of a client: its rank among holders, rivals, and for research what others' patents leave free."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.navigation.position import Position
from zhihang.navigation.result import Figure, Finding
from zhihang.navigation.sentences import finding, number, patents, share, statement
from zhihang.navigation.standing import Standing

SHOWN = 3


def client_among_holders(position: Position, names: int) -> Finding:
    """Say where a client stands among all holders."""
    local = position.places[0]
    told = statement(
        "position_client",
        place=local.name,
        names=Figure("合并名称", names, "个"),
        patents=patents("专利", local.patents),
        share=share("占语料库", local.share_of_world),
        holders=Figure("权利人", position.holders, "家"),
        rank=Figure("位次", position.rank, ""),
        deviation=number("偏离度", local.deviation),
    )
    return finding("position", "position", told)


def of_rivals(position: Position) -> Iterator[Finding]:
    """Name the nearest rivals, and the client's main branches in which one is ahead of it."""
    if len(position.rivals) < 2:
        return
    client, *others = position.rivals
    for rival in others[:SHOWN]:
        told = statement(
            "rival",
            place=client.holder,
            holder=rival.holder,
            patents=patents("专利", rival.patents),
            similarity=number("相似度", rival.similarity),
            recent=patents("最近三个完整年份", rival.recent),
            own_recent=patents("本地最近三个完整年份", client.recent),
            in_force=patents("有效", rival.in_force),
        )
        yield finding(f"rival:{rival.holder}", "position", told)
    labels = {one.code: one.label for one in position.gaps}
    main = sorted((code for code in client.nodes if client.nodes[code]), key=lambda code: -client.nodes[code])
    for code in main[:SHOWN]:
        best = max(others, key=lambda one: one.nodes.get(code, 0))
        if best.nodes.get(code, 0) > client.nodes[code]:
            told = statement(
                "rival_ahead",
                place=client.holder,
                holder=best.holder,
                node=labels.get(code, code),
                patents=patents("对手", best.nodes[code]),
                own=patents("本地", client.nodes[code]),
            )
            yield finding(f"rival_ahead:{code}", "position", told)


def of_prior_art(position: Position, standing: Standing) -> Iterator[Finding]:
    """Say in which branches most of others is free, and what has to be minded there."""
    free = [one for one in position.prior if one.ended and one.free]
    for one in sorted(free, key=lambda one: (-one.ended, one.code))[:SHOWN]:
        told = statement(
            "prior_art",
            node=one.label,
            nation=standing.nation_name,
            ended=patents("已失效", one.ended),
            free="、".join(one.free[:2]),
            in_force=patents("有效", one.in_force),
            pending=patents("审查中", one.pending),
            unknown=patents("不明", one.unknown),
        )
        yield finding(f"prior_art:{one.code}", "position", told, [*one.free, *one.minded])
