# SPDX-License-Identifier: Apache-2.0
"""The yearly path of a target in a region: as an annex prints it, else drawn from the baseline by a stated rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from zhihang.facts.codelist import CodeLists
from zhihang.planning.known import Known, KnownFigures, Month, natures, plain
from zhihang.planning.plan import Annex, Plan, Target, read_unit
from zhihang.terms.label import Label

Course = Literal["level", "annual", "cumulative"]
"""`level`: at the end of a year; `annual`: within each year; `cumulative`: over the years together."""
Interpolation = Literal["linear", "geometric"]


@dataclass(frozen=True)
class TargetPath:
    """What a region has to have reached at the end of each year.

    Parameters
    ----------
    course
        Whether `years` are levels, flows of single years, or the shares of years in a sum.
    goal
        What is aimed at in the end, in `unit`.
    years
        Value of each year, in `unit`, oldest first; a year of which none can be said is left out.
    start
        Value before the first year (levels only), if known.
    scale
        How many base units one of `unit` is.
    rule
        Where the years come from.
    missing
        Why there is no path, or only its last year.
    """

    target: Target
    region: str
    name: str
    course: Course
    unit: str
    scale: float
    goal: float | None
    years: dict[int, float]
    rule: Label
    start: float | None = None
    baseline: Known | None = None
    missing: Label | None = None
    printed: bool = False

    @property
    def first(self) -> int:
        """The first year of the path."""
        return next(iter(self.years))

    @property
    def last(self) -> int:
        """The last year of the path."""
        return next(reversed(self.years))

    def at_end(self, year: int) -> float | None:
        """Return what is expected by the end of a year: a level, a year's flow, or the sum so far."""
        if self.course != "cumulative":
            return self.years.get(year)
        total = 0.0
        for one, value in self.years.items():
            if one > year:
                break
            total += value
        return total

    def expected(self, year: int, share: float) -> float | None:
        """Return what is expected when a share of a year (or of its season) is over; None where the path is unknown."""
        if year > self.last:
            return self.at_end(self.last)
        if self.course == "annual":
            value = self.years.get(year)
            return None if value is None else value * share
        end = self.at_end(year)
        if share >= 1 or end is None:
            return end
        before = self.at_end(year - 1)
        if before is None and year == self.first:
            before = self.start
        return None if before is None else before + (end - before) * share

    def row(self) -> dict[str, Any]:
        """Return the path as plain values."""
        return {
            "target": self.target.id,
            "indicator": self.target.indicator,
            "region": self.region,
            "course": self.course,
            "unit": self.unit,
            "goal": self.goal,
            "years": {str(year): value for year, value in self.years.items()},
            "rule": self.rule.zh,
            "rule_en": self.rule.en,
            "missing": self.missing.zh if self.missing else "",
            "missing_en": self.missing.en if self.missing else "",
        }


@dataclass
class Paths:
    """Draws the paths of a plan's targets.

    Parameters
    ----------
    interpolation
        Between the baseline and the goal where no annex prints the years: equal steps, or equal growth. No official rule
        was found: UNVERIFIED, a parameter.
    until
        Last month that may be known; nothing later is looked at.
    """

    plan: Plan
    known: KnownFigures
    codes: CodeLists = field(default_factory=CodeLists)
    interpolation: Interpolation = "linear"
    until: Month = (9999, 12)

    def __post_init__(self) -> None:
        """Look up once what each path needs."""
        rows = self.codes.rows("indicator_name")
        self._natures = natures(self.plan, rows)
        self._units = {row["code"]: row["unit"] for row in rows}
        self._units |= {code: own.unit for code, own in self.plan.indicators.items()}
        self._meant: dict[str, tuple[Course, str, float, float]] = {}

    def all(self) -> list[TargetPath]:
        """Return the path of each target, and of each division that an annex splits it over."""
        return [path for target in self.plan.targets for path in self.of(target)]

    def of(self, target: Target) -> list[TargetPath]:
        """Return the path of a target for the division it binds, then for each of its annex."""
        annex = self.plan.annex(target.id)
        found = [self.whole(target, annex)]
        for row in annex.rows if annex else ():
            values = zip(annex.years, row.values, strict=True) if annex else ()
            printed = {year: value for year, value in values if value is not None}
            found.append(self._printed(target, annex, row.region, row.name, printed))
        return found

    def whole(self, target: Target, annex: Annex | None = None) -> TargetPath:
        """Return the path of a target for the division it binds."""
        region = self.plan.region_of(target)
        name = target.subject.zh if target.subject else ""
        if not region:
            return self._none(target, "", name, Label("目标不针对行政区划", "it does not bind a division"))
        if not target.indicator:
            return self._none(target, region, name, Label("没有对应的统计指标", "no indicator stands for it"))
        if annex and annex.totals:
            return self._printed(target, annex, region, name, annex.totals)
        return self._drawn(target, region, name)

    def course(self, target: Target) -> Course:
        """Say what the values of a target's years mean."""
        nature = self._natures.get(target.indicator, "")
        spans = target.baseline is not None and "/" in target.baseline.period
        if target.kind == "cumulative" or (target.kind == "multiple" and spans):
            return "cumulative"
        if nature != "flow":
            return "level"
        if target.kind == "count" and not target.frequency and target.period_start:
            return "cumulative"
        return "annual"

    def _printed(
        self, target: Target, annex: Annex | None, region: str, name: str, values: Mapping[int, Decimal]
    ) -> TargetPath:
        course, unit, scale, goal = self._meaning(target)
        years = {year: plain(values[year]) for year in sorted(values)}
        if not years:
            return self._none(target, region, name, Label("附件未列出数值", "the annex prints no value"))
        baseline = self.known.of(target.indicator, region).years.get(min(years) - 1)
        baseline = None if course == "cumulative" else baseline
        start = plain(baseline.value / scale) if baseline else None
        if region != self.plan.region_of(target):
            goal = sum(years.values()) if course == "cumulative" else years[max(years)]
        rule = _printed_in(annex.clause if annex else "")
        return TargetPath(
            target, region, name, course, unit, scale, goal, years, rule, start, baseline, printed=True
        )

    def _meaning(self, target: Target) -> tuple[Course, str, float, float]:
        """Return what a target's years mean, its unit, how many base units one of it is, and its own goal."""
        if target.id not in self._meant:
            unit, scale = _unit(target, self._units.get(target.indicator, ""))
            self._meant[target.id] = self.course(target), unit, scale, plain(target.base_value)
        return self._meant[target.id]

    def _drawn(self, target: Target, region: str, name: str) -> TargetPath:
        course, unit, scale, _ = self._meaning(target)
        last = target.deadline or self.plan.last_year
        first = min(target.period_start or self.plan.first_year, last)
        base = self._base(target, region, first, last) if course != "cumulative" else None
        start = plain(base[1].value / scale) if base else None
        years = list(range(base[0] + 1 if base else first, last + 1))
        goal, why = self._goal(target, region, start, len(years), scale)
        if goal is None:
            return self._none(target, region, name, why or _NO_GOAL, course)
        missing = None
        if course == "cumulative":
            path, rule = _shared(goal, years)
        elif target.frequency == "annual" and target.kind != "growth_rate":
            years, start, base = list(range(first, last + 1)), None, None
            path, rule = dict.fromkeys(years, goal), Label("每年相同", "the same every year")
        elif start is None or base is None:
            path, rule = {last: goal}, Label("仅有末年目标", "only the last year's goal")
            missing = Label("缺少基期数，无法推算各年目标", "without a baseline no year between can be told")
        else:
            path, rule = self._between(target, start, goal, years, base[1])
        known = base[1] if base else None
        before = 0.0 if course == "cumulative" else start
        return TargetPath(target, region, name, course, unit, scale, goal, path, rule, before, known, missing)

    def _between(
        self, target: Target, start: float, goal: float, years: list[int], baseline: Known
    ) -> tuple[dict[int, float], Label]:
        steps = len(years)
        equal_growth = target.kind == "growth_rate" or self.interpolation == "geometric"
        growing = equal_growth and start > 0 and goal > 0  # from nothing, nothing grows by a rate
        period = baseline.period
        if growing:
            path = {year: plain(start * (goal / start) ** (k / steps)) for k, year in enumerate(years, 1)}
            return path, Label(f"自{period}年起等比增长", f"equal growth from {period} on")
        path = {year: plain(start + (goal - start) * k / steps) for k, year in enumerate(years, 1)}
        return path, Label(f"自{period}年起逐年等量", f"equal steps from {period} on")

    def _goal(
        self, target: Target, region: str, start: float | None, years: int, scale: float
    ) -> tuple[float | None, Label | None]:
        if target.kind not in ("growth_rate", "multiple"):
            return plain(target.base_value if scale == 1 else target.value), None
        base = self._against(target, region, start, scale)
        if base is None:
            period = target.baseline.period if target.baseline else ""
            return None, Label(f"缺少对比基数{period}", f"what it is measured against {period} is not known")
        if target.kind == "multiple":
            return plain(base * float(target.value)), None
        growth = float(target.value) / 100 if target.unit in ("%", "％", "") else float(target.value)
        yearly = target.frequency in ("annual", "annual average")
        return plain(base * (1 + growth) ** (years if yearly else 1)), None

    def _against(self, target: Target, region: str, start: float | None, scale: float) -> float | None:
        if target.baseline is None:
            return start
        if target.baseline.value is not None:
            return float(target.in_base(target.baseline.value)[0])
        period = target.baseline.period
        course = self.known.of(target.indicator, region)
        if "/" in period:
            first, last = (int(part[:4]) for part in period.split("/"))
            known = course.spans.get((first, last))
        else:
            known = course.years.get(int(period[:4]))
        return plain(known.value / scale) if known else start

    def _base(self, target: Target, region: str, first: int, last: int) -> tuple[int, Known] | None:
        """Return the year a path is drawn from: that before it begins, or the nearest one known by the day asked about."""
        years = self.known.of(target.indicator, region).years
        wanted = [first - 1, first, first - 2, first - 3, *range(first + 1, last)]
        found = [year for year in wanted if year in years and year < last and (year, 12) <= self.until]
        return (found[0], years[found[0]]) if found else None

    def _none(
        self, target: Target, region: str, name: str, why: Label, course: Course = "level"
    ) -> TargetPath:
        _, unit, scale, aim = self._meaning(target)
        goal = None if target.kind in ("growth_rate", "multiple") else aim
        last = target.deadline or self.plan.last_year
        empty = {last: goal} if goal is not None and region and target.indicator else {}
        return TargetPath(target, region, name, course, unit, scale, goal, empty, why, missing=why)


@lru_cache(maxsize=256)
def _printed_in(clause: str) -> Label:
    return Label(f"{clause}列出", f"printed in {clause}")


_NO_GOAL = Label("目标值未知", "what is aimed at is not known")


def _shared(goal: float, years: list[int]) -> tuple[dict[int, float], Label]:
    return dict.fromkeys(years, plain(goal / len(years))), Label("各年等分", "an equal part every year")


def _unit(target: Target, usual: str) -> tuple[str, float]:
    """Return the unit values are shown in, and how many base units one of it is: 件/万人 stays, 万件 becomes 件."""
    if target.kind in ("growth_rate", "multiple"):
        stated = (target.baseline.unit if target.baseline else "") or usual
        if "/" in stated:
            unit = read_unit(stated)
            return (stated, float(unit.scale)) if unit else (stated, 1.0)
        return stated, 1.0
    full = target.full_unit
    if full and ("/" in full.base or full.scale < 1):
        return full.code, float(full.scale)
    return target.in_base(target.value)[1], 1.0
