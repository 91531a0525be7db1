# SPDX-License-Identifier: Apache-2.0
"""Tell inventors of one name apart and put together what is of one person: the whole way, on arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihang.derivation.persons import evidence
from zhihang.derivation.persons.frequency import frequency
from zhihang.derivation.persons.joining import Joining
from zhihang.derivation.persons.mentions import Mentions
from zhihang.derivation.persons.parameters import Knowledge
from zhihang.derivation.persons.surely import join_surely
from zhihang.methods.agglomeration import Numbers, Weights


@dataclass(frozen=True)
class Persons:
    """What became of the mentions: the first mention of each one's person, how sure that is, and the evidence."""

    first_mention: Numbers
    confidence: Weights
    reason: list[str]


def resolve(mentions: Mentions, known: Knowledge) -> Persons:
    """Put mentions together by what they share; see docs/explanation/persons.md."""
    atoms = mentions.atoms
    counted = frequency(atoms, known)
    found = join_surely(atoms, counted, known.parameters)
    refused = np.full(len(atoms), -np.inf)
    Joining(atoms, found, refused, counted, known.parameters).run()
    several = np.bincount(found.group, minlength=len(atoms))[found.group] > 1
    odds = np.where(several, found.score, -refused)
    confidence: Weights = 1 / (1 + np.exp(-np.clip(odds, -20, 20)))
    confidence = np.where(~several & ~np.isfinite(refused), 1.0, np.minimum(confidence, 0.999))
    reason = _reasons(several, found.bits, refused)
    first = _first_mentions(mentions, found.group)
    back = atoms.of_mention
    rounded: Weights = np.round(confidence[back], 3)
    return Persons(first[back], rounded, [reason[atom] for atom in back.tolist()])


def _reasons(several: NDArray[np.bool_], bits: NDArray[np.int64], refused: Weights) -> list[str]:
    words = {number: evidence.words(number) for number in np.unique(bits).tolist()}
    apart = np.isfinite(refused)
    return [
        words[bit] if joined else evidence.APART if other else evidence.ALONE
        for joined, bit, other in zip(several.tolist(), bits.tolist(), apart.tolist(), strict=True)
    ]


def _first_mentions(mentions: Mentions, group: Numbers) -> Numbers:
    """Return for each atom the first mention of its group: that of the earliest year, then in the order of ids."""
    atoms = mentions.atoms
    year = mentions.filings.year[atoms.application]
    year = np.where(year < 0, np.iinfo(np.int64).max, year)
    order = np.lexsort((np.arange(len(atoms)), year))
    first = np.full(len(atoms), -1, np.int64)
    reverse = order[::-1]
    first[group[reverse]] = reverse
    found: Numbers = atoms.first_mention[first[group]]
    return found
