# SPDX-License-Identifier: Apache-2.0
"""Main paths and the CD index on a made-up patent graph."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhihang.methods.citation_graph import CitationGraph


def made_up(nodes: int = 3_774_768, links: int = 16_522_438, *, seed: int = 1) -> CitationGraph:
    """Return a graph with the shape of the US patents of 1975 to 1999: sizes, degrees, ages of what is cited.

    Grants grow from year to year; the first part of the documents cites nothing inside; numbers of citations are
    spread log-normally; a cited document is three years older in the middle, seldom under one; half of the
    citations go where earlier ones went, so that some documents are cited hundreds of times.
    """
    random = np.random.default_rng(seed)
    days = _days(random, nodes)
    cites = _how_many(random, days, links)
    newer = np.repeat(np.arange(nodes, dtype=np.int32), cites)
    target = days[newer] - 120 - random.gamma(1.6, 1500, len(newer))
    newer, target = newer[target > 0], target[target > 0]
    # Among the documents of the same half year, the attractive ones are cited more.
    reach = np.cumsum(random.lognormal(0, 1, nodes))
    begin = reach[np.searchsorted(days, target - 90)]
    end = reach[np.minimum(np.searchsorted(days, target + 90), nodes - 1)]
    older = np.searchsorted(reach, begin + random.random(len(newer)) * (end - begin)).astype(np.int32)
    keep = days[older] < days[newer]
    keys = np.unique(newer[keep].astype(np.int64) * nodes + older[keep])
    keys = np.delete(keys, random.choice(len(keys), max(0, len(keys) - links), replace=False))
    names = np.array([f"P{number}" for number in range(nodes)], dtype=object)
    older, newer = (keys % nodes).astype(np.int32), (keys // nodes).astype(np.int32)
    return CitationGraph(names, older, newer, days.astype(np.int64))


def _days(random: np.random.Generator, nodes: int) -> NDArray[np.float64]:
    years = 37  # 1963 to 1999
    weights = np.linspace(1, 3.2, years)
    per_week = np.repeat(weights / weights.sum() / 52, 52)
    weeks = random.choice(years * 52, nodes, p=per_week / per_week.sum())
    return np.sort(weeks * 7.0)


def _how_many(random: np.random.Generator, days: NDArray[np.float64], links: int) -> NDArray[np.int64]:
    wish = random.lognormal(0, 0.75, len(days)) * np.clip(days / 365 - 8, 0, None) ** 0.45
    return np.asarray(random.poisson(wish * links * 1.35 / wish.sum()), dtype=np.int64)
