# SPDX-License-Identifier: Apache-2.0
"""Turn the counts of a register into a model of its stock: completed filings, lags, lapses, what is pending."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from zhihang.planning.register_counts import LAGS, RegisterCounts, by_year, table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhihang.methods.chain_ladder import Nowcast
    from zhihang.methods.grant_lag import GrantLag
    from zhihang.methods.lapse_hazard import LapseHazard
    from zhihang.methods.stock_flow import StockModel

    Values = NDArray[np.float64]


@dataclass(frozen=True)
class FittedStock:
    """A model of each region, and of all together, with what it was fitted from.

    Parameters
    ----------
    years, filings
        Years of filing, and applications of each region in them, completed where they are known late.
    complete
        Last year whose filings are used.
    completeness
        Share of each year's filings that was known at the cut.
    lag, lapse
        Hazards of all regions together, which single regions are drawn towards.
    """

    regions: tuple[str, ...]
    model: StockModel
    whole: StockModel
    years: range
    filings: Values
    complete: int
    completeness: Values
    lag: GrantLag
    lapse: LapseHazard
    nowcast: Nowcast | None
    months: tuple[str, ...]


LAG_WEIGHT = 30.0
LATEST_COHORTS = 5
HALF = 0.5
"""A year of which less is known is not brought to what it will be, but forecast."""
PRIOR_RIGHTS = 20.0
"""Rights that the prior of lapses counts as, against those of all regions together. UNVERIFIED: a parameter."""


def fit_stock(counts: RegisterCounts) -> FittedStock:
    """Fit the model of a register's stock."""
    from zhihang.methods.stock_flow import StockModel

    regions = tuple(counts.regions)
    cut, ages = counts.at.year, counts.ages
    given = [int(row["year"]) for row in counts.filings] or [cut]
    years = range(max(min(given), cut - 30), cut + 1)
    known = by_year(counts.filings, regions, "year", "filings", years)
    completeness, nowcast, months = _completeness(counts, years)
    complete = min(counts.last_complete(), cut)
    while complete > years.start and completeness[complete - years.start] < HALF:
        complete -= 1
    filings = known / np.maximum(completeness, HALF)
    filings = filings if counts.all_known else _filled(filings, complete - years.start + 1)
    granted, refused = _outcomes(counts, regions, years)
    ended = np.minimum((granted + refused).sum(axis=2), filings)
    pending = _by_age(filings - ended, LAGS)
    grant_hazard, refusal_hazard, grants_on, lag = _lags(counts, filings, granted, refused, years)
    hazard, lapses_on, lapse = _lapses(counts, regions, ages)
    stock = _stock(counts, regions, ages)
    model = StockModel(
        stock, pending, grant_hazard, refusal_hazard, hazard, grants_on, lapses_on, counts.elapsed
    )
    whole = StockModel(
        stock.sum(axis=0, keepdims=True), pending.sum(axis=0, keepdims=True), lag.granted[None], lag.refused[None],
        lapse.hazard[None], np.maximum(lag.at_risk[None], 1), np.maximum(lapse.at_risk[None], 1), counts.elapsed,
    )  # fmt: skip
    return FittedStock(
        regions, model, whole, years, filings, complete, completeness, lag, lapse, nowcast, months
    )


def _completeness(counts: RegisterCounts, years: range) -> tuple[Values, Nowcast | None, tuple[str, ...]]:
    """Return the known share of each year's filings; 1 where nothing is late."""
    from zhihang.methods.chain_ladder import nowcast, triangle_of

    share = np.ones(len(years))
    if not counts.late:
        return share, None, ()
    origins = np.array([_month(str(row["month"])) for row in counts.late], np.int64)
    delays = np.array([int(row["delay"]) for row in counts.late], np.int64)
    amounts = np.array([float(row["filings"]) for row in counts.late])
    last = counts.at.year * 12 + counts.at.month - 1
    begin = int(origins.min())
    found = nowcast(triangle_of(origins, delays, amounts, last), latest=36)
    usual = found.ultimate[~np.isnan(found.ultimate)][-12:]
    ultimate = np.where(np.isnan(found.ultimate), usual.mean() if len(usual) else 0.0, found.ultimate)
    labels = tuple(f"{month // 12}-{month % 12 + 1:02}" for month in range(begin, last + 1))
    for number, year in enumerate(years):
        inside = np.array([label.startswith(str(year)) for label in labels])
        expected = ultimate[inside].sum()
        if expected > 0:
            share[number] = max(found.known[inside].sum() / expected, 1e-3)
    return share, found, labels


def _filled(filings: Values, complete: int) -> Values:
    """Put what is expected in the place of years whose filings are not all known yet, so that pendings are not too few."""
    from zhihang.methods.series_forecast import forecast

    rest = filings.shape[1] - complete
    if rest <= 0 or complete < 1:
        return filings
    filled = filings.copy()
    for line, values in enumerate(filings[:, :complete]):
        if values.any():
            filled[line, complete:] = np.maximum(filings[line, complete:], forecast(values, rest).points)
    return filled


def _month(text: str) -> int:
    year, month = text.split("-")[:2]
    return int(year) * 12 + int(month) - 1


def _outcomes(counts: RegisterCounts, regions: tuple[str, ...], years: range) -> tuple[Values, Values]:
    """Return grants and refusals by region, year of filing and calendar lag."""
    rows = [{**row, "lag": int(row["year"]) - int(row["filing_year"])} for row in counts.outcomes]
    shape = ((years.start, len(years)), (0, LAGS))
    granted = table(rows, regions, ("filing_year", "lag"), "granted", shape)
    return granted, table(rows, regions, ("filing_year", "lag"), "refused", shape)


def _by_age(values: Values, ages: int) -> Values:
    """Turn region x year of filing into region x age: the latest year is age 0."""
    turned = values[:, ::-1][:, :ages]
    return np.pad(turned, ((0, 0), (0, ages - turned.shape[1])))


def _lags(
    counts: RegisterCounts, filings: Values, granted: Values, refused: Values, years: range
) -> tuple[Values, Values, Values, GrantLag]:
    from zhihang.methods.grant_lag import lag_of, pooled

    over = 1 if counts.elapsed == 1 else 0
    passed = np.clip(np.array([counts.at.year - year + over for year in years]), 0, LAGS)
    whole = lag_of(
        filings.sum(axis=0), granted.sum(axis=0), refused.sum(axis=0), seen=passed, latest=LATEST_COHORTS
    )
    own = [
        pooled(
            lag_of(filings[line], granted[line], refused[line], seen=passed, latest=LATEST_COHORTS),
            whole,
            LAG_WEIGHT,
        )
        for line in range(len(filings))
    ]
    rests_on = np.array([each.at_risk + LAG_WEIGHT for each in own])
    return np.array([each.granted for each in own]), np.array([each.refused for each in own]), rests_on, whole


def _lapses(
    counts: RegisterCounts, regions: tuple[str, ...], ages: int
) -> tuple[Values, Values, LapseHazard]:
    from zhihang.methods.lapse_hazard import fee_step_prior, lapse_of, pooled, weight_of_prior

    rows = [{**row, "age": int(row["year"]) - int(row["filing_year"])} for row in counts.lapses]
    shape = ((0, ages), (counts.at.year - 40, 41))
    at_risk = table(rows, regions, ("age", "year"), "in_force", shape).sum(axis=2)
    lapsed = table(rows, regions, ("age", "year"), "lapsed", shape).sum(axis=2)
    prior = fee_step_prior(ages=ages)
    whole = pooled(lapse_of(at_risk.sum(axis=0), lapsed.sum(axis=0)), prior, PRIOR_RIGHTS)
    hazard = np.append(whole.hazard[:-1], 1.0)
    single = [lapse_of(at_risk[line], lapsed[line]) for line in range(len(regions))]
    weight = weight_of_prior(single, hazard) if len(single) > 1 else 1000.0
    own = np.array([pooled(each, hazard, weight).hazard for each in single])
    own[:, -1] = 1.0
    return own, at_risk + weight, replace(whole, hazard=hazard)


def _stock(counts: RegisterCounts, regions: tuple[str, ...], ages: int) -> Values:
    """Return rights in force by region and age; one older than its term counts as of the last age."""
    found = np.zeros((len(regions), ages))
    place = {code: number for number, code in enumerate(regions)}
    for row in counts.stock:
        age = min(max(counts.at.year - int(row["filing_year"]), 0), ages - 1)
        found[place[str(row["region"])], age] += float(row["in_force"])
    return found
