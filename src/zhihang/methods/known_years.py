# SPDX-License-Identifier: Apache-2.0
"""Possible courses of a yearly series of which some years are known: gaps are bridged, the years after are forecast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihang.methods.series_forecast import INFLATION, SeriesForecast, forecast, sample_paths, step_scatter

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Courses:
    """Courses (row) over years (column).

    Parameters
    ----------
    made
        The forecast of the years after the last known one.
    rests_on
        How many known years the forecast rests on: those without a gap up to the last.
    bridged
        Years that lie between known ones, or before the first, and were drawn.
    """

    years: range
    values: Values
    made: SeriesForecast
    rests_on: int
    bridged: tuple[int, ...]


def sample_courses(known: Mapping[int, float], years: range, *, paths: int, seed: int) -> Courses:
    """Draw courses through the known years and on to the last of `years`; the same seed gives the same courses.

    Between two known years the roots walk from one to the other; before the first they walk back from it.

    >>> found = sample_courses({2016: 90.0, 2018: 110.0}, range(2016, 2020), paths=500, seed=1)
    >>> found.rests_on, found.bridged, found.values[:, 2].std()
    (1, (2017,), np.float64(0.0))
    """
    last = max(known)
    run = _run(known, last)
    made = forecast(np.array([known[year] for year in run]), max(years[-1] - last, 1))
    drawn = np.random.default_rng(seed + 1)
    values = np.empty((paths, len(years)))
    future = sample_paths(made, paths, seed)
    scatter = INFLATION * step_scatter(np.array([known[year] for year in sorted(known)]))[0]
    bridged = []
    for column, year in enumerate(years):
        if year in known:
            values[:, column] = known[year]
        elif year > last:
            values[:, column] = future[:, year - last - 1]
        else:
            values[:, column] = _bridge(
                known, year, values[:, column - 1] if column else None, scatter, drawn, paths
            )
            bridged.append(year)
    return Courses(years, values, made, len(run), tuple(bridged))


def _run(known: Mapping[int, float], last: int) -> list[int]:
    years = [last]
    while years[0] - 1 in known:
        years.insert(0, years[0] - 1)
    return years


def _bridge(
    known: Mapping[int, float],
    year: int,
    before: Values | None,
    scatter: float,
    drawn: np.random.Generator,
    paths: int,
) -> Values:
    """Draw a year that lies before a known one: on the way to it from the year before, else back from it."""
    to = min(one for one in known if one > year)
    left = to - year
    noise = drawn.standard_normal(paths)
    if before is None:
        earlier = [one for one in known if one < year]
        if earlier:
            start, gone = np.full(paths, np.sqrt(known[max(earlier)])), year - max(earlier)
            share = gone / (gone + left)
            roots = start + (np.sqrt(known[to]) - start) * share
            roots = roots + scatter * np.sqrt(gone * left / (gone + left)) * noise
        else:
            roots = np.sqrt(known[to]) + scatter * np.sqrt(left) * noise
    else:
        start = np.sqrt(before)
        roots = (
            start + (np.sqrt(known[to]) - start) / (left + 1) + scatter * np.sqrt(left / (left + 1)) * noise
        )
    return np.asarray(np.square(np.maximum(roots, 0.0)), dtype=np.float64)
