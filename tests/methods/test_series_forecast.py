# SPDX-License-Identifier: Apache-2.0
"""Forecasts of short series: the models do what they are called, the quick fits agree with the library's."""

from __future__ import annotations

import time

import numpy as np
import pytest

from zhihang.methods.grid_fit import fit_arima, fit_smoothing, logistic_ahead
from zhihang.methods.series_forecast import choose, forecast, sample_paths
from zhihang.methods.series_model import MODELS

GROWING = np.array([3, 5, 8, 7, 12, 15, 14, 20, 25, 31, 30, 38, 45, 52, 50, 61, 70, 66, 80, 95.0])


def test_two_values_are_carried_on_with_a_wide_interval():
    made = forecast(np.array([10.0, 30.0]), 3)
    assert made.model.name == "naive"
    assert made.tried == []
    assert made.points.tolist() == [30, 30, 30]
    assert made.low[2] < 10 < 60 < made.high[2]


def test_the_losing_models_are_told_with_their_errors():
    _, tried = choose(GROWING, 4)
    assert {each.model.name for each in tried} == set(MODELS)
    assert [each.error for each in tried] == sorted(each.error for each in tried)


def test_a_straight_line_is_gone_on_with_by_every_model_that_knows_trends():
    line = np.arange(10.0, 40.0, 2.0)
    for found in (fit_smoothing(line).ahead(2), fit_arima(line).ahead(2), MODELS["drift"].points(line, 2)):
        assert found == pytest.approx([40, 42], abs=0.01)


def test_a_logistic_curve_is_found_again():
    times = np.arange(20.0)
    curve = 1000 / (1 + np.exp(-0.4 * (times - 10)))
    assert logistic_ahead(curve[:14], 6) == pytest.approx(curve[14:], rel=0.08)


@pytest.mark.slow
def test_quick_fits_agree_with_the_library():
    for name in ("smoothing", "arima", "logistic"):
        model = MODELS[name]
        assert model.tried(GROWING, 3) == pytest.approx(model.points(GROWING, 3), rel=0.06)


def test_a_model_takes_milliseconds_for_each_origin():
    for model in MODELS.values():
        model.tried(GROWING, 5)
        spent = []
        for _ in range(5):
            began = time.process_time()
            model.tried(GROWING, 5)
            spent.append(time.process_time() - began)
        assert min(spent) < 0.02, model.name


def test_courses_have_the_interval_of_the_forecast():
    made = forecast(GROWING, 3, model="drift")
    paths = sample_paths(made, 20_000, seed=1)
    ends = np.quantile(paths, [0.05, 0.95], axis=0)
    assert ends[0] == pytest.approx(made.low, rel=0.05)
    assert ends[1] == pytest.approx(made.high, rel=0.05)
    assert np.array_equal(paths, sample_paths(made, 20_000, seed=1))
