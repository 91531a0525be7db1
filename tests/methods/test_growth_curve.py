# SPDX-License-Identifier: Apache-2.0
"""S-curves: the vectors of M-NAV-04 come back, and a ceiling that the data do not show is refused."""

from __future__ import annotations

import numpy as np
import pytest

from zhihang.methods.growth_curve import curve, fit_growth


def test_logistic_vector_gives_back_its_parameters() -> None:
    fit = fit_growth(
        [2004, 2006, 2008, 2010, 2012, 2014, 2016], [47.4, 119.2, 268.9, 500, 731.1, 880.8, 952.6]
    )
    best = fit.best
    assert best is not None
    assert best.model == "logistic"
    assert best.ceiling == pytest.approx(1000, rel=1e-4)
    assert best.rate == pytest.approx(0.5, abs=1e-3)
    assert best.midpoint == pytest.approx(2010, abs=1e-2)
    assert best.growth_time == pytest.approx(8.789, abs=0.01)
    assert best.year_of(0.1) == pytest.approx(2005.61, abs=0.01)
    assert best.r2 > 0.9999


def test_gompertz_vector_gives_back_its_parameters() -> None:
    best = fit_growth([2006, 2008, 2010, 2012, 2015, 2017], [36.1, 161.7, 367.9, 577.6, 800.0, 884.7]).best
    assert best is not None
    assert best.model == "gompertz"
    assert best.ceiling == pytest.approx(1000, rel=1e-3)
    assert best.rate == pytest.approx(0.3, abs=1e-3)
    assert best.midpoint == pytest.approx(2010, abs=1e-2)


def test_data_before_the_inflection_give_no_ceiling() -> None:
    years = np.arange(2000, 2010)
    fit = fit_growth(years, curve("logistic", years.astype(float), 1000, 0.5, 2010))
    assert fit.best is None
    assert "before_inflection" in fit.refused


def test_exponential_and_straight_growth_give_no_ceiling() -> None:
    years = np.arange(2000, 2012)
    assert fit_growth(years, 10 * np.exp(0.4 * (years - 2000))).best is None
    assert fit_growth(years, 10.0 * (years - 1999)).refused == ("no_slowing",)


def test_too_little_says_why() -> None:
    assert fit_growth([2018, 2019, 2020], [1, 2, 3]).refused == ("few_years",)
    assert fit_growth(range(2000, 2010), [5.0] * 10).refused == ("no_growth",)
    with pytest.raises(ValueError, match="neither fall"):
        fit_growth(range(2000, 2006), [5, 4, 3, 2, 1, 0])


def test_steady_yearly_counts_are_seldom_taken_for_an_s_curve() -> None:
    random = np.random.default_rng(0)
    taken = sum(
        fit_growth(range(2000, 2020), np.cumsum(random.poisson(30, 20))).best is not None for _ in range(6)
    )
    assert taken <= 1


def test_poisson_scatter_keeps_the_ceiling_within_a_tenth() -> None:
    random = np.random.default_rng(1)
    true = curve("logistic", np.arange(1999, 2020.0), 1000, 0.5, 2010)
    for _ in range(2):
        best = fit_growth(range(2000, 2020), np.cumsum(random.poisson(np.diff(true)))).best
        assert best is not None
        assert best.ceiling == pytest.approx(1000, rel=0.15)
