# SPDX-License-Identifier: Apache-2.0
"""Organisations are told apart by their Chinese names as well as the documents say."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.quality
def test_precision_and_recall_on_labelled_pairs_of_real_names(shared: Path) -> None:
    done = subprocess.run(
        [sys.executable, "benchmarks/quality/chinese_names.py"],
        cwd=ROOT,
        env={"ZHIHANG_SHARED": str(shared), "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    sections = re.findall(
        r"^(as found|rewritten|all) +(\d+).*\n +precision ([\d.]+).*recall ([\d.]+)", done.stdout, re.M
    )
    assert len(sections) == 3
    assert int(sections[-1][1]) >= 2000
    for _, _, precision, recall in sections:
        assert float(precision) >= 0.98
        assert float(recall) >= 0.95
