# SPDX-License-Identifier: Apache-2.0
"""The symbols simulated registers use exist in the classification."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest

from zhihang.simulation.vocabulary import load_vocabulary

pytestmark = pytest.mark.quality


def test_current_symbols_exist_in_the_scheme(shared: Path):
    with gzip.open(shared / "data/patents/ipc-scheme/ipc_titles.tsv.gz", "rt", encoding="utf-8") as stream:
        known = {row["ipc"] for row in csv.DictReader(stream, delimiter="\t")}
    used = {
        symbol
        for field in load_vocabulary().fields.values()
        for topic in field.topics
        for symbol in topic.ipc
    }
    assert used <= known
