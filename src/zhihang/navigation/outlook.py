# SPDX-License-Identifier: Apache-2.0
"""What speaks for and against every node: quotient, relatedness density, complexity, growth, control."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from zhihang.methods.complexity import complexity
from zhihang.methods.relatedness import co_occurrence, density, relatedness
from zhihang.methods.specialisation import specialised
from zhihang.navigation.direction import LifeStage, Trend
from zhihang.navigation.patents import Patent
from zhihang.navigation.position import NodeControl
from zhihang.navigation.result import NodeOutlook
from zhihang.navigation.sentences import rate, shown_value
from zhihang.navigation.standing import Standing

LEAST_REGIONS = 5
LEAST_IN_REGION = 5
"""Complexity is computed over at least five regions with at least five patents each. Parameters."""
LEAST_HELD = 2


def outlooks(
    standing: Standing, trends: Sequence[Trend], life: Sequence[LifeStage], control: Sequence[NodeControl]
) -> tuple[NodeOutlook, ...]:
    """Decide on each leaf of the breakdown by the thresholds of the study."""
    leaves = standing.leaves
    local = [len(standing.of(standing.local.key, node.code)) for node in leaves]
    world = [len(standing.by_node[node.code]) for node in leaves]
    quotients = [quotient_of(standing, node.code) for node in leaves]
    near = _density(standing, quotients)
    hard = _complexity(standing)
    growth, stages = {one.code: one.growth for one in trends}, {one.code: one.stage for one in life}
    held = {one.code: one for one in control}
    found = []
    for i, node in enumerate(leaves):
        kind, reason = _kind(
            standing,
            local[i],
            world[i],
            quotients[i],
            _known(near[i]),
            growth.get(node.code),
            held[node.code],
        )
        found.append(
            NodeOutlook(
                node.code,
                node.zh,
                local[i],
                world[i],
                quotients[i],
                _known(near[i]),
                _known(hard[i]),
                growth.get(node.code),
                held[node.code].cr4,
                stages.get(node.code, ""),
                kind,
                reason,
            )
        )
    return tuple(found)


def quotient_of(standing: Standing, code: str) -> float | None:
    """Location quotient (1: as in the whole corpus) of the local place in a node, as `Standing.shares` has it."""
    own, whole = len(standing.of(standing.local.key)), len(standing.by_node[code])
    count, world = len(standing.of(standing.local.key, code)), len(standing.made.patents)
    return (count / own) / (whole / world) if own and whole else None


def whole_is_local(standing: Standing) -> bool:
    """Whether the place holds the whole corpus: every quotient is 1 then and says nothing."""
    return len(standing.of(standing.local.key)) == len(standing.made.patents)


def _density(standing: Standing, quotients: Sequence[float | None]) -> NDArray[np.float64]:
    """Relatedness density (percent) of the place around each node; nodes are related by who works in both."""
    codes = [node.code for node in standing.leaves]
    if len(codes) < 2:
        return np.full(len(codes), np.nan)
    held: dict[str, Counter[str]] = {}
    for patent in standing.made.patents:
        for holder in patent.holders:
            held.setdefault(holder, Counter()).update(code for code in patent.nodes)
    several = [counts for counts in held.values() if sum(counts[code] > 0 for code in codes) >= LEAST_HELD]
    if not several:
        return np.full(len(codes), np.nan)
    incidence = np.array([[counts[code] > 0 for counts in several] for code in codes], float)
    binary = np.array([[1 if quotient is not None and quotient >= 1 else 0 for quotient in quotients]])
    return np.asarray(density(binary, relatedness(co_occurrence(incidence), "cosine"))[0], float)


def _complexity(standing: Standing) -> NDArray[np.float64]:
    """Complexity of nodes by which regions (divisions of China, else countries) are specialised in them."""
    codes = [node.code for node in standing.leaves]
    rows: dict[str, Counter[str]] = {}
    for patent in standing.made.patents:
        place = region_of(patent)
        if place:
            rows.setdefault(place, Counter()).update(patent.nodes)
    counted = [[counts[code] for code in codes] for counts in rows.values() if _enough(counts, codes)]
    if len(counted) < LEAST_REGIONS or len(codes) < 3:
        return np.full(len(codes), np.nan)
    found = complexity(specialised(np.array(counted)))
    return found.pci if found.connected else np.full(len(codes), np.nan)


def region_of(patent: Patent) -> str:
    """Return the province of a patent's first holder, else its country."""
    return f"{patent.region[:2]}0000" if patent.region and patent.country == "CN" else patent.country


def _enough(counts: Counter[str], codes: Sequence[str]) -> bool:
    return sum(counts[code] for code in codes) >= LEAST_IN_REGION


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _kind(
    standing: Standing,
    local: int,
    world: int,
    quotient: float | None,
    near: float | None,
    growth: float | None,
    control: NodeControl,
) -> tuple[str, str]:
    limits = standing.made.study.says.thresholds
    if world < limits.least_patents:
        return "too_few", f"该分支在语料库中仅{world}件，不下结论"
    fading = growth is not None and growth < limits.fading_growth
    closed = control.cr4 is not None and control.cr4 >= limits.avoid_cr4
    if quotient is None:
        return "too_few", "本地没有已标引的专利"
    if whole_is_local(standing):
        return "watch", "语料库全部为本地专利，没有可比较的外部"
    if quotient >= limits.strong_quotient and local >= limits.least_patents:
        return (
            ("watch", "本地有优势，但该分支在语料库中萎缩")
            if fading
            else ("strengthen", "本地有相对优势且未见萎缩")
        )
    if quotient >= limits.strong_quotient and local < limits.least_patents:
        return "watch", f"本地仅{local}件，不足以判断优势"
    if fading:
        return "avoid", f"{shown_value(rate('', growth))}，降幅超过{abs(limits.fading_growth):.0%}"
    if closed:
        return "avoid", f"前四位权利人已持有{control.cr4:.0%}"
    if near is None:
        return "watch", "与本地分支的关联不可计算"
    if near >= limits.enter_density:
        return "enter", f"关联密度{near:.0f}%不低于{limits.enter_density:.0f}%"
    return "watch", f"关联密度{near:.0f}%低于{limits.enter_density:.0f}%"
