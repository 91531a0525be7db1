# SPDX-License-Identifier: Apache-2.0
"""Carry a stock of rights forward: arithmetic with one loss rate, and a simulation by cohorts (M-FCT-05)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Counts = NDArray[np.int64]


def levels(opening: float, inflow: float, loss: float, years: int) -> list[float]:
    """Stock at the end of each year: what was there less a share of it, plus the same inflow every year.

    >>> round(levels(2254, 800, 0.0, 5)[-1]), round(levels(2254, 800, 0.05, 5)[-1])
    (6254, 5364)
    """
    found = []
    for _ in range(years):
        opening = opening * (1 - loss) + inflow
        found.append(opening)
    return found


def needed_inflow(opening: float, goal: float, loss: float, years: int) -> float:
    """Inflow in each year that takes a stock to its goal.

    >>> round(needed_inflow(2254, 6600, 0.0, 5), 1), round(needed_inflow(2254, 6600, 0.05, 5), 1)
    (869.2, 1073.3)
    """
    kept = (1 - loss) ** years
    weight = float(years) if loss == 0 else (1 - kept) / loss
    return (goal - opening * kept) / weight


@dataclass(frozen=True)
class StockModel:
    """Rights in force and applications pending at a cut, and how they go on; a row for each region.

    Parameters
    ----------
    stock
        Rights in force by age (calendar year of the cut less year of filing); rights of the last age end with its year.
    pending
        Applications neither granted nor ended, by the same age.
    granted, refused
        Hazards by age of an application: of those pending when its year begins, the share granted or refused in it.
        At age 0 it is the share of the year's filings.
    lapsed
        Hazards by age of a right.
    granted_on, lapsed_on
        How many applications and rights the hazards rest on, for their uncertainty; infinite if they are given.
    elapsed
        Share of the calendar year gone at the cut: 1 at its end.
    grant_step, lapse_step
        Standard deviation of what a year adds to the logarithm of the hazards of all regions, for what is not chance of
        single cases: pendency plans, campaigns, changes of fees. It adds up over the years.
    grant_course
        Factor on the hazards of grant in each year simulated, where more is known than today's level; 1 after its end.
    grant_doubt, lapse_doubt
        Standard deviation of the logarithm of where they stand at the cut.
    """

    stock: Values
    pending: Values
    granted: Values
    refused: Values
    lapsed: Values
    granted_on: Values
    lapsed_on: Values
    elapsed: float = 1.0
    grant_step: float = 0.1
    lapse_step: float = 0.1
    grant_doubt: float = 0.0
    lapse_doubt: float = 0.0
    grant_course: tuple[float, ...] = ()

    @property
    def regions(self) -> int:
        """Number of regions."""
        return len(self.stock)


@dataclass(frozen=True)
class StockPaths:
    """Possible courses: simulation x region x year. Stocks are at the end of the year, the others within it."""

    stock: Counts
    filings: Counts
    grants: Counts
    lapses: Counts


@dataclass(frozen=True)
class Lever:
    """What is changed: filings grow by a further share each year; grant hazards and lapses are multiplied."""

    filing_growth: Values
    grant_factor: Values
    lapse_factor: Values

    @classmethod
    def none(cls, regions: int) -> Lever:
        """Nothing is changed."""
        return cls(np.zeros(regions), np.ones(regions), np.ones(regions))


def simulate(model: StockModel, filings: Values, *, seed: int, lever: Lever | None = None) -> StockPaths:
    """Simulate courses of stock, grants and lapses; the same seed gives the same courses.

    Parameters
    ----------
    filings
        Possible filings: simulation x region x year. The first year is the rest of the year of the cut if that is not
        over, else the year after it.
    """
    drawn = np.random.default_rng(seed)
    draws, regions, years = filings.shape
    changed = lever or Lever.none(regions)
    coming = _growing(filings, changed, model.elapsed)
    coming_counts = drawn.poisson(np.minimum(coming, 1e9))
    granted = _uncertain(model.granted, model.granted_on, draws, drawn)
    refused = np.minimum(np.broadcast_to(model.refused, granted.shape), 1 - granted)
    lapsed = _uncertain(model.lapsed, model.lapsed_on, draws, drawn)
    stock = np.broadcast_to(model.stock.round().astype(np.int64), (draws, *model.stock.shape)).copy()
    pending = np.broadcast_to(model.pending.round().astype(np.int64), (draws, *model.pending.shape)).copy()
    out = [np.zeros((draws, regions, years), np.int64) for _ in range(3)]
    stray = _stray(model, draws, years, drawn)
    for year in range(years):
        rest = 1 - model.elapsed if year == 0 and model.elapsed < 1 else 1.0
        if rest == 1.0:
            stock, pending = _older(stock), _older(pending)
        lost = drawn.binomial(
            stock, _hazard(lapsed, changed.lapse_factor, stray[1, :, year], rest, expiry=True)
        )
        stock -= lost
        pending[..., 0] += coming_counts[..., year]
        chance = _hazard(granted, changed.grant_factor, stray[0, :, year], rest, expiry=False)
        made = drawn.binomial(pending, chance)
        pending -= made
        left = np.divide(refused, 1 - chance, out=np.zeros_like(chance), where=chance < 1)
        pending -= drawn.binomial(pending, np.clip(left * rest, 0, 1))
        stock[..., : made.shape[-1]] += made
        for place, value in zip(out, (stock, made, lost), strict=True):
            place[..., year] = value.sum(axis=-1)
    return StockPaths(out[0], coming_counts, out[1], out[2])


STRAY_LIMIT = 5.0


def _stray(model: StockModel, draws: int, years: int, drawn: np.random.Generator) -> Values:
    """Draw what grants and lapses of all regions are multiplied by in each year: a walk that begins in doubt."""
    doubts = np.array([model.grant_doubt, model.lapse_doubt])[:, None, None]
    steps = np.array([model.grant_step, model.lapse_step])[:, None, None]
    walk = np.cumsum(steps * drawn.standard_normal((2, draws, years)), axis=2)
    logs = walk + doubts * drawn.standard_normal((2, draws, 1))
    course = np.array([*model.grant_course, *np.ones(years)])[:years]
    logs[0] += np.log(course)
    return np.exp(np.clip(logs, -np.log(STRAY_LIMIT), np.log(STRAY_LIMIT)))[..., None, None]


def _older(counts: Counts) -> Counts:
    """Let a year pass: every age moves on, and what was of the last age is gone."""
    moved = np.zeros_like(counts)
    moved[..., 1:] = counts[..., :-1]
    return moved


def _uncertain(hazards: Values, rests_on: Values, draws: int, drawn: np.random.Generator) -> Values:
    """Draw hazards from what they rest on (beta); those that rest on infinitely many stand."""
    shape = (draws, *hazards.shape)
    sure = ~np.isfinite(rests_on) | (hazards <= 0) | (hazards >= 1)
    weight = np.where(sure, 1.0, rests_on + 1.0)
    inner = np.clip(hazards, 1e-9, 1 - 1e-9)
    found = drawn.beta(weight * inner, weight * (1 - inner), size=shape)
    return np.where(sure, hazards, found)


def _hazard(hazards: Values, factor: Values, shock: Values, rest: float, *, expiry: bool) -> Values:
    changed = np.clip(hazards * factor[None, :, None] * shock, 0.0, 1.0)
    if rest < 1:
        changed = 1 - (1 - changed) ** rest
    if expiry:  # a term that is over cannot be kept
        changed[..., -1] = 1.0
    return changed


def _growing(filings: Values, lever: Lever, elapsed: float) -> Values:
    years = np.arange(filings.shape[2]) + (0 if elapsed < 1 else 1)
    return np.asarray(filings * (1 + lever.filing_growth[None, :, None]) ** years, dtype=np.float64)


LIMITS = {"filing_growth": (-0.5, 2.0), "grant_factor": (0.1, 3.0), "avoided_lapses": (0.0, 1.0)}
"""Where each lever is looked for. Beyond, it is said to reach nothing."""


def find_lever(
    model: StockModel,
    filings: Values,
    goals: Values,
    *,
    name: str,
    outcome: str = "stock",
    before: Values | None = None,
    chance: float = 0.5,
    seed: int = 1,
    steps: int = 10,
) -> Values:
    """Return how far one lever has to be moved so that each region reaches its goal at least with the chance given.

    All regions are halved at once, every trial with the same random numbers. Not a number where even the end of the
    range does not suffice; the near end of the range where it does already.

    Parameters
    ----------
    name
        `filing_growth`: further yearly growth of filings; `grant_factor`: times the usual share granted;
        `avoided_lapses`: share of lapses (not of expiries) that do not happen.
    outcome
        `stock` at the end, or all `grants`, or all `filings`, of the years simulated; `before` is added to the latter.
    """
    near, far = LIMITS[name]
    low, high = np.full(model.regions, near), np.full(model.regions, far)

    def reaches(position: Values) -> NDArray[np.bool_]:
        made = simulate(model, filings, seed=seed, lever=_lever(name, position))
        found = getattr(made, outcome)
        end = found[..., -1] if outcome == "stock" else found.sum(axis=-1)
        end = end + (0 if before is None or outcome == "stock" else before)
        return np.asarray((end >= goals).mean(axis=0) >= chance)

    possible, already = reaches(high), reaches(low)
    for _ in range(steps):
        middle = (low + high) / 2
        enough = reaches(middle)
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return np.where(already, near, np.where(possible, high, np.nan))


def _lever(name: str, position: Values) -> Lever:
    still = Lever.none(len(position))
    if name == "filing_growth":
        return replace(still, filing_growth=position)
    if name == "grant_factor":
        return replace(still, grant_factor=position)
    return replace(still, lapse_factor=1 - position)
