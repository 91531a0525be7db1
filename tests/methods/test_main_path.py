# SPDX-License-Identifier: Apache-2.0
"""Main paths: published networks, brute force on small random graphs, circles, ties, counts of any size."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihang.errors import NotFound
from zhihang.methods.citation_graph import CitationGraph, citation_graph
from zhihang.methods.levels import levelled
from zhihang.methods.main_path import MainPaths
from zhihang.methods.path_count import EXACT, PLAIN, POWERS, PathCounts, coprime_moduli, paths_from
from zhihang.methods.path_draft import Question

nx = pytest.importorskip("networkx", reason="an oracle of the development environment")

# M-NAV-10, vector A: "old>new"; the numbers of the published network.
A = ["1>3", "2>3", "2>4", "3>5", "3>7", "4>6", "4>10", "4>11", "5>8", "5>9", "6>9", "6>10"]
# M-NAV-10, vector B: rebuilt from the numbers quoted.
B = [
    "A>C",
    "B>C",
    "B>D",
    "B>J",
    "C>E",
    "C>H",
    "D>F",
    "D>I",
    "E>G",
    "F>H",
    "F>I",
    "G>H",
    "H>K",
    "I>L",
    "I>M",
    "J>M",
    "M>N",
]
WEIGHED = {
    ("A", "spc"): [3, 3, 4, 4, 2, 2, 1, 1, 2, 2, 1, 1],
    ("A", "splc"): [3, 3, 4, 6, 3, 4, 2, 2, 4, 4, 3, 3],
    ("A", "spnp"): [5, 5, 6, 9, 3, 6, 2, 2, 4, 4, 3, 3],
    ("B", "spc"): [2, 2, 5, 1, 2, 2, 3, 2, 2, 1, 2, 2, 5, 2, 2, 1, 3],
    ("B", "splc"): [2, 2, 5, 1, 3, 3, 6, 4, 4, 3, 6, 5, 12, 6, 6, 2, 9],
    ("B", "spnp"): [7, 7, 12, 3, 12, 6, 14, 8, 12, 6, 12, 10, 12, 6, 12, 4, 9],
}


def _paths(links: list[str]) -> MainPaths:
    ends = [link.split(">") for link in links]
    return MainPaths(citation_graph([new for _, new in ends], [old for old, _ in ends]))


@pytest.mark.parametrize(("network", "weights"), WEIGHED)
def test_published_networks_have_their_published_weights(network, weights) -> None:
    links = {"A": A, "B": B}[network]
    found = _paths(links).weighed(weights)
    assert [f"{old}>{new}" for old, new, _ in found] == links
    assert [weight for _, _, weight in found] == WEIGHED[network, weights]


def test_all_paths_of_the_first_network_add_up_to_its_flow() -> None:
    found = {f"{old}>{new}": weight for old, new, weight in _paths(A).weighed("spc")}
    assert sum(found[link] for link in ("1>3", "2>3", "2>4")) == 10  # what leaves the sources


def test_what_flows_through_each_document_of_the_first_network_is_as_published() -> None:
    into, out = dict.fromkeys(range(1, 12), 0), dict.fromkeys(range(1, 12), 0)
    for old, new, weight in _paths(A).weighed("spc"):
        into[int(new)] += weight
        out[int(old)] += weight
    assert [max(into[name], out[name]) for name in into] == [3, 7, 6, 4, 4, 2, 2, 2, 3, 2, 1]


def test_local_search_follows_the_heaviest_link_from_the_sources() -> None:
    found = _paths(A).find(Question("spc", "local"))
    assert set(found.documents) == {"2", "4", "6", "9", "10"}
    assert len(found.links) == 4


def test_global_search_reports_all_four_tied_paths() -> None:
    found = _paths(A).find(Question("spc", "global"))
    assert sorted("-".join(path) for path in found.paths) == ["1-3-5-8", "1-3-5-9", "2-3-5-8", "2-3-5-9"]
    assert found.totals == (9, 9, 9, 9)
    assert found.count == 4


def test_global_path_of_the_second_network_has_sum_15() -> None:
    found = _paths(B).find(Question("spc", "global"))
    assert (found.paths, found.totals) == ((("B", "D", "F", "I", "M", "N"),), (15,))


def test_local_search_splits_where_links_are_equally_heavy() -> None:
    found = _paths(B).find(Question("spc", "local"))
    assert sorted(found.paths) == [("B", "D", "F", "I", "L"), ("B", "D", "F", "I", "M", "N")]


def test_key_route_goes_through_the_heavy_link_that_the_others_miss() -> None:
    # B>D and H>K both weigh 5, so that asking for one link takes the two.
    found = _paths(B).find(Question("spc", "key-route", routes=1))
    assert dict(zip(found.paths, found.totals, strict=True)) == {
        ("B", "D", "F", "I", "M", "N"): 15,
        ("B", "D", "F", "H", "K"): 14,
    }


def test_many_tied_paths_are_counted_but_not_all_listed() -> None:
    links = [f"{step}>{step}{side} {step}{side}>{step + 1}" for step in range(40) for side in "xy"]
    found = _paths(" ".join(links).split()).find(Question("spc", "global", listed=5))
    assert len(found.paths) == 5
    assert found.count == 2**40
    assert [remark.kind for remark in found.remarks] == ["paths_listed"]


def test_weights_beyond_64_bits_are_exact() -> None:
    # Ladder of 100 diamonds: 2**100 paths; each link of a step carries half of them.
    links = [f"{step}>{step}{side} {step}{side}>{step + 1}" for step in range(100) for side in "xy"]
    paths = _paths(" ".join(links).split())
    assert {weight for _, _, weight in paths.weighed("spc")} == {2**99}
    assert paths.find(Question("spc", "local")).count == 2**100


def test_counts_too_large_for_floating_point_are_ranked_and_exact() -> None:
    links = [f"{step}>{step}{side} {step}{side}>{step + 1}" for step in range(1100) for side in "xy"]
    links += ["1099x>end"]  # one way more out of 1099x
    paths = _paths(" ".join(links).split())
    assert paths.counts.arithmetic is POWERS
    heavy = {(old, new): weight for old, new, weight in paths.weighed("spc")}
    assert heavy["0", "0x"] == 3 * 2**1098
    found = paths.find(Question("spc", "local"))
    assert ("1099", "1099x", 2**1100) in found.links
    assert not [link for link in found.links if link[1] == "1099y"]


def test_remainders_give_the_same_counts_as_whole_numbers() -> None:
    links = [f"{step}>{step}{side} {step}{side}>{step + 1}" for step in range(90) for side in "xyz"]
    paths = _paths(" ".join(links).split())
    exact = paths.counts.exact("in")
    places = list(range(0, len(paths.graph), 7))
    assert paths.counts.exact_at("in", places) == {place: tuple(exact[place]) for place in places}
    assert exact[:, 0].max() == 3**90


def test_moduli_leave_room_for_adding_many() -> None:
    found = coprime_moduli(300, 100_000)
    assert np.prod([float(modulus) for modulus in found]) > 2.0**300
    assert max(found) * 100_000 < 2**63


def test_a_nearly_heavier_path_is_told_from_the_heaviest() -> None:
    # Two ways, each with more than 2**53 paths, differ by a single path: 1 part in 10**18.
    links = [
        f"{side}{step}>{side}{step}{way} {side}{step}{way}>{side}{step + 1}"
        for side in "LR"
        for step in range(60)
        for way in "xy"
    ]
    links += ["S>L0 S>R0", "S>Q Q>R60"]  # R60 is reached by one path more
    links += ["L60>T R60>T"]
    found = _paths(" ".join(links).split()).find(Question("spc", "local"))
    # leaving S both ways weigh 2**60, a tie; the weights of the links into T differ by one
    assert {("S", "L0", 2**60), ("S", "R0", 2**60)} <= set(found.links)
    best = _paths(" ".join(links).split()).find(Question("spc", "global"))
    assert ("R60", "T", 2**60 + 1) in best.links
    assert not [link for link in best.links if link[0].startswith("L")]


def test_a_circle_is_joined_and_told() -> None:
    paths = _paths(["a>b", "b>c", "c>b", "c>d"])
    assert paths.weighed("spc") == [("a", "b+c", 1), ("b+c", "d", 1)]
    assert paths.graph.groups == (("b+c", ("b", "c")),)
    assert [remark.kind for remark in paths.graph.remarks] == ["circle"]


def test_a_graph_that_is_one_circle_has_no_path() -> None:
    paths = _paths(["a>b", "b>c", "c>a"])
    for search in ("local", "global", "key-route"):
        assert paths.find(Question("spc", search)).paths == ()


def test_unknown_ways_of_weighing_are_named() -> None:
    with pytest.raises(NotFound, match="spcc"):
        Question("spcc")  # type: ignore[arg-type]


@st.composite
def _random_links(draw) -> list[tuple[int, int]]:
    count = draw(st.integers(2, 9))
    pairs = [(old, new) for old in range(count) for new in range(old + 1, count)]
    chosen = draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=16, unique=True))
    order = draw(st.permutations(range(count)))  # names tell nothing of the order in time
    return [(order[old], order[new]) for old, new in chosen]


def _brute_force(links: list[tuple[int, int]]) -> dict[str, dict[tuple[int, int], int]]:
    """Count by writing down every path of the graph."""
    graph = nx.DiGraph(links)
    every = [[node] for node in graph] + [
        path
        for one in graph
        for other in graph
        if one != other
        for path in nx.all_simple_paths(graph, one, other)
    ]
    sources = {node for node in graph if graph.in_degree(node) == 0}
    sinks = {node for node in graph if graph.out_degree(node) == 0}
    found: dict[str, dict[tuple[int, int], int]] = {}
    for kind, begin, end in (
        ("spc", sources, sinks),
        ("splc", set(graph), sinks),
        ("spnp", set(graph), set(graph)),
    ):
        chosen = [list(pairwise(path)) for path in every if path[0] in begin and path[-1] in end]
        found[kind] = {link: sum(link in path for path in chosen) for link in links}
    return found


@given(_random_links())
def test_weights_are_numbers_of_paths_through_each_link(links) -> None:
    paths = MainPaths(citation_graph([str(new) for _, new in links], [str(old) for old, _ in links]))
    for weights, expected in _brute_force(links).items():
        found = {(int(old), int(new)): weight for old, new, weight in paths.weighed(weights)}
        assert found == expected


@given(_random_links(), st.sampled_from(["spc", "splc", "spnp"]), st.integers(1, 4))
def test_searches_find_what_trying_all_paths_finds(links, weights, routes) -> None:
    paths = MainPaths(citation_graph([str(new) for _, new in links], [str(old) for old, _ in links]))
    heavy = _brute_force(links)[weights]
    graph = nx.DiGraph(links)
    whole = [
        path
        for one in graph
        for other in graph
        if graph.in_degree(one) == 0 and graph.out_degree(other) == 0
        for path in nx.all_simple_paths(graph, one, other)
        if one != other
    ]
    sums = {tuple(path): sum(heavy[link] for link in pairwise(path)) for path in whole}
    best = {path for path, total in sums.items() if total == max(sums.values())}
    found = paths.find(Question(weights, "global"))
    assert {tuple(map(int, path)) for path in found.paths} == best
    assert found.count == len(best)
    least = sorted(heavy.values(), reverse=True)[min(routes, len(heavy)) - 1]
    expected = set()
    for link in (link for link in links if heavy[link] >= least):
        through = {path: total for path, total in sums.items() if link in pairwise(path)}
        expected |= {path for path, total in through.items() if total == max(through.values())}
    found = paths.find(Question(weights, "key-route", routes))
    assert {tuple(map(int, path)) for path in found.paths} == expected
    assert {tuple(map(int, path)) for path in paths.find(Question(weights, "local")).paths} == _stepwise(
        graph, heavy
    )


def _stepwise(graph: Any, heavy: dict[tuple[int, int], int]) -> set[tuple[int, ...]]:
    leaving = [(old, new) for old, new in graph.edges if graph.in_degree(old) == 0]
    most = max(heavy[link] for link in leaving)
    waiting: list[tuple[int, ...]] = [link for link in leaving if heavy[link] == most]
    done: set[tuple[int, ...]] = set()
    while waiting:
        path = waiting.pop()
        ahead = list(graph.out_edges(path[-1]))
        if not ahead:
            done.add(path)
        most = max((heavy[link] for link in ahead), default=0)
        waiting += [(*path, link[1]) for link in ahead if heavy[link] == most]
    return done


@pytest.mark.parametrize("seed", range(3))
def test_fat_levels_thin_levels_and_logarithms_count_alike(seed) -> None:
    random = np.random.default_rng(seed)
    ends = np.sort(random.integers(0, 400, (3000, 2)), axis=1)
    ends = np.unique(ends[ends[:, 0] < ends[:, 1]], axis=0).astype(np.int32)
    chain = np.column_stack([np.arange(400, 499), np.arange(401, 500)]).astype(np.int32)  # thin levels
    ends = np.concatenate([ends, chain, [[399, 400]]]).astype(np.int32)
    _, levels = levelled(CitationGraph(range(500), ends[:, 0], ends[:, 1]))
    for side in (levels.into, levels.out):
        exact = paths_from(side, 500, EXACT)
        assert np.allclose(paths_from(side, 500, PLAIN), exact.astype(float), rtol=1e-12)
        assert np.allclose(paths_from(side, 500, POWERS), np.log2(exact.astype(float)), rtol=1e-12)
        graph = nx.DiGraph(ends.tolist())
        if side is levels.out:
            graph = graph.reverse()
        ways: dict[int, int] = {}
        for node in nx.topological_sort(graph):
            ways[node] = 1 + sum(ways[other] for other in graph.predecessors(node))
        for place, node in enumerate(levels.order.tolist()):
            assert exact[place, 1] == ways.get(node, 1)


def test_every_document_stands_above_what_it_cites() -> None:
    random = np.random.default_rng(5)
    ends = np.sort(random.integers(0, 2000, (9000, 2)), axis=1).astype(np.int32)
    ends = np.unique(ends[ends[:, 0] < ends[:, 1]], axis=0)
    shuffled = random.permutation(2000).astype(np.int32)
    graph = CitationGraph(range(2000), shuffled[ends[:, 0]], shuffled[ends[:, 1]])
    _, levels = levelled(graph)
    height = np.searchsorted(levels.starts, np.arange(2000), side="right")[np.argsort(levels.order)]
    assert (height[graph.older] < height[graph.newer]).all()
    longest = nx.dag_longest_path_length(
        nx.DiGraph(zip(graph.older.tolist(), graph.newer.tolist(), strict=True))
    )
    assert len(levels.starts) - 1 == longest + 1
    assert PathCounts(levels).floating["in"].shape == (2000, 2)
