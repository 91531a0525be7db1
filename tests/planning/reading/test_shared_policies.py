# SPDX-License-Identifier: Apache-2.0
"""The reading of real annotated documents keeps the quality that is promised for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.quality import policy_reading as quality

from zhihang.planning.reading.read_policy import read_policy

SEEDS = (
    "000_39eb0b733267064f",
    "001_96812638419f9774",
    "002_90bffa36e5a01545",
    "003_c15e7cfb177e6486",
    "004_2a5b9eb880a5463a",
)
pytestmark = pytest.mark.quality


def test_targets_of_annotated_documents(shared: Path) -> None:
    strict, named = quality.Score(), quality.Score()
    for seed in SEEDS:
        gold = quality.rows(shared / "data" / "policies" / "gold" / seed / "targets.csv")
        read = read_policy(shared / "data" / "policies" / "seeds" / f"{seed}.txt").targets
        strict.add(quality.compare(gold, read, names=False))
        named.add(quality.compare(gold, read, names=True))
    assert strict.f1 >= 0.95
    assert named.f1 >= 0.85


def test_cells_of_annex_tables(shared: Path) -> None:
    folder = shared / "data" / "policies"
    gold = quality.rows(folder / "gold" / SEEDS[1] / "tables.csv")
    assert quality.tables(gold, read_policy(folder / "seeds" / f"{SEEDS[1]}.txt")) == (180, 180)


def test_lead_and_supporting_units(shared: Path) -> None:
    folder = shared / "data" / "policies"
    gold = quality.rows(folder / "gold" / SEEDS[4] / "tasks.csv")
    wrong, count = quality.bodies(gold, read_policy(folder / "seeds" / f"{SEEDS[4]}.txt"))
    assert (wrong, count) == ([], 12)


@pytest.mark.parametrize(
    "name",
    [
        "shandong_patent_2013",
        "qingdao_st_innovation_2011",
        "henan_st_progress_2010",
        "academic_environment_2015",
    ],
)
def test_a_document_without_targets_gives_at_most_one(shared: Path, name: str) -> None:
    assert len(read_policy(shared / "data" / "policies" / "extra" / f"{name}.txt").targets) <= 1
