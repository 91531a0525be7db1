# SPDX-License-Identifier: Apache-2.0
"""Who filed each application: the true applicants, and how the register writes their names and addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from zhihang.simulation.addresses import FULL, WITHOUT_COUNTY, WITHOUT_POSTCODE, WITHOUT_PROVINCE
from zhihang.simulation.applicant_types import INDIVIDUAL, TypeShares
from zhihang.simulation.book import Positions
from zhihang.simulation.calendar import NEVER, day_number
from zhihang.simulation.chunk import Chunk
from zhihang.simulation.directory import Directory
from zhihang.simulation.organisation_names import (
    BEFORE,
    ENGLISH,
    NOW,
    OTHER_BRACKETS,
    PART,
    SHORT,
    SLIP,
    SPACED,
)
from zhihang.simulation.organisations import TYPES
from zhihang.simulation.scenario import APPLICANT_TYPES, Scenario

_ENTERPRISE = TYPES.index("enterprise")
_ACTIVE_YEARS = 4
_MOST_HOMES = 1_000_000
T = TypeVar("T", bound=np.generic)


@dataclass(frozen=True)
class Applicants:
    """One entry per application.

    `organisation` is -1 for individuals, who have a number in their county, `person`. A second applicant is an
    organisation (`partner`) or a person (`companion`), -1 for none. The rest are positions in books.
    """

    type: NDArray[np.int8]
    county: NDArray[np.int16]
    organisation: NDArray[np.int64]
    person: NDArray[np.int64]
    partner: NDArray[np.int64]
    companion: NDArray[np.int64]
    name: Positions
    official_name: Positions
    joint_name: Positions
    address: Positions
    official_address: Positions
    old_county: NDArray[np.bool_]
    named_county: NDArray[np.bool_]

    @property
    def individual(self) -> NDArray[np.bool_]:
        """Which were filed by natural persons."""
        return self.organisation < 0


@dataclass(frozen=True)
class ApplicantDrawer:
    """Finds applicants for the applications of a chunk."""

    scenario: Scenario
    shares: TypeShares
    directory: Directory
    persons: Mapping[int, NDArray[np.int64]]
    former_until: NDArray[np.int32]

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        shares: TypeShares,
        directory: Directory,
        expected: NDArray[np.float64],
        years: range,
    ) -> ApplicantDrawer:
        """Prepare from the filings expected by year, county and type; persons number so many of them."""
        rate = scenario.applicants.persons_per_filing
        cumulative = np.ceil(np.cumsum(expected[:, :, INDIVIDUAL], axis=0) * rate).astype(np.int64) + 3
        former = [max(day_number(county.former_until), NEVER) for county in directory.counties]
        return cls(
            scenario, shares, directory, dict(zip(years, cumulative, strict=True)), np.array(former, np.int32)
        )

    def draw(self, chunk: Chunk) -> Applicants:
        """Draw the applicants of a chunk, and how they are written."""
        type_, organisation, person = self._first(chunk)
        known = np.maximum(organisation, 0)
        name_way = self._name_way(chunk, known)
        # A name in English stands alone: it holds a comma.
        partner, companion = self._second(chunk, type_, alone=(name_way == ENGLISH))
        county = chunk.lives.county
        individual = organisation < 0
        old = chunk.lives.filed < self.former_until[county]
        late = chunk.chance("old county name") < self.scenario.variants.old_county_name_after_change
        written_old = old | (late & (self.former_until[county] > NEVER))
        way = self._address_way(chunk)
        directory = self.directory
        person_name = directory.person_name(county, person)
        return Applicants(
            type=type_,
            county=county,
            organisation=organisation,
            person=person,
            partner=partner,
            companion=companion,
            name=np.where(individual, person_name, directory.organisation_name(known, name_way)),
            official_name=np.where(
                individual, person_name, directory.official_name(known, chunk.lives.filed)
            ),
            joint_name=self._joint_name(chunk, partner, companion),
            address=self._address(individual, known, county, person, way, written_old),
            official_address=self._address(individual, known, county, person, np.full(len(way), FULL), old),
            old_county=written_old,
            named_county=way != WITHOUT_COUNTY,
        )

    def _first(self, chunk: Chunk) -> tuple[NDArray[np.int8], NDArray[np.int64], NDArray[np.int64]]:
        organisations = self.directory.organisations
        possible = np.ones((len(self.directory.counties), len(APPLICANT_TYPES)), bool)
        possible[:, :INDIVIDUAL] = (organisations.active[chunk.year] > 0).reshape(-1, len(TYPES))
        lives = chunk.lives
        granted = lives.granted != NEVER
        type_ = self.shares.draw(lives.kind, granted, lives.county, possible, chunk.chance("type"))
        rows = np.flatnonzero(type_ != INDIVIDUAL)
        chance = chunk.chance("applicant")
        organisation = np.full(len(chunk), -1, np.int64)
        group = organisations.group(lives.county[rows], type_[rows])
        organisation[rows] = organisations.draw(group, chunk.year, chance[rows])
        return type_, organisation, self._person(chunk.year, lives.county, chance)

    def _person(
        self, year: int, county: NDArray[np.integer], chance: NDArray[np.float64]
    ) -> NDArray[np.int64]:
        """Draw one of the persons who file about this year."""
        now = self.persons[year]
        before = self.persons.get(year - _ACTIVE_YEARS, np.zeros_like(now))
        person: NDArray[np.int64] = (before[county] + chance * (now - before)[county]).astype(np.int64)
        return person

    def _second(
        self, chunk: Chunk, type_: NDArray[np.int8], *, alone: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Draw second applicants: for organisations mostly a firm of the region, for persons another person."""
        joint = np.array([self.scenario.applicants.joint.get(name, 0.0) for name in APPLICANT_TYPES])
        has = (chunk.chance("joint") < joint[type_]) & ~alone
        partner, companion = np.full(len(chunk), -1, np.int64), np.full(len(chunk), -1, np.int64)
        chance = chunk.chance("partner")
        organisations = self.directory.organisations
        group = organisations.group(chunk.lives.county, np.full(len(chunk), _ENTERPRISE))
        possible = organisations.active[chunk.year][group] > 0
        firm = np.flatnonzero(has & (type_ != INDIVIDUAL) & possible)
        partner[firm] = organisations.draw(group[firm], chunk.year, chance[firm])
        one = np.flatnonzero(has & (type_ == INDIVIDUAL))
        companion[one] = self._person(chunk.year, chunk.lives.county[one], chance[one])
        return partner, companion

    def _joint_name(
        self, chunk: Chunk, partner: NDArray[np.int64], companion: NDArray[np.int64]
    ) -> Positions:
        name = np.zeros(len(chunk), np.int32)
        firm, one = np.flatnonzero(partner >= 0), np.flatnonzero(companion >= 0)
        name[firm] = self.directory.official_name(partner[firm], chunk.lives.filed[firm])
        name[one] = self.directory.person_name(chunk.lives.county[one], companion[one])
        return name

    def _name_way(self, chunk: Chunk, organisation: NDArray[np.int64]) -> NDArray[np.int64]:
        shares = self.scenario.variants
        renamed = self.directory.organisations.renamed[organisation]
        before = chunk.lives.filed < renamed
        late = (renamed != NEVER) & (chunk.chance("old name") < shares.old_name_after_change)
        other = np.where(chunk.chance("brackets") < shares.other_brackets, OTHER_BRACKETS, NOW)
        ways = ((SLIP, shares.slip_of_pen), (SHORT, shares.short_form), (PART, shares.part_of_organisation),
                (ENGLISH, shares.english), (SPACED, shares.blank_inside))  # fmt: skip
        varied = _choose(chunk.chance("name way"), ways, other)
        return np.where(before | late, BEFORE, varied)

    def _address_way(self, chunk: Chunk) -> NDArray[np.int64]:
        shares = self.scenario.variants
        ways = ((WITHOUT_POSTCODE, shares.without_postcode), (WITHOUT_COUNTY, shares.without_county),
                (WITHOUT_PROVINCE, shares.without_province))  # fmt: skip
        return _choose(chunk.chance("address way"), ways, np.full(len(chunk), FULL))

    def _address(
        self,
        individual: NDArray[np.bool_],
        organisation: NDArray[np.int64],
        county: NDArray[np.integer],
        person: NDArray[np.int64],
        way: NDArray[np.int64],
        old: NDArray[np.bool_],
    ) -> Positions:
        addresses = self.directory.addresses
        own = addresses.of_organisation(organisation, way, old)
        # Scatter persons over the homes, so that neighbours in number are not neighbours in place.
        home = (person * 2_654_435_761) % _MOST_HOMES
        return np.where(individual, addresses.of_home(county, home, way, old), own)


def _choose(
    chance: NDArray[np.float64], ways: tuple[tuple[int, float], ...], otherwise: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Give each the way whose share its chance falls into, and the others what they had."""
    steps = np.cumsum([share for _, share in ways])
    numbers = np.array([way for way, _ in ways])
    place = np.searchsorted(steps, chance, side="right")
    return np.where(place < len(ways), numbers[np.minimum(place, len(ways) - 1)], otherwise)
