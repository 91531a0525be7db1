# SPDX-License-Identifier: Apache-2.0
"""Main paths of a corpus drawn on a time axis: how the technology came to where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import numpy as np

from zhihang.methods.citation_graph import NO_TIME, CitationGraph, Remark
from zhihang.methods.main_path import MainPath, MainPaths
from zhihang.methods.path_draft import Question, Search, Weights
from zhihang.methods.roadmap import Spot, roadmap
from zhihang.navigation.citation_rows import YEAR
from zhihang.navigation.direction import Roadmap, RoadSpot
from zhihang.navigation.patents import Patent
from zhihang.navigation.study_graph import StudyGraph

LEAST_LINKS = 20
"""With fewer citations between patents of the corpus a main path tells nothing. A parameter."""
REMARKS = {
    "future": "引用了比自己晚的文献、未计入的引证{n}条",
    "self_citation": "文献（同族）引用自身、未计入的{n}条",
    "circle": "互相引用成环、合为一点的文献{n}组",
    "times_differ": "有几个日期、取最早者的文献{n}件",
    "repeated": "重复、只计一次的引证{n}条",
    "blank": "缺少一方文献号、未计入的引证{n}条",
    "paths_listed": "并列的最优路径{n}条，只列其中一部分",
}


def roadmaps(graph: StudyGraph | None, patents: Sequence[Patent]) -> tuple[Roadmap, ...]:
    """Find the main paths by all weights and searches; the first is the one to show (key-route by SPC)."""
    if graph is None:
        return (_refused(0, "no_citations"),)
    links = graph.counts[0]
    if links < LEAST_LINKS:
        return (_refused(links, "few_citations"),)
    paths = MainPaths(_used(graph.among(outside=False)))
    questions = [Question(weights, search) for weights in get_args(Weights) for search in get_args(Search)]
    questions.sort(key=lambda one: (one.weights != "spc", one.search != "key-route"))
    place = {patent.unit: patent for patent in patents}
    return tuple(_drawn(found, paths, place, links) for found in paths.find_all(questions))


def _used(graph: CitationGraph) -> CitationGraph:
    """Return the graph without documents that have no link."""
    from dataclasses import replace

    used = np.unique(np.concatenate([graph.older, graph.newer]))
    place = np.full(len(graph), -1, np.int32)
    place[used] = np.arange(len(used), dtype=np.int32)
    return replace(
        graph,
        labels=[graph.named(int(node)) for node in used],
        older=place[graph.older],
        newer=place[graph.newer],
        times=None if graph.times is None else graph.times[used],
    )


def _drawn(found: MainPath, paths: MainPaths, place: dict[str, Patent], links: int) -> Roadmap:
    graph = paths.graph
    joined = {label: members[0] for label, members in graph.groups}
    placed = roadmap(found, graph, paths.levels)
    spots = tuple(_spot(spot, place.get(joined.get(spot.name, spot.name))) for spot in placed)
    shown = {spot.name: told.number for spot, told in zip(placed, spots, strict=True)}
    return Roadmap(
        found.question.weights,
        found.question.search,
        spots,
        tuple({"from": shown[a], "to": shown[b], "weight": weight} for a, b, weight in found.links),
        found.count,
        len(graph),
        links,
        tuple(_told(remark) for remark in (*graph.remarks, *found.remarks)),
        "",
    )


def _told(remark: Remark) -> str:
    """Say a remark of the graph in the language of reports, with its first places as they are."""
    text = REMARKS.get(remark.kind)
    if text is None:
        return str(remark)
    shown = "；".join(place.replace(" cites ", "引用") for place in map(_without_row, remark.places))
    more = "等" if remark.count > len(remark.places) else ""
    return text.format(n=f"{remark.count:,}") + (f"（{shown}{more}）" if shown else "") + "。"


def _without_row(place: str) -> str:
    """Leave out the row: what was read is no file that a reader has."""
    return place.split(": ", 1)[-1]


def _spot(spot: Spot, patent: Patent | None) -> RoadSpot:
    if patent is None:
        year = None if spot.time == NO_TIME else int(spot.time // YEAR)
        return RoadSpot(spot.name, "", "", year, (), round(spot.x, 4), spot.lane, False)
    holder = patent.holders[0] if patent.holders else ""
    return RoadSpot(
        patent.number, patent.title, holder, patent.year, patent.nodes, round(spot.x, 4), spot.lane, True
    )


def _refused(links: int, why: str) -> Roadmap:
    return Roadmap("spc", "key-route", (), (), 0, 0, links, (), why)
