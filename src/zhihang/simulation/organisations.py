# SPDX-License-Identifier: Apache-2.0
"""The organisations of the simulated region: how many, how large, what they work on, what they are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from zhihang.simulation.applicant_types import TypeShares
from zhihang.simulation.book import Book, Positions, Ranges
from zhihang.simulation.calendar import NEVER, day_number, first_day
from zhihang.simulation.county import County
from zhihang.simulation.credit_code import credit_code
from zhihang.simulation.draws import Draws
from zhihang.simulation.organisation_names import Name, Namer
from zhihang.simulation.person_names import name_of
from zhihang.simulation.plan import Plan
from zhihang.simulation.scenario import APPLICANT_TYPES, ApplicantType, Scenario
from zhihang.simulation.texts import Shelved
from zhihang.simulation.topics import Topics
from zhihang.simulation.vocabulary import Vocabulary

#: Types with a name of their own, in the order of `APPLICANT_TYPES`; individuals are the one left out.
TYPES = APPLICANT_TYPES[:-1]
_ENTERPRISE = TYPES.index("enterprise")
_CATEGORY = {"university": "12", "research_institute": "12", "enterprise": "91", "public_body": "11"}
_LETTER = {"university": "U", "research_institute": "R", "enterprise": "E", "public_body": "G"}
_GROWTH = 0.8  # a region with twice the filings has 1.7 times as many applicants
_FAR_FIRMS = 8
_FIRM_TOPICS, _BROAD_TOPICS = 4, 48
_FILINGS_PER_TEAM, _MOST_TEAMS, _LEAST_STAFF = 6, 500, 9


@dataclass(frozen=True)
class Organisations:
    """One entry per organisation, those of one county and type together, the older before the younger.

    `groups` says where those of a county and type stand; `active` how many of them exist in a year. `size` is
    the cumulative size through all organisations, by which applicants are drawn.
    """

    county: NDArray[np.int16]
    type: NDArray[np.int8]
    renamed: NDArray[np.int32]
    size: NDArray[np.float64]
    groups: Ranges
    active: Mapping[int, NDArray[np.int64]]
    topics: Positions
    topic_of: Ranges
    teams: Shelved
    names: list[list[str]]
    ids: Book
    credit_codes: Book

    def __len__(self) -> int:
        return len(self.county)

    def group(self, county: NDArray[np.integer], type_: NDArray[np.integer]) -> NDArray[np.int64]:
        """Return the group of a county and type."""
        number: NDArray[np.int64] = county.astype(np.int64) * len(TYPES) + type_
        return number

    def draw(self, group: NDArray[np.int64], year: int, chance: NDArray[np.float64]) -> NDArray[np.int64]:
        """Draw an organisation of each group by size; every group must have one in the year."""
        first = self.groups.starts[group]
        last = first + self.active[year][group]
        low, high = self.size[first], self.size[last]
        found = np.searchsorted(self.size, low + chance * (high - low), side="right") - 1
        drawn: NDArray[np.int64] = np.clip(found, first, last - 1)
        return drawn

    def draw_topic(self, organisation: NDArray[np.int64], chance: NDArray[np.float64]) -> Positions:
        """Draw a topic of each organisation, the first ones more often."""
        return self.topics[self.topic_of.pick(organisation, chance**1.6)]


@dataclass
class _Founded:
    """An organisation as it is being set up."""

    county: int
    type: ApplicantType
    name: Name
    weight: float
    founded: int
    renamed: int
    fields: Mapping[str, float]


def found_organisations(
    plan: Plan, shares: TypeShares, topics: Topics, vocabulary: Vocabulary, names: Book, draws: Draws
) -> Organisations:
    """Set up all organisations that file in the years of a plan."""
    founder = _Founder(plan, shares, topics, vocabulary, draws)
    groups = [list(founder.group(county, type_)) for county in range(len(plan.counties)) for type_ in TYPES]
    everyone = [organisation for group in groups for organisation in group]
    random = draws.generator("organisations")
    sizes = np.concatenate([[0.0], np.cumsum(founder.sizes(groups))])
    slots = founder.topics_of(everyone)
    counties = np.array([one.county for one in everyone], np.int16)
    return Organisations(
        county=counties,
        type=np.array([TYPES.index(one.type) for one in everyone], np.int8),
        renamed=np.array([one.renamed for one in everyone], np.int32),
        size=sizes,
        groups=Ranges.of((len(group) for group in groups), first=0),
        active={
            year: np.array([sum(one.founded <= year for one in group) for group in groups], np.int64)
            for year in plan.years
        },
        topics=np.concatenate(slots) if slots else np.zeros(0, np.int32),
        topic_of=Ranges.of((len(own) for own in slots), first=0),
        teams=_teams(founder.expected(everyone, sizes), names, random),
        names=[one.name.written(one.type, vocabulary.names, founder.dice) for one in everyone],
        ids=Book.of(_ids(plan.counties, everyone)),
        credit_codes=Book.of(
            credit_code(_CATEGORY[one.type], plan.counties[one.county].code, number)
            for number, one in enumerate(everyone)
        ),
    )


class _Founder:
    """Decides how many organisations there are, when they begin and what they do."""

    def __init__(
        self, plan: Plan, shares: TypeShares, topics: Topics, vocabulary: Vocabulary, draws: Draws
    ) -> None:
        self.plan, self.shares, self.topics = plan, shares, topics
        self.scenario: Scenario = plan.scenario
        self.dice = draws.dice("organisations")
        self.random = draws.generator("sizes")
        self.alone = {field: {field: 1.0} for field in vocabulary.fields}
        self.fields = vocabulary.fields
        self.namer = Namer(vocabulary.names, self.dice, self.scenario.applicants.renamed_share)
        for organisation in self.scenario.organisations:
            self.namer.reserve(organisation.zh)
        self.mixes = [self._mix(county) for county in plan.counties]
        self.cumulative = np.cumsum(shares.expected(plan), axis=0)

    def group(self, county: int, type_: ApplicantType) -> Iterator[_Founded]:
        """Set up the organisations of one county and type, the oldest first."""
        place = self.plan.counties[county]
        yield from self._named(county, type_)
        if not place.inside:
            for _ in range(_FAR_FIRMS if type_ == "enterprise" else 0):
                yield self._invented(county, type_, 0)
            return
        if type_ == "university":
            for _ in range(self.shares.hosts[county]):
                yield self._invented(county, type_, 0)
            return
        counted = 0
        for year, filings in zip(self.plan.years, self._filings(county, type_), strict=True):
            wanted = ceil(self._density(type_) * filings**_GROWTH)
            for _ in range(counted, wanted):
                yield self._invented(county, type_, year)
            counted = max(counted, wanted)

    def sizes(self, groups: Sequence[Sequence[_Founded]]) -> NDArray[np.float64]:
        """Size of each organisation: its weight where the scenario gives one, else few large and many small (Zipf)."""
        exponent = self.scenario.applicants.size_exponent
        parts = []
        for group in groups:
            rank = self.random.permutation(len(group))
            zipf = 1 / (rank + 2.0) ** exponent
            given = np.array([one.weight for one in group])
            total = zipf[given == 0].sum()
            # What the scenario names takes half of a group that has others too.
            zipf = np.where(given > 0, given / given.sum() * (total or 1.0), zipf) if given.any() else zipf
            parts.append(zipf)
        return np.concatenate(parts)

    def expected(self, everyone: Sequence[_Founded], sizes: NDArray[np.float64]) -> NDArray[np.float64]:
        """Filings expected of each organisation over all years, by its share of the size of its group."""
        own = np.diff(sizes)
        group = np.array([one.county * len(TYPES) + TYPES.index(one.type) for one in everyone])
        total = np.bincount(group, weights=own, minlength=len(self.plan.counties) * len(TYPES))
        filings = self.cumulative[-1][:, : len(TYPES)].ravel()
        expected: NDArray[np.float64] = own / total[group] * filings[group]
        return expected

    def topics_of(self, everyone: Sequence[_Founded]) -> list[Positions]:
        """Topics each organisation works on; those with a wide mix of fields have more."""
        cumulative: dict[int, NDArray[np.float64]] = {}
        found = []
        for one in everyone:
            key = id(one.fields)
            if key not in cumulative:
                cumulative[key] = self.topics.cumulative(one.fields)
            count = _FIRM_TOPICS if one.type == "enterprise" else _BROAD_TOPICS
            chances = [self.dice.chance() for _ in range(count)]
            found.append(
                np.minimum(np.searchsorted(cumulative[key], chances), len(self.topics) - 1).astype(np.int32)
            )
        return found

    def _named(self, county: int, type_: ApplicantType) -> Iterator[_Founded]:
        code = self.plan.counties[county].code
        for given in self.scenario.organisations:
            if (given.county, given.type) == (code, type_):
                name = Name(given.zh, given.en, given.formerly or given.zh)
                yield _Founded(county, type_, name, given.weight, 0, _day(given.until), given.fields)

    def _invented(self, county: int, type_: ApplicantType, year: int) -> _Founded:
        place = self.plan.counties[county]
        mix = self.mixes[county]
        if type_ == "enterprise":
            field = _one_of(mix, self.dice.chance())
            trade = self.fields[field]
            name = self.namer.name(type_, place, trade.firm_words, cooperatives=trade.cooperatives)
            return _Founded(county, type_, name, 0.0, year, self._renaming(name, year), self.alone[field])
        name = self.namer.name(type_, place)
        return _Founded(county, type_, name, 0.0, year, NEVER, mix)

    def _renaming(self, name: Name, founded: int) -> int:
        if name.before == name.zh:
            return NEVER
        return int(first_day(max(founded, 2000) + 2 + self.dice.below(10), 1 + self.dice.below(12))) + 9

    def _filings(self, county: int, type_: ApplicantType) -> list[float]:
        filings: list[float] = self.cumulative[:, county, TYPES.index(type_)].tolist()
        return filings

    def _density(self, type_: ApplicantType) -> float:
        rules = self.scenario.applicants
        return {
            "enterprise": rules.enterprises_per_filing,
            "research_institute": rules.institutes_per_filing,
            "public_body": rules.public_bodies_per_filing,
        }.get(type_, 0.0)

    def _mix(self, county: County) -> dict[str, float]:
        rules = self.scenario.industries
        mix = rules.values.get(county.code, rules.values["default"])
        return {
            field: weight * np.exp((self.dice.chance() - 0.5) * 3.5 * rules.noise)
            for field, weight in mix.items()
        }


def _one_of(weights: Mapping[str, float], chance: float) -> str:
    left = chance * sum(weights.values())
    for choice, weight in weights.items():
        left -= weight
        if left < 0:
            return choice
    return next(iter(weights))


def _day(given: date | None) -> int:
    return NEVER if given is None else day_number(given)


def _ids(counties: Sequence[County], everyone: Sequence[_Founded]) -> Iterator[str]:
    """Identifiers of the true organisations: county, type, running number."""
    counted: dict[tuple[int, str], int] = {}
    for one in everyone:
        key = (one.county, one.type)
        counted[key] = counted.get(key, 0) + 1
        yield f"{_LETTER[one.type]}{counties[one.county].code}-{counted[key]:05d}"


def _teams(expected: NDArray[np.float64], names: Book, random: np.random.Generator) -> Shelved:
    """Teams of inventors of each organisation, from a staff that grows with its filings; people are in several teams."""
    teams = np.clip(np.ceil(expected / _FILINGS_PER_TEAM), 1, _MOST_TEAMS).astype(np.int64)
    organisation = np.repeat(np.arange(len(teams)), teams)
    sizes = 1 + np.minimum(random.poisson(2.4, len(organisation)), 8)
    member_of = np.repeat(organisation, sizes)
    staff = _LEAST_STAFF + teams[member_of] * 2
    leader = np.repeat((random.random(len(organisation)) * 1e6).astype(np.int64), sizes)
    place = np.arange(len(member_of)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    person = (leader + place) % staff
    members = names.look_up(name_of(member_of + 1, person))
    offsets = pa.array(np.concatenate([[0], np.cumsum(sizes)]), pa.int32())
    joined = pc.binary_join(pa.ListArray.from_arrays(offsets, members), ";")
    return Shelved(Book(pa.concat_arrays([pa.array([""]), joined])), Ranges.of(teams))
