# SPDX-License-Identifier: Apache-2.0
"""What the documents on a plan are written from: an assessment, the figures behind it, forecasts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from zhihang.facts.codelist import CodeList
from zhihang.facts.region_name import COUNTRY
from zhihang.planning.assess import AssessedTarget, Assessment
from zhihang.planning.forecast import TargetForecast
from zhihang.planning.known import KnownFigures, Month, month_before
from zhihang.planning.path import TargetPath
from zhihang.planning.plan import Task
from zhihang.planning.task_state import TaskState, overdue
from zhihang.reporting.wording import day, quantity
from zhihang.terms.label import Label, Language
from zhihang.terms.unit import Unit

WARNED = ("orange", "red")
"""Levels of which a division is told in writing."""
_EXACT = 1e-9
_ENDS = ("自治区", "自治州", "自治县", "省", "市", "州", "盟", "县", "区")


@dataclass(frozen=True)
class YearSoFar:
    """A division's year: the last month alone, the year so far or the level now, the same of the year before."""

    month: float | None
    now: float | None
    before: float | None


class PlanFacts:
    """An assessment with the figures it was made from; `forecasts`, and the last report on each of `tasks`, may be none."""

    def __init__(
        self,
        assessment: Assessment,
        figures: Iterable[Mapping[str, Any]] | None,
        forecasts: Sequence[TargetForecast] = (),
        *,
        language: Language = "zh",
        dated: date | None = None,
        tasks: Mapping[str, TaskState] | None = None,
    ) -> None:
        self.assessment = assessment
        self.plan = assessment.plan
        self.at = assessment.at
        self.language: Language = language
        self.dated = dated or assessment.at
        self.known = KnownFigures(figures, assessment.plan)
        self.forecasts = {(one.target, one.region): one for one in forecasts}
        self.month: Month = month_before(assessment.at)
        self.tasks = dict(tasks or {})

    # ------------------------------------------------------------------------------------------ names

    def pick(self, zh: str, en: str) -> str:
        """Return the text in the language of the documents."""
        return zh if self.language == "zh" else en

    def name_of(self, code: str, printed: str = "") -> str:
        """Return the name of a division, as the plan prints it where it does."""
        if self.language == "zh" and printed:
            return printed
        regions = self._regions
        label = regions[code].label if code in regions else Label(printed or code, code)
        return label.in_language(self.language)

    @cached_property
    def _regions(self) -> CodeList:
        return self.assessment.settings.codes["region"]

    @property
    def place(self) -> str:
        """The region of the plan."""
        return self.name_of(self.plan.region)

    @property
    def kind(self) -> str:
        """What the divisions are called together."""
        if self.plan.region == COUNTRY:
            return self.pick("省（自治区、直辖市）", "provinces")
        wide = self.plan.region.endswith("0000")
        return self.pick("市", "cities") if wide else self.pick("县（市、区）", "counties")

    @property
    def departments(self) -> str:
        """The departments of the region's government together."""
        if self.language == "en":
            return "departments concerned"
        if self.plan.region == COUNTRY:
            return "国务院各有关部门、各直属机构"
        level = next((end for end in _ENDS if self.place.endswith(end)), "")
        return f"{level}人民政府各有关部门、各直属机构"

    @property
    def issuer(self) -> str:
        """The body that issued the plan, or the office of the region's government; brackets where neither is known."""
        given = self.plan.document.issued_by
        if given is not None:
            return self.pick(given.zh, given.en or given.zh)
        if self.plan.region == COUNTRY:
            return self.pick("〔发文机关〕", "[issuing body]")
        office = "办公厅" if self.plan.region.endswith("0000") else "办公室"
        return self.pick(
            f"{self.place}人民政府{office}", f"General Office of the People's Government of {self.place}"
        )

    @property
    def title(self) -> str:
        """The title of the plan's document."""
        title = self.plan.document.title
        return self.pick(f"《{title.zh}》", title.en or title.zh)

    def label(self, row: AssessedTarget) -> str:
        """Return the name of a target."""
        return self.pick(row.label, row.label_en or row.label)

    def unit(self, unit: str) -> str:
        """Return the name of a unit."""
        return unit if self.language == "zh" or not unit else Unit.parse(unit).label.en

    def amount(self, value: float | None, unit: str) -> str:
        """Write a value with its unit: whole where it is, else with two digits."""
        digits = 0 if value is None or abs(value - round(value)) < _EXACT else 2
        return quantity(value, self.unit(unit), digits, language=self.language)

    def day(self, value: date) -> str:
        """Write a day."""
        return day(value, self.language)

    # ------------------------------------------------------------------------------------------- rows

    @property
    def yearly(self) -> bool:
        """Whether a whole year is over, so that the year is told rather than the month."""
        return self.month[1] == 12

    @property
    def when(self) -> str:
        """The period told: the year, or the months of it so far."""
        year, month = self.month
        if self.yearly:
            return self.pick(f"{year}年", f"{year}")
        months = "1月" if month == 1 else f"1—{month}月"
        return self.pick(f"{year}年{months}", f"{year}, to the end of month {month}")

    @cached_property
    def whole(self) -> list[AssessedTarget]:
        """The rows of the plan's own region."""
        return [row for row in self.assessment.rows if row.region == self.plan.region]

    @cached_property
    def split(self) -> list[AssessedTarget]:
        """Of those, the targets that are split over divisions."""
        divided = {row.target for row in self.assessment.rows if self._is_part(row)}
        return [row for row in self.whole if row.target in divided]

    @cached_property
    def leading(self) -> list[AssessedTarget]:
        """Of those, the ones to be drawn: one for each indicator, none that is a range or open to debate."""
        found: dict[str, AssessedTarget] = {}
        for row in self.whole:
            target = self.plan.target(row.target)
            if row.indicator and not target.optional and target.comparator != "range":
                found.setdefault(row.indicator, row)
        return list(found.values())

    def parts(self, target: str) -> list[AssessedTarget]:
        """Return the rows of a target's divisions."""
        return [row for row in self.assessment.rows if row.target == target and self._is_part(row)]

    @cached_property
    def divisions(self) -> dict[str, str]:
        """The divisions of the plan with their names, in its order."""
        rows = [row for row in self.assessment.rows if self._is_part(row)]
        return {row.region: self.name_of(row.region, row.name) for row in rows}

    def of_division(self, region: str) -> list[AssessedTarget]:
        """Return the rows of one division."""
        return [row for row in self.assessment.rows if row.region == region]

    def warned(self, region: str) -> list[AssessedTarget]:
        """Return the rows of a division whose level calls for a written notice."""
        return [row for row in self.of_division(region) if row.status in WARNED]

    def _is_part(self, row: AssessedTarget) -> bool:
        return bool(row.region) and row.region != self.plan.region

    # ---------------------------------------------------------------------------------------- figures

    def path(self, row: AssessedTarget) -> TargetPath:
        """Return the yearly path of a row."""
        return self.assessment.workings[row.target, row.region].path

    def is_falling(self, row: AssessedTarget) -> bool:
        """Whether a value fell against the year before in two quarters running."""
        read = self.assessment.workings[row.target, row.region].read
        return bool(read and read.falling)

    def course_of(self, row: AssessedTarget) -> str:
        """Return what a row's value is: a level, the flow of a year, a sum since the plan began."""
        read = self.assessment.workings[row.target, row.region].read
        return read.course if read else self.path(row).course

    def is_year_alone(self, row: AssessedTarget) -> bool:
        """Whether the value is that of a year alone although the target is a sum over years."""
        return self.path(row).course == "cumulative" and self.course_of(row) == "annual"

    def is_level(self, row: AssessedTarget) -> bool:
        """Whether a target is a level, and not a flow."""
        return self.path(row).course == "level"

    def year_so_far(self, row: AssessedTarget) -> YearSoFar:
        """Return the figures of a row's year, in the unit of the row; None where one is not known."""
        course, scale = self.known.of(row.indicator, row.region), self.path(row).scale
        (year, month), before = self.month, (self.month[0] - 1, self.month[1])
        if self.is_level(row):
            found = [self._level(row, at, scale) for at in (self.month, before)]
            return YearSoFar(None, found[0], found[1])
        so_far = []
        for at in (self.month, before):
            read = course.within_year(at[0], at)
            so_far.append(read[1] / scale if read and read[0] == month else None)
        alone = course.months.get((year, month))
        return YearSoFar(alone.value / scale if alone else None, so_far[0], so_far[1])

    def _level(self, row: AssessedTarget, at: Month, scale: float) -> float | None:
        course = self.known.of(row.indicator, row.region)
        known = course.levels.get(at) or (course.years.get(at[0]) if at[1] == 12 else None)
        return known.value / scale if known else None

    def year_goal(self, row: AssessedTarget) -> float | None:
        """Return what the year asks for: the level at its end, or the amount of the year alone."""
        return self.path(row).years.get(self.month[0])

    def reached_by_year(self, row: AssessedTarget) -> dict[int, float]:
        """Return what was reached at the end of each year of the plan; sums are added up from its first year."""
        path = self.path(row)
        years = self.known.of(row.indicator, row.region).years
        found, total = {}, 0.0
        for year in sorted(path.years):
            known = years.get(year)
            if known is None or (year, 12) > self.month:
                if path.course == "cumulative":
                    break
                continue
            total = (
                total + known.value / path.scale if path.course == "cumulative" else known.value / path.scale
            )
            found[year] = total
        return found

    # ----------------------------------------------------------------------------------------- remarks

    @cached_property
    def simulated(self) -> bool:
        """Whether any figure is simulated."""
        rows = any("simulated" in row.source_status for row in self.assessment.rows)
        known = (item for one in self.forecasts.values() for item in one.known)
        return rows or any("simulated" in str(item.get("status")) for item in known)

    @property
    def source(self) -> str:
        """Where the figures come from."""
        said = dict.fromkeys(part for row in self.assessment.rows for part in row.source.split("; ") if part)
        listed = list(said)
        more = len(listed) - 3
        text = "；".join(listed[:3]) if self.language == "zh" else "; ".join(listed[:3])
        if more > 0:
            text += self.pick(f"等{len(listed)}项", f" and {more} more")
        return text or self.pick("尚无资料", "none yet")

    def source_of(self, rows: Iterable[AssessedTarget]) -> str:
        """Return where the figures of some rows come from."""
        said = dict.fromkeys(part for row in rows for part in row.source.split("; ") if part)
        return ("；" if self.language == "zh" else "; ").join(said) or self.pick("尚无资料", "none yet")

    def is_overdue(self, task: Task) -> bool:
        """Whether the day of a task is over without its being reported as done."""
        return overdue(task.deadline, self.tasks.get(task.id), self.at)

    def standing_of(self, task: Task) -> str:
        """Return how a task stands in words, with the day of the report and its note; blank while nothing is reported."""
        state = self.tasks.get(task.id)
        if state is None:
            silent = bool(self.tasks) and self.is_overdue(task)
            return self.pick("已逾期，未报送进展", "overdue, nothing reported") if silent else ""
        said = state.label.in_language(self.language)
        late = self.pick("（已逾期）", " (overdue)") if self.is_overdue(task) else ""
        day = state.at[:10]
        when = self.pick(f"（{day}报送）", f" (reported {day})") if day else ""
        note = self.pick(f"：{state.note}", f": {state.note}") if state.note else ""
        return f"{said}{late}{when}{note}"

    def tasks_of_divisions(self) -> list[Task]:
        """Return the tasks of the plan that bind its divisions."""
        return [
            task for task in self.plan.tasks if any("县" in body for body in (*task.lead, *task.supporting))
        ]
