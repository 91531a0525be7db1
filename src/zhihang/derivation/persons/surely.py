# SPDX-License-Identifier: Apache-2.0
"""The first step: filings under exactly one name that share enough for certain, put together without looking at pairs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from zhihang.derivation.persons import evidence
from zhihang.derivation.persons.frequency import Frequency
from zhihang.derivation.persons.mentions import Atoms
from zhihang.derivation.persons.parameters import Parameters
from zhihang.methods.agglomeration import Numbers, Weights, components, distinct

AT_ONCE = 400_000
"""Atoms looked at together, to bound the memory."""
CERTAIN = 12.0
"""Log-odds of what leaves no doubt."""


@dataclass
class Found:
    """What is known of the atoms so far: the group of each, the log-odds of its best tie, and the evidence of that."""

    group: Numbers
    score: Weights
    bits: NDArray[np.int64]


@dataclass(frozen=True)
class _NamedIn:
    """On how many applications of an organisation a name stands: block of names and organisation as one number, count."""

    both: Numbers
    counts: Numbers
    width: int

    @classmethod
    def of(cls, atoms: Atoms) -> _NamedIn:
        organisations = atoms.mentions.filings.organisations
        places, bodies = atoms.of_filings(organisations, np.arange(len(atoms)))
        both, counts = np.unique(atoms.block[places] * organisations.width + bodies, return_counts=True)
        return cls(both, counts, organisations.width)

    def count(self, blocks: Numbers, bodies: Numbers) -> Numbers:
        if not len(self.both):
            return np.zeros(len(blocks), np.int64)
        where = np.searchsorted(self.both, blocks * self.width + bodies)
        found: Numbers = self.counts[np.minimum(where, len(self.counts) - 1)]
        return found


@dataclass
class _Step:
    atoms: Atoms
    rows: Numbers
    threshold: float
    score: Weights
    bits: NDArray[np.int64]
    one: list[Numbers] = field(default_factory=list)
    other: list[Numbers] = field(default_factory=list)

    def tie(self, places: Numbers, keys: Numbers, odds: Weights, bits: int) -> None:
        """Put together what has one key, where the odds of the key reach the threshold."""
        kept = odds >= self.threshold
        rows, keys, odds = self.rows[places[kept]], keys[kept], odds[kept]
        order = np.lexsort((rows, keys))
        rows, keys, odds = rows[order], keys[order], odds[order]
        if not len(rows):
            return
        begins = np.concatenate([[True], keys[1:] != keys[:-1]])
        starts = np.flatnonzero(begins)
        sizes = np.repeat(np.diff(np.append(starts, len(keys))), np.diff(np.append(starts, len(keys))))
        first = np.repeat(rows[starts], np.diff(np.append(starts, len(keys))))
        several = sizes > 1
        self.one.append(first[several & ~begins])
        self.other.append(rows[several & ~begins])
        better = several & (odds > self.score[rows])
        order = np.argsort(odds[better], kind="stable")
        self.score[rows[better][order]] = odds[better][order]
        self.bits[rows[better][order]] = bits


def join_surely(atoms: Atoms, frequency: Frequency, p: Parameters) -> Found:
    """Tie atoms of one name by family, organisation and co-inventor, organisation and class, or one of them alone."""
    count = len(atoms)
    per_variant = np.bincount(atoms.variant, minlength=len(atoms.mentions.names.parts))
    rows = np.flatnonzero(per_variant[atoms.variant] > 1)
    rows = rows[np.argsort(atoms.variant[rows], kind="stable")]
    score, bits = np.full(count, -np.inf), np.zeros(count, np.int64)
    ties: list[Numbers] = []
    named = _NamedIn.of(atoms)
    for start, end in _portions(atoms.variant[rows]):
        step = _Step(atoms, np.sort(rows[start:end]), p.threshold, score, bits)
        prior = frequency.variant[atoms.variant[step.rows]]
        everything = np.arange(len(step.rows))
        worst = p.other_organisation + p.other_region + p.other_co_inventors + p.other_classes
        step.tie(everything, atoms.variant[step.rows], prior + worst, evidence.NAME)
        _by_family(step, prior)
        _by_co_inventor(step, prior, frequency, p)
        _by_organisation(step, prior, frequency, named, p)
        one = np.concatenate(step.one) if step.one else np.zeros(0, np.int64)
        other = np.concatenate(step.other) if step.other else one
        ties.append(distinct(one << 32 | other))
    tied = np.concatenate(ties) if ties else np.zeros(0, np.int64)
    return Found(components(count, tied >> 32, tied & 0xFFFFFFFF), score, bits)


def _portions(variant: Numbers) -> Iterator[tuple[int, int]]:
    """Begin and end of runs of some hundred thousand atoms each, those of one name together; names are in order."""
    begins = (
        np.flatnonzero(np.concatenate([[True], variant[1:] != variant[:-1]])) if len(variant) else variant
    )
    portion = begins // AT_ONCE
    starts = begins[np.concatenate([[True], portion[1:] != portion[:-1]])] if len(begins) else begins
    yield from zip(starts.tolist(), [*starts[1:].tolist(), len(variant)], strict=True) if len(starts) else ()


def _by_family(step: _Step, prior: Weights) -> None:
    family = step.atoms.mentions.filings.family
    places = np.flatnonzero(family[step.atoms.application[step.rows]] >= 0)
    rows = step.rows[places]
    keys = step.atoms.variant[rows] * (int(family.max(initial=0)) + 1) + family[step.atoms.application[rows]]
    step.tie(places, keys, prior[places] + CERTAIN, evidence.FAMILY)


def _by_co_inventor(step: _Step, prior: Weights, frequency: Frequency, p: Parameters) -> None:
    """One co-inventor alone must outweigh that nothing else may be shared."""
    places, others = step.atoms.co_inventors(step.rows)
    weight = np.minimum(np.log(p.co_inventor) - frequency.co_inventor[others], p.most_co_inventor)
    odds = prior[places] + weight + p.other_organisation + p.other_region
    kept = odds >= step.threshold
    places, others = places[kept], others[kept]
    keys = step.atoms.variant[step.rows[places]] * step.atoms.block_width + others
    step.tie(places, keys, odds[kept], evidence.CO_INVENTOR)


def _by_organisation(
    step: _Step, prior: Weights, frequency: Frequency, named_in: _NamedIn, p: Parameters
) -> None:
    atoms, filings = step.atoms, step.atoms.mentions.filings
    width = filings.organisations.width
    places, bodies = atoms.of_filings(filings.organisations, step.rows)
    rows = step.rows[places]
    keys, named = _numbered(atoms.variant[rows] * width + bodies)
    odds = prior[places] + organisation_weight(frequency.organisation[bodies], p)
    step.tie(places, named, odds + p.other_co_inventors + p.other_classes / 2, evidence.ORGANISATION)
    again = np.bincount(named, minlength=len(keys))[named] > 1
    places, bodies, named, odds, rows = places[again], bodies[again], named[again], odds[again], rows[again]
    # Classes that filings of one name in one organisation share.
    within, classes = atoms.of_filings(filings.subclasses, rows)
    weight = np.clip(np.log(p.subclass) - frequency.subclass[classes], 0, p.most_class)
    step.tie(
        places[within],
        named[within] * filings.subclasses.width + classes,
        odds[within] + p.within_organisation * weight + p.other_co_inventors,
        evidence.ORGANISATION | evidence.CLASS,
    )
    # Co-inventors, by how usual they are in this organisation.
    within, others = atoms.co_inventors(rows)
    filed = named_in.count(others, bodies[within])
    weight = within_weight(filed, frequency.filings[bodies[within]], p)
    step.tie(
        places[within],
        named[within] * atoms.block_width + others,
        odds[within] + weight,
        evidence.ORGANISATION | evidence.CO_INVENTOR,
    )


def organisation_weight(log_share: Weights, p: Parameters) -> Weights:
    """Log-odds of a shared organisation."""
    found: Weights = np.minimum(np.log(p.organisation) - log_share, p.most_organisation)
    return found


def within_weight(filed: Numbers, of: Numbers, p: Parameters) -> Weights:
    """Log-odds of a shared co-inventor who is on `filed` of the `of` applications of a shared organisation."""
    share = np.minimum((filed + 1.0) / (of + 15.0), 1.0)
    found: Weights = np.clip(np.log(p.co_inventor) - np.log(share), 0, p.most_co_inventor)
    return found


def _numbered(keys: Numbers) -> tuple[Numbers, Numbers]:
    distinct, numbers = np.unique(keys, return_inverse=True)
    return distinct, numbers
