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
from zhihang.simulation.register import join_lines
from zhihang.simulation.scenario import APPLICANT_TYPES, KINDS
from zhihang.simulation.subjects import Subjects
from zhihang.simulation.topics import Topics

COLUMNS = (
    "application_number", "kind", "county_code", "applicant_type", "organisation_id", "canonical_name", "joint_id",
    "holder_id", "holder_county_code", "status_intervals", "technical_field", "faults", "origin",
)  # fmt: skip

_KINDS, _TYPES = Book.of(KINDS), Book.of(APPLICANT_TYPES)
_ENDINGS = {LAPSED: "lapsed", EXPIRED: "expired", INVALIDATED: "invalidated", ABANDONED: "abandoned"}
_CLOSINGS = {REFUSED: "refused", WITHDRAWN: "withdrawn"}
_WORDS = Book.of(
    (";in_force:", *(f";{word}:" for word in (*_ENDINGS.values(), *_CLOSINGS.values(), "deemed_withdrawn")))
)


@dataclass(frozen=True)
class Truth:
    """Writes the lines of the file of true values."""

    directory: Directory
    dates: Dates
    topics: Topics
    county_codes: Book

    @classmethod
    def of(cls, directory: Directory, dates: Dates, topics: Topics) -> Truth:
        """Prepare the books this file needs."""
        return cls(directory, dates, topics, Book.of(county.code for county in directory.counties))

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
        name = np.where(
            applicants.individual,
            applicants.official_name,
            directory.organisation_name(np.maximum(applicants.organisation, 0), NOW),
        )
        first = self._identity(county, applicants.organisation, applicants.person)
        joint = self._identity(county, applicants.partner, applicants.companion)
        sold = chunk.known(dealings.transferred)
        buyer_county = directory.organisations.county[np.maximum(dealings.buyer, 0)]
        buyer = self._identity(county, np.where(sold, dealings.buyer, -1), np.full(len(chunk), -1))
        field = Book.of(self.topics.field_names).look_up(
            1 + self.topics.field_of[subjects.topic].astype(np.int32)
        )
        return join_lines(
            [
                [numbers],
                [_KINDS.look_up(chunk.lives.kind + 1)],
                [self.county_codes.look_up(county + 1)],
                [_TYPES.look_up(applicants.type + 1)],
                [first],
                [directory.names.look_up(name)],
                [joint],
                [pc.if_else(pa.array(sold), buyer, first)],
                [self.county_codes.look_up(1 + np.where(sold, buyer_county, county))],
                self._intervals(chunk),
                [field],
                [faulty.names()],
                ["simulated"],
            ]
        )

    def _identity(
        self, county: NDArray[np.int32], organisation: NDArray[np.int64], person: NDArray[np.int64]
    ) -> pa.Array:
        """Identifiers: of organisations their own, of persons P, county and number; blank for none."""
        is_person = (organisation < 0) & (person >= 0)
        number = pc.if_else(pa.array(is_person), pc.cast(pa.array(person), pa.string()), "")
        return pc.binary_join_element_wise(
            self.directory.organisations.ids.look_up(organisation + 1),
            pc.if_else(pa.array(is_person), "P", ""),
            self.county_codes.look_up(np.where(is_person, county + 1, 0)),
            pc.if_else(pa.array(is_person), "-", ""),
            number,
            "",
        )

    def _intervals(self, chunk: Chunk) -> list[pa.Array | str]:
        """Status intervals, from day to day, the last one open: ``pending:2012-03-01/2014-05-06;in_force:2014-05-06/``."""
        lives, write = chunk.lives, self.dates.write
        words = {
            word: place
            for place, word in enumerate((*_ENDINGS.values(), *_CLOSINGS.values(), "deemed_withdrawn"), 2)
        }
        granted, closed, ended = (
            chunk.known(lives.granted),
            chunk.known(lives.closed),
            chunk.known(lives.ended),
        )
        decided = np.where(granted, lives.granted, np.where(closed, lives.closed, NEVER))
        lost = np.select(
            [lives.closing == way for way in _CLOSINGS],
            [words[w] for w in _CLOSINGS.values()],
            words["deemed_withdrawn"],
        )
        over = np.select([lives.ending == way for way in _ENDINGS], [words[w] for w in _ENDINGS.values()], 0)
        end = np.where(ended, lives.ended, NEVER)
        return [
            "pending:",
            write(lives.filed),
            "/",
            write(decided),
            _WORDS.look_up(np.where(granted, 1, np.where(closed, lost, 0))),
            write(decided),
            pc.if_else(pa.array(decided != NEVER), "/", ""),
            write(end),
            _WORDS.look_up(np.where(ended, over, 0)),
            write(end),
            pc.if_else(pa.array(end != NEVER), "/", ""),
        ]
