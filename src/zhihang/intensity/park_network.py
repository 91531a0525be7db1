# SPDX-License-Identifier: Apache-2.0
"""Who files together with whom: co-applications of a park's organisations, among themselves and with others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pyarrow as pa

from zhihang.intensity.facts_seen import FactsSeen
from zhihang.intensity.park_members import Residents
from zhihang.methods.agglomeration import components

if TYPE_CHECKING:
    import ibis.expr.types as ir

Where = Literal["inside", "other_park", "outside"]
PERSON = "individual"


@dataclass(frozen=True)
class Tie:
    """Two organisations that file together: how many applications, from when to when, and where the other one is."""

    one: str
    other: str
    applications: int
    first_year: int | None
    last_year: int | None
    where: Where
    park: int | None


@dataclass(frozen=True)
class Network:
    """Co-applications of one park.

    `applications` are those with an organisation of the park among the applicants, `joint` those of them with several
    applicants, `with_persons` those where one of these is a natural person: persons are counted and not named.
    """

    ties: tuple[Tie, ...]
    labels: Mapping[str, Mapping[str, Any]]
    applications: int
    joint: int
    with_persons: int
    residents: int

    def tied(self, where: Where) -> int:
        """Number of ties to organisations inside the park, in another park, or outside parks."""
        return sum(tie.where == where for tie in self.ties)

    @property
    def density(self) -> float | None:
        """Ties among the park's organisations as a share of all there could be; None with fewer than two of them."""
        possible = self.residents * (self.residents - 1) // 2
        return self.tied("inside") / possible if possible else None

    @property
    def largest(self) -> int:
        """Organisations in the largest group that hangs together, partners outside included; 0 without ties."""
        names = sorted({name for tie in self.ties for name in (tie.one, tie.other)})
        if not names:
            return 0
        place = {name: at for at, name in enumerate(names)}
        one, other = (
            np.array([place[getattr(tie, side)] for tie in self.ties], np.int64) for side in ("one", "other")
        )
        return int(np.bincount(components(len(names), one, other)).max())


def networks(
    facts: FactsSeen, held: Residents, places: Sequence[int], first: int, last: int
) -> dict[int, Network]:
    """Networks of some parks from applications filed in some years."""
    organisations = sorted(one for one, park in held.park_of.items() if park in places)
    if not organisations:
        return {place: Network((), {}, 0, 0, 0, 0) for place in places}
    parties = _parties(facts, organisations, first, last)
    rows = facts.collect(parties.order_by("application_id", "organisation_id")).to_pylist()
    labels = _labels(facts, {row["organisation_id"] for row in rows if row["type"] != PERSON})
    teams: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        teams.setdefault(row["application_id"], []).append(row)
    counted = {place: _Counted() for place in places}
    for team in teams.values():
        for place in {
            held.park_of[row["organisation_id"]] for row in team if row["organisation_id"] in held.park_of
        }:
            if place in counted:
                counted[place].add(team, held, place)
    return {place: one.network(held, place, labels) for place, one in counted.items()}


class _Counted:
    """Applications of a park counted one by one."""

    def __init__(self) -> None:
        self.applications = self.joint = self.with_persons = 0
        self.pairs: dict[tuple[str, str], list[int | None]] = {}

    def add(self, team: Sequence[Mapping[str, Any]], held: Residents, place: int) -> None:
        self.applications += 1
        self.joint += len(team) > 1
        self.with_persons += len(team) > 1 and any(row["type"] == PERSON for row in team)
        firms = [row["organisation_id"] for row in team if row["type"] != PERSON]
        year = team[0]["year"]
        for at, one in enumerate(firms):
            for other in firms[at + 1 :]:
                if held.park_of.get(one) == place or held.park_of.get(other) == place:
                    swap = held.park_of.get(one) != place
                    self.pairs.setdefault((other, one) if swap else (one, other), []).append(year)

    def network(self, held: Residents, place: int, labels: Mapping[str, Mapping[str, Any]]) -> Network:
        ties = [_tie(pair, years, held, place) for pair, years in self.pairs.items()]
        ordered = sorted(ties, key=lambda tie: (-tie.applications, tie.one, tie.other))
        named = {name: labels[name] for tie in ties for name in (tie.one, tie.other) if name in labels}
        return Network(
            tuple(ordered), named, self.applications, self.joint, self.with_persons, len(held.of(place))
        )


def _tie(pair: tuple[str, str], years: Sequence[int | None], held: Residents, place: int) -> Tie:
    known = [year for year in years if year is not None]
    other = held.park_of.get(pair[1])
    where: Where = "inside" if other == place else "outside" if other is None else "other_park"
    return Tie(*pair, len(years), min(known, default=None), max(known, default=None), where, other)


def _parties(facts: FactsSeen, organisations: Sequence[str], first: int, last: int) -> ir.Table:
    """Applicants of the applications of some organisations, each once."""
    patent = facts.table("patent")
    patent = patent.mutate(year=patent.filing_date.year().cast("int32"))
    patent = patent.filter(patent.year.between(first, last)).select("application_id", "year")
    rows = facts.table("party_organisation")
    rows = rows.filter(rows.role == "applicant").select("application_id", "organisation_id", "type")
    wanted = facts.values(pa.table({"organisation_id": list(organisations)}))
    theirs = rows.semi_join(wanted, "organisation_id").select("application_id").distinct()
    found = rows.semi_join(theirs, "application_id").inner_join(patent, "application_id")
    return found.select("application_id", "organisation_id", "type", "year").distinct()


def _labels(facts: FactsSeen, ids: set[str]) -> dict[str, Mapping[str, Any]]:
    if not ids:
        return {}
    rows = facts.table("organisation")
    wanted = facts.values(pa.table({"organisation_id": sorted(ids)}))
    found = rows.semi_join(wanted, "organisation_id").select("organisation_id", "name", "type", "region_hint")
    return {row["organisation_id"]: row for row in facts.collect(found).to_pylist()}
