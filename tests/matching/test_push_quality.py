# SPDX-License-Identifier: Apache-2.0
"""Push beside push by class on real filings: at least a fifth better where there are abstracts (nDCG@10)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.matching.replay import Replay, by_class, by_class_vector, gain, pushed, read, replay

from zhihang.matching.news import Records

WAYS = {"subclass": by_class(4), "main group": by_class(20), "class vector": by_class_vector, "push": pushed}


def figures(name: str, known: Records, years: list[int], **how: bool | int) -> dict[str, float]:
    """Mean over the readers of all years, printed year by year."""
    readers, total = 0, dict.fromkeys(WAYS, 0.0)
    for year in years:
        one: Replay = replay(known, year, **how)  # type: ignore[arg-type]
        count = len(one.concern)
        if not count:
            continue
        readers += count
        found = {way: gain(rank(one.interest), one.concern) for way, rank in WAYS.items()}
        told = ", ".join(f"{way} {value:.3f}" for way, value in found.items())
        sys.stdout.write(f"{name} after {year}: {count} readers, {len(one.interest.news)} records: {told}\n")
        total = {way: total[way] + count * found[way] for way in WAYS}
    mean = {way: value / readers for way, value in total.items()}
    told = ", ".join(f"{way} {value:.3f}" for way, value in mean.items())
    sys.stdout.write(f"{name}, {readers} readers: {told}\n")
    return mean


@pytest.mark.quality
@pytest.mark.parametrize(
    ("folder", "years", "better"),
    [
        ("cn-taian-applications", [2008, 2009, 2010], 1.2),  # weights were chosen on these years
        ("cn-taian-applications", [2011, 2012], 1.2),
        ("cn-patsnap-green-aviation", [2017, 2018, 2019, 2020], 1.2),
        ("lens-drones", [2012, 2014], 1.0),  # titles only
    ],
)
def test_later_filings_of_a_firm_are_found_better_than_by_class(
    shared: Path, tmp_path: Path, folder: str, years: list[int], better: float
) -> None:
    known = read(sorted((shared / "data" / "patents" / folder).iterdir()), tmp_path / "w")
    mean = figures(folder, known, years)
    assert mean["push"] >= better * max(mean["subclass"], mean["main group"], mean["class vector"])


@pytest.mark.quality
@pytest.mark.parametrize(
    ("folder", "years"),
    [("derwent-drones", [2007, 2008, 2009, 2010]), ("thomson-innovation-synbio", [2010, 2011, 2012])],
)
def test_what_later_filings_cite_is_ranked_no_worse_than_by_class(
    shared: Path, tmp_path: Path, folder: str, years: list[int]
) -> None:
    known = read(sorted((shared / "data" / "patents" / folder).iterdir()), tmp_path / "w")
    mean = figures(folder, known, years, by_citation=True, span=6)
    assert mean["push"] >= max(mean["subclass"], mean["main group"])
    filed = figures(f"{folder} (filings)", known, [years[-1] - 1, years[-1]])
    assert filed["push"] >= 1.2 * max(filed["subclass"], filed["main group"])


def test_gain_is_worked_out_by_hand() -> None:
    # Wanted 0 and 2; found at places 1 and 3: (1 + 1/2) / (1 + 1/log2(3)) = 1.5 / 1.63093.
    assert gain([[0, 1, 2]], [frozenset({0, 2})]) == pytest.approx(0.919721)
    assert gain([[], [5]], [frozenset({1}), frozenset({5})]) == 0.5
