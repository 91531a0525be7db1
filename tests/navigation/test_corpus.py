# SPDX-License-Identifier: Apache-2.0
"""Years of a corpus that are not complete."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from zhihang.navigation.corpus import Collected
from zhihang.navigation.labels import HandLabel
from zhihang.navigation.patents import Patent
from zhihang.navigation.study import read_study


def _collected(path: Path, counts: Sequence[int]) -> Collected:
    """A corpus with so many patents in 2011, 2012 ...; known until the middle of 2022."""
    patents = [
        Patent(f"{year}-{n}", filed=date(year, 3, 1))
        for year, count in enumerate(counts, start=2011)
        for n in range(count)
    ]
    return Collected(read_study(path), patents, len(patents), date(2022, 6, 30))


def test_a_source_that_stops_within_a_year_shows_no_decline(study_file: Callable[..., Path]) -> None:
    # 2018 holds 5; the three years before 30 on average, a quarter of which is 7.5. Published in 2020 at the latest.
    made = _collected(study_file(), [30, 30, 30, 30, 30, 30, 30, 5])
    assert made.unpublished == []
    assert made.cut_short == made.truncated == [2018]


def test_a_fall_to_a_quarter_is_a_fall(study_file: Callable[..., Path]) -> None:
    assert _collected(study_file(), [30, 32, 32, 32, 8]).cut_short == []


def test_two_years_may_be_cut_short(study_file: Callable[..., Path]) -> None:
    # 2016 with 1 against (40 + 40 + 4) / 3 = 28; then 2015 with 4 against 40.
    assert _collected(study_file(), [40, 40, 40, 40, 4, 1]).cut_short == [2015, 2016]


def test_small_corpora_and_studies_that_wish_so_keep_their_years(study_file: Callable[..., Path]) -> None:
    assert _collected(study_file(), [5, 5, 5, 5, 0, 1]).cut_short == []
    wished = study_file(more="thresholds: {sudden_end: 0}\n")
    assert _collected(wished, [30, 30, 30, 30, 30, 1]).cut_short == []


def test_in_answered_in_the_dialogue_is_outside_every_node_in_a_list_it_says_nothing_of_nodes() -> None:
    assert HandLabel("CN1A", (), False, "retrieved").tells_nodes
    assert HandLabel("CN1A", (), False, "asked").tells_nodes
    assert not HandLabel("CN1A", (), False).tells_nodes
    assert HandLabel("CN1A", (), True).tells_nodes
    assert HandLabel("CN1A", ("A",), False).tells_nodes
