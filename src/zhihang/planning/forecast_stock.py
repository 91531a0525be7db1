# SPDX-License-Identifier: Apache-2.0
"""Forecast stock, grants and filings from a register's cohorts: fans, probabilities of goals, levers (M-FCT-03 to 06)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from zhihang.errors import NotComparable
from zhihang.planning.plan import Plan
from zhihang.planning.register_counts import RegisterCounts
from zhihang.planning.stock_model import FittedStock, fit_stock
from zhihang.terms.label import Label

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhihang.methods.stock_flow import StockModel, StockPaths

    Values = NDArray[np.float64]

QUANTILES = (5, 25, 50, 75, 95)
Flow = Literal["stock", "grants", "filings", "lapses"]
WHOLE = ""
"""The region that stands for all together."""


@dataclass(frozen=True)
class StockGoal:
    """A goal: a stock at the end of a year, or a sum of grants or filings up to it.

    `before` is what had been reached of a sum by the end of the year before the forecast begins (of the year of the cut
    itself, by the cut). `target` is the plan's name for it, if it has one.
    """

    region: str
    year: int
    value: float
    of: Literal["stock", "grants", "filings"] = "stock"
    before: float = 0.0
    target: str = ""


@dataclass(frozen=True)
class StockForecastSettings:
    """How to forecast. The same seed gives the same figures.

    Parameters
    ----------
    chance
        Probability that a lever is moved to.
    lever_draws
        Simulations of each trial of a lever.
    """

    simulations: int = 2000
    seed: int = 1
    chance: float = 0.5
    levers: bool = True
    lever_draws: int = 150


@dataclass(frozen=True)
class Leverage:
    """How far each lever alone has to be moved; blank where even its end does not reach the goal.

    `filing_growth` is yearly growth beyond what is forecast, `grant_factor` times the usual share granted each year,
    `avoided_lapses` the share of lapses that would have to be avoided.
    """

    filing_growth: float | None
    grant_factor: float | None
    avoided_lapses: float | None


@dataclass(frozen=True)
class GoalForecast:
    """The probability of one goal, and the levers where it is less likely than wanted."""

    target: str
    region: str
    year: int
    of: str
    goal: float
    probability: float
    median: float
    levers: Leverage | None


@dataclass(frozen=True)
class RegionForecast:
    """Fans of one region: quantiles (5 ... 95 %) by year of stock, grants, filings and lapses."""

    region: str
    opening: float
    pending: float
    fan: Mapping[str, Mapping[str, tuple[float, ...]]]
    filings_model: str


@dataclass(frozen=True)
class StockForecast:
    """A forecast by cohorts.

    Parameters
    ----------
    years
        Calendar years; the first one counts from the cut on.
    lag
        Share of a year's filings granted in the same year, one later, and so on; what it rests on.
    lapse
        Hazard by age, and the rights seen at each.
    completeness
        Share of each year's filings that was known at the cut.
    """

    at: str
    kind: str
    simulated: bool
    years: tuple[int, ...]
    regions: tuple[RegionForecast, ...]
    goals: tuple[GoalForecast, ...]
    lag: Mapping[str, Any]
    lapse: Mapping[str, Any]
    completeness: Mapping[str, float]
    nowcast: tuple[Mapping[str, Any], ...]
    assumptions: tuple[Label, ...] = field(default=())

    def of(self, region: str) -> RegionForecast:
        """Return the fans of one region; blank for all together."""
        from zhihang.errors import NotFound

        for one in self.regions:
            if one.region == region:
                return one
        raise NotFound.named("region", region, [one.region for one in self.regions])

    def document(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {**asdict(self), "assumptions": [label.zh for label in self.assumptions],
                "assumptions_en": [label.en for label in self.assumptions]}  # fmt: skip


def forecast_stock(
    counts: RegisterCounts,
    until: int,
    goals: tuple[StockGoal, ...] = (),
    settings: StockForecastSettings | None = None,
) -> StockForecast:
    """Forecast to the end of a year; goals may be of single regions or, with a blank region, of all together.

    All together is the sum of the regions in each simulation; their filings are brought to courses of the sum of all
    filings, and pendency and lapses of a year stray together, so that the sum is not surer than it should be.
    """
    from zhihang.methods.stock_flow import simulate

    given = settings or StockForecastSettings()
    _checked(counts, until)
    fitted = fit_stock(counts)
    first = counts.at.year + (1 if counts.elapsed == 1 else 0)
    years = tuple(range(first, until + 1))
    filings, models = _filings(fitted, years, counts, given)
    paths = simulate(fitted.model, filings, seed=given.seed)
    wanted = [_goal(goal, fitted, paths, years) for goal in goals if goal.year in years]
    if given.levers:
        wanted = _with_levers(wanted, goals, fitted, filings, years, given)
    return StockForecast(
        counts.at.isoformat(), counts.kind, counts.simulated, years, tuple(_fans(fitted, paths, models)),
        tuple(wanted), _lag(fitted), _lapse(fitted),
        {str(year): round(float(share), 4) for year, share in zip(fitted.years, fitted.completeness, strict=True)},
        _nowcast(fitted), _assumptions(counts, fitted),
    )  # fmt: skip


_FLOWS: Mapping[str, Literal["stock", "grants", "filings"]] = {
    "inventions_in_force": "stock",
    "invention_grants": "grants",
    "invention_filings": "filings",
}


def goals_of(plan: Plan, counts: RegisterCounts) -> tuple[StockGoal, ...]:
    """Return the goals of a plan that a register of inventions can be asked about, of its region and of its annexes.

    Sums count what the register had by the cut from the first year of the target on.
    """
    found = []
    for target in plan.targets:
        of = _FLOWS.get(target.indicator)
        year = target.deadline
        summed = target.kind == "cumulative"
        if of is None or year is None or year < counts.at.year or (of == "stock") == summed:
            continue
        if plan.region_of(target) != plan.region or target.kind not in ("level", "cumulative"):
            continue
        first = target.period_start or plan.first_year
        annex = plan.annex(target.id)
        places = {WHOLE: float(target.base_value)}
        for row in annex.rows if annex else ():
            path = annex.path(row.region) if annex else {}
            if row.region in counts.regions and year in path:
                places[row.region] = float(sum(path.values()) if summed else path[year])
        for region, value in places.items():
            before = _reached(counts, of, region, first) if summed else 0.0
            found.append(StockGoal(region, year, value, of, before, target.id))
    return tuple(found)


def _reached(counts: RegisterCounts, of: str, region: str, first: int) -> float:
    rows, name = (counts.outcomes, "granted") if of == "grants" else (counts.filings, "filings")
    mine = (row for row in rows if region in (WHOLE, str(row["region"])) and int(row["year"]) >= first)
    return float(sum(row[name] for row in mine))


def _checked(counts: RegisterCounts, until: int) -> None:
    if not counts.regions:
        raise NotComparable(
            "The register has no application and no right in the regions asked for.",
            {"at": counts.at},
            todo="Name regions whose records were taken in, and a day after the first of them.",
        )
    if until < counts.at.year + (1 if counts.elapsed == 1 else 0):
        raise NotComparable(
            f"The end of {until} is not after {counts.at}.",
            todo="Forecast to a later year, or from an earlier day.",
        )


def _filings(
    fitted: FittedStock, years: tuple[int, ...], counts: RegisterCounts, given: StockForecastSettings
) -> tuple[Values, list[str]]:
    """Draw filings: simulation x region x year; the regions add up to courses of their sum."""
    from zhihang.methods.series_forecast import forecast, sample_paths

    kept = slice(0, fitted.complete - fitted.years.start + 1)
    history = fitted.filings[:, kept]
    skip = years[0] - fitted.complete - 1  # years between the last complete one and the first forecast
    steps = skip + len(years)
    models, drawn = [], []
    for number, values in enumerate([*history, history.sum(axis=0)]):
        made = forecast(values if values.any() else np.zeros(3), steps)
        models.append(made.model.name)
        drawn.append(sample_paths(made, given.simulations, given.seed + 101 * number)[:, skip:])
    together = np.stack(drawn[:-1], axis=1)
    sums = together.sum(axis=1, keepdims=True)
    scaled = np.divide(together, sums, out=np.zeros_like(together), where=sums > 0) * drawn[-1][:, None, :]
    if counts.elapsed < 1 and years[0] == counts.at.year:
        scaled[..., 0] *= 1 - counts.elapsed
    return scaled, models


def _fans(fitted: FittedStock, paths: StockPaths, models: list[str]) -> list[RegionForecast]:
    found = []
    for number, code in enumerate([*fitted.regions, WHOLE]):
        fan = {}
        for name in ("stock", "grants", "filings", "lapses"):
            values = getattr(paths, name)
            one = values[:, number] if code != WHOLE else values.sum(axis=1)
            lines = np.percentile(one, QUANTILES, axis=0)
            fan[name] = {
                f"q{quantile:02}": tuple(float(value) for value in line.round(1))
                for quantile, line in zip(QUANTILES, lines, strict=True)
            }
        lines_of = slice(number, number + 1) if code != WHOLE else slice(None)
        stock, pending = fitted.model.stock[lines_of].sum(), fitted.model.pending[lines_of].sum()
        found.append(RegionForecast(code, float(stock), round(float(pending), 1), fan, models[number]))
    return found


def _goal(goal: StockGoal, fitted: FittedStock, paths: StockPaths, years: tuple[int, ...]) -> GoalForecast:
    values = getattr(paths, goal.of)
    one = values.sum(axis=1) if goal.region == WHOLE else values[:, _place(fitted, goal.region)]
    column = years.index(goal.year)
    ends = one[:, column] if goal.of == "stock" else goal.before + one[:, : column + 1].sum(axis=1)
    return GoalForecast(
        goal.target, goal.region, goal.year, goal.of, goal.value,
        float((ends >= goal.value).mean()), float(np.median(ends)), None,
    )  # fmt: skip


def _place(fitted: FittedStock, region: str) -> int:
    from zhihang.errors import NotFound

    if region not in fitted.regions:
        raise NotFound.named("region", region, fitted.regions)
    return fitted.regions.index(region)


def _with_levers(
    found: list[GoalForecast],
    goals: tuple[StockGoal, ...],
    fitted: FittedStock,
    filings: Values,
    years: tuple[int, ...],
    given: StockForecastSettings,
) -> list[GoalForecast]:
    """Add levers to the goals that are less likely than wanted: those of one year and kind are found at once."""
    from dataclasses import replace

    asked = [goal for goal in goals if goal.year in years]
    made = list(found)
    groups: dict[tuple[bool, int, str], list[int]] = {}
    for number, goal in enumerate(asked):
        if found[number].probability < given.chance:
            groups.setdefault((goal.region == WHOLE, goal.year, goal.of), []).append(number)
    draws = filings[: given.lever_draws]
    for (whole, year, _), numbers in groups.items():
        chosen = draws[:, :, : years.index(year) + 1]
        places = [0] if whole else [_place(fitted, asked[number].region) for number in numbers]
        model = fitted.whole if whole else _picked(fitted.model, places)
        coming = chosen.sum(axis=1, keepdims=True) if whole else chosen[:, places]
        for number, levers in zip(
            numbers, _levers(model, coming, [asked[n] for n in numbers], given), strict=True
        ):
            made[number] = replace(found[number], levers=levers)
    return made


def _levers(
    model: StockModel, filings: Values, goals: list[StockGoal], given: StockForecastSettings
) -> list[Leverage]:
    from zhihang.methods.stock_flow import find_lever

    if len(goals) > model.regions:  # several goals of all together: one after the other
        return [lever for goal in goals for lever in _levers(model, filings, [goal], given)]
    values = np.array([goal.value for goal in goals])
    before = np.array([goal.before for goal in goals])
    of = goals[0].of
    names = {"stock": ("filing_growth", "grant_factor", "avoided_lapses"),
             "grants": ("filing_growth", "grant_factor"), "filings": ("filing_growth",)}[of]  # fmt: skip
    found = {
        name: find_lever(
            model, filings, values, name=name, outcome=of, before=before, chance=given.chance, seed=given.seed
        )
        for name in names
    }

    def at(name: str, number: int) -> float | None:
        value = found[name][number] if name in found else np.nan
        return None if np.isnan(value) else round(float(value), 3)

    return [
        Leverage(at("filing_growth", n), at("grant_factor", n), at("avoided_lapses", n))
        for n in range(len(goals))
    ]


def _picked(model: StockModel, places: list[int]) -> StockModel:
    from dataclasses import replace

    names = ("stock", "pending", "granted", "refused", "lapsed", "granted_on", "lapsed_on")
    return replace(model, **{name: getattr(model, name)[places] for name in names})


def _lag(fitted: FittedStock) -> dict[str, Any]:
    lag = fitted.lag
    median = lag.median
    return {
        "increments": [round(float(value), 4) for value in lag.increments],
        "final_rate": round(lag.final_rate, 4),
        "median_years": None if np.isnan(median) else round(median, 2),
        "at_risk": [round(float(value), 1) for value in lag.at_risk],
        "factors": _factors(fitted, fitted.grant_effects.factors),
        "weight_of_past_grants": round(fitted.outlook.weight, 3),
        "yearly_step": round(fitted.outlook.step, 3),
        "trials": fitted.outlook.trials,
    }


def _lapse(fitted: FittedStock) -> dict[str, Any]:
    return {
        "hazard": [round(float(value), 4) for value in fitted.lapse.hazard],
        "at_risk": [round(float(value), 1) for value in fitted.lapse.at_risk],
        "yearly_step": round(fitted.lapse_effects.step, 3),
    }


def _factors(fitted: FittedStock, factors: Values) -> dict[str, float]:
    """Return how the share granted stood in past years against today; only years in which anything was seen."""
    pairs = zip(fitted.years, factors, strict=True)
    return {str(year): round(float(factor), 3) for year, factor in pairs if factor != 1}


def _nowcast(fitted: FittedStock) -> tuple[Mapping[str, Any], ...]:
    """Return the months that are not complete yet: known, expected, and the ends of the 90 % interval."""
    found = fitted.nowcast
    if found is None:
        return ()
    return tuple(
        {"month": month, "known": float(known), "expected": round(float(expected), 1),
         "low": round(float(low), 1), "high": round(float(high), 1)}
        for month, known, expected, low, high in zip(
            fitted.months, found.known, found.ultimate, found.low, found.high, strict=True)
        if expected > known + 0.5  # of the youngest months nothing can be said: not a number
    )  # fmt: skip


def _assumptions(counts: RegisterCounts, fitted: FittedStock) -> tuple[Label, ...]:
    seen = sum(1 for rights in fitted.lapse.at_risk if rights > 0)
    found = [
        Label("无转入转出，失效权利不恢复", "no transfers in or out; lapsed rights do not come back"),
        Label(
            f"授权时滞取最近5个申请年度，失效率依据{seen}个年龄段的实际数，其余按年费台阶先验",
            f"lags of the latest 5 years of filing; lapses as seen at {seen} ages, elsewhere a prior with the fee steps",
        ),
        Label(
            f"申请量依据至{fitted.complete}年的年度数", f"filings rest on the years up to {fitted.complete}"
        ),
    ]
    if counts.simulated:
        found.append(Label("登记数据为模拟数据", "the register is simulated"))
    return tuple(found)
