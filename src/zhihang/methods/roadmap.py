# SPDX-License-Identifier: Apache-2.0
"""Where the documents of a main path stand on a roadmap: time from left to right, branches in lanes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count, pairwise

import numpy as np

from zhihang.methods.citation_graph import NO_TIME, CitationGraph
from zhihang.methods.levels import Levels
from zhihang.methods.main_path import MainPath

STEPS = 60
"""Two documents in a lane stand at least this part of the whole width apart."""


@dataclass(frozen=True)
class Spot:
    """Place of a document: `x` from 0 (oldest) to 1 (newest), `lane` 0 for the first path, its time if known.

    `x` may lie a little right of the time, where documents of a lane would cover each other.
    """

    name: str
    x: float
    lane: int
    time: int


def roadmap(found: MainPath, graph: CitationGraph, levels: Levels) -> list[Spot]:
    """Lay out a main path, oldest first.

    The first path is lane 0; every branch off what is laid out already takes the nearest lane that is free for its
    whole length, its joints included. Without times the level of a document (how many steps it stands above what
    cites nothing) takes their place; a document without a time stands between its neighbours.
    """
    names = found.documents
    times = _times(names, graph)
    x = _spread(found, times if times else _levels(names, graph, levels))
    lanes = _lanes(found, x)
    x = _apart(x, lanes)
    spots = [Spot(name, x[name], lanes[name], times.get(name, NO_TIME)) for name in names]
    return sorted(spots, key=lambda spot: (spot.x, abs(spot.lane), spot.lane, spot.name))


def _times(names: Sequence[str], graph: CitationGraph) -> dict[str, int]:
    if graph.times is None:
        return {}
    nodes = _nodes(names, graph)
    return {name: int(graph.times[node]) for name, node in nodes.items() if graph.times[node] != NO_TIME}


def _levels(names: Sequence[str], graph: CitationGraph, levels: Levels) -> dict[str, int]:
    nodes = _nodes(names, graph)
    wanted = {node: name for name, node in nodes.items()}
    places = np.flatnonzero(np.isin(levels.order, list(wanted)))
    heights = np.searchsorted(levels.starts, places, side="right") - 1
    found = zip(levels.order[places].tolist(), heights.tolist(), strict=True)
    return {wanted[node]: height for node, height in found}


def _nodes(names: Sequence[str], graph: CitationGraph) -> dict[str, int]:
    wanted = set(names)
    return {str(name): node for node, name in enumerate(graph.labels) if str(name) in wanted}


def _spread(found: MainPath, at: dict[str, int]) -> dict[str, float]:
    """Scale to 0 to 1; documents without a place come between the neighbours that have one."""
    low, high = min(at.values(), default=0), max(at.values(), default=0)
    x = {name: (value - low) / max(high - low, 1) for name, value in at.items()}
    for name in found.documents:
        if name not in x:
            before = [x[one] for one, other, _ in found.links if other == name and one in x]
            after = [x[other] for one, other, _ in found.links if one == name and other in x]
            ends = [*([max(before)] if before else []), *([min(after)] if after else [])]
            x[name] = sum(ends) / len(ends) if ends else 0.0
    return x


def _lanes(found: MainPath, x: dict[str, float]) -> dict[str, int]:
    lanes: dict[str, int] = {}
    taken: dict[int, list[tuple[float, float]]] = {}
    order = sorted(range(len(found.paths)), key=lambda number: -found.totals[number])
    alone = [(name,) for name in found.documents]
    for path in [*(found.paths[number] for number in order), *alone]:
        for branch, ends in _branches(path, lanes):
            places = [x[name] for name in (*branch, *ends)]
            lane = _free(taken, min(places), max(places))
            taken.setdefault(lane, []).append((min(places), max(places)))
            lanes.update(dict.fromkeys(branch, lane))
    return lanes


def _branches(path: Sequence[str], placed: dict[str, int]) -> Iterable[tuple[list[str], list[str]]]:
    """Cut a path into what is not placed yet, each piece with the placed documents it joins."""
    pieces: list[tuple[list[str], list[str]]] = []
    before: str | None = None
    for name in path:
        if name in placed:
            if before is not None and before not in placed:
                pieces[-1][1].append(name)
        elif before is None or before in placed:
            pieces.append(([name], [before] if before is not None else []))
        else:
            pieces[-1][0].append(name)
        before = name
    return pieces


def _free(taken: dict[int, list[tuple[float, float]]], low: float, high: float) -> int:
    for step in count():
        for lane in (step, -step):
            if all(high < begin or end < low for begin, end in taken.get(lane, [])):
                return lane
    raise AssertionError


def _apart(x: dict[str, float], lanes: dict[str, int]) -> dict[str, float]:
    """Move documents of a lane to the right where they would cover each other; the newest stays at 1 at most."""
    found = dict(x)
    for lane in set(lanes.values()):
        names = sorted((name for name in lanes if lanes[name] == lane), key=lambda name: (x[name], name))
        step = min(1 / STEPS, 1 / max(len(names) - 1, 1))
        for one, other in pairwise(names):
            found[other] = max(found[other], found[one] + step)
        limit = 1.0
        for name in reversed(names):
            found[name] = min(found[name], limit)
            limit = found[name] - step
    return found
