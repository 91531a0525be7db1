# SPDX-License-Identifier: Apache-2.0
"""What only the simulation knows: who really filed, where, and since when each application had which status."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from zhihang.simulation.applicants import Applicants
from zhihang.simulation.book import Book
from zhihang.simulation.calendar import NEVER
from zhihang.simulation.chunk import Chunk
from zhihang.simulation.date_text import Dates
from zhihang.simulation.dealings import Dealings
from zhihang.simulation.directory import Directory
from zhihang.simulation.faults import Faulty
from zhihang.simulation.lives import ABANDONED, EXPIRED, INVALIDATED, LAPSED, REFUSED, WITHDRAWN
from zhihang.simulation.organisation_names import NOW
from zhihang.simulation.register import Cell, join_lines
from zhihang.simulation.scenario import APPLICANT_TYPES, KINDS
from zhihang.simulation.subjects import Subjects
from zhihang.simulation.topics import Topics

COLUMNS = (
    "application_number", "kind", "county_code", "applicant_type", "organisation_id", "canonical_name", "joint_id",
    "holder_id", "holder_county_code", "filed", "decided", "decision", "ended", "ending", "technical_field", "faults",
    "origin",
)  # fmt: skip

_GRANTED, _REFUSED, _WITHDRAWN, _DEEMED = range(1, 5)
_ENDINGS = {LAPSED: "lapsed", EXPIRED: "expired", INVALIDATED: "invalidated", ABANDONED: "abandoned"}

_KINDS, _TYPES = Book.of(KINDS), Book.of(APPLICANT_TYPES)
_DECISION_WORDS = Book.of(("granted", "refused", "withdrawn", "deemed_withdrawn"))
_ENDING_WORDS = Book.of(_ENDINGS[ending] for ending in sorted(_ENDINGS))


@dataclass(frozen=True)
class Truth:
    """Writes the lines of the file of true values."""

    directory: Directory
    dates: Dates
    topics: Topics
    county_codes: Book
    field_names: Book

    @classmethod
    def of(cls, directory: Directory, dates: Dates, topics: Topics) -> Truth:
        """Prepare the books this file needs."""
        codes = Book.of(county.code for county in directory.counties)
        return cls(directory, dates, topics, codes, Book.of(topics.field_names))

    @staticmethod
    def head() -> bytes:
        """Return the line of column names."""
        return (",".join(COLUMNS) + "\r\n").encode()

    def lines(
        self,
        chunk: Chunk,
        applicants: Applicants,
        subjects: Subjects,
        dealings: Dealings,
        numbers: pa.Array,
        faulty: Faulty,
    ) -> pa.Array:
        """Write the true values of a chunk."""
        directory = self.directory
        county = applicants.county.astype(np.int32)
        known = np.maximum(applicants.organisation, 0)
        current = directory.organisation_name(known, NOW)
        first = self._identities(county, applicants.organisation, applicants.person)
        return join_lines(
            [
                [numbers],
                _KINDS.cells(chunk.lives.kind + 1),
                self.county_codes.cells(county + 1),
                _TYPES.cells(applicants.type + 1),
                [first],
                directory.names.cells(np.where(applicants.individual, applicants.official_name, current)),
                [self._joint(applicants, county)],
                *self._holder(chunk, dealings, first, county),
                *self._status(chunk),
                self.field_names.cells(1 + self.topics.field_of[subjects.topic].astype(np.int32)),
                [faulty.names()],
                ["simulated"],
            ]
        )

    def _holder(
        self, chunk: Chunk, dealings: Dealings, first: pa.Array, county: NDArray[np.int32]
    ) -> list[Cell]:
        """Identifier and county of the holder at the end: the buyer of a right sold, else the first applicant."""
        organisations = self.directory.organisations
        sold = chunk.known(dealings.transferred)
        buyer = dealings.buyer[sold]
        place = county.copy()
        place[sold] = organisations.county[buyer]
        holder = pc.replace_with_mask(first, pa.array(sold), organisations.ids.look_up(buyer + 1))
        return [[holder], self.county_codes.cells(place + 1)]

    def _joint(self, applicants: Applicants, county: NDArray[np.int32]) -> pa.Array:
        """Identifiers of second applicants; blank for the many that have none."""
        rows = np.flatnonzero((applicants.partner >= 0) | (applicants.companion >= 0))
        few = self._identities(county[rows], applicants.partner[rows], applicants.companion[rows])
        place = np.zeros(len(county), np.int32)
        place[rows] = np.arange(1, len(rows) + 1)
        return Book(pa.concat_arrays([pa.array([""]), few])).look_up(place)

    def _identities(
        self, county: NDArray[np.int32], organisation: NDArray[np.int64], person: NDArray[np.int64]
    ) -> pa.Array:
        """Identifiers: organisations have their own, persons get P, the county and their number."""
        alone = organisation < 0
        ids = self.directory.organisations.ids.look_up(np.maximum(organisation, 0) + 1)
        numbers = pc.cast(pa.array(person[alone]), pa.string())
        persons = pc.binary_join_element_wise(
            "P", self.county_codes.look_up(county[alone] + 1), "-", numbers, ""
        )
        return pc.replace_with_mask(ids, pa.array(alone), persons)

    def _status(self, chunk: Chunk) -> list[Cell]:
        """Day of filing; day and kind of the decision; day and kind of the end of the right. Blank while still open."""
        lives, write = chunk.lives, self.dates.cells
        granted, closed, ended = (
            chunk.known(lives.granted),
            chunk.known(lives.closed),
            chunk.known(lives.ended),
        )
        refused, withdrawn = lives.closing == REFUSED, lives.closing == WITHDRAWN
        lost = np.select([refused, withdrawn], [_REFUSED, _WITHDRAWN], _DEEMED)
        decision = np.where(granted, _GRANTED, np.where(closed, lost, 0))
        return [
            write(lives.filed),
            write(np.where(granted, lives.granted, np.where(closed, lives.closed, NEVER))),
            _DECISION_WORDS.cells(decision),
            write(np.where(ended, lives.ended, NEVER)),
            _ENDING_WORDS.cells(np.where(ended, lives.ending, 0)),
        ]
