# SPDX-License-Identifier: Apache-2.0
"""Networks: links by hand, central members beside networkx, communities that stay the same."""

from __future__ import annotations

import numpy as np
import pytest

from zhihang.methods.network import (
    Network,
    between_groups,
    betweenness,
    bridging,
    communities,
    components,
    degree,
    linked,
    pagerank,
    strength,
    together,
)

nx = pytest.importorskip("networkx", reason="an oracle of the development environment")


def _two_cliques() -> Network:
    """Two groups of five who all know each other, joined by a member x who knows one of each."""
    links = [(f"{side}{one}", f"{side}{other}") for side in "ab" for one in range(5) for other in range(one)]
    links += [("x", "a0"), ("x", "b0")]
    return linked(*zip(*links, strict=True))


def test_links_count_shared_documents() -> None:
    found = together(["p", "p", "q", "q", "q", "r"], ["A", "B", "B", "A", "C", "D"])
    assert found.links() == [("A", "B", 2), ("A", "C", 1), ("B", "C", 1)]
    assert degree(found).tolist() == [2, 2, 2, 0]
    assert strength(found).tolist() == [3, 3, 2, 0]


def test_a_member_named_twice_on_a_document_counts_once() -> None:
    assert together(["p", "p", "p"], ["A", "A", "B"]).links() == [("A", "B", 1)]


def test_documents_of_a_crowd_are_left_out_and_counted() -> None:
    found = together(["p"] * 6 + ["q"] * 2, [*"ABCDEF", "A", "B"], largest=5)
    assert found.links() == [("A", "B", 1)]
    assert found.left_out == 1


def test_citations_between_holders_leave_out_their_own() -> None:
    # 1 cites 0, 2 cites 0, 2 cites 1: holders X, X, Y; only Y cites X, twice.
    found = between_groups(np.array([0, 0, 1]), np.array([1, 2, 2]), ["X", "X", "Y"])
    assert found.links() == [("Y", "X", 2)]


def test_parts_are_numbered_from_the_largest() -> None:
    found = components(linked(["a", "c", "d"], ["b", "d", "e"]))
    assert found.tolist() == [1, 1, 0, 0, 0]


@pytest.mark.parametrize("seed", range(4))
def test_central_members_are_those_networkx_finds(seed) -> None:
    graph = nx.gnp_random_graph(40, 0.1, seed=seed, directed=True)
    names = [(f"{one:02}", f"{other:02}") for one, other in graph.edges]
    found = linked(*zip(*names, strict=True), directed=True)
    expected = nx.pagerank(nx.DiGraph(names), alpha=0.85, tol=1e-12)
    assert pagerank(found) == pytest.approx([expected[name] for name in found.names], abs=1e-8)
    between = nx.betweenness_centrality(nx.Graph(names))
    assert betweenness(found) == pytest.approx([between[name] for name in found.names])


def test_communities_are_the_cliques_and_always_the_same() -> None:
    network = _two_cliques()
    found = communities(network, seed=7)
    assert len({found[network.names.index(f"a{one}")] for one in range(5)}) == 1
    assert found[network.names.index("a0")] != found[network.names.index("b0")]
    assert (communities(network, seed=7) == found).all()


def test_who_joins_two_groups_bridges_them() -> None:
    network = _two_cliques()
    groups = [0 if name[0] == "a" else 1 if name[0] == "b" else 2 for name in network.names]
    found = dict(zip(network.names, bridging(network, groups), strict=True))
    assert found["x"] == pytest.approx(0.5)  # one link to each of two groups
    assert found["a0"] == pytest.approx(1 - (16 + 1) / 25)  # four inside, one out
    assert found["a1"] == 0


def test_an_empty_network_has_no_ranks() -> None:
    assert len(pagerank(linked([], []))) == 0
    assert betweenness(linked(["a"], ["b"])).tolist() == [0, 0]
