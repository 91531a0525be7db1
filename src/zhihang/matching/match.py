# SPDX-License-Identifier: Apache-2.0
"""Match: which new records concern which readers, the best first, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from zhihang.matching.interest import Interest
from zhihang.matching.matcher import Matcher
from zhihang.matching.pairing import Pairing

BLOCK_CELLS = 12_000_000
"""Pairs of readers and records that are scored at once: 50 MB for each respect."""
MOST_SHOWN = 4
"""Features that a reason names."""
LEAST = 0.12
"""A record with less is not sent; a parameter (`[push] least`)."""


@dataclass(frozen=True)
class Reason:
    """In which respect a record concerns a reader, how much, and by what."""

    matcher: str
    score: float
    by: tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """A new record for a reader."""

    profile: str
    application_id: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class MatchSettings:
    """What is sent.

    Parameters
    ----------
    least
        Least score.
    weights
        Weight of each matcher, before its own.
    usefulness
        For each reader, factor of each matcher, from what was found useful.
    """

    least: float = LEAST
    weights: Mapping[str, float] = field(default_factory=dict)
    usefulness: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


def match(
    interest: Interest,
    shelf: Sequence[Matcher],
    sent: Mapping[str, Set[str]],
    settings: MatchSettings | None = None,
) -> Iterator[Match]:
    """Give each reader's matches, reader by reader, the best first; what is its own or was sent is left out.

    The score of a record is the sum over matchers of weight times score; equal ones come in the order of their ids.
    """
    chosen = settings or MatchSettings()
    ways = sorted(shelf, key=lambda way: (way.order, way.name))
    pairings = [way.pair(interest) for way in ways]
    weights = _weights(interest, ways, chosen)
    barred = _Barred(interest, sent)
    readers, records = len(interest.profiles), len(interest.news)
    step = max(1, BLOCK_CELLS // max(records, 1))
    for first in range(0, readers if records else 0, step):
        last = min(first + step, readers)
        total = np.zeros((last - first, records), np.float32)
        for column, pairing in enumerate(pairings):
            pairing.add_to(total, first, last, weights[first:last, column])
        for reader in range(first, last):
            row = total[reader - first]
            row[barred.records(reader)] = 0
            best = _best(row, chosen.least, interest.profiles[reader].most).tolist()
            told = _reasons(ways, pairings, weights[reader], reader, best)
            for record, reasons in zip(best, told, strict=True):
                number = interest.news.ids[record]
                yield Match(interest.profiles[reader].name, number, round(float(row[record]), 4), reasons)


def _weights(interest: Interest, ways: Sequence[Matcher], settings: MatchSettings) -> NDArray[np.float32]:
    made = np.empty((len(interest.profiles), len(ways)), np.float32)
    for column, way in enumerate(ways):
        made[:, column] = settings.weights.get(way.name, way.weight)
    for reader, profile in enumerate(interest.profiles):
        for column, way in enumerate(ways):
            if profile.name in settings.usefulness:
                made[reader, column] *= settings.usefulness[profile.name].get(way.name, 1.0)
    return made


class _Barred:
    """Records a reader does not get: its own, and those it had."""

    def __init__(self, interest: Interest, sent: Mapping[str, Set[str]]) -> None:
        self._place = {number: place for place, number in enumerate(interest.news.ids)}
        self._names = [profile.name for profile in interest.profiles]
        self._sent = sent
        self._own: dict[int, list[int]] = {}
        for number, owners in zip(interest.own.ids, interest.owners, strict=True):
            for reader in owners if number in self._place else ():
                self._own.setdefault(reader, []).append(self._place[number])

    def records(self, reader: int) -> list[int]:
        had = self._sent.get(self._names[reader], frozenset())
        return self._own.get(reader, []) + [self._place[n] for n in had if n in self._place]


def _best(row: NDArray[np.float32], least: float, most: int) -> NDArray[np.int64]:
    found = np.flatnonzero(row >= least)
    if len(found) > most:
        edge = np.partition(row[found], len(found) - most)[len(found) - most]
        found = found[row[found] >= edge]
    order: NDArray[np.int64] = found[np.lexsort((found, -np.round(row[found], 4)))][:most]
    return order


def _reasons(
    ways: Sequence[Matcher],
    pairings: Sequence[Pairing],
    weights: NDArray[np.float32],
    reader: int,
    records: Sequence[int],
) -> list[tuple[Reason, ...]]:
    made: list[list[Reason]] = [[] for _ in records]
    for way, pairing, weight in zip(ways, pairings, weights.tolist(), strict=True):
        for reasons, shared in zip(made, pairing.shared(reader, records), strict=True):
            if shared:
                score = min(1.0, sum(share for _, share in shared))
                by = tuple(name for name, _ in shared[:MOST_SHOWN])
                reasons.append(Reason(way.name, round(score * weight, 4), by))
    return [tuple(reasons) for reasons in made]
