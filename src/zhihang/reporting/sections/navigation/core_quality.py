# SPDX-License-Identifier: Apache-2.0
"""Section: the OECD's composite quality of the core patents with its four and six parts, and why a part is blank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from zhihang.methods.patent_quality import FOUR, SIX
from zhihang.navigation.direction import CorePatent, PatentQuality
from zhihang.reporting.data_table import Cell, Column, Missing
from zhihang.reporting.document import Block, Prose
from zhihang.reporting.sections.navigation.telling import Telling, word
from zhihang.reporting.wording import number

_LISTED, _SOURCE = 20, "source_without_"


def core_quality(told: Telling) -> Iterator[Block]:
    """Yield both composites and their parts for the core patents, the order being that of the core patents."""
    rows = [(one, one.quality) for one in told.result.direction.core[:_LISTED] if one.quality is not None]
    if not rows:
        return
    yield Prose(_said(rows))
    absent = dict.fromkeys(
        (name, reason)
        for _, held in rows
        for name, reason in held.missing.items()
        if reason.startswith(_SOURCE)
    )
    yield told.table(
        "核心专利质量综合指标（OECD）",
        [
            Column("number", "公开（公告）号"),
            *(
                Column(
                    name,
                    word("quality", name),
                    "number",
                    digits=2,
                    group="四项" if name in FOUR else "另二项",
                )
                for name in SIX
            ),
            Column("four", "四项", "number", digits=2, group="综合"),
            Column("six", "六项", "number", digits=2, group="综合"),
            Column("why", "空白的原因"),
        ],
        [
            {
                "number": one.number,
                **{name: _cell(held, name) for name in SIX},
                "four": _composite(held.four, held),
                "six": _composite(held.six, held),
                "why": _reasons(held) or "无",
            }
            for one, held in rows
        ],
        unit="0—1",
        notes=(
            *(f"{word('quality', name)}一项全部空白：{word('missing', reason)}。" for name, reason in absent),
            "各项以同小类、同申请年的专利为一组，去掉两端各1%后除以组内最大值（组内不足5件的按同年）；通用性取原值，授权速度为1减授权时长与组内最长之比。",
            "综合值为各项的算术平均，只计已授权且各项齐全的专利；被引取申请后5年内、不含同一权利人，来源只印总数的取总数。项目取自OECD的做法，不参与核心专利的得分。",
        ),
    )


def _said(rows: list[tuple[CorePatent, PatentQuality]]) -> str:
    known = [(one, held) for one, held in rows if held.four is not None]
    six = sum(held.six is not None for _, held in rows)
    if known:
        best, held = max(known, key=lambda pair: (pair[1].four or 0.0, pair[0].number))
        return (
            f"按OECD质量指标，{len(rows)}件核心专利中四项齐全的{len(known)}件，六项齐全的{six}件；"
            f"四项综合最高的是{best.number}，为{number(held.four, 2)}。"
        )
    why = Counter(
        f"{word('quality', name)}：{word('missing', reason)}" if name in SIX else word("missing", reason)
        for _, held in rows
        for name, reason in held.missing.items()
        if name in FOUR or name == "composite"
    )
    reasons = "；".join(f"{text}（{count}件）" for text, count in why.most_common(3))
    return f"核心专利没有一件四项齐全，不给出OECD综合值：{reasons}。已知的各项列下。"


def _cell(held: PatentQuality, name: str) -> Cell:
    value = held.parts[name]
    return value if value is not None else Missing(word("missing", held.missing.get(name, "")))


def _composite(value: float | None, held: PatentQuality) -> Cell:
    if value is not None:
        return value
    return Missing(word("missing", "not_granted") if "composite" in held.missing else "有的项目没有数值")


def _reasons(held: PatentQuality) -> str:
    """Say each reason once, with the parts it holds for."""
    by_reason: dict[str, list[str]] = {}
    for name, reason in held.missing.items():
        if reason.startswith(_SOURCE):
            continue  # told once, below the table
        by_reason.setdefault(word("missing", reason), []).append(name)
    return "；".join(
        reason
        if names == ["composite"]
        else f"{'、'.join(word('quality', name) for name in names)}：{reason}"
        for reason, names in by_reason.items()
    )
