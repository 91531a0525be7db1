# SPDX-License-Identifier: Apache-2.0
"""The CD index: the published test graph, counting one by one on random graphs, windows, blocks."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihang.methods.citation_graph import NO_TIME, CitationGraph
from zhihang.methods.disruption import disruption

# M-NAV-14: the test graph, citing to cited.
YEARS = [1992, 1992, 1993, 1993, 1995, 1997, 1998, 1999, 1999, 1998, 1997]
LINKS = [
    (4, 2),
    (4, 0),
    (4, 1),
    (4, 3),
    (5, 2),
    (6, 2),
    (6, 4),
    (7, 4),
    (8, 4),
    (9, 4),
    (9, 1),
    (9, 3),
    (10, 4),
]


def _graph(links, times=None) -> CitationGraph:
    new, old = (np.array(ends, np.int32) for ends in zip(*links, strict=True))
    count = max(max(link) for link in links) + 1 if times is None else len(times)
    return CitationGraph(range(count), old, new, None if times is None else np.array(times, np.int64))


def test_published_graph_has_its_published_values() -> None:
    found = disruption(_graph(LINKS, YEARS), window=5)
    assert found.cd[4] == pytest.approx(0.16667, abs=5e-6)
    assert found.mcd[4] == pytest.approx(0.83333, abs=5e-6)
    assert found.citing[4] == 5
    assert math.isnan(found.cd[7])
    assert math.isnan(found.cd[8])


def test_without_references_every_citation_is_disruptive() -> None:
    found = disruption(_graph([(1, 0), (2, 0)], [0, 1, 2]))
    assert (found.cd[0], found.mcd[0]) == (1.0, 2.0)


def test_the_window_holds_its_last_day_and_not_the_day_itself() -> None:
    graph = _graph([(1, 0), (2, 0), (3, 0)], [10, 10, 15, 16])
    assert disruption(graph, window=5).citing[0] == 1  # 10 is not later, 15 is the last, 16 too late


def test_documents_without_a_time_neither_have_an_index_nor_count() -> None:
    found = disruption(_graph([(1, 0), (2, 0)], [0, NO_TIME, 2]))
    assert found.citing.tolist() == [1, 0, 0]
    assert math.isnan(found.cd[1])


def test_without_times_all_others_count() -> None:
    found = disruption(_graph([(1, 0), (2, 0), (2, 1)]))
    # 1 builds on 0 and is cited by 2, which also cites 0
    assert (found.only.tolist(), found.both.tolist(), found.references.tolist()) == (
        [2, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
    )


@st.composite
def _random_graph(draw):
    count = draw(st.integers(2, 12))
    times = sorted(draw(st.lists(st.integers(0, 6), min_size=count, max_size=count)))
    pairs = [(new, old) for old in range(count) for new in range(old + 1, count)]
    return draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=30, unique=True)), times


@given(_random_graph(), st.sampled_from([None, 0, 1, 3]), st.sampled_from([1, 5, 10**6]))
def test_index_is_what_counting_one_by_one_gives(made, window, block) -> None:
    links, times = made
    found = disruption(_graph(links, times), window=window, block=block)
    for focal, time in enumerate(times):
        cited = {old for new, old in links if new == focal}
        values = []
        for other, then in enumerate(times):
            references = {old for new, old in links if new == other}
            if (
                then > time
                and (window is None or then <= time + window)
                and (focal in references or cited & references)
            ):
                f, b = focal in references, bool(cited & references)
                values.append(-2 * f * b + f)
        assert found.only[focal] + found.both[focal] + found.references[focal] == len(values)
        if values:
            assert found.cd[focal] == pytest.approx(sum(values) / len(values))
        else:
            assert math.isnan(found.cd[focal])
