# SPDX-License-Identifier: Apache-2.0
"""What is done with rights in force: transfers, pledges, licences, changes of name, partial invalidation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihang.simulation.applicant_types import INDIVIDUAL
from zhihang.simulation.applicants import Applicants
from zhihang.simulation.calendar import NEVER, Days, gazette_day
from zhihang.simulation.chunk import Chunk
from zhihang.simulation.directory import Directory
from zhihang.simulation.organisations import TYPES
from zhihang.simulation.scenario import Scenario

_ENTERPRISE = TYPES.index("enterprise")
_DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Dealings:
    """One entry per application; days are 0 for "never", organisations -1 for none.

    `buyer` holds the right from `transferred` on. `licensee` took a licence on `licensed`. `bank` is a number.
    """

    transferred: Days
    buyer: NDArray[np.int64]
    pledged: Days
    pledge_changed: Days
    released: Days
    bank: NDArray[np.int64]
    licensed: Days
    licensee: NDArray[np.int64]
    name_changed: Days
    partly_invalidated: Days


@dataclass(frozen=True)
class Dealer:
    """Draws what happens to the rights of a chunk."""

    scenario: Scenario
    directory: Directory
    wednesdays_until: int
    cumulative_share: NDArray[np.float64]

    def draw(self, chunk: Chunk, applicants: Applicants) -> Dealings:
        """Draw the dealings of a chunk; none falls outside the time a right is in force."""
        rates = self.scenario.dealings
        firm = applicants.type == _ENTERPRISE
        valuable = firm & (chunk.lives.kind < 2)
        transferred = self._happens(chunk, "transfer", np.full(len(chunk), rates.transfer))
        bought = chunk.lives.bought
        transferred = np.where(bought != NEVER, bought, transferred)
        pledged = self._happens(chunk, "pledge", np.where(valuable, rates.pledge, 0.0))
        pledged = np.where((transferred != NEVER) & (pledged > transferred), NEVER, pledged)
        changed = np.where(chunk.chance("pledge changed") < 0.06, pledged, NEVER)
        released = self._later(pledged, 365 + chunk.chance("released") * 800)
        licensed = self._happens(chunk, "licence", np.full(len(chunk), rates.licence))
        partly = self._happens(chunk, "partly", np.full(len(chunk), rates.partly_invalidated_share / 5))
        buyer = self._buyer(chunk, transferred)
        sold_to_itself = (buyer == applicants.organisation) | (buyer < 0)
        transferred = np.where(sold_to_itself, NEVER, transferred)
        return Dealings(
            transferred=transferred,
            buyer=np.where(sold_to_itself, -1, buyer),
            pledged=pledged,
            pledge_changed=self._inside(chunk, self._later(changed, 200)),
            released=released,
            bank=(chunk.chance("bank") * 1_000).astype(np.int64),
            licensed=licensed,
            licensee=self._firm(chunk, chunk.lives.county, licensed != NEVER, "licensee"),
            name_changed=self._name_changed(chunk, applicants, transferred),
            partly_invalidated=partly,
        )

    def _happens(self, chunk: Chunk, purpose: str, rate: NDArray[np.float64]) -> Days:
        """Draw the day of something that happens at a yearly rate while a right is in force."""
        with np.errstate(divide="ignore"):
            years = -np.log1p(-chunk.chance(purpose)) / rate
        days = chunk.lives.granted + 90 + np.minimum(years * _DAYS_A_YEAR, 30_000).astype(np.int32)
        return self._inside(chunk, gazette_day(days.astype(np.int32), self.wednesdays_until))

    def _inside(self, chunk: Chunk, days: Days) -> Days:
        """Keep the days on which a right is in force."""
        lives = chunk.lives
        ended = np.where(lives.ended == NEVER, np.iinfo(np.int32).max, lives.ended)
        inside = (lives.granted != NEVER) & (days > lives.granted) & (days < ended)
        return np.where(inside, days, NEVER).astype(np.int32)

    def _later(self, days: Days, wait: NDArray[np.float64] | int) -> Days:
        later = gazette_day((days + wait).astype(np.int32), self.wednesdays_until)
        return np.where(days != NEVER, later, NEVER).astype(np.int32)

    def _buyer(self, chunk: Chunk, transferred: Days) -> NDArray[np.int64]:
        """Draw buyers: in the same county, elsewhere in the region or, for few, outside.

        Rights bought from outside go to the region.
        """
        lives = chunk.lives
        chance = chunk.chance("where the buyer is")
        inside = len(self.cumulative_share)
        elsewhere = np.minimum(
            np.searchsorted(self.cumulative_share, chunk.chance("buyer's county")), inside - 1
        )
        far = inside + (chunk.chance("far buyer") * (len(self.directory.counties) - inside)).astype(np.int64)
        county = np.where(chance < 0.6, lives.county, elsewhere)
        county = np.where(chance > 1 - self.scenario.dealings.sold_outside, far, county)
        county = np.where(lives.bought != NEVER, elsewhere, county)
        organisations = self.directory.organisations
        firms = organisations.active[chunk.year][
            organisations.group(county, np.full(len(chunk), _ENTERPRISE))
        ]
        county = np.where(firms > 0, county, np.diff(self.cumulative_share, prepend=0).argmax())
        return self._firm(chunk, county, transferred != NEVER, "buyer")

    def _firm(
        self, chunk: Chunk, county: NDArray[np.integer], wanted: NDArray[np.bool_], purpose: str
    ) -> NDArray[np.int64]:
        """Draw a firm of each county where one is wanted; counties without firms give none."""
        organisations = self.directory.organisations
        found = np.full(len(chunk), -1, np.int64)
        group = organisations.group(county, np.full(len(chunk), _ENTERPRISE))
        rows = np.flatnonzero(wanted & (organisations.active[chunk.year][group] > 0))
        found[rows] = organisations.draw(group[rows], chunk.year, chunk.chance(purpose)[rows])
        return found

    def _name_changed(self, chunk: Chunk, applicants: Applicants, transferred: Days) -> Days:
        """The day on which a change of the holder's name is recorded, if it is."""
        renamed = self.directory.organisations.renamed[np.maximum(applicants.organisation, 0)]
        renamed = np.where(applicants.type != INDIVIDUAL, renamed, NEVER)
        recorded = chunk.chance("name change") < self.scenario.dealings.name_change_recorded
        wait = (40 + chunk.chance("name change wait") * 300).astype(np.int32)
        day = self._inside(chunk, gazette_day((renamed + wait).astype(np.int32), self.wednesdays_until))
        still = (transferred == NEVER) | (day < transferred)
        wanted = recorded & (renamed != NEVER) & (renamed > chunk.lives.filed) & still
        return np.where(wanted, day, NEVER).astype(np.int32)
