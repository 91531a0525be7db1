# SPDX-License-Identifier: Apache-2.0
"""Section: how many targets of the plan stand at which level, then one sentence on each."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.reporting.caption import LEVEL_WORDS
from zhihang.reporting.document import Block, Prose
from zhihang.reporting.plan_facts import PlanFacts
from zhihang.reporting.target_wording import standing

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
        listed = "，其中" + "、".join(told) if told else ""
        yield Prose(f"计划对{facts.place}设定{len(rows)}项数量目标，评估{rated}项{listed}。{rest}")
    else:
        rest = f" {counts['none']} have no data or no path and are not rated." if counts["none"] else ""
        listed = f" ({', '.join(told)})" if told else ""
        yield Prose(f"The plan sets {len(rows)} targets for {facts.place}; {rated} are rated{listed}.{rest}")
    yield from (Prose(standing(row, facts)) for row in rows)
