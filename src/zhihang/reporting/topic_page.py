# SPDX-License-Identifier: Apache-2.0
"""A map of topics as one page: points to look at, a slider for time, names in two languages, the table beneath."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from zhihang.reporting import palette

_PAGE = Path(__file__).with_name("_topic_page.html")
MOST_POINTS = 60_000
"""With more points every k-th is drawn, so that the page stays one that opens."""
_DIRECTION = {
    "emerging": ("▲ 新兴 emerging", "up"),
    "fading": ("▼ 减弱 fading", "down"),
    "steady": ("平稳 steady", ""),
}


def topic_page(found: Mapping[str, Any]) -> bytes:
    """Return the page for topics with their words, the map and the remarks; the same answer gives the same bytes."""
    topics, points = found["topics"], found["map"]
    step = max(1, -(-len(points) // MOST_POINTS))
    data = {
        "years": found["years"],
        "topics": [
            {
                "topic": topic["topic"],
                "zh": " ".join(topic["zh"][:2]),
                "en": ", ".join(topic["en"][:2]),
                "colour": _colour(topic["topic"] - 1),
            }
            for topic in topics
        ],
        "points": [[p["x"], p["y"], p["topic"], p["year"]] for p in points[::step]],
    }
    head = f"{len(topics)} 个主题" if topics else "未划分主题"
    note = "主题名称取自最能区分该主题的词（c-TF-IDF）；划分用文字近邻图上的社区发现（Leiden），同一输入结果不变。"
    if step > 1:
        note += f" 图上每 {step} 条画一点。Every {step}th record is drawn."
    text = Template(_PAGE.read_text(encoding="utf-8")).substitute(
        title=escape(f"主题地图：{head}"),
        subtitle=escape(_subtitle(found)),
        remarks=_remarks(found["remarks"]),
        described=escape(f"{len(points)} 条记录按文字相似度画成的地图，分为 {len(topics)} 个主题，见下表"),
        table=_table(topics, found),
        note=escape(note),
        data=json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/"),
    )
    return text.encode()


def _subtitle(found: Mapping[str, Any]) -> str:
    years = found["years"]
    told = f"来源 {found['file']}，{found['texts']:,} 条记录"
    if years:
        told += f"，{years[0]}–{years[-1]} 年"
    if found["recent_years"]:
        told += f"；新兴与否比较 {found['recent_years'][0]}–{found['recent_years'][-1]} 年与此前完整年份"
    return told + "。"


def _remarks(remarks: Sequence[Mapping[str, str]]) -> str:
    if not remarks:
        return ""
    lines = "".join(
        f'<li>{escape(one["zh"])} <span lang="en">{escape(one["en"])}</span></li>' for one in remarks
    )
    return f'<ul class="faint">{lines}</ul>'


def _table(topics: Sequence[Mapping[str, Any]], found: Mapping[str, Any]) -> str:
    if not topics:
        words = [*found["words"]["zh"], *found["words"]["en"]]
        return f"<p>常用词 Common words：{escape('、'.join(words) or '—')}</p>"
    dated = any("direction" in topic and topic["direction"] for topic in topics)
    heads = ["<th>主题 Topic</th>", "<th>中文</th>", "<th>English</th>", '<th class="n">条数 Records</th>']
    if dated:
        heads += [
            '<th class="n">近三年 Recent</th>',
            '<th class="n">期望 Expected</th>',
            "<th>走势 Trend</th>",
        ]
    rows = "".join(_row(topic, dated) for topic in topics)
    return f"<table><thead><tr>{''.join(heads)}</tr></thead><tbody>{rows}</tbody></table>"


def _row(topic: Mapping[str, Any], dated: bool) -> str:
    number = topic["topic"]
    cells = [
        f'<td><span class="swatch" style="background:{_colour(number - 1)}"></span>{number}</td>',
        f"<td>{escape('、'.join(topic['zh']))}</td>",
        f'<td lang="en">{escape(", ".join(topic["en"]))}</td>',
        f'<td class="n">{topic["size"]:,}</td>',
    ]
    if dated:
        told, style = _DIRECTION.get(topic["direction"], ("—", ""))
        cells += [
            f'<td class="n">{topic["recent"]:,}</td>',
            f'<td class="n">{topic["expected"]:,.1f}</td>',
            f'<td class="{style}">{told}</td>',
        ]
    return f'<tr data-topic="{number}">{"".join(cells)}</tr>'


def _colour(number: int) -> str:
    """Colour of the palette; after one round paler and darker ones, told apart by the numbers on the map."""
    base = palette.SERIES[number % len(palette.SERIES)]
    factor = (1.0, 0.7, 1.35, 0.5)[number // len(palette.SERIES) % 4]
    parts = [int(base[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{min(235, int(part * factor)):02x}" for part in parts)
