# SPDX-License-Identifier: Apache-2.0
"""Section: how many targets of the plan stand at which level, then one sentence on each."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.reporting.caption import LEVEL_WORDS
from zhihang.reporting.document import Block, Prose
from zhihang.reporting.plan_facts import PlanFacts
from zhihang.reporting.target_wording import clause, standing
from zhihang.reporting.wording import NO_DATA, listed

ORDER = ("green", "yellow", "orange", "red")


def overall(facts: PlanFacts) -> Iterator[Block]:
    """Yield the count by level and the sentences on the targets of the whole region."""
    rows = facts.whole
    counts = {level: sum(row.status == level for row in rows) for level in (*ORDER, "none")}
    zh = facts.language == "zh"
    told = [
        f"{LEVEL_WORDS[level][0]}{counts[level]}项" if zh else f"{LEVEL_WORDS[level][1]} {counts[level]}"
        for level in ORDER
        if counts[level]
    ]
    rated = len(rows) - counts["none"]
    if zh:
        rest = f"另有{counts['none']}项没有数据或者无法确定应达进度，未评。" if counts["none"] else ""
        split = "，其中" + "、".join(told) if told else ""
        yield Prose(f"计划对{facts.place}设定{len(rows)}项数量目标，评估{rated}项{split}。{rest}")
    else:
        rest = f" {counts['none']} have no data or no path and are not rated." if counts["none"] else ""
        split = f" ({', '.join(told)})" if told else ""
        yield Prose(f"The plan sets {len(rows)} targets for {facts.place}; {rated} are rated{split}.{rest}")
    yield from (Prose(standing(row, facts)) for row in rows if row.value is not None)
    without: dict[str, list[str]] = {}
    for row in rows:
        if row.value is None:
            without.setdefault(facts.pick(row.note, row.note_en), []).append(clause(row, facts))
    for why, names in without.items():
        named, reason = (
            listed(names, most=len(names), language=facts.language),
            why or NO_DATA[facts.language],
        )
        yield Prose(
            f"以下{len(names)}项未评（{reason}）：{named}。" if zh else f"Not rated ({reason}): {named}."
        )
