# SPDX-License-Identifier: Apache-2.0
"""Forecast a series of counts: the model that a rolling back-test chooses, with intervals that keep their promise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihang.methods.series_model import MODELS, SeriesModel, Values

LEAST = 3
"""With fewer values only the last one is carried on, and the interval is that of a Poisson count with drift unknown."""
MOST_ORIGINS = 8
FAVOUR = 0.7
"""Another model replaces the usual one only if its error in the back-test is below this share of the usual one's."""
INFLATION = 1.12
"""Widens intervals for what a model fitted to the past does not know; set on half of the series of the benchmark."""
PRIOR_SCATTER = 0.9
"""Scatter of yearly changes of square roots where the series is too short to show its own. UNVERIFIED: a parameter."""
PRIOR_WEIGHT = 3.0
ENOUGH = 10
"""With more steps than this a series shows its own scatter."""
POISSON_STEP = 0.5
"""Variance of the difference of two square roots of Poisson counts: twice 1/4."""


@dataclass(frozen=True)
class Tried:
    """A model in the back-test: mean absolute error over the naive one-step error, and how many forecasts it made."""

    model: SeriesModel
    error: float
    forecasts: int


@dataclass(frozen=True)
class SeriesForecast:
    """A forecast.

    Parameters
    ----------
    points, low, high
        Expected values of the next steps, and the ends of the interval.
    model, tried
        The model taken, and all that competed, best first (empty where the series was too short to compare).
    scatter
        Standard deviation of one step, on square roots.
    freedom
        Degrees of freedom of the scatter.
    values
        How many values it rests on.
    """

    points: Values
    low: Values
    high: Values
    model: SeriesModel
    tried: Sequence[Tried]
    scatter: float
    freedom: float
    values: int


def forecast(
    values: Values,
    steps: int,
    *,
    level: float = 0.9,
    models: Mapping[str, SeriesModel] = MODELS,
    model: str | None = None,
) -> SeriesForecast:
    """Forecast the next `steps` values of a series of counts (oldest first); `level` is the chance of the interval.

    The scatter is that of one-step errors on square roots, drawn towards a prior where the series is short; it grows
    with the root of the horizon, and with the uncertainty of the slope. Counts never scatter less than Poisson's.
    """
    from scipy import stats

    values = np.asarray(values, dtype=np.float64)
    if len(values) < LEAST:
        chosen, tried = MODELS["naive"], list[Tried]()
    elif model is not None:
        chosen, tried = models[model], []
    else:
        chosen, tried = choose(values, steps, models)
    points = np.maximum(chosen.points(values, steps), 0.0)
    scatter, freedom = step_scatter(values)
    spread = stats.t.ppf((1 + level) / 2, freedom) * _widths(scatter, len(values), steps)
    roots = np.sqrt(points)
    low, high = np.square(np.maximum(roots - spread, 0.0)), np.square(roots + spread)
    return SeriesForecast(points, low, high, chosen, tried, scatter, freedom, len(values))


def choose(
    values: Values, steps: int, models: Mapping[str, SeriesModel] = MODELS
) -> tuple[SeriesModel, list[Tried]]:
    """Return the model for a series, and the errors of all in a rolling back-test, least first.

    The first of `models` is taken unless another is clearly better: on short series the winner of a back-test is
    mostly luck.
    """
    usual = next(iter(models.values()))
    tried = sorted(
        (found for each in models.values() if (found := _tried(values, steps, each)) is not None),
        key=lambda found: found.error,
    )
    known = {found.model.name: found.error for found in tried}
    if usual.name not in known:
        short = [each for each in models.values() if each.least <= len(values)]
        return (MODELS["root_drift"] if len(values) >= LEAST else short[-1]), tried
    best = tried[0]
    enough = best.forecasts >= MOST_ORIGINS
    return (best.model if enough and best.error < FAVOUR * known[usual.name] else usual), tried


def _tried(values: Values, steps: int, model: SeriesModel) -> Tried | None:
    errors = []
    first = max(model.least, LEAST, len(values) - MOST_ORIGINS)
    for origin in range(first, len(values)):
        past, after = values[:origin], values[origin : origin + steps]
        usual_step = float(np.mean(np.abs(np.diff(past)))) or 1.0
        made = np.maximum(model.tried(past, len(after)), 0.0)
        errors.append(float(np.mean(np.abs(made - after))) / usual_step)
    return Tried(model, float(np.mean(errors)), len(errors)) if errors else None


def step_scatter(values: Values) -> tuple[float, float]:
    """Return the standard deviation of one step on square roots, and its degrees of freedom.

    Steps are taken about their mean; a series of fewer than three values has none of its own, and the prior stands.
    """
    changes = np.diff(np.sqrt(values))
    own = max(len(changes) - 1, 0)
    variance = float(np.var(changes, ddof=1)) if own else 0.0
    if own <= ENOUGH:
        prior = PRIOR_SCATTER**2 * _size(values)
        variance = (own * variance + PRIOR_WEIGHT * prior) / (own + PRIOR_WEIGHT)
    return float(np.sqrt(max(variance, POISSON_STEP))), max(own, 2.0)


def _size(values: Values) -> float:
    """Larger counts scatter more than Poisson's: variance of root steps per unit of root level."""
    return max(float(np.sqrt(values[-1])) / 10.0, 1.0)


def _widths(scatter: float, known: int, steps: int) -> Values:
    ahead = np.arange(1, steps + 1, dtype=np.float64)
    return np.asarray(INFLATION * scatter * np.sqrt(ahead + ahead**2 / max(known - 1, 1)), dtype=np.float64)


def sample_paths(made: SeriesForecast, paths: int, seed: int) -> NDArray[np.float64]:
    """Return `paths` possible courses of a forecast series, one row each; the same seed gives the same courses."""
    drawn = np.random.default_rng(seed)
    steps = len(made.points)
    scale = INFLATION * made.scatter * np.sqrt(made.freedom / drawn.chisquare(made.freedom, size=(paths, 1)))
    walk = np.cumsum(drawn.standard_normal((paths, steps)), axis=1)
    slope = drawn.standard_normal((paths, 1)) / np.sqrt(max(made.values - 1, 1))
    roots = np.sqrt(made.points) + scale * (walk + slope * np.arange(1, steps + 1))
    return np.asarray(np.square(np.maximum(roots, 0.0)), dtype=np.float64)
