# SPDX-License-Identifier: Apache-2.0
"""A client among other holders: its rank, those nearest in subject, and the prior art it may use or has to mind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from zhihang.navigation.leaders import type_of
from zhihang.navigation.patents import Patent
from zhihang.navigation.position import PriorArt, Rival
from zhihang.navigation.standing import Standing
from zhihang.navigation.trends import recent_years

MOST_RIVALS = 8
LEAST_OF_RIVAL = 3
"""Holders with fewer patents in the client's branches are no rivals. A parameter."""
SHOWN = 5


def rank_of(standing: Standing) -> tuple[int | None, int]:
    """Return the client's rank among all holders, its names taken together, and how many there are."""
    others = Counter(
        holder for p in standing.made.patents for holder in p.holders if holder not in standing.holders
    )
    own = len(standing.of("holders"))
    if not own:
        return None, len(others)
    return 1 + sum(count > own for count in others.values()), len(others) + 1


def rivals(standing: Standing) -> tuple[Rival, ...]:
    """Return the client, then the holders nearest to it: most patents in its branches times likeness by branch.

    Universities and institutes are no rivals, but partners; they take no part.
    """
    own = standing.of("holders")
    if not own:
        return ()
    codes = [node.code for node in standing.leaves]
    profile = profile_of(own, codes)
    busy = {code for code, count in zip(codes, profile, strict=True) if count}
    held: dict[str, list[Patent]] = {}
    for patent in standing.made.patents:
        for holder in patent.holders:
            if holder not in standing.holders:
                held.setdefault(holder, []).append(patent)
    found = []
    for name, some in held.items():
        near = sum(not busy.isdisjoint(p.nodes) for p in some)
        if near < LEAST_OF_RIVAL or type_of(name, some) not in ("enterprise", "individual"):
            continue
        one = _rival(standing, name, some, codes, cosine(profile, profile_of(some, codes)))
        found.append((-near * one.similarity, name, one))
    client = _rival(standing, standing.local.name, own, codes, 1.0)
    return (client, *(one for _, _, one in sorted(found, key=lambda row: row[:2])[:MOST_RIVALS]))


def _rival(
    standing: Standing, name: str, own: Sequence[Patent], codes: Sequence[str], similarity: float
) -> Rival:
    late = set(recent_years(standing.made))
    first = min(late, default=9999)
    client = name == standing.local.name
    places = Counter(p.country for p in own if p.country and (client or p.holders[0] == name))
    return Rival(
        name,
        type_of(own[0].holders[0], own) if client else type_of(name, own),
        min(places, key=lambda code: (-places[code], code)) if places else "",
        len(own),
        sum(p.year in late for p in own),
        sum(p.year is not None and p.year < first for p in own),
        sum(p.state == "in_force" for p in own),
        round(similarity, 4),
        sum(standing.held(p, "holders") for p in own) if not client else sum(len(p.holders) > 1 for p in own),
        dict(zip(codes, (int(count) for count in profile_of(own, codes)), strict=True)),
    )


def prior_art(standing: Standing) -> tuple[PriorArt, ...]:
    """Return what others hold in each branch, by state; what is alive counts only where it is filed in the nation."""
    nation, local = standing.made.study.says.nation, standing.by_place[standing.local.key]
    found = []
    for node in standing.leaves:
        others = [p for p in standing.by_node[node.code] if p.unit not in local]
        here = [p for p in others if nation in p.offices]
        by_state = {state: _cited(p for p in here if p.state == state) for state in ("in_force", "pending")}
        ended = _cited(p for p in others if p.state == "ended")
        found.append(
            PriorArt(
                node.code,
                node.zh,
                len(ended),
                len(by_state["in_force"]),
                len(by_state["pending"]),
                sum(p.state == "unknown" for p in others),
                tuple(p.number for p in ended[:SHOWN]),
                tuple(p.number for p in by_state["in_force"][:SHOWN]),
            )
        )
    return tuple(found)


def _cited(some: Iterable[Patent]) -> list[Patent]:
    return sorted(some, key=lambda p: (-p.cited, p.number))


def profile_of(own: Sequence[Patent], codes: Sequence[str]) -> np.ndarray:
    """Patents by node."""
    counted = Counter(code for p in own for code in p.nodes)
    return np.array([counted[code] for code in codes], float)


def cosine(one: np.ndarray, other: np.ndarray) -> float:
    """Likeness of two profiles, 0 to 1."""
    length = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / length if length else 0.0
