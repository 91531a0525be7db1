# SPDX-License-Identifier: Apache-2.0
"""Sections: where inventions come from and where they are protected; legal state; dealings and disputes."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.reporting.chart import Bars, HeatTable, Series
from zhihang.reporting.chart_plane import Pie
from zhihang.reporting.document import Block, Note, Prose
from zhihang.reporting.sections.navigation.telling import STATES, Telling, first, refusal
from zhihang.reporting.wording import listed, percent

_ORIGINS, _OFFICES, _DRAWN = 10, 9, 12
_MOST_UNKNOWN = 0.5
_EVENTS = {
    "transfer": "转让",
    "licence": "许可",
    "license": "许可",
    "pledge": "质押",
    "litigation": "诉讼",
    "invalidation": "无效宣告",
    "opposition": "异议",
}


def market(told: Telling) -> Iterator[Block]:
    """Yield the matrix of countries of origin and offices, and how much is protected abroad."""
    found = told.result.direction.market
    if found.refused:
        yield Prose(f"来源国与目标国不能分析：{refusal(found.refused)}。")
        return
    offices = sorted(found.offices, key=lambda row: -float(first(row, "patents", "count") or 0))[:_OFFICES]
    names = [str(first(row, "office", "code")) for row in offices]
    counts: dict[tuple[str, str], int] = {}
    totals: dict[str, int] = {}
    for row in found.matrix:
        origin, office, patents = str(row["origin"]), str(row["office"]), int(row["patents"])
        counts[origin, office] = counts.get((origin, office), 0) + patents
        totals[origin] = totals.get(origin, 0) + patents
    origins = sorted(totals, key=lambda one: (-totals[one], one))[:_ORIGINS]
    if offices:
        shown = [
            f"{told.office(str(first(row, 'office', 'code')))}（{told.count(float(first(row, 'patents', 'count') or 0))}）"
            for row in offices[:3]
        ]
        yield Prose(f"布局最多的国家（地区、组织）为{listed(shown)}。")
    if origins and names:
        yield told.chart(
            "技术来源国—目标国矩阵",
            HeatTable(
                tuple(told.office(one) for one in origins),
                tuple(told.office(one) for one in names),
                tuple(tuple(counts.get((origin, office), 0) for office in names) for origin in origins),
            ),
            notes=("行为第一申请人国别，列为受理局；一族在多国布局的各计一次。",),
        )
    yield from _abroad(told)


def _abroad(told: Telling) -> Iterator[Block]:
    found = told.result.direction.market
    if found.abroad is None:
        yield Note("申请人国别或受理局不全，不计算海外布局占比。")
        return
    rows = [
        (told.office(str(first(row, "origin", "code"))), first(row, "share", "abroad"))
        for row in found.abroad_by_origin
    ][:_DRAWN]
    yield Prose(f"在第一申请人本国以外有布局（含PCT、欧洲等途径）的占{percent(found.abroad)}。")
    if rows:
        yield told.chart(
            "各来源国海外布局占比",
            Bars(tuple(name for name, _ in rows), (Series("海外布局占比", tuple(n for _, n in rows)),)),
            unit="%",
            form="percent",
            notes=(f"在本国以外有同族成员或PCT申请的{told.what}占比。",),
        )


def legal(told: Telling) -> Iterator[Block]:
    """Yield the legal states."""
    rows = told.result.direction.states
    parts = [
        (
            STATES.get(str(first(row, "state", "code", "name")), str(first(row, "label", "state", "name"))),
            float(first(row, "patents", "count") or 0),
        )
        for row in rows
    ]
    whole = sum(count for _, count in parts)
    if not whole:
        yield Prose("没有法律状态数据，不作分析。")
        return
    by_name = dict(parts)
    unknown = by_name.get("未知", 0) / whole
    if unknown > _MOST_UNKNOWN:
        yield Prose(f"{percent(unknown)}的{told.what}法律状态未知，有效比重不作判断。")
        yield told.chart("法律状态构成", Pie(tuple(parts)))
        return
    yield Prose(
        f"有效{told.count(by_name.get('有效', 0))}，占{percent(by_name.get('有效', 0) / whole)}；"
        + "，".join(f"{name}{percent(count / whole)}" for name, count in parts if name != "有效" and count)
        + "。"
    )
    yield told.chart("法律状态构成", Pie(tuple(parts)), notes=("有任一成员有效的专利族计为有效。",))


def dealings(told: Telling) -> Iterator[Block]:
    """Yield how many were transferred, licensed, pledged, or in dispute."""
    rows = told.result.direction.events
    parts = [
        (
            _EVENTS.get(
                str(first(row, "kind", "event", "code", "name")), str(first(row, "label", "kind", "name"))
            ),
            float(first(row, "patents", "count") or 0),
        )
        for row in rows
    ]
    if not any(count for _, count in parts):
        yield Prose("入库数据中没有转让、许可、质押、诉讼记录；这可能是数据未包含，不等于没有发生。")
        return
    yield told.chart(
        "转让、许可、质押、诉讼情况",
        Bars(tuple(name for name, _ in parts), (Series(told.what, tuple(count for _, count in parts)),)),
        notes=("同一专利有多种情形的各计一次。",),
    )
