# SPDX-License-Identifier: Apache-2.0
"""Forecast targets from yearly figures alone: fan, probability of each year's goal, and how little it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from zhihang.facts.codelist import CodeLists
from zhihang.planning.assess import Chance
from zhihang.planning.figures import Figures, Row, published_rows
from zhihang.planning.known import Known, KnownFigures, Month, month_before, plain
from zhihang.planning.path import Paths, TargetPath
from zhihang.planning.plan import Plan
from zhihang.planning.season import Seasons
from zhihang.terms.label import Label

if TYPE_CHECKING:
    from zhihang.methods.known_years import Courses, Values

QUANTILES = (5, 25, 50, 75, 95)
ENOUGH = 3
"""With fewer known years a probability is marked weak."""
COUNTED = ("件", "家", "个", "项", "所", "户", "人", "次", "起", "笔", "宗", "篇", "场", "处")
OTHERS_COUNT_AS = 100.0
"""Values that are no counts (money, lengths) are forecast as if the last one were a count of so many. UNVERIFIED."""


@dataclass(frozen=True)
class ForecastSettings:
    """How to forecast. The same seed gives the same figures."""

    simulations: int = 2000
    seed: int = 1
    codes: CodeLists = field(default_factory=CodeLists)


@dataclass(frozen=True)
class TargetForecast:
    """What will come of one target in one region.

    Parameters
    ----------
    known
        The yearly figures it rests on, oldest first; `rests_on` counts those without a gap up to the last.
    weak
        Fewer than three such years, or years that had to be bridged: a probability from so little is a hint at most.
    model, tried
        The model taken, and all that competed in the back-test with their errors, best first.
    fan
        Quantiles (5 ... 95 %) by year; of the sum so far where the target is one.
    goals, probabilities
        Goal of each year and the probability to reach it, where there is a goal.
    probability
        Of the final goal; blank where nothing can be said.
    """

    target: str
    label: str
    label_en: str
    indicator: str
    region: str
    name: str
    unit: str
    course: str
    rests_on: int
    weak: bool
    known: tuple[Mapping[str, Any], ...]
    model: str
    model_zh: str
    tried: tuple[Mapping[str, Any], ...]
    years: tuple[int, ...]
    fan: Mapping[str, tuple[float, ...]]
    goals: tuple[float | None, ...]
    probabilities: tuple[float | None, ...]
    goal: float | None
    probability: float | None
    note: str
    note_en: str

    def row(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self)


def forecast_target(
    plan: Plan,
    target: str,
    figures: Iterable[Row] | None,
    at: date,
    *,
    region: str = "",
    until: int | None = None,
    settings: ForecastSettings | None = None,
) -> TargetForecast:
    """Forecast one target in a region (default: the one it binds) to the end of a year (default: its last).

    Examples
    --------
    >>> from zhihang.planning.plan_file import Plans
    >>> found = forecast_target(Plans()["guilin-2016-2020"], "T003", None, date(2017, 12, 31))
    >>> found.rests_on, found.model, found.years, found.weak
    (3, 'root_drift', (2018, 2019, 2020), False)
    """
    from zhihang.errors import NotFound

    chosen = plan.target(target)
    forecaster = _Forecaster(plan, figures, at, until, settings or ForecastSettings())
    wanted = region or plan.region_of(chosen)
    for path in forecaster.paths.of(chosen):
        if path.region == wanted:
            return forecaster.forecast(path)
    raise NotFound.named(
        f"division of target {chosen.id}", wanted, [p.region for p in forecaster.paths.of(chosen)]
    )


def forecast_plan(
    plan: Plan,
    figures: Iterable[Row] | None,
    at: date,
    *,
    until: int | None = None,
    regions: frozenset[str] | None = None,
    settings: ForecastSettings | None = None,
) -> list[TargetForecast]:
    """Forecast every target of a plan, and every division that an annex splits one over."""
    forecaster = _Forecaster(plan, figures, at, until, settings or ForecastSettings())
    paths = [path for path in forecaster.paths.all() if regions is None or path.region in regions]
    return [forecaster.forecast(path) for path in paths]


def chances(forecasts: Iterable[TargetForecast]) -> dict[tuple[str, str], Chance]:
    """Return the probabilities of final goals by target and region, as an assessment takes them."""
    return {
        (one.target, one.region): Chance(one.probability, one.weak)
        for one in forecasts
        if one.probability is not None
    }


class _Forecaster:
    """Figures, paths and seasons of one plan at one day; courses are drawn once for each indicator and region."""

    def __init__(
        self,
        plan: Plan,
        figures: Iterable[Row] | None,
        at: date,
        until: int | None,
        settings: ForecastSettings,
    ) -> None:
        rows = list(published_rows() if figures is None else figures)
        self.at: Month = month_before(at)
        self.until = until
        self.settings = settings
        self.known = KnownFigures(rows, plan)
        self.figures = Figures(rows, plan)
        self.paths = Paths(plan, self.known, settings.codes, until=self.at)
        self.seasons = Seasons(self.known, plan.region)
        self._drawn: dict[tuple[str, str, int, int], Courses] = {}

    def forecast(self, path: TargetPath) -> TargetForecast:
        """Forecast one path."""
        known = self._known(path)
        last = max(self.until or 0, path.last if path.years else 0)
        reason = self._why_not(path, known, last)
        scale = self._counts(path, known) if reason is None else None
        if reason is None and scale is None:
            reason = Label(
                "没有人口数，比率无法预测", "no population is known, so that the ratio is not forecast"
            )
        if reason is not None or scale is None:
            return _nothing(path, known, reason or _NOTHING)
        return self._made(path, known, last, scale)

    def _why_not(self, path: TargetPath, known: Mapping[int, Known], last: int) -> Label | None:
        if not path.target.indicator or not path.region:
            return path.missing
        if not known:
            return Label("没有年度数据", "no yearly figure is known")
        if not path.unit:
            return Label("目标没有计量单位", "the target has no unit")
        if last <= max(known):
            return Label("目标年度的数已公布", "the last year is known already")
        return None

    def _known(self, path: TargetPath) -> dict[int, Known]:
        years = self.known.of(path.target.indicator, path.region).years if path.target.indicator else {}
        return {year: years[year] for year in sorted(years) if (year, 12) <= self.at}

    def _counts(self, path: TargetPath, known: Mapping[int, Known]) -> float | None:
        """Return how many counts one unit of the target stands for; None for a ratio to an unknown population."""
        if path.unit in COUNTED:
            return 1.0
        if path.unit.endswith("/万人"):
            residents = self.figures.population(path.region, max(known))
            return float(residents.value) / 10000 if residents else None
        last = known[max(known)].value / path.scale
        return OTHERS_COUNT_AS / last if last > 0 else 1.0

    def _made(self, path: TargetPath, known: Mapping[int, Known], last: int, counts: float) -> TargetForecast:
        import numpy as np

        first = min(path.first if path.years else last, max(known) + 1)
        values = {year: one.value / path.scale * counts for year, one in known.items()}
        drawn = self._courses(path, values, range(min(first, max(known) + 1), last + 1))
        courses = drawn.values.copy()
        part = self._so_far(path, known, drawn, courses, counts)
        if path.course == "cumulative":
            courses = self._summed(path, courses, drawn.years)
        shown = [year for year in drawn.years if year > max(known)]
        columns = [drawn.years.index(year) for year in shown]
        ends = courses[:, columns] / counts
        goals = [
            path.at_end(year) if path.years and path.first <= year <= path.last else None for year in shown
        ]
        fan = {
            f"q{quantile:02}": tuple(plain(round(value, 6)) for value in line)
            for quantile, line in zip(QUANTILES, np.percentile(ends, QUANTILES, axis=0), strict=True)
        }
        reached = [
            None if goal is None else _probability(path, ends[:, number], goal, final=year == path.last)
            for number, (year, goal) in enumerate(zip(shown, goals, strict=True))
        ]
        final = _probability(path, ends[:, shown.index(path.last)], path.goal) if path.last in shown else None
        bridged = tuple(year for year in drawn.bridged if path.course == "cumulative" and year >= first)
        note = _note(path, drawn, bridged, part, self._ceiling(path, known))
        made = drawn.made
        return TargetForecast(
            path.target.id, path.target.label.zh, path.target.label.en, path.target.indicator, path.region,
            path.name, path.unit, path.course, drawn.rests_on, drawn.rests_on < ENOUGH or bool(bridged),
            _listed(known, path), made.model.name, made.model.zh,
            tuple({"model": t.model.name, "zh": t.model.zh, "error": round(t.error, 4), "forecasts": t.forecasts}
                  for t in made.tried),
            tuple(shown), fan, tuple(goals), tuple(reached), path.goal, final, note.zh, note.en,
        )  # fmt: skip

    def _courses(self, path: TargetPath, values: Mapping[int, float], years: range) -> Courses:
        from zhihang.methods.known_years import sample_courses

        key = (path.target.indicator, path.region, years.start, years.stop)
        if key not in self._drawn:
            given = self.settings
            self._drawn[key] = sample_courses(values, years, paths=given.simulations, seed=given.seed)
        return self._drawn[key]

    def _so_far(
        self, path: TargetPath, known: Mapping[int, Known], drawn: Courses, courses: Values, counts: float
    ) -> str:
        """Let what is known of the current year count: the more of its season is over, the more it does."""
        year = self.at[0]
        if path.course == "level" or year in known or year not in drawn.years:
            return ""
        course = self.known.of(path.target.indicator, path.region)
        found = course.within_year(year, self.at)
        if found is None:
            return ""
        month, value, _ = found
        share = self.seasons.by(path.target.indicator, path.region, year, month).share
        so_far = value / path.scale * counts
        column = drawn.years.index(year)
        rest = so_far + (1 - share) * courses[:, column]  # share x (so far / share) + (1 - share) x course
        courses[:, column] = so_far + (1 - share) * rest
        return f"{year}-{month:02}"

    def _ceiling(self, path: TargetPath, known: Mapping[int, Known]) -> Label | None:
        """Say how far a stock of inventions gets on the grants of the latest year if not one right is lost."""
        grants = self.known.of("invention_grants", path.region).years
        found = [year for year in grants if (year, 12) <= self.at]
        if path.target.indicator != "inventions_in_force" or not found or max(known) < max(found):
            return None
        stock, year = known[max(known)].value, max(found)
        years, flow = path.last - max(known), grants[year].value
        if years < 1:
            return None
        told = f"{stock:,.0f} + {years} × {flow:,.0f} = {stock + years * flow:,.0f}"
        return Label(
            f"按{year}年授权量且无一失效：{told}", f"on the grants of {year} without any lapse: {told}"
        )

    def _summed(self, path: TargetPath, courses: Values, years: range) -> Values:
        import numpy as np

        inside = np.array([year >= path.first for year in years])
        return np.asarray(np.cumsum(np.where(inside, courses, 0.0), axis=1), dtype=np.float64)


def _probability(path: TargetPath, ends: Values, goal: float | None, *, final: bool = True) -> float | None:
    if goal is None:
        return None
    target = path.target
    if target.direction == "down" or target.comparator in ("<", "<="):
        return float((ends <= goal).mean())
    # values between whole numbers count as the nearest one
    return float((ends > goal).mean() if target.comparator == ">" and final else (ends >= goal).mean())


def _listed(known: Mapping[int, Known], path: TargetPath) -> tuple[Mapping[str, Any], ...]:
    return tuple(
        {
            "period": str(year),
            "value": plain(one.value / path.scale),
            "status": one.status,
            "source": one.source,
        }
        for year, one in known.items()
    )


def _note(
    path: TargetPath, drawn: Courses, bridged: tuple[int, ...], part: str, ceiling: Label | None
) -> Label:
    years = drawn.rests_on
    zh = [f"依据{years}个年度数"]
    en = [f"rests on {years} yearly figure{'s' if years > 1 else ''}"]
    if years < ENOUGH:
        zh.append("数据过少，概率仅供参考")
        en.append("too few: a probability from them is a hint at most")
    if bridged:
        listed = "、".join(map(str, bridged))
        zh.append(f"{listed}年无数据，按区间模拟")
        en.append(f"{listed.replace('、', ', ')} not known and drawn")
    if part:
        zh.append(f"当年数至{part}")
        en.append(f"the current year is known to {part}")
    if path.unit.endswith("/万人"):
        zh.append("人口按最近年份不变")
        en.append("the population stays that of the last year known")
    if ceiling:
        zh.append(ceiling.zh)
        en.append(ceiling.en)
    return Label("；".join(zh), "; ".join(en))


_NOTHING = Label("无法预测", "nothing can be said")


def _nothing(path: TargetPath, known: Mapping[int, Known], why: Label) -> TargetForecast:
    target = path.target
    return TargetForecast(
        target.id, target.label.zh, target.label.en, target.indicator, path.region, path.name, path.unit,
        path.course, len(known), True, _listed(known, path), "", "", (), (), {}, (), (), path.goal, None,
        why.zh, why.en,
    )  # fmt: skip
