# SPDX-License-Identifier: Apache-2.0
"""Match: which new records concern which readers, the best first, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from zhihang.matching.barred import Barred, Places
from zhihang.matching.interest import Interest
from zhihang.matching.matcher import Matcher
from zhihang.matching.pairing import Pairing, Scores, Totals

BLOCK_CELLS = 25_000_000
"""Pairs of readers and records that are scored at once: 200 MB where every pair has something in common."""
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
    totals, barred = Totals(pairings, weights), Barred(interest, sent)
    readers, records = len(interest.profiles), len(interest.news)
    step = max(1, BLOCK_CELLS // max(records, 1))
    for first in range(0, readers if records else 0, step):
        last = min(first + step, readers)
        best = [
            _best(*barred.left(reader, *scored), chosen.least, interest.profiles[reader].most)
            for reader, scored in enumerate(totals.block(first, last), first)
        ]
        rows = np.repeat(np.arange(first, last), [len(places) for places, _ in best])
        places = np.concatenate([places for places, _ in best]).astype(np.int64)
        told = _reasons(ways, pairings, weights, rows, places)
        scores = np.concatenate([scores for _, scores in best]).tolist()
        for reader, place, score, reasons in zip(rows.tolist(), places.tolist(), scores, told, strict=True):
            yield Match(interest.profiles[reader].name, interest.news.ids[place], round(score, 4), reasons)


def _weights(interest: Interest, ways: Sequence[Matcher], settings: MatchSettings) -> Scores:
    made = np.empty((len(interest.profiles), len(ways)), np.float32)
    for column, way in enumerate(ways):
        made[:, column] = settings.weights.get(way.name, way.weight)
    for reader, profile in enumerate(interest.profiles):
        for column, way in enumerate(ways):
            if profile.name in settings.usefulness:
                made[reader, column] *= settings.usefulness[profile.name].get(way.name, 1.0)
    return made


def _best(records: Places, scores: Scores, least: float, most: int) -> tuple[Places, Scores]:
    kept = scores >= least
    records, scores = records[kept], scores[kept]
    if len(records) > most:
        edge = np.partition(scores, len(scores) - most)[len(scores) - most]
        kept = scores >= edge
        records, scores = records[kept], scores[kept]
    order = np.lexsort((records, -np.round(scores, 4)))[:most]
    return records[order], scores[order]


def _reasons(
    ways: Sequence[Matcher],
    pairings: Sequence[Pairing],
    weights: Scores,
    readers: NDArray[np.int64],
    records: NDArray[np.int64],
) -> list[tuple[Reason, ...]]:
    made: list[list[Reason]] = [[] for _ in readers]
    for column, (way, pairing) in enumerate(zip(ways, pairings, strict=True)):
        scores = (pairing.scores(readers, records) * weights[readers, column]).tolist()
        shared = pairing.shared(readers, records, MOST_SHOWN)
        for reasons, score, both in zip(made, scores, shared, strict=True):
            if both:
                reasons.append(Reason(way.name, round(score, 4), tuple(name for name, _ in both)))
    return [tuple(reasons) for reasons in made]
