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
    from zhihang.methods.grant_outlook import CurrentLag, GrantOutlook
    from zhihang.methods.lapse_hazard import LapseHazard
    from zhihang.methods.period_effect import PeriodEffects
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
        Hazards of all regions together, which single regions are drawn towards, at today's level.
    grant_effects, lapse_effects
        How grants and lapses stood in past years against today.
    outlook
        How what is pending and past grants are weighed for the grants to come.
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
    grant_effects: PeriodEffects
    lapse_effects: PeriodEffects
    outlook: GrantOutlook
    nowcast: Nowcast | None
    months: tuple[str, ...]


LAG_WEIGHT = 30.0
LATEST_COHORTS = 5
OUTLOOK = 10
"""Years that past grants speak for; after them the hazards of today go on."""
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
    lags = _lags(counts, filings, granted, refused, OUTLOOK)
    lapses = _lapses(counts, regions, ages)
    stock = _stock(counts, regions, ages)
    model = StockModel(
        stock, pending, lags.granted, lags.refused, lapses.hazard, lags.rests_on, lapses.rests_on, counts.elapsed,
        lags.outlook.step, lapses.effects.step, float(np.hypot(lags.whole.grants.doubt, lags.outlook.doubt)),
        lapses.effects.doubt,
        tuple(lags.outlook.course.tolist()),
    )  # fmt: skip
    whole = replace(
        model,
        stock=stock.sum(axis=0, keepdims=True),
        pending=pending.sum(axis=0, keepdims=True),
        granted=lags.whole.lag.granted[None],
        refused=lags.whole.lag.refused[None],
        lapsed=lapses.whole.hazard[None],
        granted_on=np.maximum(lags.whole.lag.at_risk[None], 1),
        lapsed_on=np.maximum(lapses.whole.at_risk[None], 1),
    )
    return FittedStock(
        regions, model, whole, years, filings, complete, completeness, lags.whole.lag, lapses.whole,
        lags.whole.grants, lapses.effects, lags.outlook, nowcast, months,
    )  # fmt: skip


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


@dataclass(frozen=True)
class _Lags:
    granted: Values
    refused: Values
    rests_on: Values
    whole: CurrentLag
    outlook: GrantOutlook


def _lags(counts: RegisterCounts, filings: Values, granted: Values, refused: Values, steps: int) -> _Lags:
    """Return the hazards of pending applications as they stand now, of each region and of all together."""
    from zhihang.methods.grant_lag import lag_of, pooled
    from zhihang.methods.grant_outlook import Cohorts, current_lag, grant_outlook

    together = Cohorts(
        filings.sum(axis=0), granted.sum(axis=0), refused.sum(axis=0), over=counts.elapsed == 1
    )
    whole = current_lag(together, LATEST_COHORTS)
    own = [
        pooled(
            lag_of(
                filings[line], granted[line], refused[line],
                seen=together.passed, latest=LATEST_COHORTS, effects=whole.factors,
            ),
            whole.lag,
            LAG_WEIGHT,
        )
        for line in range(len(filings))
    ]  # fmt: skip
    rests_on = np.array([each.at_risk + LAG_WEIGHT for each in own])
    hazards = np.array([each.granted for each in own]), np.array([each.refused for each in own])
    return _Lags(*hazards, rests_on, whole, grant_outlook(together, steps, LATEST_COHORTS))


@dataclass(frozen=True)
class _Lapses:
    hazard: Values
    rests_on: Values
    whole: LapseHazard
    effects: PeriodEffects


def _lapses(counts: RegisterCounts, regions: tuple[str, ...], ages: int) -> _Lapses:
    """Return the hazards of rights as they stand now, of each region and of all together."""
    from zhihang.methods.lapse_hazard import fee_step_prior, lapse_of, pooled, weight_of_prior
    from zhihang.methods.period_effect import period_effects

    rows = [{**row, "age": int(row["year"]) - int(row["filing_year"])} for row in counts.lapses]
    shape = ((0, ages), (counts.at.year - 40, 41))
    risk = table(rows, regions, ("age", "year"), "in_force", shape)
    gone = table(rows, regions, ("age", "year"), "lapsed", shape)
    effects = period_effects(gone.sum(axis=0), risk.sum(axis=0))
    at_risk, lapsed = (risk * effects.factors).sum(axis=2), gone.sum(axis=2)
    whole = pooled(lapse_of(at_risk.sum(axis=0), lapsed.sum(axis=0)), fee_step_prior(ages=ages), PRIOR_RIGHTS)
    hazard = np.append(whole.hazard[:-1], 1.0)
    single = [lapse_of(np.maximum(at_risk[line], lapsed[line]), lapsed[line]) for line in range(len(regions))]
    weight = weight_of_prior(single, hazard) if len(single) > 1 else 1000.0
    own = np.array([pooled(each, hazard, weight).hazard for each in single])
    own[:, -1] = 1.0
    return _Lapses(own, at_risk + weight, replace(whole, hazard=hazard), effects)


def _stock(counts: RegisterCounts, regions: tuple[str, ...], ages: int) -> Values:
    """Return rights in force by region and age; one older than its term counts as of the last age."""
    found = np.zeros((len(regions), ages))
    place = {code: number for number, code in enumerate(regions)}
    for row in counts.stock:
        age = min(max(counts.at.year - int(row["filing_year"]), 0), ages - 1)
        found[place[str(row["region"])], age] += float(row["in_force"])
    return found
