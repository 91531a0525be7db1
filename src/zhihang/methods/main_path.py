# SPDX-License-Identifier: Apache-2.0
"""Main paths of a citation graph: where most of the ways from old to new knowledge run (M-NAV-10)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from zhihang.errors import NotFound
from zhihang.methods.citation_graph import CitationGraph, Remark
from zhihang.methods.levels import Levels, Side, levelled
from zhihang.methods.path_count import EXACT_FLOAT, PLAIN, Ends, PathCounts, Values, best_sums
from zhihang.methods.path_search import Link, SubGraph

Weights = Literal["spc", "splc", "spnp"]
Search = Literal["local", "global", "key-route"]
COUNTED: dict[str, tuple[Ends, Ends]] = {"spc": ("ends", "ends"), "splc": ("all", "ends"), "spnp": ("all", "all")}
"""Where the counted paths through a link begin and end: at sources and sinks, or anywhere."""
ROUTES = 10
LISTED = 100
_MOST_TIES = 200


@dataclass(frozen=True)
class Question:
    """Which main path: how links are weighed, how the path is looked for.

    Parameters
    ----------
    weights
        "spc": paths from sources to sinks through the link; "splc": from any document up to the link, on to sinks;
        "spnp": from any document to any document.
    search
        "local": from the sources follow the heaviest link, step by step; "global": the path with the largest sum;
        "key-route": the best path through each of the `routes` heaviest links.
    routes
        How many links the key-route search starts from; links as heavy as the last are taken too.
    listed
        How many of several equally good paths are listed; all are counted.
    """

    weights: Weights = "spc"
    search: Search = "global"
    routes: int = ROUTES
    listed: int = LISTED

    def __post_init__(self) -> None:
        for kind, value, known in (
            ("weights", self.weights, get_args(Weights)),
            ("search", self.search, get_args(Search)),
        ):
            if value not in known:
                raise NotFound.named(kind, value, known)


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
        floats = self.counts.floating("in", before)[older], self.counts.floating("out", after)[newer]
        if self.counts.arithmetic is PLAIN and (floats[0] * floats[1]).max(initial=0) < EXACT_FLOAT:
            return list((floats[0] * floats[1]).astype(np.int64).tolist())
        exact = self.counts.exact("in", before)[older] * self.counts.exact("out", after)[newer]
        return [int(weight) for weight in exact]

    def find(self, question: Question) -> MainPath:
        """Return one main path."""
        return self.find_all([question])[0]

    def find_all(self, questions: Sequence[Question]) -> list[MainPath]:
        """Return several main paths.

        Floating point finds what may be on a path, with some room for rounding; among that, exact numbers decide.
        """
        drafts: list[_Draft] = []
        for weights in dict.fromkeys(question.weights for question in questions):
            asked = [question for question in questions if question.weights == weights]
            drafts += _Drafting(self.levels, self.counts, weights).drafts(asked)
        made = {id(draft.question): self._decided(draft) for draft in self._with_weights(drafts)}
        return [made[id(question)] for question in questions]

    def _with_weights(self, drafts: list[_Draft]) -> list[_Draft]:
        """Give the drafts exact weights; what all of them need is counted in one go."""
        needed: dict[tuple[str, Ends], set[int]] = {}
        for draft in drafts:
            before, after = COUNTED[draft.question.weights]
            needed.setdefault(("in", before), set()).update(one for one, _ in draft.links)
            needed.setdefault(("out", after), set()).update(other for _, other in draft.links)
        exact = {key: self.counts.exact_at(*key, sorted(places)) for key, places in needed.items()}
        for draft in drafts:
            before, after = COUNTED[draft.question.weights]
            ins, outs = exact["in", before], exact["out", after]
            draft.weights = {(one, other): ins[one] * outs[other] for one, other in draft.links}
        return drafts

    def _decided(self, draft: _Draft) -> MainPath:
        question, names = draft.question, self._names
        within = SubGraph(draft.weights, self.levels.sources, names)
        if question.search == "local":
            found = within.local()
        elif question.search == "global":
            found = within.best()
        else:
            found = within.through(within.heaviest(draft.keys, question.routes))
        paths, count = found.paths(question.listed)
        listed = tuple(tuple(names(place) for place in path) for path in paths)
        totals = tuple(
            sum(draft.weights[pair] for pair in zip(path, path[1:], strict=False)) for path in paths
        )
        links = tuple(
            (names(one), names(other), draft.weights[one, other]) for one, other in sorted(found.links)
        )
        return MainPath(
            question, links, listed, totals, count, (*draft.remarks, *_told(question, len(listed), count))
        )

    def _names(self, position: int) -> str:
        return self.graph.named(int(self.levels.order[position]))


def _told(question: Question, listed: int, count: int) -> list[Remark]:
    if count <= listed:
        return []
    return [Remark("paths_listed", count, f"{count:,} paths are equally good; the first {question.listed} are listed")]


@dataclass
class _Draft:
    """Links that may lie on a main path, by positions; for the key-route search also the links to go through."""

    question: Question
    links: set[Link]
    keys: list[Link] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    weights: dict[Link, int] = field(default_factory=dict)


class _Drafting:
    """Finds in floating point what may lie on the main paths of one way of weighing."""

    def __init__(self, levels: Levels, counts: PathCounts, weights: Weights) -> None:
        self.levels, self.how = levels, counts.arithmetic
        before, after = COUNTED[weights]
        self.ins, self.outs = counts.floating("in", before), counts.floating("out", after)

    def drafts(self, questions: Iterable[Question]) -> list[_Draft]:
        asked = list(questions)
        found = [self.local(question) for question in asked if question.search == "local"]
        whole = [question for question in asked if question.search == "global"]
        keyed = [question for question in asked if question.search == "key-route"]
        if whole or keyed:
            heavy = self.into_weights()
            inward = best_sums(self.levels.into, heavy, self.levels, self.how)
            found += [self.best(question, inward, heavy) for question in whole]
        if keyed:
            keys = [self.keys(question, heavy) for question in keyed]
            outward_weights = self.out_weights()
            outward = best_sums(self.levels.out, outward_weights, self.levels, self.how)
            sides = ((self.levels.into, inward, heavy), (self.levels.out, outward, outward_weights))
            for draft in keys:
                self.complete(draft, *sides)
            found += keys
        return found

    def into_weights(self) -> Values:
        """Weights of all links, in the order of what each position cites."""
        into = self.levels.into
        return np.asarray(self.how.product(self.ins[into.near], np.repeat(self.outs, np.diff(into.start))))

    def out_weights(self) -> Values:
        out = self.levels.out
        return np.asarray(self.how.product(np.repeat(self.ins, np.diff(out.start)), self.outs[out.near]))

    def local(self, question: Question) -> _Draft:
        """Follow what may be the heaviest link from the sources on."""
        out, draft = self.levels.out, _Draft(question, set())
        first, last = 0, int(out.start[self.levels.sources])
        if first == last:
            return draft
        begin = np.repeat(self.ins[: self.levels.sources], np.diff(out.start[: self.levels.sources + 1]))
        heavy = self.how.product(begin, self.outs[out.near[:last]])
        some = np.flatnonzero(self.how.near(heavy, heavy.max()))
        froms = np.searchsorted(out.start, some, side="right") - 1
        draft.links.update(zip(froms.tolist(), out.near[some].tolist(), strict=True))

        def onward(place: int) -> NDArray[np.int64]:
            low, high = out.of(place)
            ahead = self.outs[out.near[low:high]]
            return low + np.flatnonzero(self.how.near(ahead, ahead.max())) if high > low else np.empty(0, int)

        _follow(out, [other for _, other in draft.links], onward, lambda one, other: draft.links.add((one, other)))
        return draft

    def best(self, question: Question, inward: Values, heavy: Values) -> _Draft:
        """Walk back from every end where the largest sum may arrive."""
        draft = _Draft(question, set())
        if len(heavy):
            ends = np.flatnonzero(self.how.near(inward, inward.max()))
            self._back(draft, self.levels.into, ends.tolist(), inward, heavy, turned=True)
        return draft

    def keys(self, question: Question, heavy: Values) -> _Draft:
        """Find what may be the heaviest links."""
        draft = _Draft(question, set())
        routes = min(max(question.routes, 1), len(heavy))
        if not routes:
            return draft
        least = np.partition(heavy, len(heavy) - routes)[len(heavy) - routes]
        some = np.flatnonzero(self.how.near(heavy, least))
        if len(some) > routes + _MOST_TIES:
            surely = np.flatnonzero(~self.how.near(least, heavy))
            ties = np.setdiff1d(some, surely)
            text = f"{len(ties):,} links are as heavy as the last of the {routes}; the {_MOST_TIES} oldest of them were taken"
            draft.remarks.append(Remark("ties", len(ties), text))
            some = np.union1d(surely, ties[:_MOST_TIES])
        froms, tos = self.levels.into.near[some], np.searchsorted(self.levels.into.start, some, side="right") - 1
        draft.keys = list(zip(froms.tolist(), tos.tolist(), strict=True))
        draft.links.update(draft.keys)
        return draft

    def complete(
        self, draft: _Draft, inward: tuple[Side, Values, Values], outward: tuple[Side, Values, Values]
    ) -> None:
        self._back(draft, inward[0], [one for one, _ in draft.keys], *inward[1:], turned=True)
        self._back(draft, outward[0], [other for _, other in draft.keys], *outward[1:], turned=False)

    def _back(
        self, draft: _Draft, side: Side, begin: list[int], best: Values, heavy: Values, *, turned: bool
    ) -> None:
        def onward(place: int) -> NDArray[np.int64]:
            low, high = side.of(place)
            if low == high:
                return np.empty(0, int)
            sums = self.how.join(best[side.near[low:high]], heavy[low:high])
            return low + np.flatnonzero(self.how.near(sums, sums.max()))

        def add(one: int, other: int) -> None:
            draft.links.add((other, one) if turned else (one, other))

        _follow(side, begin, onward, add)


def _follow(
    side: Side,
    begin: list[int],
    onward: Callable[[int], NDArray[Any]],
    add: Callable[[int, int], None],
) -> None:
    """Walk along the chosen links of a side from some positions until there are none."""
    seen, waiting = set(begin), list(begin)
    while waiting:
        place = waiting.pop()
        for link in onward(place).tolist():
            other = int(side.near[link])
            add(place, other)
            if other not in seen:
                seen.add(other)
                waiting.append(other)
