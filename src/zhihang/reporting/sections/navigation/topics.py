# SPDX-License-Identifier: Apache-2.0
"""Section: topics of the texts as a map, and which of them emerge."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.navigation.direction import TopicPicture
from zhihang.reporting.chart_plane import Point, PointMap
from zhihang.reporting.data_table import Column
from zhihang.reporting.document import Block, Note, Prose
from zhihang.reporting.sections.navigation.telling import Telling, refusal
from zhihang.reporting.wording import listed, number

MOST_POINTS = 20_000
"""With more patents every k-th is on the map, so that the page stays one that opens."""
_LISTED = 30
_DIRECTIONS = {"emerging": "▲ 新兴", "fading": "▼ 减弱", "steady": "平稳", "": "—"}


def topics(told: Telling) -> Iterator[Block]:
    """Yield the map and the table of topics."""
    found = told.result.direction.topics
    if found.refused:
        yield Prose(f"不划分主题：{refusal(found.refused)}。")
        return
    emerging = found.emerging
    if found.trend_refused:
        yield Prose(f"共划分{len(found.topics)}个主题；新兴主题不能判断：{refusal(found.trend_refused)}。")
    else:
        when = (
            "—".join(map(str, (found.recent_years[0], found.recent_years[-1])))
            if found.recent_years
            else "近"
        )
        yield Prose(
            f"按标题和摘要共划分{len(found.topics)}个主题，{when}年占比显著上升的新兴主题"
            + (
                f"{len(emerging)}个：{listed([f'“{one.name}”' for one in emerging])}。"
                if emerging
                else "没有达到检验标准的。"
            )
        )
    if found.by_script:
        yield Note("各主题主要按文本语言而非内容分开，须谨慎使用。")
    yield from _map(told, found)
    yield told.table(
        "技术主题",
        [
            Column("number", "编号"),
            Column("zh", "中文主题词"),
            Column("en", "英文主题词"),
            Column("size", told.what, "integer", told.unit),
            Column("recent", "近年", "integer", told.unit),
            Column("expected", "期望", "number", told.unit),
            Column("direction", "走势"),
            Column("typical", "代表专利"),
        ],
        [
            {
                "number": str(one.number + 1),
                "zh": "、".join(one.words_zh[:5]),
                "en": ", ".join(one.words_en[:4]),
                "size": one.size,
                "recent": one.recent,
                "expected": one.expected,
                "direction": _DIRECTIONS.get(one.direction, one.direction),
                "typical": "、".join(one.typical[:2]),
            }
            for one in found.topics[:_LISTED]
        ],
        notes=(
            "新兴与否以近年数与按此前占比的期望相比，经多重检验校正。",
            f"没有中文或英文文本的{number(found.without_text)}{told.unit}不在其中。",
        ),
    )


def _map(told: Telling, found: TopicPicture) -> Iterator[Block]:
    if len(found.points) < 3:
        return
    step = max(1, -(-len(found.points) // MOST_POINTS))
    order = {one.number: place for place, one in enumerate(found.topics)}
    note = "点越近文字越相似，坐标本身没有含义；组号即主题编号。"
    if step > 1:
        note += f"每{step}{told.unit}画一点。"
    yield told.chart(
        "技术主题地图",
        PointMap(
            tuple(one.name for one in found.topics),
            tuple(
                Point(one.x, one.y, order.get(one.topic, -1), one.number, one.year)
                for one in found.points[::step]
            ),
        ),
        notes=(note,),
    )
