# SPDX-License-Identifier: Apache-2.0
"""S-curves through cumulative counts: logistic and Gompertz, refused where the ceiling cannot be known (M-NAV-04)."""

from __future__ import annotations

from dataclasses import dataclass
from math import e, log
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Model = Literal["logistic", "gompertz"]
MODELS: tuple[Model, ...] = ("logistic", "gompertz")
Reason = Literal[
    "few_years",
    "no_growth",
    "no_fit",
    "no_slowing",
    "before_inflection",
    "ceiling_uncertain",
    "ceiling_unsteady",
]
"""Why there is no ceiling: fewer than 5 years; no rise; nothing fits; the yearly counts do not fall, or a straight line
does as well; the data do not reach the inflection; its standard error is large; it moves without the last years."""
LEAST_YEARS = 5
MOST_ERROR = 0.25
"""Largest standard error of the ceiling, and largest move without the last fifth of years, as a share of it.
UNVERIFIED: a parameter."""
LEAST_R2 = 0.9
SLOWED = 0.9
"""Yearly counts at the end must lie below this share of their peak. UNVERIFIED: a parameter."""
_INFLECTION: dict[Model, float] = {"logistic": 0.5, "gompertz": 1 / e}
Values = NDArray[np.float64]


@dataclass(frozen=True)
class GrowthCurve:
    """A fitted curve.

    Parameters
    ----------
    ceiling, rate, midpoint
        K, a and t0 of the formula; K in the unit of the counts, a per year, t0 the year of the inflection.
    errors
        Their standard errors. Cumulative counts hang together, so these are too small; see `durbin_watson`.
    r2, durbin_watson
        Share of variance explained; 2 where residuals are independent, near 0 where they hang together.
    reached
        Last count over the ceiling (0-1).
    growth_time
        Years from 10 % to 90 % of the ceiling.
    refused
        Why the ceiling must not be used; empty if it may.
    """

    model: Model
    ceiling: float
    rate: float
    midpoint: float
    errors: tuple[float, float, float]
    r2: float
    durbin_watson: float
    reached: float
    growth_time: float
    refused: tuple[Reason, ...]

    def at(self, years: ArrayLike) -> Values:
        """Return the count that the curve gives for years."""
        return curve(self.model, np.asarray(years, float), self.ceiling, self.rate, self.midpoint)

    def year_of(self, share: float) -> float:
        """Return the year in which the curve reaches a share of its ceiling.

        >>> made = GrowthCurve("logistic", 1000, 0.5, 2010, (0, 0, 0), 1, 2, 0.9, 8.789, ())
        >>> round(made.year_of(0.1), 2), round(made.year_of(0.9), 2)
        (2005.61, 2014.39)
        """
        inner = log(1 / share - 1) if self.model == "logistic" else log(-log(share))
        return self.midpoint - inner / self.rate


@dataclass(frozen=True)
class GrowthFit:
    """What was fitted: a curve for each model (none where nothing can be fitted) and the one to use, if any."""

    curves: tuple[GrowthCurve, ...]
    refused: tuple[Reason, ...]

    @property
    def best(self) -> GrowthCurve | None:
        """The curve that explains most among those whose ceiling may be used."""
        usable = [one for one in self.curves if not one.refused]
        return max(usable, key=lambda one: one.r2, default=None)


def curve(model: Model, years: Values, ceiling: float, rate: float, midpoint: float) -> Values:
    """Cumulative count by logistic K/(1+exp(-a(t-t0))) or Gompertz K·exp(-exp(-a(t-t0))).

    >>> curve("logistic", np.array([2004.0, 2010.0]), 1000, 0.5, 2010).round(1).tolist()
    [47.4, 500.0]
    >>> curve("gompertz", np.array([2006.0, 2012.0]), 1000, 0.3, 2010).round(1).tolist()
    [36.1, 577.6]
    """
    inner = np.exp(np.clip(-rate * (years - midpoint), -700, 700))
    with np.errstate(over="ignore", under="ignore"):
        found = ceiling / (1 + inner) if model == "logistic" else ceiling * np.exp(-inner)
    return np.asarray(found, float)


def fit_growth(years: ArrayLike, cumulative: ArrayLike) -> GrowthFit:
    """Fit both curves to cumulative counts by non-linear least squares, and say whether their ceilings hold.

    Parameters
    ----------
    years, cumulative
        Full years only: leave out those that are truncated (`truncation.truncated_years`).

    Notes
    -----
    A ceiling is refused unless the yearly counts have fallen and the curve does better than a straight line, the last
    count has passed the inflection (half of the ceiling; for Gompertz 1/e of it), its standard error is below a quarter
    of it, and it moves by less than a quarter without the last fifth of the years.
    """
    t, n = np.asarray(years, float), np.asarray(cumulative, float)
    order = np.argsort(t, kind="stable")
    t, n = t[order], n[order]
    if len(t) < LEAST_YEARS:
        return GrowthFit((), ("few_years",))
    if (np.diff(n) < 0).any() or (n < 0).any():
        raise ValueError("cumulative counts neither fall nor go below 0")
    if n[-1] <= n[0] or len(np.unique(n)) < 4:
        return GrowthFit((), ("no_growth",))
    curves = tuple(made for model in MODELS if (made := _fitted(model, t, n)) is not None)
    if not curves:
        return GrowthFit((), ("no_fit",))
    reasons = () if any(not one.refused for one in curves) else max(curves, key=lambda one: one.r2).refused
    return GrowthFit(curves, reasons)


def _fitted(model: Model, t: Values, n: Values) -> GrowthCurve | None:
    solved = _solve(model, t, n)
    if solved is None:
        return None
    (ceiling, rate, midpoint), jacobian, residuals = solved
    r2 = 1 - float(residuals @ residuals) / float(((n - n.mean()) ** 2).sum())
    errors = _errors(jacobian, residuals)
    total = float(residuals @ residuals)
    watson = float((np.diff(residuals) ** 2).sum() / total) if total > 1e-12 else 2.0
    reached = float(n[-1] / ceiling)
    refused = _refused(model, t, n, (ceiling, errors[0], reached, r2))
    span = log(81) / rate if model == "logistic" else (log(log(10)) - log(log(1 / 0.9))) / rate
    return GrowthCurve(model, ceiling, rate, midpoint, errors, r2, watson, reached, span, refused)


def _refused(
    model: Model, t: Values, n: Values, found: tuple[float, float, float, float]
) -> tuple[Reason, ...]:
    ceiling, error, reached, r2 = found
    reasons: list[Reason] = []
    if r2 < LEAST_R2:
        reasons.append("no_fit")
    if not _has_slowed(t, n) or _line_r2(t, n) >= r2:
        reasons.append("no_slowing")
    if reached <= _INFLECTION[model]:
        reasons.append("before_inflection")
    if not error <= MOST_ERROR * ceiling:
        reasons.append("ceiling_uncertain")
    kept = len(t) - max(1, len(t) // 5)
    again = _solve(model, t[:kept], n[:kept]) if kept >= 4 else None
    if again is None or abs(again[0][0] - ceiling) > MOST_ERROR * ceiling:
        reasons.append("ceiling_unsteady")
    return tuple(reasons)


def _has_slowed(t: Values, n: Values) -> bool:
    """Whether the yearly counts of the last quarter lie clearly below the highest of as many years before."""
    width = max(2, len(t) // 4)
    rates = (n[width:] - n[:-width]) / (t[width:] - t[:-width])
    return bool(rates[-1] < SLOWED * rates.max())


def _line_r2(t: Values, n: Values) -> float:
    """Share of variance that a straight line explains."""
    return float(np.corrcoef(t, n)[0, 1] ** 2)


def _solve(model: Model, t: Values, n: Values) -> tuple[tuple[float, float, float], Values, Values] | None:
    """Return K, a, t0, the Jacobian in them, and residuals; None where no start leads anywhere."""
    from scipy.optimize import least_squares

    top, centre = float(n[-1]), float(t.mean())

    def residuals(x: Values) -> Values:
        return curve(model, t, top * (1 + np.exp(x[0])), float(np.exp(x[1])), centre + x[2]) / top - n / top

    best = None
    for start in _starts(model, t, n):
        with np.errstate(all="ignore"):
            tried = least_squares(
                residuals,
                start,
                bounds=([-20, -7, -200], [12, 3, 400]),
                xtol=1e-11,
                ftol=1e-11,
                gtol=1e-11,
                max_nfev=60,
            )
        if np.isfinite(tried.cost) and (best is None or tried.cost < best.cost * (1 - 1e-9)):
            best = tried
    if best is None:
        return None
    excess, rate = float(np.exp(best.x[0])), float(np.exp(best.x[1]))
    ceiling, midpoint = top * (1 + excess), centre + float(best.x[2])
    scale = np.array([1 / (top * excess), 1 / rate, 1.0])
    return (ceiling, rate, midpoint), best.jac * scale * top, best.fun * top


def _starts(model: Model, t: Values, n: Values) -> list[Values]:
    """Starting points: for some ceilings, the straight line that the curve then becomes."""
    found = []
    for factor in (1.02, 1.2, 2.0, 6.0):
        share = np.clip(n / (n[-1] * factor), 1e-6, 1 - 1e-6)
        line = np.log(share / (1 - share)) if model == "logistic" else -np.log(-np.log(share))
        slope, level = np.polyfit(t - t.mean(), line, 1)
        slope = max(float(slope), 1e-3)
        middle = float(np.clip(-level / slope, -199, 399))
        found.append(np.array([log(factor - 1), float(np.clip(log(slope), -6.9, 2.9)), middle]))
    return found


def _errors(jacobian: Values, residuals: Values) -> tuple[float, float, float]:
    freedom = max(len(residuals) - 3, 1)
    try:
        covariance = np.linalg.inv(jacobian.T @ jacobian) * float(residuals @ residuals) / freedom
    except np.linalg.LinAlgError:
        return (np.inf, np.inf, np.inf)
    spread = np.sqrt(np.maximum(np.diag(covariance), 0))
    return (float(spread[0]), float(spread[1]), float(spread[2]))
