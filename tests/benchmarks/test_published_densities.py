# SPDX-License-Identifier: Apache-2.0
"""Published densities come out again from published stocks and populations; what does not is explained."""

from __future__ import annotations

import importlib
import sys
from collections import Counter
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "published-figures.md"


@pytest.fixture
def densities(monkeypatch: pytest.MonkeyPatch, shared: Path):
    folder = Path(__file__).resolve().parents[2] / "benchmarks" / "quality"
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("ZHIHANG_SHARED", str(shared))
    sys.modules.pop("published_densities", None)
    return importlib.import_module("published_densities")


def test_densities_come_out_as_published(densities):
    found = densities.results(densities.figures())
    verdicts = Counter(result.verdict for result in found)
    assert verdicts["agrees"] >= 128
    assert verdicts["differs"] == 2
    assert densities.unexplained(found) == []
    stated = [result for result in found if result.basis == "stated"]
    assert len(stated) == 125
    assert {result.verdict for result in stated} == {"agrees"}


def test_the_page_shows_what_comes_out(densities):
    found = densities.results(densities.figures())
    assert densities.markdown(found) in PAGE.read_text(encoding="utf-8")
