# SPDX-License-Identifier: Apache-2.0
"""Sections: control and dependence, talent, legal strength, supply and demand, risk from foreign patents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhihang.navigation.position import NodeHolder
from zhihang.reporting.chart import Bars, Series
from zhihang.reporting.data_table import Column
from zhihang.reporting.document import Block, Prose
from zhihang.reporting.sections.navigation.telling import Telling, word
from zhihang.reporting.wording import listed, number, percent

_MOST_NODES, _MOST_HOLDERS = 14, 2
_LEAST = 5
"""Nodes with fewer patents are not named as extremes."""
_SUPPLY = ("both", "supply_only", "demand_only")


def control(told: Telling) -> Iterator[Block]:
    """Yield who holds each node, and how far the place depends on others."""
    found = told.result.position.control
    if not found:
        return
    known = [one for one in found if one.patents >= _LEAST] or found
    most = max(known, key=lambda one: one.dependence or -1)
    if most.dependence is not None:
        tight = max(known, key=lambda one: one.cr4 or -1)
        yield Prose(
            f"由国外持有的比重以“{most.label}”最高，为{percent(most.dependence)}；"
            f"前四家集中度最高的是“{tight.label}”，为{percent(tight.cr4)}。"
        )
        drawn = found[:_MOST_NODES]
        yield told.chart(
            "各环节由谁持有",
            Bars(
                tuple(one.label for one in drawn),
                (
                    Series(told.focus, tuple(one.local_share for one in drawn)),
                    Series("国内其他", tuple(_rest(one.nation_share, one.local_share) for one in drawn)),
                    Series("国外", tuple(one.dependence for one in drawn)),
                ),
                stacked=True,
            ),
            unit="%",
            form="percent",
            notes=("按申请人所在国别、地区；不详的不计入。",),
        )
    yield told.table(
        "各环节的控制力",
        [
            Column("node", "环节"),
            Column("patents", told.what, "integer", told.unit),
            Column("cr4", "CR4", "percent"),
            Column("hhi", "HHI", "number", digits=3),
            Column("local", told.words("本地占比"), "percent"),
            Column("nation", "国内占比", "percent"),
            Column("dependence", "国外占比", "percent"),
            Column("top", "主要持有人"),
        ],
        [
            {
                "node": one.label,
                "patents": one.patents,
                "cr4": one.cr4,
                "hhi": one.hhi,
                "local": one.local_share,
                "nation": one.nation_share,
                "dependence": one.dependence,
                "top": _holders(one.top),
            }
            for one in found
        ],
        notes=("CR4为前四家占比之和，HHI为各家占比平方和。",),
    )


def talent(told: Telling) -> Iterator[Block]:
    """Yield holders and inventors of the place by node."""
    focus = told.result.position.focus
    found = [one for one in told.result.position.talent if one.place == focus] or [
        one for one in told.result.position.talent if one.place != "world"
    ]
    if not found:
        return
    most = max(found, key=lambda one: one.inventors)
    if most.inventors:
        yield Prose(f"{told.focus}发明人最集中的环节为“{most.label}”，有{number(most.inventors)}人。")
    else:
        if told.client:
            yield Prose("入库数据没有发明人，不列团队与人才。")
            return
        yield Prose("入库数据没有发明人，只列主体。")
    yield told.table(
        "各环节的主体与人才",
        [
            Column("node", "环节"),
            Column("holders", "申请人", "integer", "家"),
            Column("inventors", "发明人", "integer", "人"),
            Column("density", "户均发明人", "number", "人"),
            Column("top", "主要主体"),
            Column("people", "主要发明人"),
        ],
        [
            {
                "node": one.label,
                "holders": one.holders,
                "inventors": one.inventors,
                "density": one.density,
                "top": _holders(one.top),
                "people": "、".join(one.top_inventors[:4]),
            }
            for one in found
        ],
        unit="家、人",
    )


def legal_strength(told: Telling) -> Iterator[Block]:
    """Yield state, age and expiry of the place's patents by node."""
    focus = told.result.position.focus
    found = [one for one in told.result.position.legal if one.place == focus]
    if not found:
        return
    drawn = found[:_MOST_NODES]
    whole = next((one for one in found if one.code == "all"), None)
    if whole is not None:
        soon = f"，其中三年内届满{told.count(whole.expiring)}" if whole.in_force else ""
        yield Prose(
            f"{told.focus}现有效{told.count(whole.in_force)}{soon}；各环节见下，一件专利可归入多个环节。"
        )
    states = (("有效", "in_force"), ("审中", "pending"), ("失效", "ended"), ("未知", "unknown"))
    yield told.chart(
        f"{told.focus}各环节法律状态",
        Bars(
            tuple(one.label for one in drawn),
            tuple(Series(name, tuple(getattr(one, key) for one in drawn)) for name, key in states),
            stacked=True,
        ),
    )
    yield told.table(
        f"{told.focus}各环节权利状况",
        [
            Column("node", "环节"),
            *(Column(key, name, "integer", told.unit) for name, key in states),
            Column("age", "有效专利平均年龄", "number", "年"),
            Column("expiring", "三年内届满", "integer", told.unit),
        ],
        [
            {
                "node": one.label,
                **{key: getattr(one, key) for _, key in states},
                "age": one.mean_age,
                "expiring": one.expiring,
            }
            for one in found
        ],
    )


def supply(told: Telling) -> Iterator[Block]:
    """Yield supply by universities and institutes against demand by firms."""
    found = told.result.position.supply
    if not found:
        return
    drawn = found[:_MOST_NODES]
    by_verdict = [
        (word("supply", key), [f"“{one.label}”" for one in found if one.verdict == key]) for key in _SUPPLY
    ]
    parts = [f"{name}的环节为{listed(labels)}" for name, labels in by_verdict if labels]
    yield Prose(
        f"高校、科研单位的供给与企业的需求相比，{'；'.join(parts)}。"
        if parts
        else "各环节高校、科研单位和企业的专利数量过少，供需不作判断。"
    )
    yield told.chart(
        "高校院所供给与企业需求",
        Bars(
            tuple(one.label for one in drawn),
            (
                Series("高校、科研单位", tuple(one.university for one in drawn)),
                Series("企业", tuple(one.firm for one in drawn)),
                Series("校企联合", tuple(one.joint for one in drawn)),
            ),
        ),
        notes=(f"{told.focus}的{told.what}，按申请人类型。",),
    )
    yield told.table(
        "高校院所供给与企业需求",
        [
            Column("node", "环节"),
            Column("university", "高校院所", "integer", told.unit, group="本地"),
            Column("firm", "企业", "integer", told.unit, group="本地"),
            Column("joint", "联合", "integer", told.unit, group="本地"),
            Column("world_university", "高校院所", "integer", told.unit, group="语料库"),
            Column("world_firm", "企业", "integer", told.unit, group="语料库"),
            Column("match", "匹配度", "percent"),
            Column("verdict", "判断"),
        ],
        [
            {
                "node": one.label,
                "university": one.university,
                "firm": one.firm,
                "joint": one.joint,
                "world_university": one.world_university,
                "world_firm": one.world_firm,
                "match": one.match,
                "verdict": word("supply", one.verdict),
            }
            for one in found
        ],
    )


def risk(told: Telling) -> Iterator[Block]:
    """Yield patents of foreign holders that are or may come into force at home."""
    found = [one for one in told.result.position.risk if one.in_force or one.pending or one.unknown]
    if not found:
        return
    most = max(found, key=lambda one: (one.in_force, one.pending))
    yield Prose(
        f"{'他人' if told.client else '国外申请人'}在{told.nation}有效的专利以“{most.label}”最多，"
        f"为{told.count(most.in_force)}，审中{told.count(most.pending)}。"
        "是否构成侵权须逐件比对权利要求，本报告不作判断。"
    )
    yield told.table(
        "他人专利风险提示" if told.client else "国外专利风险提示",
        [
            Column("node", "环节"),
            Column("in_force", "有效", "integer", told.unit),
            Column("pending", "审中", "integer", told.unit),
            Column("unknown", "状态未知", "integer", told.unit),
            Column("share", "占该分支" if told.client else "占环节有效", "percent"),
            Column("top", "主要持有人"),
            Column("evidence", "证据专利"),
        ],
        [
            {
                "node": one.label,
                "in_force": one.in_force,
                "pending": one.pending,
                "unknown": one.unknown,
                "share": one.share,
                "top": _holders(one.top),
                "evidence": "、".join(one.evidence[:3]),
            }
            for one in found
        ],
    )


def _holders(held: Sequence[NodeHolder]) -> str:
    return "、".join(f"{one.holder}（{number(one.patents)}）" for one in held[:_MOST_HOLDERS])


def _rest(nation: float | None, local: float | None) -> float | None:
    return None if nation is None or local is None else max(0.0, nation - local)
