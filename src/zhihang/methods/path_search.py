# SPDX-License-Identifier: Apache-2.0
"""Searching a small part of a citation graph with exact weights: heaviest step, best sum, best way through links."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

Link = tuple[int, int]
"""Cited and citing position; the citing one is always the larger number."""
Path = tuple[int, ...]


@dataclass(frozen=True)
class Route:
    """Links of which every way from a first to a last position is one of the paths wanted."""

    links: frozenset[Link]
    firsts: tuple[int, ...]
    lasts: frozenset[int]

    @cached_property
    def _onward(self) -> dict[int, list[int]]:
        return _onward(self.links)

    @cached_property
    def count(self) -> int:
        """Number of its paths, from the last positions back."""
        ways: dict[int, int] = {}
        places = sorted({place for link in self.links for place in link} | {*self.firsts, *self.lasts})
        for place in reversed(places):
            ways[place] = (place in self.lasts) + sum(ways[other] for other in self._onward.get(place, ()))
        return sum(ways[place] for place in self.firsts)

    def paths(self) -> Iterator[Path]:
        """Yield its paths in the order of positions."""
        for first in self.firsts:
            path, ahead = [first], [self._ahead(first)]
            if first in self.lasts:
                yield (first,)
            while ahead:
                other = next(ahead[-1], None)
                if other is None:
                    path.pop()
                    ahead.pop()
                    continue
                path.append(other)
                ahead.append(self._ahead(other))
                if other in self.lasts:
                    yield tuple(path)

    def _ahead(self, place: int) -> Iterator[int]:
        return iter(self._onward.get(place, ()))


@dataclass(frozen=True)
class Found:
    """What a search found: one route, or one for each link gone through."""

    routes: tuple[Route, ...]

    @property
    def links(self) -> set[Link]:
        """All links of it."""
        return {link for route in self.routes for link in route.links}

    def paths(self, most: int) -> tuple[list[Path], int]:
        """Return the first paths, each once, and how many there are.

        Routes may share paths; where not all can be listed, their number is that of all routes added up.
        """
        distinct: dict[Path, None] = {}
        for route in self.routes:
            distinct.update(dict.fromkeys(islice(route.paths(), most + 1)))
        counts = [route.count for route in self.routes]
        complete = all(count <= most for count in counts)
        return list(distinct)[:most], len(distinct) if complete else sum(counts)


@dataclass(frozen=True)
class SubGraph:
    """Links with exact weights among which the answer lies; `sources` is the number of positions that cite nothing."""

    weights: Mapping[Link, int]
    sources: int
    name: Callable[[int], str]

    @cached_property
    def _onward(self) -> dict[int, list[int]]:
        return _onward(self.weights)

    @cached_property
    def _back(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for one, other in sorted(self.weights):
            found.setdefault(other, []).append(one)
        return found

    @cached_property
    def _inward(self) -> dict[int, int]:
        """Largest sum of a path from the sources to each position."""
        best: dict[int, int] = {}
        for place in sorted({place for link in self.weights for place in link}):
            before = self._back.get(place, ())
            best[place] = max((best[one] + self.weights[one, place] for one in before), default=0)
        return best

    @cached_property
    def _outward(self) -> dict[int, int]:
        best: dict[int, int] = {}
        for place in sorted({place for link in self.weights for place in link}, reverse=True):
            ahead = self._onward.get(place, ())
            best[place] = max((best[other] + self.weights[place, other] for other in ahead), default=0)
        return best

    def local(self) -> Found:
        """Take the heaviest of all links that leave the sources, then the heaviest onward, ties together."""
        leaving = [link for link in self.weights if link[0] < self.sources]
        if not leaving:
            return Found(())
        most = max(self.weights[link] for link in leaving)
        links = {link for link in leaving if self.weights[link] == most}
        firsts = sorted({one for one, _ in links})
        self._spread({other for _, other in links}, links, self._heaviest_onward)
        return self._found(links, firsts)

    def best(self) -> Found:
        """Take the paths with the largest sum of weights."""
        if not self.weights:
            return Found(())
        most = max(self._inward.values())
        links: set[Link] = set()
        ends = {place for place, total in self._inward.items() if total == most}
        self._spread(ends, links, self._best_back)
        cited = {one for one, _ in links}
        return self._found(links, sorted(cited - {other for _, other in links}))

    def heaviest(self, keys: Iterable[Link], routes: int) -> list[Link]:
        """Return the heaviest of some links, with those as heavy as the last."""
        ranked = sorted(keys, key=lambda link: (-self.weights[link], link))
        if not ranked:
            return []
        least = self.weights[ranked[min(routes, len(ranked)) - 1]]
        return [link for link in ranked if self.weights[link] >= least]

    def through(self, keys: Sequence[Link]) -> Found:
        """Take for each link the best path from the sources to it and on from it."""
        routes = []
        for one, other in keys:
            links: set[Link] = {(one, other)}
            self._spread({one}, links, self._best_back)
            self._spread({other}, links, self._best_onward)
            cited, citing = {a for a, _ in links}, {b for _, b in links}
            routes.append(Route(frozenset(links), tuple(sorted(cited - citing)), frozenset(citing - cited)))
        return Found(tuple(routes))

    def _found(self, links: set[Link], firsts: Sequence[int]) -> Found:
        lasts = {other for _, other in links} - {one for one, _ in links}
        return Found((Route(frozenset(links), tuple(firsts), frozenset(lasts)),))

    def _spread(self, begin: set[int], links: set[Link], step: Callable[[int], list[Link]]) -> None:
        seen, waiting = set(begin), sorted(begin)
        while waiting:
            place = waiting.pop()
            for link in step(place):
                links.add(link)
                other = link[0] if link[1] == place else link[1]
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)

    def _heaviest_onward(self, place: int) -> list[Link]:
        ahead = [(place, other) for other in self._onward.get(place, ())]
        most = max((self.weights[link] for link in ahead), default=0)
        return [link for link in ahead if self.weights[link] == most]

    def _best_back(self, place: int) -> list[Link]:
        before = [(one, place) for one in self._back.get(place, ())]
        return [link for link in before if self._inward[link[0]] + self.weights[link] == self._inward[place]]

    def _best_onward(self, place: int) -> list[Link]:
        ahead = [(place, other) for other in self._onward.get(place, ())]
        return [link for link in ahead if self._outward[link[1]] + self.weights[link] == self._outward[place]]


def _onward(links: Iterable[Link]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for one, other in sorted(links):
        found.setdefault(one, []).append(other)
    return found
