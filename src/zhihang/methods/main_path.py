# SPDX-License-Identifier: Apache-2.0
"""Main paths of a citation graph: where most of the ways from old to new knowledge run (M-NAV-10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from zhihang.methods.citation_graph import CitationGraph, Remark
from zhihang.methods.levels import Levels, levelled
from zhihang.methods.path_count import EXACT_FLOAT, PLAIN, PathCounts
from zhihang.methods.path_draft import COUNTED, Draft, Question, Weights, drafted
from zhihang.methods.path_search import Link, Path, SubGraph


@dataclass(frozen=True)
class MainPath:
    """A main path: its links with exact weights, its paths from old to new, how many there are in all."""

    question: Question
    links: tuple[tuple[str, str, int], ...]
    paths: tuple[tuple[str, ...], ...]
    totals: tuple[int, ...]
    count: int
    remarks: tuple[Remark, ...] = ()

    @property
    def documents(self) -> tuple[str, ...]:
        """Documents on the path, from old to new."""
        return tuple(dict.fromkeys(name for one, other, _ in self.links for name in (one, other)))


@dataclass
class MainPaths:
    """Main paths of one graph; what several questions need is computed once.

    >>> import numpy as np
    >>> graph = CitationGraph(list("abcd"), np.array([0, 0, 1, 2]), np.array([1, 2, 3, 3]))
    >>> paths = MainPaths(graph)
    >>> paths.weighed("spc")
    [('a', 'b', 1), ('a', 'c', 1), ('b', 'd', 1), ('c', 'd', 1)]
    >>> paths.find(Question("spc", "global")).paths
    (('a', 'b', 'd'), ('a', 'c', 'd'))
    """

    given: CitationGraph
    graph: CitationGraph = field(init=False)
    levels: Levels = field(init=False)
    counts: PathCounts = field(init=False)

    def __post_init__(self) -> None:
        self.graph, self.levels = levelled(self.given)
        self.counts = PathCounts(self.levels)

    def weighed(self, weights: Weights) -> list[tuple[str, str, int]]:
        """Return every link, from old to new, in the order given, with its exact weight."""
        heavy = self._exact_weights(weights)
        names = [str(name) for name in self.graph.labels]
        ends = zip(self.graph.older.tolist(), self.graph.newer.tolist(), strict=True)
        return [(names[one], names[other], weight) for (one, other), weight in zip(ends, heavy, strict=True)]

    def _exact_weights(self, weights: Weights) -> list[int]:
        where = np.empty(len(self.graph), np.int32)
        where[self.levels.order] = np.arange(len(self.graph), dtype=np.int32)
        older, newer = where[self.graph.older], where[self.graph.newer]
        before, after = COUNTED[weights]
        counts = self.counts
        if counts.arithmetic is PLAIN:
            found = counts.floating["in"][older, before] * counts.floating["out"][newer, after]
            if found.max(initial=0) < EXACT_FLOAT:
                return list(found.astype(np.int64).tolist())
        exact = counts.exact("in")[older, before] * counts.exact("out")[newer, after]
        return [int(weight) for weight in exact]

    def find(self, question: Question) -> MainPath:
        """Return one main path."""
        return self.find_all([question])[0]

    def find_all(self, questions: Sequence[Question]) -> list[MainPath]:
        """Return several main paths.

        Floating point finds what may be on a path, with some room for rounding; among that, exact numbers decide.
        """
        drafts = drafted(self.levels, self.counts, questions)
        self._weigh(drafts)
        return [self._decided(draft) for draft in drafts]

    def _weigh(self, drafts: list[Draft]) -> None:
        """Give the drafts exact weights; what all of them need is counted in one go."""
        links = {link for draft in drafts for link in draft.links}
        ins = self.counts.exact_at("in", [one for one, _ in links])
        outs = self.counts.exact_at("out", [other for _, other in links])
        for draft in drafts:
            before, after = COUNTED[draft.question.weights]
            draft.weights = {(a, b): ins[a][before] * outs[b][after] for a, b in draft.links}

    def _decided(self, draft: Draft) -> MainPath:
        question, names = draft.question, self._names
        within = SubGraph(draft.weights, self.levels.sources, names)
        if question.search == "local":
            found = within.local()
        elif question.search == "global":
            found = within.best()
        else:
            found = within.through(within.heaviest(draft.keys, question.routes))
        some, count = found.paths(question.listed)
        ranked = sorted((-_total(path, draft.weights), path) for path in some)
        paths, totals = [path for _, path in ranked], tuple(-total for total, _ in ranked)
        listed = tuple(tuple(names(place) for place in path) for path in paths)
        links = tuple(
            (names(one), names(other), draft.weights[one, other]) for one, other in sorted(found.links)
        )
        return MainPath(
            question, links, listed, totals, count, (*draft.remarks, *_told(question, len(listed), count))
        )

    def _names(self, position: int) -> str:
        return self.graph.named(int(self.levels.order[position]))


def _total(path: Path, weights: Mapping[Link, int]) -> int:
    return sum(weights[link] for link in pairwise(path))


def _told(question: Question, listed: int, count: int) -> list[Remark]:
    if count <= listed:
        return []
    return [Remark("paths_listed", count, f"equally good paths, of which {question.listed} are listed")]
