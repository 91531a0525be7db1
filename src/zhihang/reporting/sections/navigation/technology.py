# SPDX-License-Identifier: Apache-2.0
"""Sections: main paths of citations as roadmaps, the technology-effect matrix, core patents."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.navigation.direction import Roadmap as Found
from zhihang.reporting.chart_plane import BubbleMatrix, Mark, Roadmap, Stop
from zhihang.reporting.data_table import Column
from zhihang.reporting.document import Block, Prose
from zhihang.reporting.sections.navigation.telling import STATES, Telling, refusal, shortened
from zhihang.reporting.wording import listed, number

_WEIGHTS = {"spc": "SPC", "splc": "SPLC", "spnp": "SPNP"}
_SEARCHES = {"local": "局部", "global": "全局", "key-route": "关键路线", "key_route": "关键路线"}
_MOST_STOPS, _MOST_LINES, _LISTED = 40, 14, 20
_MARKS: dict[str, Mark] = {"white_space": "low", "crowded": "high"}


def roadmaps(told: Telling) -> Iterator[Block]:
    """Yield the main paths on a time axis."""
    found = told.result.direction.roadmaps
    if not found:
        yield Prose("没有引证数据，不作主路径分析。")
    for one in found:
        name = f"{_WEIGHTS.get(one.weights, one.weights)}·{_SEARCHES.get(one.search, one.search)}主路径"
        if one.refused or not one.spots:
            yield Prose(f"{name}不能给出：{refusal(one.refused) or '没有相连的引证'}。")
            continue
        yield Prose(_said(one, name))
        shown = one.spots[:_MOST_STOPS]
        kept = {spot.number for spot in shown}
        stops = tuple(
            Stop(
                spot.number,
                " ".join(part for part in (spot.holder[:10], str(spot.year or "")) if part),
                spot.x,
                spot.lane,
                str(spot.year or ""),
                shortened(spot.title, 40),
            )
            for spot in shown
        )
        links = tuple(
            (str(link["from"]), str(link["to"]), float(link["weight"]))
            for link in one.links
            if link["from"] in kept and link["to"] in kept
        )
        yield told.chart(
            f"技术路线图（{name}）",
            Roadmap(stops, links),
            unit="引证路径数",
            notes=(
                *(f"{remark.rstrip('。')}。" for remark in one.remarks),
                "箭头由在先文献指向在后文献，线宽表示穿行权重。",
            ),
        )
        yield told.table(
            f"{name}上的文献",
            [
                Column("place", "编号"),
                Column("year", "年份"),
                Column("number", "文献号"),
                Column("title", "名称"),
                Column("holder", "申请人"),
                Column("inside", "在数据集内"),
            ],
            [
                {
                    "place": str(place),
                    "year": str(spot.year or "—"),
                    "number": spot.number,
                    "title": shortened(spot.title, 40),
                    "holder": spot.holder,
                    "inside": "是" if spot.inside else "否",
                }
                for place, spot in enumerate(shown, 1)
            ],
            unit="件",
        )


def _said(one: Found, name: str) -> str:
    first, last = one.spots[0], one.spots[-1]
    return (
        f"{name}由{len(one.spots)}项文献组成（引证网络共{number(one.documents)}项文献、{number(one.citations)}条引证），"
        f"起于{first.number}（{first.holder or '申请人不详'}，{first.year or '年份不详'}），"
        f"止于{last.number}（{last.holder or '申请人不详'}，{last.year or '年份不详'}）。"
        + (f"并列路径{number(one.path_count)}条。" if one.path_count > 1 else "")
    )


def effects(told: Telling) -> Iterator[Block]:
    """Yield the technology-effect matrix and its white spaces."""
    found = told.result.direction.matrix
    if found.refused or not found.cells:
        yield Prose(f"不作技术功效矩阵：{refusal(found.refused) or '研究未设功效'}。")
        return
    spaces = found.white_spaces
    yield Prose(
        f"{number(found.patents)}{told.unit}同时标有技术与功效。"
        + (
            "明显少于期望的空白点为"
            + listed([f"“{one.node_label}×{one.effect_label}”" for one in spaces])
            + "；期望数本身很小的空格不视为机会。"
            if spaces
            else "没有经检验明显少于期望的空白点。"
        )
    )
    nodes = dict.fromkeys((one.node, one.node_label) for one in found.cells)
    columns = dict.fromkeys((one.effect, one.effect_label) for one in found.cells)
    cells = {(one.node, one.effect): one for one in found.cells}
    rows = list(nodes)[:_MOST_LINES]
    yield told.chart(
        "技术功效矩阵",
        BubbleMatrix(
            tuple(label for _, label in rows),
            tuple(label for _, label in columns),
            tuple(
                tuple(
                    cells[node, effect].observed if (node, effect) in cells else None for effect, _ in columns
                )
                for node, _ in rows
            ),
            tuple(
                tuple(
                    _MARKS.get(cells[node, effect].verdict, "") if (node, effect) in cells else ""
                    for effect, _ in columns
                )
                for node, _ in rows
            ),
        ),
        notes=("气泡面积表示数量；虚线圈为少于期望的空白，斜纹为多于期望的密集。",),
    )
    told_cells = [one for one in found.cells if one.verdict in _MARKS]
    yield told.table(
        "偏离期望的技术功效组合",
        [
            Column("node", "技术"),
            Column("effect", "功效"),
            Column("observed", "实有", "integer", told.unit),
            Column("expected", "期望", "number", told.unit),
            Column("residual", "标准化残差", "number", digits=2),
            Column("verdict", "判断"),
            Column("holder", "最大持有人"),
            Column("share", "其占比", "percent"),
        ],
        [
            {
                "node": one.node_label,
                "effect": one.effect_label,
                "observed": one.observed,
                "expected": one.expected,
                "residual": one.residual,
                "verdict": "空白" if one.verdict == "white_space" else "密集",
                "holder": one.holder or "",
                "share": one.holder_share,
            }
            for one in sorted(told_cells, key=lambda one: one.residual)[: 2 * _LISTED]
        ],
        notes=("残差小于−2且期望不少于下限、经多重检验校正的为空白。",),
    )


def core(told: Telling) -> Iterator[Block]:
    """Yield the core patents with what makes them so."""
    rows = told.result.direction.core[:_LISTED]
    if not rows:
        yield Prose("可用的核心专利特征不足，不作排序。")
        return
    yield Prose(
        f"按引证（按同领域同年份归一）、同族、权利要求、主路径等特征综合，核心专利居首的为{rows[0].number}"
        f"《{shortened(rows[0].title, 40)}》（{'、'.join(rows[0].holders[:2]) or '申请人不详'}）。"
    )
    yield told.table(
        "核心专利",
        [
            Column("number", "公开（公告）号"),
            Column("title", "名称"),
            Column("holder", "申请人"),
            Column("year", "申请年"),
            Column("nodes", "分支"),
            Column("state", "状态"),
            Column("score", "得分", "number", digits=2),
        ],
        [
            {
                "number": one.number,
                "title": shortened(one.title, 36),
                "holder": shortened("、".join(one.holders[:2]), 24),
                "year": str(one.year or "—"),
                "nodes": told.nodes(one.nodes, 2),
                "state": STATES.get(one.state, one.state),
                "score": one.score,
            }
            for one in rows
        ],
        unit="件",
        notes=("得分为各特征标准分的加权平均，权重没有统一标准；各特征及其已知比例见电子表格附表。",),
    )
