# SPDX-License-Identifier: Apache-2.0
"""Models that carry a short series of counts forward: naive, drift, theta, exponential smoothing, ARIMA, logistic.

Each is a function from the values observed (oldest first, evenly spaced, not negative) and a number of steps to the
expected values of those steps. Models named `root_...` work on square roots, on which the scatter of counts does not
grow with their size.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from zhihang.methods.grid_fit import fit_arima, fit_smoothing, logistic_ahead

Values: TypeAlias = NDArray[np.float64]
Points: TypeAlias = Callable[[Values, int], Values]


@dataclass(frozen=True)
class SeriesModel:
    """A model: its name, what to call it, how it forecasts, and how many values it needs.

    `quick` forecasts near enough the same in a millisecond; a back-test, which fits many times, uses it.
    """

    name: str
    zh: str
    en: str
    points: Points
    least: int
    quick: Points | None = None

    @property
    def tried(self) -> Points:
        """What a back-test uses."""
        return self.quick or self.points


def naive(values: Values, steps: int) -> Values:
    """Carry the last value on.

    >>> naive(np.array([1.0, 4.0]), 2).tolist()
    [4.0, 4.0]
    """
    return np.repeat(values[-1], steps)


def drift(values: Values, steps: int) -> Values:
    """Go on by the mean change between the first value and the last.

    >>> drift(np.array([1.0, 2.0, 5.0]), 2).tolist()
    [7.0, 9.0]
    """
    slope = (values[-1] - values[0]) / (len(values) - 1)
    return np.asarray(values[-1] + slope * np.arange(1, steps + 1), dtype=np.float64)


def theta(values: Values, steps: int) -> Values:
    """Theta method: simple exponential smoothing with drift of half the slope of the linear trend.

    References
    ----------
    Hyndman and Billah (2003), International Journal of Forecasting 19(2), 287-290.
    """
    times = np.arange(len(values)) - (len(values) - 1) / 2
    slope = float(times @ values / (times @ times)) / 2
    level, weight = _smoothed(values)
    head = (1 - (1 - weight) ** len(values)) / weight
    return np.asarray(level + slope * (np.arange(steps) + head), dtype=np.float64)


def _smoothed(values: Values) -> tuple[float, float]:
    """Return the last level of simple exponential smoothing and its weight, of 20 weights that with the least error."""
    weights = np.arange(1, 21) / 20
    level = np.full(20, values[0])
    errors = np.zeros(20)
    for value in values[1:]:
        errors += (value - level) ** 2
        level = level + weights * (value - level)
    best = int(np.argmin(errors))
    return float(level[best]), float(weights[best])


def smoothing(values: Values, steps: int) -> Values:
    """Exponential smoothing (ETS) without trend, with one, or with a damped one: the form with the least AICc."""
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    if np.ptp(values) == 0:
        return naive(values, steps)
    form = fit_smoothing(values).form
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitted = ExponentialSmoothing(
            values,
            trend=None if form == "level" else "add",
            damped_trend=form == "damped",
            initialization_method="estimated",
        ).fit()
    return np.asarray(fitted.forecast(steps), dtype=np.float64)


def quick_smoothing(values: Values, steps: int) -> Values:
    """Exponential smoothing with weights from a grid."""
    return fit_smoothing(values).ahead(steps)


def arima(values: Values, steps: int) -> Values:
    """ARIMA(p, 1, q) with drift, p and q up to 1, on square roots: the order with the least AICc."""
    from statsmodels.tsa.arima.model import ARIMA

    roots = np.sqrt(values)
    if np.ptp(roots) == 0:
        return naive(values, steps)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            fitted = ARIMA(roots, order=fit_arima(roots).order, trend="t").fit()
        except (np.linalg.LinAlgError, ValueError):
            return quick_arima(values, steps)
    return _squared(np.asarray(fitted.forecast(steps), dtype=np.float64))


def quick_arima(values: Values, steps: int) -> Values:
    """ARIMA on square roots with coefficients from a grid."""
    return _squared(fit_arima(np.sqrt(values)).ahead(steps))


def root_drift(values: Values, steps: int) -> Values:
    """Drift on square roots: growth that slows down as the level rises."""
    return _squared(drift(np.sqrt(values), steps))


def root_theta(values: Values, steps: int) -> Values:
    """Theta method on square roots."""
    return _squared(theta(np.sqrt(values), steps))


def logistic(values: Values, steps: int) -> Values:
    """Logistic growth towards a limit, fitted by least squares; without a limit within 20 times the last value, drift."""
    from scipy.optimize import curve_fit

    times = np.arange(len(values), dtype=np.float64)
    top = max(float(values.max()), 1.0)

    def curve(t: Values, limit: float, rate: float, middle: float) -> Values:
        return np.asarray(limit / (1 + np.exp(-rate * (t - middle))), dtype=np.float64)

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found, _ = curve_fit(
                curve,
                times,
                values,
                p0=(2 * top, 0.2, len(values)),
                bounds=([top * 0.5, 0.01, -len(values)], [20 * top, 3.0, 4.0 * len(values)]),
                maxfev=2000,
            )
    except (RuntimeError, ValueError):
        return root_drift(values, steps)
    ahead = curve(np.arange(len(values), len(values) + steps, dtype=np.float64), *found)
    return np.asarray(values[-1] + (ahead - curve(times[-1:], *found)), dtype=np.float64)


def combined(values: Values, steps: int) -> Values:
    """Mean of drift and theta on square roots: better over many series than either, or than smoothing."""
    return (root_drift(values, steps) + root_theta(values, steps)) / 2


def _squared(roots: Values) -> Values:
    return np.square(np.maximum(roots, 0.0))


MODELS: Mapping[str, SeriesModel] = {
    model.name: model
    for model in (
        SeriesModel("combined", "漂移与Theta平均", "mean of drift and theta on square roots", combined, 5),
        SeriesModel("naive", "末值不变", "naive", naive, 1),
        SeriesModel("drift", "漂移", "drift", drift, 2),
        SeriesModel("root_drift", "平方根漂移", "drift on square roots", root_drift, 2),
        SeriesModel("root_theta", "平方根Theta", "theta on square roots", root_theta, 5),
        SeriesModel("smoothing", "指数平滑", "exponential smoothing", smoothing, 8, quick_smoothing),
        SeriesModel("arima", "ARIMA", "ARIMA on square roots", arima, 12, quick_arima),
        SeriesModel("logistic", "逻辑斯蒂增长", "logistic growth", logistic, 8, logistic_ahead),
    )
}
"""The models, the usual one first."""
