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
    """Everyone who may file, sell or buy. `quoted` says which names hold a comma."""

    counties: tuple[County, ...]
    organisations: Organisations
    addresses: Addresses
    names: Book
    quoted: NDArray[np.bool_]

    @classmethod
    def of(
        cls, counties: tuple[County, ...], organisations: Organisations, addresses: Addresses, persons: Book
    ) -> Directory:
        """Join the names of organisations, each in all ways, and those of persons."""
        own = pa.array([way for ways in organisations.names for way in ways], pa.string())
        names = Book(pa.concat_arrays([pa.array([""]), own, persons.texts[1:]]))
        # Persons carry no commas, so only the organisations' names need looking at.
        quoted = np.zeros(len(names), bool)
        quoted[1 : 1 + len(own)] = ["," in name for name in own.to_pylist()]
        return cls(counties, organisations, addresses, names, quoted)

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
