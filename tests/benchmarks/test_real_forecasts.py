# SPDX-License-Identifier: Apache-2.0
"""Intervals and errors of forecasts on the shared yearly grants of 1980 to 2013, several origins."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

pytestmark = pytest.mark.quality


@pytest.fixture
def forecasts(monkeypatch: pytest.MonkeyPatch, shared: Path):
    folder = Path(__file__).resolve().parents[2] / "benchmarks" / "quality"
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("ZHIHANG_SHARED", str(shared))
    sys.modules.pop("forecasts", None)
    import forecasts  # type: ignore[import-not-found]

    return forecasts


def test_nine_tenths_of_values_lie_in_the_interval_and_no_simple_model_errs_less(forecasts):
    series = forecasts.region_series(forecasts.SHARED / "data" / "patents" / "wipo-statistics")
    found = forecasts.measure(series, ets=20)
    for half in ("", "odd", "even"):
        assert 0.85 <= found.coverage(half) <= 0.95
    assert all(found.error("chosen") <= found.error(name) for name in forecasts.SIMPLE)
    assert np.mean(found.same["chosen"]) <= found.error("smoothing (library)")


def test_series_of_single_offices_fare_as_well(forecasts):
    series = forecasts.country_series(forecasts.SHARED / "data" / "patents" / "wipo-statistics")
    found = forecasts.measure(series, every=8)
    assert 0.85 <= found.coverage() <= 0.95
    assert all(found.error("chosen") <= found.error(name) for name in forecasts.SIMPLE)
