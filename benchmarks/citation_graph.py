# SPDX-License-Identifier: Apache-2.0
"""Main paths and the CD index on a made-up patent graph, beside networkx and fast-cdindex on a small one.

    python benchmarks/citation_graph.py [--nodes 3774768 --links 16522438] [--part 200000]

fast-cdindex is no dependency; where it is not installed its line is left out (PYTHONPATH may name a folder with it).
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import resource
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, get_args

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from zhihang.methods.citation_graph import CitationGraph
from zhihang.methods.disruption import disruption
from zhihang.methods.main_path import MainPaths
from zhihang.methods.path_draft import Question, Search, Weights

DATA = Path(__file__).parent / "data"


def main() -> None:
    """Make the graph or take it from the last time, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--nodes", type=int, default=3_774_768)
    parser.add_argument("--links", type=int, default=16_522_438)
    parser.add_argument(
        "--part", type=int, default=200_000, help="documents of the small graph for the others"
    )
    asked = parser.parse_args()
    graph = kept(asked.nodes, asked.links)
    print(f"{len(graph):,} documents, {graph.links:,} links, {_gigabytes():.2f} GB")
    questions = [Question(weights, search) for weights in get_args(Weights) for search in get_args(Search)]
    paths = _timed("levels and path counts", lambda: MainPaths(graph))
    for found in _timed("three weights, three searches", lambda: paths.find_all(questions)):
        asked_for = f"{found.question.weights} {found.question.search}"
        print(f"  {asked_for:<16} {found.count:>6,} paths, {len(found.links)} links, sum {found.totals[0]:,}")
    print(f"{len(paths.levels.starts) - 1} levels, {_gigabytes():.2f} GB at most")
    _timed("CD index, no window", lambda: disruption(graph))
    _timed("CD index, 5 years", lambda: disruption(graph, window=5 * 365))
    print(f"{_gigabytes():.2f} GB at most")
    beside(made_up(asked.part, asked.links * asked.part // asked.nodes))


def beside(graph: CitationGraph) -> None:
    """Measure the same on a part of the graph beside others."""
    print(f"beside others: {len(graph):,} documents, {graph.links:,} links")
    paths = _timed("zhihang, SPC of all links", lambda: MainPaths(graph).weighed("spc"))
    other = nx.DiGraph(zip(graph.older.tolist(), graph.newer.tolist(), strict=True))
    theirs = _timed("networkx with dictionaries, SPC", lambda: _spc_by_networkx(other))
    names = {str(graph.labels[node]): node for node in range(len(graph))}
    assert all(theirs[names[one], names[two]] == weight for one, two, weight in paths)
    ours = _timed("zhihang, CD index, 5 years", lambda: disruption(graph, window=5 * 365))
    if importlib.util.find_spec("fast_cdindex") and graph.times is not None:
        values = _timed("fast-cdindex, CD index, 5 years", lambda: _cd_by_fast_cdindex(graph))
        known = ~np.isnan(values)
        print(f"  same for all: {bool(np.allclose(values[known], ours.cd[known]))}, {known.sum():,} values")


def _spc_by_networkx(graph: nx.DiGraph[int]) -> dict[tuple[int, int], int]:
    order = list(nx.topological_sort(graph))
    ins: dict[int, int] = {}
    outs: dict[int, int] = {}
    for node in order:
        ins[node] = sum(ins[other] for other in graph.predecessors(node)) or 1
    for node in reversed(order):
        outs[node] = sum(outs[other] for other in graph.successors(node)) or 1
    return {(one, two): ins[one] * outs[two] for one, two in graph.edges}


def _cd_by_fast_cdindex(graph: CitationGraph) -> NDArray[np.float64]:
    other: Any = importlib.import_module("fast_cdindex").Graph()
    times = [] if graph.times is None else graph.times.tolist()
    for node, time in enumerate(times):
        other.add_vertex(str(node), time)
    for old, new in zip(graph.older.tolist(), graph.newer.tolist(), strict=True):
        other.add_edge(str(new), str(old))
    other.prepare_for_searching()
    return np.array([other.cdindex(str(node), 5 * 365) for node in range(len(times))], dtype=float)


def kept(nodes: int, links: int) -> CitationGraph:
    """Return the graph made up, kept in a file for the next time."""
    path = DATA / f"citation_graph_{nodes}_{links}.npz"
    if not path.exists():
        DATA.mkdir(exist_ok=True)
        made = made_up(nodes, links)
        np.savez(path, older=made.older, newer=made.newer, times=np.asarray(made.times))
    found = np.load(path)
    names = np.array([f"P{number}" for number in range(nodes)], dtype=object)
    return CitationGraph(names, found["older"], found["newer"], found["times"])


def _timed(what: str, do: Callable[[], Any]) -> Any:
    seconds, clock = process_time(), perf_counter()
    found = do()
    print(
        f"{what}: {process_time() - seconds:.1f} processor seconds, {perf_counter() - clock:.1f} by the clock"
    )
    return found


def _gigabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def made_up(nodes: int = 3_774_768, links: int = 16_522_438, *, seed: int = 1) -> CitationGraph:
    """Return a graph with the shape of the US patents of 1975 to 1999: sizes, degrees, ages of what is cited.

    Grants grow from year to year; the first part of the documents cites nothing inside; how many each cites is
    spread log-normally, and so is how attractive each is, so that some are cited hundreds of times; what is cited
    is about five years older in the middle, at least four months. Names count up with time, as numbers of patents.
    """
    random = np.random.default_rng(seed)
    days = _days(random, nodes)
    cites = _how_many(random, days, links)
    newer = np.repeat(np.arange(nodes, dtype=np.int32), cites)
    target = days[newer] - 120 - random.gamma(1.6, 1500, len(newer))
    newer, target = newer[target > 0], target[target > 0]
    # Among the documents of the same half year, the attractive ones are cited more.
    reach = np.cumsum(random.lognormal(0, 1, nodes))
    begin = reach[np.searchsorted(days, target - 90)]
    end = reach[np.minimum(np.searchsorted(days, target + 90), nodes - 1)]
    older = np.searchsorted(reach, begin + random.random(len(newer)) * (end - begin)).astype(np.int32)
    keep = days[older] < days[newer]
    keys = np.unique(newer[keep].astype(np.int64) * nodes + older[keep])
    keys = np.delete(keys, random.choice(len(keys), max(0, len(keys) - links), replace=False))
    names = np.array([f"P{number}" for number in range(nodes)], dtype=object)
    older, newer = (keys % nodes).astype(np.int32), (keys // nodes).astype(np.int32)
    return CitationGraph(names, older, newer, days.astype(np.int64))


def _days(random: np.random.Generator, nodes: int) -> NDArray[np.float64]:
    years = 37  # 1963 to 1999
    weights = np.linspace(1, 3.2, years)
    per_week = np.repeat(weights / weights.sum() / 52, 52)
    weeks = random.choice(years * 52, nodes, p=per_week / per_week.sum())
    return np.sort(weeks * 7.0)


def _how_many(random: np.random.Generator, days: NDArray[np.float64], links: int) -> NDArray[np.int64]:
    wish = random.lognormal(0, 0.75, len(days)) * np.clip(days / 365 - 8, 0, None) ** 0.45
    return np.asarray(random.poisson(wish * links * 1.35 / wish.sum()), dtype=np.int64)


if __name__ == "__main__":
    main()
