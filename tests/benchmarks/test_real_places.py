# SPDX-License-Identifier: Apache-2.0
"""How right places are on the shared real addresses, and on every county of China in written forms."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.quality


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch, shared: Path):
    folder = Path(__file__).resolve().parents[2] / "benchmarks" / "quality"
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("ZHIHANG_SHARED", str(shared))
    sys.modules.pop("places", None)
    return importlib.import_module("places")


def test_real_addresses_lead_to_the_city_and_county_they_name(places):
    county, city = places.real()
    assert (county.total, city.total) == (138, 197)
    assert county.right / county.total >= 0.97
    assert city.right / city.total >= 0.99


def test_every_county_is_found_in_written_forms_and_never_a_wrong_one(places):
    scores = places.forms()
    assert not [miss for score in scores.values() for miss in score.wrong]
    full = [score for name, score in scores.items() if name not in ("county alone", "short county")]
    assert sum(score.right for score in full) / sum(score.total for score in full) >= 0.99
    assert scores["county alone"].right / scores["county alone"].total >= 0.97
    assert scores["short county"].city_right / scores["short county"].total >= 0.99


def test_american_places_lead_to_their_state(places):
    score = places.american()
    assert score.right / score.total >= 0.98
