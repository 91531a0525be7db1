# SPDX-License-Identifier: Apache-2.0
"""Sections: the place beside others, and along the chain: shares by node, gaps, who holds them."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.navigation.position import NodeShare
from zhihang.reporting.chart import Bars, HeatTable, Series
from zhihang.reporting.data_table import Column
from zhihang.reporting.document import Block, Prose
from zhihang.reporting.sections.navigation.telling import Telling
from zhihang.reporting.wording import listed, number, percent

_MOST_NODES = 14
_ROLES = {"local": "本地", "nation": "全国", "world": "语料库", "comparator": "对标"}
_VERDICTS = {"gap": "短板", "strong": "优势", "even": "相当", "too_few": "数量过少"}


def places(told: Telling) -> Iterator[Block]:
    """Yield the table of places."""
    found = told.result.position.places
    local = next((one for one in found if one.role == "local"), None)
    if local is not None:
        yield Prose(
            f"{told.focus}共{told.count(local.patents)}，占语料库的{percent(local.share_of_world)}；"
            f"申请人{number(local.holders)}家"
            + (f"，发明人{number(local.inventors)}人" if local.inventors else "")
            + (f"，企业占比{percent(local.enterprise)}" if not told.client else "")
            + (f"，海外布局占比{percent(local.abroad)}" if local.abroad is not None else "")
            + "。"
        )
    yield told.table(
        "与各地比较" if told.client else "各地比较",
        [
            Column("name", "对象" if told.client else "地区"),
            Column("role", "角色"),
            Column("patents", told.what, "integer", told.unit),
            Column("share", "占语料库", "percent"),
            Column("holders", "申请人", "integer", "家"),
            Column("inventors", "发明人", "integer", "人"),
            Column("enterprise", "企业占比", "percent"),
            Column("abroad", "海外布局", "percent"),
            Column("deviation", "结构偏离", "percent"),
        ],
        [
            {
                "name": one.name,
                "role": told.words(_ROLES.get(one.role, one.role)),
                "patents": one.patents,
                "share": one.share_of_world,
                "holders": one.holders,
                "inventors": one.inventors,
                "enterprise": one.enterprise,
                "abroad": one.abroad,
                "deviation": one.deviation,
            }
            for one in found
        ],
        notes=("结构偏离为各分支占比与语料库之差绝对值之和的一半，0为结构相同。",),
    )


def chain(told: Telling) -> Iterator[Block]:
    """Yield shares of the nodes in the place, the nation and the world, and quotients of all places."""
    position = told.result.position
    names = {one.key: one.name for one in position.places}
    main = [one for one in position.places if one.role in ("local", "nation", "world")]
    by_place: dict[str, dict[str, NodeShare]] = {}
    for share in position.shares:
        by_place.setdefault(share.place, {})[share.code] = share
    nodes = _ordered(told, by_place)
    if not nodes:
        yield Prose("研究未设技术分解，不比较产业链各环节。")
        return
    local = by_place.get(main[0].key, {}) if main else {}
    strong = sorted(
        (one for one in local.values() if (one.quotient or 0) > 1 and one.code in nodes),
        key=lambda one: -(one.quotient or 0),
    )
    quotient = told.words("区位商")
    if strong:
        text = listed([f"“{one.label}”（{number(one.quotient, 2)}）" for one in strong])
        yield Prose(f"与语料库结构相比，{told.focus}{quotient}大于1的环节为{text}。")
    else:
        yield Prose(f"与语料库结构相比，{told.focus}没有{quotient}大于1的环节。")
    drawn = [one for one in main if one.key in by_place]
    if drawn:
        yield told.chart(
            "产业链各环节占比比较" if told.variant == "industry" else "各技术分支占比比较",
            Bars(
                tuple(nodes.values()),
                tuple(
                    Series(one.name, tuple(_share(by_place, one.key, code) for code in nodes))
                    for one in drawn
                ),
            ),
            unit="%",
            form="percent",
            notes=("各地本身的专利为100%；一件专利可归入多个环节。",),
        )
    compared = [one.key for one in position.places if one.role != "world" and one.key in by_place]
    if compared:
        yield told.chart(
            told.words("各环节区位商"),
            HeatTable(
                tuple(nodes.values()),
                tuple(names[key] for key in compared),
                tuple(
                    tuple(by_place[key][code].quotient if code in by_place[key] else None for key in compared)
                    for code in nodes
                ),
                centre=1.0,
            ),
            unit="倍",
            form="number",
            digits=2,
            notes=("1为与语料库结构相同。",),
        )


def gaps(told: Telling) -> Iterator[Block]:
    """Yield where the place stays behind what its size lets expect."""
    found = told.result.position.gaps
    if not found:
        return
    short = [f"“{one.label}”" for one in found if one.verdict == "gap"]
    strong = [f"“{one.label}”" for one in found if one.verdict == "strong"]
    yield Prose(
        f"按规模应有的数量检验，{told.focus}的短板环节为{listed(short)}，优势环节为{listed(strong)}。"
    )
    yield told.table(
        "强链补链环节检验" if told.variant == "industry" else "各分支短板与优势检验",
        [
            Column("node", "环节"),
            Column("local", "实有", "integer", told.unit),
            Column("expected", "应有", "number", told.unit),
            Column("share", told.words("本地占比"), "percent"),
            Column("world", "语料库占比", "percent"),
            Column("z", "标准化残差", "number", digits=2),
            Column("verdict", "判断"),
        ],
        [
            {
                "node": one.label,
                "local": one.local,
                "expected": one.expected,
                "share": one.share,
                "world": one.world_share,
                "z": one.z,
                "verdict": _VERDICTS.get(one.verdict, one.verdict),
            }
            for one in found
        ],
        notes=("残差小于−2且应有数不少于5为短板，大于2为优势。",),
    )


def _ordered(told: Telling, by_place: dict[str, dict[str, NodeShare]]) -> dict[str, str]:
    """Return the nodes to be shown with their names: those of the first level, deeper ones where these are few."""
    present = {code for shares in by_place.values() for code in shares}
    held = [one for one in told.result.corpus.nodes if one.code in present]
    tops = [one for one in held if one.depth == 0]
    shown = tops if len(tops) >= 4 else held
    if not held:
        return {code: told.node_names.get(code, code) for code in sorted(present)[:_MOST_NODES]}
    return {one.code: one.label for one in shown[:_MOST_NODES]}


def _share(by_place: dict[str, dict[str, NodeShare]], place: str, code: str) -> float | None:
    found = by_place[place].get(code)
    return None if found is None else found.share
