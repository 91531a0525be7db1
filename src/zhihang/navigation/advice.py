# SPDX-License-Identifier: Apache-2.0
"""What recommendations are built from: the study's standing, outlooks and thresholds; drafts of owners, confidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from zhihang.navigation.direction import CorePatent, Trend
from zhihang.navigation.patents import Patent
from zhihang.navigation.position import Position
from zhihang.navigation.result import (
    Confidence,
    Figure,
    Kind,
    Limit,
    NodeOutlook,
    Recommendation,
    Rejected,
    Value,
)
from zhihang.navigation.standing import Standing
from zhihang.navigation.study import Recommended

EVIDENCE = 6
OWNERS: Mapping[str, Mapping[str, str]] = {
    "industry": {
        "strengthen": "工业和信息化主管部门",
        "enter": "科技主管部门",
        "avoid": "科技主管部门",
        "partner": "科技主管部门会同有关高校",
        "bring_in": "投资促进部门",
        "buy": "知识产权运营机构",
        "license": "有关企业会同知识产权主管部门",
        "let_go": "权利人",
        "layout": "有关企业会同知识产权主管部门",
    },
    "enterprise": {
        "strengthen": "研发部门",
        "enter": "战略与研发部门",
        "avoid": "研发部门",
        "partner": "研发部门",
        "bring_in": "供应链部门",
        "buy": "知识产权部门",
        "license": "知识产权与法务部门",
        "let_go": "知识产权部门",
        "layout": "知识产权部门",
    },
}
"""Drafts of who would act; the study's file names who does."""


@dataclass
class Advice:
    """Everything recommendations rest on; `limits` notes what cannot be recommended, `offices` keeps counts by node."""

    standing: Standing
    outlook: Sequence[NodeOutlook]
    position: Position
    core: Sequence[CorePatent]
    trends: Sequence[Trend]
    named: Callable[[str], str]
    top: int = 3
    limits: list[Limit] = field(default_factory=list)
    offices: dict[str | None, list[tuple[str, int]]] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Name of the place or client."""
        return self.standing.local.name

    @property
    def nation(self) -> str:
        """Country of the study."""
        return self.standing.made.study.says.nation

    def nodes(self, *kinds: str) -> list[NodeOutlook]:
        """Return the outlooks of some kinds."""
        return [one for one in self.outlook if one.kind in kinds]

    def wanted(self) -> list[NodeOutlook]:
        """Return nodes to act on: to strengthen, to enter, and those with a gap that are not to be avoided."""
        gaps = {one.code for one in self.position.gaps if one.verdict == "gap"}
        return [
            one
            for one in self.outlook
            if one.kind in ("strengthen", "enter") or (one.code in gaps and one.kind == "watch")
        ]

    def limit(self, part: str, text: str, *figures: Figure) -> None:
        """Note what cannot be recommended, and why."""
        self.limits.append(Limit("path", part, text, figures))

    def recommend(
        self,
        kind: Kind,
        target: str,
        title: str,
        sentence: tuple[str, tuple[Figure, ...]],
        *,
        indicator: Figure,
        evidence: Sequence[str],
        rejected: Sequence[Rejected],
        samples: tuple[int, int],
        targets: Sequence[str] = (),
        rows: Sequence[Mapping[str, Value]] = (),
    ) -> Recommendation:
        """Put a recommendation together; `samples` are the patents it rests on, local ones and all."""
        confidence, why = confidence_of(*samples)
        owner = OWNERS["industry" if self.standing.made.study.says.variant == "industry" else "enterprise"][
            kind
        ]
        return Recommendation(
            f"{kind}:{target}",
            kind,
            title,
            sentence[0],
            tuple(targets or (target,)),
            sentence[1],
            indicator,
            tuple(dict.fromkeys(evidence))[:EVIDENCE],
            tuple(rejected),
            confidence,
            why,
            f"{owner}（拟）",
            rows=tuple(rows),
        )


def confidence_of(local: int, world: int) -> tuple[Confidence, str]:
    """Return how sure a recommendation is, by the number of patents it rests on. Limits are parameters.

    >>> confidence_of(25, 150)[0], confidence_of(4, 500)[0]
    ('high', 'low')
    """
    why = f"依据本地{local:,}件、语料库{world:,}件专利"
    if local >= 20 and world >= 100:
        return "high", why
    return ("medium" if local >= 5 and world >= 30 else "low"), why


def cited_first(some: Sequence[Patent]) -> list[str]:
    """Return numbers of patents, the most cited first."""
    return [p.number for p in sorted(some, key=lambda p: (-p.cited, p.number))]


def followed(found: Sequence[Recommendation], stated: Sequence[Recommended]) -> tuple[Recommendation, ...]:
    """Put into recommendations what the study's file says of them: owner, due date, goal, status, note."""
    said = {one.key: one for one in stated}
    return tuple(_followed(one, said[one.key]) if one.key in said else one for one in found)


def _followed(one: Recommendation, said: Recommended) -> Recommendation:
    due = said.due.isoformat() if said.due else ""
    return replace(
        one, owner=said.owner or one.owner, due=due, goal=said.goal, status=said.status, note=said.note
    )
