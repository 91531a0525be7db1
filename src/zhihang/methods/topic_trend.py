# SPDX-License-Identifier: Apache-2.0
"""Topics over time: how many texts of each in each year, and which of them grow faster than all together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

RECENT = 3
"""Years that count as recent, compared with as many or more before."""
LEAST_YEARS = 6
LEAST_RECENT = 5
"""Texts a topic needs in the recent years to be called emerging. UNVERIFIED: a parameter."""
FALSE_SHARE = 0.05
"""Share of false findings among the topics named, all tested together (Benjamini-Hochberg)."""
EMERGING, FADING = 1.2, 1 / 1.2
"""Share of the topic in recent years over its share before. UNVERIFIED: parameters."""


@dataclass(frozen=True)
class TopicTrend:
    """A topic over time.

    Parameters
    ----------
    counts
        Texts by year, in the order of `TopicTrends.years`.
    recent, expected
        Texts in the recent full years, and how many its share of all full years lets expect.
    lift
        Share among recent texts over share among earlier ones; None where the topic has no earlier ones.
    q
        Smallest share of false findings at which the topic would be named.
    direction
        `emerging`, `fading` or `steady`; `` where it was not tested.
    """

    topic: int
    counts: tuple[int, ...]
    recent: int
    expected: float
    lift: float | None
    q: float | None
    direction: Literal["emerging", "fading", "steady", ""]


@dataclass(frozen=True)
class TopicTrends:
    """All topics over time; `refused` says why none was tested."""

    years: tuple[int, ...]
    truncated: tuple[int, ...]
    recent_years: tuple[int, ...]
    topics: tuple[TopicTrend, ...]
    undated: int
    refused: Literal["", "no_dates", "few_years"]


def topic_trends(
    members: NDArray[np.int64], years: Sequence[int | None], *, truncated: Collection[int] = ()
) -> TopicTrends:
    """Count topics by year and test which take a larger share of the last three full years than of those before.

    The test is binomial, given how many texts a topic has and how many all have; both sides, all topics together.
    Truncated years are counted but not tested: they hold fewer texts of every topic.
    """
    topics = int(members.max(initial=-1)) + 1
    pairs = [(int(m), y) for m, y in zip(members, years, strict=True) if m >= 0]
    dated = [(topic, year) for topic, year in pairs if year is not None]
    if not dated:
        return TopicTrends((), (), (), (), len(pairs), "no_dates")
    every = tuple(range(min(year for _, year in dated), max(year for _, year in dated) + 1))
    counts = np.zeros((topics, len(every)), np.int64)
    np.add.at(counts, ([t for t, _ in dated], [y - every[0] for _, y in dated]), 1)
    full = [i for i, year in enumerate(every) if year not in truncated]
    enough = len(full) >= LEAST_YEARS
    late, early = full[-RECENT:], full[:-RECENT]
    tested = _tested(counts[:, late].sum(axis=1), counts[:, early].sum(axis=1)) if enough else None
    rows = tuple(
        TopicTrend(
            topic, tuple(map(int, counts[topic])), *(tested[topic] if tested else (0, 0.0, None, None, ""))
        )
        for topic in range(topics)
    )
    recent = tuple(every[i] for i in late) if enough else ()
    cut = tuple(year for year in every if year in truncated)
    return TopicTrends(every, cut, recent, rows, len(pairs) - len(dated), "" if enough else "few_years")


_Tested = tuple[int, float, float | None, float | None, Literal["emerging", "fading", "steady", ""]]


def _tested(late: NDArray[np.int64], early: NDArray[np.int64]) -> list[_Tested]:
    from scipy.stats import binomtest, false_discovery_control

    all_late, all_early = int(late.sum()), int(early.sum())
    if not all_late or not all_early:
        return [(int(n), 0.0, None, None, "") for n in late]
    share = all_late / (all_late + all_early)
    totals = late + early
    p = [
        float(binomtest(int(k), int(n), share).pvalue) if n else 1.0
        for k, n in zip(late, totals, strict=True)
    ]
    found: list[_Tested] = []
    for k, before, n, q in zip(late, early, totals, false_discovery_control(p), strict=True):
        lift = (k / all_late) / (before / all_early) if before else None
        direction: Literal["emerging", "fading", "steady", ""] = "steady"
        if q <= FALSE_SHARE and k >= LEAST_RECENT and (lift is None or lift > EMERGING):
            direction = "emerging"
        elif q <= FALSE_SHARE and lift is not None and lift < FADING:
            direction = "fading"
        found.append((int(k), float(n * share), None if lift is None else float(lift), float(q), direction))
    return found
