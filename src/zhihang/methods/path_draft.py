# SPDX-License-Identifier: Apache-2.0
"""What may lie on a main path, found in floating point with some room for rounding; exact numbers decide later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from zhihang.errors import NotFound
from zhihang.methods.citation_graph import Remark
from zhihang.methods.levels import Levels, Side
from zhihang.methods.path_count import ALL, ENDS, Arithmetic, PathCounts, Values, walk
from zhihang.methods.path_search import Link

Weights = Literal["spc", "splc", "spnp"]
Search = Literal["local", "global", "key-route"]
COUNTED: dict[str, tuple[int, int]] = {"spc": (ENDS, ENDS), "splc": (ALL, ENDS), "spnp": (ALL, ALL)}
"""Where the counted paths through a link begin and end: at sources and sinks, or anywhere."""
ROUTES = 10
LISTED = 100
MOST_TIES = 40
"""How many links as heavy as the last one wanted a key-route search takes."""


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
        asked = (("weights", self.weights, get_args(Weights)), ("search", self.search, get_args(Search)))
        for kind, value, known in asked:
            if value not in known:
                raise NotFound.named(kind, value, known)


@dataclass
class Draft:
    """Links that may lie on a main path, by positions; for the key-route search also the links to go through."""

    question: Question
    links: set[Link] = field(default_factory=set)
    keys: list[Link] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    weights: dict[Link, int] = field(default_factory=dict)


def drafted(levels: Levels, counts: PathCounts, questions: Sequence[Question]) -> list[Draft]:
    """Return a draft for each question; sums along the graph are computed for all of them together."""
    drafts = [Draft(question) for question in questions]
    summed = [draft for draft in drafts if draft.question.search != "local"]
    kinds = tuple(dict.fromkeys(draft.question.weights for draft in summed))
    most = max((draft.question.routes for draft in summed), default=0)
    inward = _Sums(levels.into, counts, ("in", "out"), kinds) if kinds else None
    if inward is not None:
        inward.compute(max(most, 1))
    keyed = tuple({draft.question.weights: 0 for draft in summed if draft.question.search == "key-route"})
    outward = _Sums(levels.out, counts, ("out", "in"), keyed) if keyed else None
    if outward is not None:
        outward.compute(0)
    for draft in drafts:
        if draft.question.search == "local":
            _local(draft, levels, counts)
        elif inward is not None and draft.question.search == "global":
            inward.back_from_best(draft)
        elif inward is not None and outward is not None:
            inward.keys(draft)
            inward.follow(draft, [one for one, _ in draft.keys])
            outward.follow(draft, [other for _, other in draft.keys])
    return drafts


class _Sums:
    """Largest sums of weights on paths that lead to each position from one end, for several ways of weighing.

    Counts and sums of a position stand in one row, so that one look at a neighbour brings them all.
    """

    def __init__(
        self, side: Side, counts: PathCounts, ways: tuple[str, str], kinds: Sequence[Weights]
    ) -> None:
        self.side, self.how, self.kinds = side, counts.arithmetic, list(kinds)
        self.turned = ways[0] == "in"
        self.there = counts.floating[ways[1]]
        self.rows = np.full((len(self.there), 2 + len(kinds)), self.how.nothing)
        self.rows[:, :2] = counts.floating[ways[0]]
        self.heaviest = [_Heaviest(self.how) for _ in kinds]

    def compute(self, routes: int) -> None:
        """Fill in the sums, block by block; remember the `routes` heaviest links."""
        side = self.side
        for blocks, (low, high), (first, last) in side.steps:
            got = self.rows.take(side.near[first:last], axis=0, mode="clip")
            begin = side.start[low:high] - first
            spread = np.diff(side.start[low : high + 1])
            there = np.repeat(self.there[low:high], spread, axis=0)
            for number, kind in enumerate(self.kinds):
                heavy = self.weights(got, there, kind)
                if routes:
                    self.heaviest[number].see(heavy, first, routes)
                column = self.rows[:, 2 + number]
                if len(blocks) > 1:
                    walk(side, column, blocks, max, self.how.join_of, weights=heavy)
                else:
                    column[low:high] = np.maximum.reduceat(self.how.join(got[:, 2 + number], heavy), begin)

    def weights(self, got: Values, there: Values, kind: Weights) -> Values:
        """Return the weights of links from rows of their near and counts of their far ends."""
        here, beyond = COUNTED[kind] if self.turned else COUNTED[kind][::-1]
        return np.asarray(self.how.product(got[:, here], there[:, beyond]))

    def back_from_best(self, draft: Draft) -> None:
        """Walk back from every end where the largest sum may arrive."""
        sums = self.rows[:, 2 + self.kinds.index(draft.question.weights)]
        if len(self.side.near):
            self.follow(draft, np.flatnonzero(self.how.near(sums, sums.max())).tolist())

    def keys(self, draft: Draft) -> None:
        """Find what may be the heaviest links."""
        number = self.kinds.index(draft.question.weights)
        routes = max(draft.question.routes, 1)
        links, dropped = self.heaviest[number].chosen(routes)
        if dropped:
            text = f"links as heavy as the last of the {routes}, of which {MOST_TIES} were taken; not taken"
            draft.remarks.append(Remark("ties", dropped, text))
        citing = np.searchsorted(self.side.start, links, side="right") - 1
        draft.keys = list(zip(self.side.near[links].tolist(), citing.tolist(), strict=True))
        draft.links.update(draft.keys)

    def follow(self, draft: Draft, begin: list[int]) -> None:
        """Follow from some positions what may be the best way to the end of the graph."""
        kind = draft.question.weights
        column = 2 + self.kinds.index(kind)

        def onward(place: int) -> NDArray[Any]:
            low, high = self.side.of(place)
            if low == high:
                return np.empty(0, np.int64)
            got = self.rows[self.side.near[low:high]]
            sums = self.how.join(got[:, column], self.weights(got, self.there[place : place + 1], kind))
            return low + np.flatnonzero(self.how.near(sums, sums.max()))

        _follow(
            self.side,
            begin,
            onward,
            lambda one, other: draft.links.add((other, one) if self.turned else (one, other)),
        )


class _Heaviest:
    """The heaviest links of those seen so far, with what may be as heavy as the last."""

    def __init__(self, how: Arithmetic) -> None:
        self.how = how
        self.least: Any = how.nothing
        self.links = np.empty(0, np.int64)
        self.weights = np.empty(0)
        self.dropped = 0

    def see(self, weights: Values, first: int, routes: int) -> None:
        """Look at the links from number `first` on."""
        some = np.flatnonzero(self.how.near(weights, self.least))
        if len(some):
            self.links = np.concatenate([self.links, some + first])
            self.weights = np.concatenate([self.weights, weights[some]])
            self._keep(routes)

    def chosen(self, routes: int) -> tuple[NDArray[np.int64], int]:
        """Return the heaviest links with those as heavy as the last, and how many of these were dropped."""
        self._keep(routes)
        return np.sort(self.links), self.dropped

    def _keep(self, routes: int) -> None:
        if len(self.weights) <= routes:
            return
        least = np.partition(self.weights, len(self.weights) - routes)[len(self.weights) - routes]
        if not self.how.near(self.least, least):
            self.dropped = 0
        self.least = least
        near = np.flatnonzero(self.how.near(self.weights, least))
        surely = ~np.asarray(self.how.near(least, self.weights[near]))
        ties = near[~surely]
        self.dropped += max(0, len(ties) - MOST_TIES)
        kept = np.sort(np.concatenate([near[surely], ties[:MOST_TIES]]))
        self.links, self.weights = self.links[kept], self.weights[kept]


def _local(draft: Draft, levels: Levels, counts: PathCounts) -> None:
    """Follow what may be the heaviest link from the sources on."""
    out, how = levels.out, counts.arithmetic
    last = int(out.start[levels.sources])
    if not last:
        return
    before, after = COUNTED[draft.question.weights]
    ins, outs = counts.floating["in"][:, before], counts.floating["out"][:, after]
    begin = np.repeat(ins[: levels.sources], np.diff(out.start[: levels.sources + 1]))
    heavy = how.product(begin, outs.take(out.near[:last]))
    some = np.flatnonzero(how.near(heavy, heavy.max()))
    froms = np.searchsorted(out.start, some, side="right") - 1
    draft.links.update(zip(froms.tolist(), out.near[some].tolist(), strict=True))

    def onward(place: int) -> NDArray[Any]:
        low, high = out.of(place)
        if low == high:
            return np.empty(0, np.int64)
        ahead = outs[out.near[low:high]]
        return low + np.flatnonzero(how.near(ahead, ahead.max()))

    _follow(
        out, [other for _, other in draft.links], onward, lambda one, other: draft.links.add((one, other))
    )


def _follow(
    side: Side,
    begin: Sequence[int],
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
