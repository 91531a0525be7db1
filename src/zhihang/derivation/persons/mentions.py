# SPDX-License-Identifier: Apache-2.0
"""Inventors as mentioned on applications, and what is known of these applications, as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from zhihang.derivation.persons.reading import Names
from zhihang.methods.agglomeration import Incidence

Numbers = NDArray[np.int64]
UNKNOWN = -1


@dataclass(frozen=True)
class Filings:
    """Applications by number, from 0, in the order of their ids: what each shares with others.

    `year` and `family` are -1 where unknown. Regions are places of applicants, at each level that is known.
    """

    count: int
    year: Numbers
    family: Numbers
    organisations: Incidence
    regions: Incidence
    subclasses: Incidence
    groups: Incidence
    cited: Incidence


@dataclass(frozen=True)
class Mentions:
    """Names on applications: parallel arrays of application and name (number of the variant), in canonical order.

    `own_regions` are places that the inventors themselves give, by mention.
    """

    application: Numbers
    variant: Numbers
    own_regions: Incidence
    names: Names
    filings: Filings

    @cached_property
    def atoms(self) -> Atoms:
        """Mentions of one name on one application, taken as one."""
        count = len(self.names.parts)
        both, first, inverse = np.unique(
            self.application * count + self.variant, return_index=True, return_inverse=True
        )
        rows, keys = self.own_regions.expand(np.arange(len(self.application)))
        own = Incidence.of(inverse[rows], keys, len(both), self.own_regions.width)
        application = both // count
        return Atoms(application, both - application * count, inverse, first, own, self)


@dataclass(frozen=True)
class Atoms:
    """The smallest things to be put together: one name on one application."""

    application: Numbers
    variant: Numbers
    of_mention: Numbers
    first_mention: Numbers
    own_regions: Incidence
    mentions: Mentions

    def __len__(self) -> int:
        return len(self.application)

    @cached_property
    def block(self) -> Numbers:
        """Block of names of each atom."""
        found: Numbers = self.mentions.names.block[self.variant]
        return found

    @cached_property
    def block_width(self) -> int:
        """A number above that of every block."""
        return int(self.mentions.names.block.max(initial=0)) + 1

    def of_filings(self, what: Incidence, rows: Numbers) -> tuple[Numbers, Numbers]:
        """Return keys of the applications of some atoms: position in `rows`, key."""
        return what.expand(self.application[rows])

    @cached_property
    def _on_application(self) -> tuple[Numbers, Numbers]:
        """Where the atoms of each application begin, and how many there are."""
        starts = np.searchsorted(self.application, np.arange(self.mentions.filings.count + 1))
        return starts[:-1], np.diff(starts)

    def co_inventors(self, rows: Numbers, most: int = 30) -> tuple[Numbers, Numbers]:
        """Return the blocks of the other names on the applications of some atoms: position in `rows`, block.

        Of very long lists of inventors the first `most` count.
        """
        starts, sizes = self._on_application
        team = np.minimum(sizes[self.application[rows]], most)
        places = np.repeat(np.arange(len(rows)), team)
        step = np.arange(len(places)) - np.repeat(np.cumsum(team) - team, team)
        others = np.repeat(starts[self.application[rows]], team) + step
        kept = self.block[others] != self.block[rows[places]]
        return places[kept], self.block[others[kept]]

    def regions(self, rows: Numbers) -> tuple[Numbers, Numbers]:
        """Return places of some atoms: those the inventors give, else those of the applicants."""
        own = self.own_regions.degree(rows) > 0
        first, first_keys = self.own_regions.expand(rows[own])
        second, second_keys = self.of_filings(self.mentions.filings.regions, rows[~own])
        places = np.concatenate([np.flatnonzero(own)[first], np.flatnonzero(~own)[second]])
        return places, np.concatenate([first_keys, second_keys])
