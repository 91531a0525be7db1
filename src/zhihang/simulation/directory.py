# SPDX-License-Identifier: Apache-2.0
"""The directory: one book of the names of all organisations and persons, with their addresses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from zhihang.simulation.addresses import Addresses
from zhihang.simulation.book import Book, Positions
from zhihang.simulation.calendar import Days
from zhihang.simulation.county import County
from zhihang.simulation.organisation_names import BEFORE, NOW, WAYS
from zhihang.simulation.organisations import Organisations
from zhihang.simulation.person_names import name_of


@dataclass(frozen=True)
class Directory:
    """Everyone who may file, sell or buy. A name with a comma, as English ones have, stands in quotes."""

    counties: tuple[County, ...]
    organisations: Organisations
    addresses: Addresses
    names: Book

    @classmethod
    def of(
        cls, counties: tuple[County, ...], organisations: Organisations, addresses: Addresses, persons: Book
    ) -> Directory:
        """Join the names of organisations, each in all ways, and those of persons."""
        own = [f'"{way}"' if "," in way else way for ways in organisations.names for way in ways]
        return cls(
            counties,
            organisations,
            addresses,
            Book(pa.concat_arrays([pa.array(["", *own]), persons.texts[1:]])),
        )

    def organisation_name(
        self, organisation: NDArray[np.integer], way: NDArray[np.integer] | int
    ) -> Positions:
        """Position of an organisation's name, written in a way."""
        return (1 + organisation * WAYS + way).astype(np.int32)

    def person_name(self, county: NDArray[np.integer], person: NDArray[np.integer]) -> Positions:
        """Position of the name of a person, numbered within a county."""
        return (len(self.organisations) * WAYS + name_of(county, person + 7)).astype(np.int32)

    def official_name(self, organisation: NDArray[np.integer], day: Days | int) -> Positions:
        """Position of the name an organisation had on a day."""
        renamed = self.organisations.renamed[organisation]
        return self.organisation_name(organisation, np.where(renamed > day, BEFORE, NOW))
