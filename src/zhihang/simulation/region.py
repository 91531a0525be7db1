# SPDX-License-Identifier: Apache-2.0
"""A region ready to be written: its plan, its people, its words, and the work of writing cut into chunks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from zhihang.errors import DefinitionError, NotAllowed
from zhihang.simulation.addresses import make_addresses
from zhihang.simulation.applicant_types import type_shares
from zhihang.simulation.applicants import ApplicantDrawer
from zhihang.simulation.book import Book
from zhihang.simulation.calendar import NEVER, first_day
from zhihang.simulation.chunk import Chunk
from zhihang.simulation.comparison import Tally, tally
from zhihang.simulation.county import counties_of
from zhihang.simulation.date_text import Dates
from zhihang.simulation.dealings import Dealer
from zhihang.simulation.directory import Directory
from zhihang.simulation.draws import Draws
from zhihang.simulation.events import Events
from zhihang.simulation.faults import Faulty
from zhihang.simulation.lives import alive_since, live
from zhihang.simulation.load import load_office, load_scenario
from zhihang.simulation.number_series import NumberSeries
from zhihang.simulation.number_text import application_numbers
from zhihang.simulation.organisations import found_organisations
from zhihang.simulation.person_names import make_person_names
from zhihang.simulation.plan import Plan, county_shares, make_plan
from zhihang.simulation.register import Register
from zhihang.simulation.scenario import Scenario
from zhihang.simulation.subjects import SubjectDrawer
from zhihang.simulation.texts import make_texts
from zhihang.simulation.topics import arrange_topics, make_classes
from zhihang.simulation.truth import Truth
from zhihang.simulation.vocabulary import Vocabulary, load_vocabulary


@dataclass(frozen=True)
class Written:
    """The lines of a chunk for register, events and truth, those of the register that occur twice, and a tally."""

    register: pa.Array
    events: pa.Array
    truth: pa.Array
    repeated: pa.Array
    ends_year: bool
    applications: int
    tally: Tally


@dataclass(frozen=True)
class Region:
    """Everything needed to write the files of a region."""

    plan: Plan
    years: range
    draws: Draws
    series: NumberSeries
    applicants: ApplicantDrawer
    subjects: SubjectDrawer
    dealer: Dealer
    register: Register
    events: Events
    truth: Truth
    directory: Directory

    @property
    def scenario(self) -> Scenario:
        """The scenario the region follows."""
        return self.plan.scenario

    @property
    def applications(self) -> int:
        """Applications to go through, among them earlier ones that may have ended before the register begins."""
        return sum(self.plan.rows(year) for year in self._filing_years)

    def jobs(self, size: int) -> Iterator[Callable[[], Written]]:
        """Cut the work into chunks of at most so many applications, filing year by filing year."""
        last_day = int(first_day(self.years[-1] + 1)) - 1
        for year in self._filing_years:
            lives = live(self.plan, year, self.series, self.draws)
            for first in range(0, len(lives), size):
                part = lives.take(slice(first, first + size))
                chunk = Chunk(year, first, part, self.draws, last_day)
                yield partial(self._write, chunk, ends_year=first + size >= len(lives))

    @property
    def _filing_years(self) -> range:
        return range(self.plan.years[0], self.years[-1] + 1)

    def _write(self, chunk: Chunk, *, ends_year: bool) -> Written:
        applicants = self.applicants.draw(chunk)
        subjects = self.subjects.draw(chunk, applicants)
        dealings = self.dealer.draw(chunk, applicants)
        faulty = Faulty.draw(self.scenario.faults, chunk)
        numbers = application_numbers(chunk.lives)
        kept = self._kept(chunk)
        register = self.register.lines(chunk, applicants, subjects, dealings, numbers, faulty)
        truth = self.truth.lines(chunk, applicants, subjects, dealings, numbers, faulty)
        return Written(
            register=_only(register, kept),
            events=self.events.lines(chunk, applicants, dealings, numbers, kept),
            truth=_only(truth, kept),
            repeated=register.filter(pa.array(kept & faulty.rows["repeated"])),
            ends_year=ends_year,
            applications=len(chunk),
            tally=tally(chunk, dealings, self.directory, kept, self.years),
        )

    def _kept(self, chunk: Chunk) -> NDArray[np.bool_]:
        """Say which applications the register holds."""
        lives = chunk.lives
        kept = alive_since(lives, self.years[0])
        kept &= (lives.bought == NEVER) | chunk.known(lives.bought)
        if self.scenario.unpublished == "leave_out":
            kept &= chunk.known(lives.published)
        return kept


def make_region(
    code: str, first_year: int, last_year: int, *, seed: int, scale: float, scenario: Path | None = None
) -> Region:
    """Set up the region of a division code."""
    draws = Draws(seed)
    followed, office, vocabulary = load_scenario(code, chosen=scenario), load_office(), load_vocabulary()
    _check_fields(followed, vocabulary)
    if last_year < followed.history_from:
        raise NotAllowed(
            "The scenario does not reach back so far.",
            {
                "scenario": followed.name,
                "begins": followed.history_from,
                "asked for": f"{first_year} to {last_year}",
            },
            todo=f"Choose years from {followed.history_from} on.",
        )
    counties = counties_of(code, followed, office, draws)
    plan = make_plan(followed, counties, last_year, scale)
    series, topics = NumberSeries(office), arrange_topics(vocabulary)
    shares, persons = type_shares(followed, counties), make_person_names(vocabulary.names, draws)
    organisations = found_organisations(plan, shares, topics, vocabulary, persons, draws)
    addresses = make_addresses(counties, organisations.county, vocabulary.names, draws)
    directory = Directory.of(counties, organisations, addresses, persons)
    subjects = SubjectDrawer(
        topics,
        make_classes(vocabulary, draws),
        make_texts(vocabulary, draws),
        organisations,
        topics.cumulative(followed.individuals.values),
    )
    dates = Dates.all()
    return Region(
        plan=plan,
        years=range(first_year, last_year + 1),
        draws=draws,
        series=series,
        applicants=ApplicantDrawer.of(followed, shares, directory, shares.expected(plan), plan.years),
        subjects=subjects,
        dealer=Dealer(
            followed, directory, series.wednesdays_until, np.cumsum(county_shares(followed, counties)[0])
        ),
        register=Register.of(followed, directory, subjects, dates, persons, vocabulary),
        events=Events(directory, dates, Book.of(vocabulary.names.banks)),
        truth=Truth.of(directory, dates, topics),
        directory=directory,
    )


def _check_fields(scenario: Scenario, vocabulary: Vocabulary) -> None:
    unknown = sorted(scenario.fields_named - vocabulary.fields.keys())
    if unknown:
        raise DefinitionError(
            f'The scenario "{scenario.name}" names technical fields that have no vocabulary.',
            {"unknown": ", ".join(unknown), "there are": ", ".join(vocabulary.fields)},
            todo="Mend the names, or add a file to simulation/vocabulary/fields.",
        )


def _only(lines: pa.Array, kept: NDArray[np.bool_]) -> pa.Array:
    return lines if kept.all() else lines.filter(pa.array(kept))
