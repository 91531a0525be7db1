# SPDX-License-Identifier: Apache-2.0
"""The layout of a main path on a time axis."""

from __future__ import annotations

from itertools import pairwise

from zhihang.methods.citation_graph import NO_TIME, citation_graph
from zhihang.methods.main_path import MainPaths
from zhihang.methods.path_draft import Question
from zhihang.methods.roadmap import Spot, roadmap

LINKS = ["A>B", "B>C", "C>D", "B>x", "x>D", "B>y", "y>D"]
TIMES = {"A": 2000, "B": 2002, "C": 2004, "D": 2010, "x": 2005, "y": 2006}


def _spots(links, times=None) -> dict[str, Spot]:
    ends = [link.split(">") for link in links]
    days = [[times[name] for name in side] for side in zip(*ends, strict=True)] if times else [None, None]
    graph = citation_graph(
        [new for _, new in ends], [old for old, _ in ends], cited_times=days[0], citing_times=days[1]
    )
    paths = MainPaths(graph)
    found = roadmap(paths.find(Question("spc", "global")), paths.graph, paths.levels)
    return {spot.name: spot for spot in found}


def test_time_runs_from_left_to_right_in_proportion() -> None:
    found = _spots(LINKS, TIMES)
    assert [found[name].x for name in "ABCD"] == [0.0, 0.2, 0.4, 1.0]
    assert found["B"].time == 2002


def test_the_first_path_is_straight_and_branches_take_lanes_of_their_own() -> None:
    found = _spots(LINKS, TIMES)
    assert {found[name].lane for name in "AB"} == {0}
    assert found["D"].lane == 0
    assert sorted(found[name].lane for name in "Cxy") == [-1, 0, 1]


def test_branches_one_after_the_other_share_a_lane() -> None:
    links = ["A>B", "A>x", "B>C", "x>C", "C>D", "D>E", "D>y", "E>F", "y>F"]
    found = _spots(links, dict(zip("ABxCDEyF", (0, 1, 1, 2, 5, 6, 6, 7), strict=True)))
    assert sorted(abs(found[name].lane) for name in "BxEy") == [0, 0, 1, 1]
    assert len({spot.lane for spot in found.values()}) == 2


def test_without_times_levels_take_their_place() -> None:
    found = _spots(["A>B", "B>C", "C>D"])
    assert [round(found[name].x, 3) for name in "ABCD"] == [0, 0.333, 0.667, 1]
    assert found["A"].time == NO_TIME


def test_documents_of_one_day_do_not_cover_each_other() -> None:
    found = _spots(["A>B", "B>C", "C>D"], {"A": 0, "B": 100, "C": 100, "D": 100})
    places = [found[name].x for name in "ABCD"]
    assert places == sorted(places)
    assert min(b - a for a, b in pairwise(places)) > 0.01
    assert max(places) == 1


def test_a_document_without_a_time_stands_between_its_neighbours() -> None:
    found = _spots(["A>B", "B>C"], {"A": 2000, "B": NO_TIME, "C": 2010})
    assert found["B"].x == 0.5
