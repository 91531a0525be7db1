# SPDX-License-Identifier: Apache-2.0
"""How long applications wait and how they end: granted, or refused and withdrawn, as competing ends (M-FCT-03)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


@dataclass(frozen=True)
class GrantLag:
    """Chance of each end by lag, for an application that is still pending when the lag begins.

    Parameters
    ----------
    granted, refused
        Hazards by lag, in the steps of the cohorts (years or months). `refused` holds refusals and withdrawals; zeros
        where the records do not tell them, and then the refused stay pending for ever, which leaves grants right.
    at_risk, grants, refusals
        Pending applications and ends seen, by lag, that the hazards rest on.
    """

    granted: Values
    refused: Values
    at_risk: Values
    grants: Values
    refusals: Values

    @property
    def pending(self) -> Values:
        """Share still pending after each lag."""
        return np.asarray(np.cumprod(1 - self.granted - self.refused), dtype=np.float64)

    @property
    def increments(self) -> Values:
        """Share of a cohort granted at each lag."""
        before = np.append(1.0, self.pending[:-1])
        return before * self.granted

    @property
    def final_rate(self) -> float:
        """Share granted in the end, as far as lags were seen."""
        return float(self.increments.sum())

    @property
    def median(self) -> float:
        """Lag by which half of those ever granted are granted, in steps; not a number where none is."""
        reached = np.cumsum(self.increments)
        if reached[-1] <= 0:
            return float("nan")
        return float(np.interp(reached[-1] / 2, np.append(0.0, reached), np.arange(len(reached) + 1)))

    def shifted(self, steps: int) -> GrantLag:
        """Return the same ends so many steps later (earlier if negative): a published change of pendency."""
        return GrantLag(
            *(
                _shift(each, steps)
                for each in (self.granted, self.refused, self.at_risk, self.grants, self.refusals)
            )
        )


def lag_of(
    filings: Values,
    grants: Values,
    refusals: Values | None = None,
    *,
    seen: NDArray[np.int64] | None = None,
    latest: int | None = None,
    effects: tuple[Values, Values] | None = None,
) -> GrantLag:
    """Estimate hazards from cohorts (Kaplan-Meier with competing ends).

    Parameters
    ----------
    filings
        Applications of each cohort.
    grants, refusals
        Ends by cohort (row) and lag (column).
    seen
        How many lags of each cohort lie wholly in the past; from a square table without it: one less per cohort.
    latest
        Take each lag from so many of the latest cohorts that passed it: today's office, not that of ten years ago.
    effects
        Factors of grants and of refusals by cohort and lag, for the year that the lag fell in, against today's (1): the
        hazards are then those of today.

    Examples
    --------
    Two cohorts of 100; the second has passed one lag only.

    >>> found = lag_of(np.array([100.0, 100.0]), np.array([[10.0, 45.0], [20.0, 0.0]]))
    >>> found.granted.tolist()  # (10 + 20) / 200, then 45 / 90
    [0.15, 0.5]
    """
    lags = grants.shape[1]
    refused = np.zeros_like(grants) if refusals is None else refusals
    passed = np.arange(len(filings), 0, -1) if seen is None else seen
    ended = np.cumsum(grants + refused, axis=1)
    before = filings[:, None] - np.hstack([np.zeros((len(filings), 1)), ended[:, :-1]])
    known = np.arange(lags)[None, :] < passed[:, None]
    if latest is not None:
        later = np.cumsum(known[::-1], axis=0)[::-1]
        known &= later <= latest
    waiting = np.where(known, np.maximum(before, 0), 0)
    at_risk = waiting.sum(axis=0)
    seen_grants = np.where(known, grants, 0).sum(axis=0)
    seen_refusals = np.where(known, refused, 0).sum(axis=0)
    by_grant, by_refusal = (
        ((waiting * each).sum(axis=0) for each in effects) if effects else (at_risk, at_risk)
    )
    hazard = np.divide(seen_grants, by_grant, out=np.zeros(lags), where=by_grant > 0)
    other = np.divide(seen_refusals, by_refusal, out=np.zeros(lags), where=by_refusal > 0)
    over = np.maximum(hazard + other, 1.0)
    return GrantLag(hazard / over, other / over, at_risk, seen_grants, seen_refusals)


def expected_grants(filings: Values, increments: Values) -> Values:
    """Return the grants of each period from the filings of it and those before: the sum over cohorts.

    >>> expected_grants(np.full(6, 100.0), np.array([0, 0.10, 0.25, 0.10])).round(6).tolist()
    [0.0, 10.0, 35.0, 45.0, 45.0, 45.0]
    """
    return np.convolve(filings, increments)[: len(filings)]


def pooled(own: GrantLag, parent: GrantLag, weight: float = 30.0) -> GrantLag:
    """Draw a small region's hazards towards those of the region it lies in: `weight` pending applications are added."""
    risk = own.at_risk + weight
    granted = (own.at_risk * own.granted + weight * parent.granted) / risk
    refused = (own.at_risk * own.refused + weight * parent.refused) / risk
    return GrantLag(granted, refused, own.at_risk, own.grants, own.refusals)


def _shift(values: Values, steps: int) -> Values:
    if steps >= 0:
        return np.concatenate([np.zeros(steps), values])
    return np.append(values[-steps:], np.zeros(0))
