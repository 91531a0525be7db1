# SPDX-License-Identifier: Apache-2.0
"""Names of persons: a book of many, from which inventors, applicants and agents take theirs; namesakes occur."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhihang.simulation.book import Book, Positions
from zhihang.simulation.draws import Draws
from zhihang.simulation.vocabulary import Names

_SIZE = 24_000
_SHORT = 0.22


def make_person_names(names: Names, draws: Draws) -> Book:
    """Make the book: surnames by how common they are, given names of one or two characters."""
    random = draws.generator("person names")
    surnames = np.array(list(names.surnames))
    weights = np.array(list(names.surnames.values()))
    chosen = surnames[random.choice(len(surnames), _SIZE, p=weights / weights.sum())]
    first = np.array(names.given_first)[random.integers(0, len(names.given_first), _SIZE)]
    second = np.array(names.given_second)[random.integers(0, len(names.given_second), _SIZE)]
    first[random.random(_SIZE) < _SHORT] = ""
    return Book.of(np.char.add(np.char.add(chosen, first), second).tolist())


def name_of(*identity: NDArray[np.integer] | int) -> Positions:
    """Return the position of a person's name, from whatever makes the person (place, number): always the same one."""
    mixed = np.zeros(1, np.uint64)
    for part in identity:
        mixed = _scatter(mixed ^ np.asarray(part).astype(np.uint64))
    return (1 + mixed % np.uint64(_SIZE)).astype(np.int32)


def _scatter(value: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Mix the bits of whole numbers (SplitMix64)."""
    with np.errstate(over="ignore"):
        value = value + np.uint64(0x9E3779B97F4A7C15)
        value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return value ^ (value >> np.uint64(31))
