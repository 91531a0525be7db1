# SPDX-License-Identifier: Apache-2.0
"""Where a place or client stands: shares, gaps, talent, control, legal strength, supply and demand, foreign risk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from math import sqrt

from zhihang.methods.concentration import herfindahl, top_share
from zhihang.navigation.corpus import Collected
from zhihang.navigation.leaders import type_of
from zhihang.navigation.patents import Patent
from zhihang.navigation.places import ComparedPlace
from zhihang.navigation.position import (
    ForeignRisk,
    LegalStrength,
    NodeControl,
    NodeGap,
    NodeHolder,
    NodeShare,
    NodeTalent,
    PlaceFigure,
    SupplyDemand,
)
from zhihang.navigation.study import Node

CLEAR = 2.0
LEAST_EXPECTED = 5.0
"""A gap needs at least five patents expected and a residual below -2. Parameters."""
SCIENCE = ("university", "research_institute")
_TERMS = {"invention": 20, "utility_model": 10, "design": 15}
SOON = 3
LEAST_KNOWN = 0.5
"""Share of patents with a known country from which dependence is told. A parameter."""


class Standing:
    """The patents of a corpus by node and place."""

    def __init__(self, made: Collected, places: Sequence[ComparedPlace]) -> None:
        self.made, self.places = made, list(places)
        self.leaves: list[Node] = made.study.leaves()
        self.holders = set(made.study.says.holders)
        self._held: dict[tuple[str, str], list[Patent]] = {}
        self.by_place = {place.key: self._in(place) for place in self.places}
        self.by_node = {node.code: [p for p in made.patents if node.code in p.nodes] for node in self.leaves}

    @property
    def local(self) -> ComparedPlace:
        """The place the study is about."""
        return self.places[0]

    def _in(self, place: ComparedPlace) -> set[str]:
        return {patent.unit for patent in self.made.patents if self.held(patent, place.key)}

    def held(self, patent: Patent, key: str) -> bool:
        """Whether a patent belongs to a place, or to the client."""
        if key == "holders":
            return not self.holders.isdisjoint(patent.holders)
        return patent.held_in(key)

    def of(self, key: str, code: str = "") -> list[Patent]:
        """Return the patents of a place, of one node if named."""
        if (key, code) not in self._held:
            inside, some = self.by_place[key], self.by_node[code] if code else self.made.patents
            self._held[key, code] = [p for p in some if p.unit in inside]
        return self._held[key, code]

    @property
    def nation_name(self) -> str:
        """Name of the country of the study."""
        nation = self.made.study.says.nation
        return next((place.name for place in self.places if place.key == nation), nation)

    def figures(self) -> tuple[PlaceFigure, ...]:
        """Return the figures of every place."""
        return tuple(self._figure(place) for place in self.places)

    def _figure(self, place: ComparedPlace) -> PlaceFigure:
        own, world = self.of(place.key), self.made.patents
        placed = [p for p in own if p.country]
        alone = all(len(p.offices) <= 1 for p in world)
        return PlaceFigure(
            place.key,
            place.name,
            place.role,
            len(own),
            ratio(len(own), len(world)),
            len({holder for p in own for holder in p.holders}),
            len(people(own)),
            None
            if alone or not placed
            else ratio(sum(bool(p.offices - {p.country}) for p in placed), len(placed)),
            ratio(sum("enterprise" in p.types for p in own), len(own)),
            self._deviation(place.key),
        )

    def _deviation(self, key: str) -> float | None:
        own = [len(self.of(key, node.code)) for node in self.leaves]
        all_of = [len(self.by_node[node.code]) for node in self.leaves]
        if not sum(own) or not sum(all_of):
            return None
        return sum(abs(a / sum(own) - b / sum(all_of)) for a, b in zip(own, all_of, strict=True)) / 2

    def shares(self) -> tuple[NodeShare, ...]:
        """Return every node in every place."""
        return tuple(self._share(node, place) for node in self.leaves for place in self.places)

    def _share(self, node: Node, place: ComparedPlace) -> NodeShare:
        count, own = len(self.of(place.key, node.code)), len(self.of(place.key))
        whole, world = len(self.by_node[node.code]), len(self.made.patents)
        share, expected = ratio(count, own), ratio(whole, world)
        rivals = [one for one in self.places if one.role in ("local", "comparator")]
        counts = sorted((len(self.of(one.key, node.code)) for one in rivals), reverse=True)
        return NodeShare(
            node.code,
            node.zh,
            place.key,
            count,
            share,
            ratio(count, whole),
            None if share is None or not expected else share / expected,
            counts.index(count) + 1 if place in rivals else None,
        )

    def gaps(self) -> tuple[NodeGap, ...]:
        """Hold the place's patents in each node against what its size lets expect of the corpus."""
        found = []
        own, world = len(self.of(self.local.key)), len(self.made.patents)
        for node in self.leaves:
            count, whole = len(self.of(self.local.key, node.code)), len(self.by_node[node.code])
            expected = own * whole / world if world else 0.0
            spread = sqrt(expected * (1 - own / world) * (1 - whole / world)) if world else 0.0
            z = (count - expected) / spread if spread > 0 else None
            share, all_of = ratio(count, own), ratio(whole, world)
            gap = None if share is None or all_of is None else share - all_of
            found.append(
                NodeGap(node.code, node.zh, count, expected, share, all_of, gap, z, _verdict(expected, z))
            )
        return tuple(found)

    def talent(self, top: int = 5) -> tuple[NodeTalent, ...]:
        """Return holders and inventors of the local place, the nation and the world in each node."""
        keys = [one.key for one in self.places if one.role in ("local", "nation", "world")]
        return tuple(self._talent(node, key, top) for node in self.leaves for key in keys)

    def _talent(self, node: Node, key: str, top: int) -> NodeTalent:
        own = self.of(key, node.code)
        holders, named = {h for p in own for h in p.holders}, people(own)
        best = sorted(named.items(), key=lambda pair: (-pair[1], pair[0]))[:top]
        return NodeTalent(
            node.code,
            node.zh,
            key,
            len(holders),
            len(named),
            ratio(len(named), len(holders)) if named else None,
            largest(own, top),
            tuple(name for (name, _), _ in best),
        )

    def control(self, top: int = 5) -> tuple[NodeControl, ...]:
        """Say who holds each node, and how much of it lies outside the nation."""
        return tuple(self._control(node, top) for node in self.leaves)

    def _control(self, node: Node, top: int) -> NodeControl:
        own = self.by_node[node.code]
        counts = list(Counter(holder for p in own for holder in p.holders).values())
        placed = [p for p in own if p.country]
        known = bool(own) and len(placed) >= LEAST_KNOWN * len(own)
        nation = self.made.study.says.nation
        return NodeControl(
            node.code,
            node.zh,
            len(own),
            top_share(counts, 4) if counts else None,
            herfindahl(counts) if counts else None,
            largest(own, top),
            ratio(len(self.of(self.local.key, node.code)), len(own)),
            ratio(sum(p.country == nation for p in placed), len(placed)) if known else None,
            ratio(sum(p.country != nation for p in placed), len(placed)) if known else None,
        )

    def legal(self) -> tuple[LegalStrength, ...]:
        """Return legal states of each node, in the local place and the world."""
        keys = [one.key for one in self.places if one.role in ("local", "world")]
        whole = [(Node(code="all", zh="全部", keywords=["-"]), key) for key in keys]
        return tuple(
            self._legal(node, key)
            for node, key in [*whole, *((node, key) for node in self.leaves for key in keys)]
        )

    def _legal(self, node: Node, key: str) -> LegalStrength:
        own = self.of(key, "" if node.code == "all" and node.code not in self.by_node else node.code)
        states, at = Counter(p.state for p in own), self.made.cutoff
        alive = [p for p in own if p.state == "in_force" and p.filed]
        ages = [(at - p.filed).days / 365.25 for p in alive if p.filed]
        soon = sum(ends_within(p, at, SOON) for p in alive)
        return LegalStrength(
            node.code,
            node.zh,
            key,
            states["in_force"],
            states["pending"],
            states["ended"],
            states["unknown"],
            sum(ages) / len(ages) if ages else None,
            soon,
        )

    def supply(self) -> tuple[SupplyDemand, ...]:
        """Hold patents of universities and institutes against those of firms in each node of a place."""
        if self.local.key == "holders":
            return ()  # a client is one or the other
        return tuple(self._supply(node) for node in self.leaves)

    def _supply(self, node: Node) -> SupplyDemand:
        own, world = self.of(self.local.key, node.code), self.by_node[node.code]
        science, firm = _by(own, SCIENCE), _by(own, ("enterprise",))
        joint = sum("enterprise" in p.types and not set(SCIENCE).isdisjoint(p.types) for p in own)
        verdict = "too_few" if science + firm < LEAST_EXPECTED else "both"
        if verdict == "both" and min(science, firm) * 4 <= max(science, firm):
            verdict = "supply_only" if science > firm else "demand_only"
        return SupplyDemand(
            node.code,
            node.zh,
            science,
            firm,
            joint,
            _by(world, SCIENCE),
            _by(world, ("enterprise",)),
            min(science, firm) / max(science, firm) if max(science, firm) else None,
            verdict,
        )

    def _of_others(self, patent: Patent) -> bool:
        """Whether a patent is a foreign one, or for a client one of anybody else."""
        if self.local.key == "holders":
            return bool(patent.holders) and not self.held(patent, "holders")
        return bool(patent.country) and patent.country != self.made.study.says.nation

    def risk(self, top: int = 3, shown: int = 5) -> tuple[ForeignRisk, ...]:
        """Return patents of foreign holders (of all others, for a client) alive in the nation or perhaps so, by node."""
        nation = self.made.study.says.nation
        found = []
        for node in self.leaves:
            here = [p for p in self.by_node[node.code] if nation in p.offices and p.state != "ended"]
            foreign = [p for p in here if self._of_others(p)]
            states = Counter(p.state for p in foreign)
            order = {"in_force": 0, "pending": 1, "unknown": 2}
            ranked = sorted(foreign, key=lambda p: (order[p.state], -p.cited, p.number))
            found.append(
                ForeignRisk(
                    node.code,
                    node.zh,
                    states["in_force"],
                    states["pending"],
                    states["unknown"],
                    ratio(len(foreign), len(here)),
                    largest(foreign, top),
                    tuple(p.number for p in ranked[:shown]),
                )
            )
        return tuple(found)


def ratio(part: float, whole: float) -> float | None:
    """Share of a part, None where there is no whole."""
    return part / whole if whole else None


def people(own: Sequence[Patent]) -> Counter[tuple[str, str]]:
    """Count inventors by name and first holder."""
    return Counter((name, p.holders[0] if p.holders else "") for p in own for name in p.inventors)


def largest(own: Sequence[Patent], top: int) -> tuple[NodeHolder, ...]:
    """Return the holders with most of some patents."""
    counted = Counter(holder for p in own for holder in p.holders)
    found = []
    for name, count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:top]:
        mine = [p for p in own if name in p.holders]
        first = next((p for p in mine if p.holders[0] == name), mine[0])
        alive = sum(p.state == "in_force" for p in mine)
        found.append(
            NodeHolder(name, type_of(name, mine), first.country, first.region, count, count / len(own), alive)
        )
    return tuple(found)


def ends_within(patent: Patent, at: date, years: int) -> bool:
    """Whether the term of a right in force runs out within so many years."""
    if patent.filed is None or patent.state != "in_force":
        return False
    return (at - patent.filed).days / 365.25 > _TERMS.get(patent.kind, 20) - years


def _verdict(expected: float, z: float | None) -> str:
    if z is None or expected < LEAST_EXPECTED:
        return "strong" if z is not None and z > CLEAR and expected >= 1 else "too_few"
    return "gap" if z < -CLEAR else "strong" if z > CLEAR else "even"


def _by(own: Sequence[Patent], types: Sequence[str]) -> int:
    return sum(not set(types).isdisjoint(p.types) for p in own)
