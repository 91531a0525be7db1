# SPDX-License-Identifier: Apache-2.0
"""Exponential smoothing, ARIMA and logistic growth by least squares over a grid of parameters: a millisecond a fit.

A rolling back-test fits every model a dozen times. What a library finds by iterating, a grid finds near enough; the form
found here (with or without trend, which order) is then fitted by the library for the forecast that is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Values: TypeAlias = NDArray[np.float64]
Order: TypeAlias = "tuple[int, int, int]"


@dataclass(frozen=True)
class Smoothing:
    """Exponential smoothing: weights of level and trend, damping, and the last level and trend."""

    form: str
    level_weight: float
    trend_weight: float
    damping: float
    level: float
    trend: float

    def ahead(self, steps: int) -> Values:
        """Return the expected values of the next steps."""
        return self.level + self.trend * np.cumsum(self.damping ** np.arange(1, steps + 1))


def fit_smoothing(values: Values) -> Smoothing:
    """Find the form (`level`, `trend`, `damped`) with the least AICc, and its parameters.

    >>> found = fit_smoothing(np.array([1.0, 3.0, 5.0, 7.0, 9.0, 11.0, 13.0, 15.0]))
    >>> found.form, found.ahead(2).round(6).tolist()
    ('trend', [17.0, 19.0])
    """
    fits = []
    for form, (weights, trend_weights, dampings) in _FORMS.items():
        alpha, share, phi = (each.ravel() for each in np.meshgrid(weights, trend_weights, dampings))
        beta = alpha * share
        errors, level, trend = _smoothed(values, alpha, beta, phi, with_trend=form != "level")
        best = int(np.argmin(errors))
        freedom = {"level": 2, "trend": 4, "damped": 5}[form] + 1
        score = _aicc(float(errors[best]), len(values), freedom)
        parameters = (alpha[best], beta[best], phi[best], level[best], trend[best])
        fits.append((score, Smoothing(form, *map(float, parameters))))
    return min(fits, key=lambda fit: fit[0])[1]


_ALPHAS = np.array([0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99])
_SHARES = np.array([0.01, 0.1, 0.25, 0.5, 0.75, 1.0])
_FORMS = {
    "level": (_ALPHAS, np.zeros(1), np.ones(1)),
    "trend": (_ALPHAS, _SHARES, np.ones(1)),
    "damped": (_ALPHAS, _SHARES, np.array([0.8, 0.88, 0.94, 0.98])),
}


def _smoothed(
    values: Values, alpha: Values, beta: Values, phi: Values, *, with_trend: bool
) -> tuple[Values, Values, Values]:
    """Return squared errors, last level and last trend of each set of weights, from the best first level and trend.

    The errors are linear in the values and the two first states, so that one pass with each gives the best states.
    """
    starts = np.eye(3)
    responses = [
        _pass(
            values if kind == 0 else np.zeros(len(values)), starts[kind][1], starts[kind][2], alpha, beta, phi
        )
        for kind in range(3 if with_trend else 2)
    ]
    errors = np.stack([response[0] for response in responses])  # state x time x weights
    own, states = errors[0], errors[1:]
    gram = np.einsum("itg,jtg->gij", states, states)
    gram += np.eye(len(states)) * 1e-9 * np.trace(gram, axis1=1, axis2=2)[:, None, None]
    first = -np.linalg.solve(gram, np.einsum("itg,tg->gi", states, own)[..., None])[..., 0].T
    left = own + np.einsum("ig,itg->tg", first, states)
    level = responses[0][1] + sum(first[i] * responses[i + 1][1] for i in range(len(states)))
    trend = responses[0][2] + sum(first[i] * responses[i + 1][2] for i in range(len(states)))
    return np.square(left).sum(axis=0), level, trend


def _pass(
    values: Values, level: float, trend: float, alpha: Values, beta: Values, phi: Values
) -> tuple[Values, Values, Values]:
    errors = np.empty((len(values), len(alpha)))
    levels, trends = np.full(len(alpha), level), np.full(len(alpha), trend)
    for time, value in enumerate(values):
        expected = levels + phi * trends
        error = value - expected
        errors[time] = error
        levels = expected + alpha * error
        trends = phi * trends + beta * error
    return errors, levels, trends


@dataclass(frozen=True)
class Arima:
    """ARIMA(p, 1, q) with drift, p and q up to 1."""

    order: Order
    mean: float
    autoregression: float
    moving_average: float
    last: float
    last_change: float
    last_error: float

    def ahead(self, steps: int) -> Values:
        """Return the expected values of the next steps."""
        change = self.last_change - self.mean
        changes = np.empty(steps)
        for step in range(steps):
            change = self.autoregression * change + (
                self.moving_average * self.last_error if step == 0 else 0.0
            )
            changes[step] = change + self.mean
        return self.last + np.cumsum(changes)


_COEFFICIENTS = np.round(np.arange(-0.9, 0.91, 0.1), 1)


def fit_arima(values: Values) -> Arima:
    """Find the order with the least AICc, and its parameters by conditional least squares.

    >>> fit_arima(np.array([0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0])).ahead(2).round(6).tolist()
    [14.0, 16.0]
    """
    changes = np.diff(values)
    phi, theta = (each.ravel() for each in np.meshgrid(_COEFFICIENTS, _COEFFICIENTS))
    own, own_last = _innovations(changes, phi, theta)
    unit, unit_last = _innovations(np.ones(len(changes)), phi, theta)
    mean = np.einsum("tg,tg->g", own, unit) / np.einsum("tg,tg->g", unit, unit)
    errors = np.square(own - mean * unit).sum(axis=0)
    scored = []
    for order in ((0, 1, 0), (1, 1, 0), (0, 1, 1), (1, 1, 1)):
        allowed = ((phi == 0) | bool(order[0])) & ((theta == 0) | bool(order[2]))
        best = int(np.argmin(np.where(allowed, errors, np.inf)))
        scored.append((_aicc(float(errors[best]), len(changes), 2 + order[0] + order[2]), order, best))
    _, order, best = min(scored)
    last_error = float(own_last[best] - mean[best] * unit_last[best])
    found = (float(mean[best]), float(phi[best]), float(theta[best]))
    return Arima(order, *found, float(values[-1]), float(changes[-1]), last_error)


def _innovations(changes: Values, phi: Values, theta: Values) -> tuple[Values, Values]:
    errors = np.empty((len(changes), len(phi)))
    before, error = 0.0, np.zeros(len(phi))
    for time, change in enumerate(changes):
        error = change - phi * before - theta * error
        errors[time] = error
        before = float(change)
    return errors, error


def _aicc(squares: float, values: int, parameters: int) -> float:
    """Akaike's criterion, corrected for short series; a fit without error is the best of all."""
    room = values - parameters - 1
    if room <= 0:
        return np.inf
    fitted = values * np.log(max(squares / values, 1e-12))
    return float(fitted + 2 * parameters + 2 * parameters * (parameters + 1) / room)


def logistic_ahead(values: Values, steps: int) -> Values:
    """Return the next values of a logistic curve fitted by least squares, its limit within 20 times the largest value."""
    times = np.arange(len(values) + steps, dtype=np.float64)
    known = len(values)
    rate, middle = (each.ravel() for each in np.meshgrid(_RATES, np.linspace(-0.5 * known, 3.0 * known, 29)))
    shape = 1 / (1 + np.exp(-np.clip(rate * (times[:, None] - middle), -500, 500)))
    past = shape[:known]
    top = max(float(values.max()), 1.0)
    limit = np.clip(values @ past / np.maximum(np.square(past).sum(axis=0), 1e-300), 0.5 * top, 20 * top)
    best = int(np.argmin(np.square(values[:, None] - limit * past).sum(axis=0)))
    curve = limit[best] * shape[:, best]
    return np.asarray(values[-1] + curve[known:] - curve[known - 1], dtype=np.float64)


_RATES = np.array([0.01, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8, 1.2, 2.0, 3.0])
