# SPDX-License-Identifier: Apache-2.0
"""What a plan (规划) is: goals, targets with their yearly paths, tasks, bodies and facts, each with its clause."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from zhihang.errors import ZhihangError
from zhihang.terms.label import Label
from zhihang.terms.period import read_period
from zhihang.terms.reference import Reference
from zhihang.terms.region import Region
from zhihang.terms.unit import Unit

Comparator = Literal[">=", ">", "=", "~", "range", "<=", "<"]
Kind = Literal["level", "cumulative", "growth_rate", "multiple", "share", "count"]
Obligation = Literal["binding", "expected", "unstated"]
TaskType = Literal["task", "measure", "responsibility", "procedure"]
ConditionType = Literal["eligibility", "acceptance", "award", "exclusion", "subject", "material", "deadline"]
Nature = Literal["stock", "flow", "ratio"]
Text = Annotated[str, BeforeValidator(lambda given: str(given) if isinstance(given, int | date) else given)]


class Part(BaseModel):
    """A part of a plan: unknown keys are faults, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Names(Part):
    """A name in both languages; in a draft the English one may still be blank."""

    zh: str = Field(min_length=1)
    en: str = ""

    @property
    def label(self) -> Label:
        """The name as a label; the Chinese one stands in for a blank English one."""
        return Label(self.zh, self.en or self.zh)


class PolicyDocument(Part):
    """The document behind the plan: the identifier others cite it by, its title, number, issuer and date."""

    policy: str
    title: Names
    number: str = ""
    issued_by: Names | None = None
    issued_on: date | None = None


class Goal(Part):
    """An aim in words, in our own wording."""

    id: Text
    clause: Text
    label: Names


class Indicator(Part):
    """An indicator that only this plan counts, or one it defines in its own way.

    Indicators of one `family` count nearly the same thing by different definitions, so that nobody adds or compares
    them unawares.
    """

    label: Names
    unit: str = ""
    nature: Nature
    family: str = ""
    definition: Names | None = None


class Baseline(Part):
    """What a multiple or a growth rate is measured against; the value may be unknown to the plan."""

    period: Text
    value: Decimal | None = None
    unit: str = ""
    note: Names | None = None


class Target(Part):
    """One quantitative target; the keys that a reading of the document fills bear the names of its columns.

    Parameters
    ----------
    value, value_hi, unit
        As the document writes them (2.83, 万件); `value_hi` only for a range.
    per
        What the unit is counted per where the document leaves it to the indicator's name (万人 in 每万人口).
    region, subject
        Code of the division it binds (blank: that of the plan), or whom it binds if that is no division.
    as_of
        Year or moment the target is due; otherwise it counts over `period_start` to `period_end`.
    path
        What is due in each year where the document says so: the level at its end, or the amount of that year alone.
    parent, part_of
        Target of the parent plan that it serves; target of this plan that it is a part of.
    deadline_derived, optional
        The year was computed, not written; whether it is a target at all can be debated.
    """

    id: Text
    clause: Text
    label: Names
    indicator: str = ""
    kind: Kind
    comparator: Comparator
    alt_comparator: Comparator | None = None
    value: Decimal
    value_hi: Decimal | None = None
    unit: str = ""
    per: str = ""
    hedge: str = ""
    obligation: Obligation = "unstated"
    region: Text = ""
    subject: Names | None = None
    period_start: int | None = None
    period_end: int | None = None
    as_of: int | str | None = None
    frequency: Literal["", "annual", "annual average"] = ""
    path: dict[int, Decimal] = Field(default_factory=dict)
    baseline: Baseline | None = None
    direction: Literal["up", "down"] = "up"
    goal: Text = ""
    parent: Text = ""
    part_of: Text = ""
    bodies: tuple[str, ...] = ()
    definition: Names | None = None
    deadline_derived: bool = False
    optional: bool = False
    note: Names | None = None

    @field_validator("region")
    @classmethod
    def _known_region(cls, code: str) -> str:
        return _checked_region(code)

    @property
    def full_unit(self) -> Unit | None:
        """The unit with what it is counted per; None where the document gives none, or one we do not know."""
        return read_unit(f"{self.unit}/{self.per}" if self.per else self.unit)

    @property
    def deadline(self) -> int | None:
        """The year the target is due, if it is a year."""
        return self.as_of if isinstance(self.as_of, int) else self.period_end

    def in_base(self, value: Decimal) -> tuple[Decimal, str]:
        """Return a value with 万 or 亿 multiplied into it, and the unit that is left (28,300 件 for 2.83 万件)."""
        unit = read_unit(self.unit)
        if unit is None or "/" in unit.code or not unit.base or unit.scale < 1:
            return value, self.unit
        return _plain(unit.to_base(value)), unit.base

    @property
    def base_value(self) -> Decimal:
        """The value with 万 or 亿 multiplied into it."""
        return self.in_base(self.value)[0]

    @property
    def measured_value(self) -> Decimal:
        """The value in the base unit of the full unit: 10 件 per 万人 is 0.001 件/人."""
        unit = self.full_unit
        return unit.to_base(self.value) if unit else self.value

    def is_met_by(self, value: Decimal | float) -> bool:
        """Say whether a value, in the base unit of `base_value`, meets the target; the aim may be to stay below."""
        given, aim = Decimal(str(value)), self.base_value
        if self.comparator == ">":
            return given > aim
        if self.comparator == "<":
            return given < aim
        if self.comparator == "<=" or self.direction == "down":
            return given <= aim
        return given >= aim


class AnnexRow(Part):
    """One line of an annex: a division, its name as printed, and its values by year."""

    region: Text
    name: str
    values: tuple[Decimal | None, ...]

    @field_validator("region")
    @classmethod
    def _known_region(cls, code: str) -> str:
        return _checked_region(code)


class Annex(Part):
    """A table of the document that splits a target over divisions and years; `total` is the printed sum."""

    id: Text
    clause: Text
    target: Text
    unit: str
    years: tuple[int, ...]
    total: tuple[Decimal | None, ...] = ()
    rows: tuple[AnnexRow, ...]

    def path(self, region: str) -> dict[int, Decimal]:
        """Return the yearly path of one division."""
        row = next((row for row in self.rows if row.region == region), None)
        return _by_year(self.years, row.values) if row else {}

    @property
    def totals(self) -> dict[int, Decimal]:
        """The printed total by year."""
        return _by_year(self.years, self.total)


class Fact(Part):
    """A figure of the past that the document states, or that a named source adds for those who read the plan."""

    id: Text
    clause: Text = ""
    label: Names
    indicator: str = ""
    region: Text = ""
    subject: Names | None = None
    period: Text
    value: Decimal
    unit: str = ""
    kind: Kind = "level"
    comparator: Comparator = "="
    against: Text = ""
    source: str = ""
    note: Names | None = None


class Task(Part):
    """A task, a measure, a duty of a body, or a step of a procedure."""

    id: Text
    clause: Text
    type: TaskType
    label: Names
    lead: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    deadline: Text = ""


class Condition(Part):
    """A condition of eligibility, acceptance, award and the like."""

    id: Text
    clause: Text
    type: ConditionType
    subject: Names
    criterion: Names
    comparator: Comparator | None = None
    value: Text | Decimal | None = None
    value_hi: Decimal | None = None
    unit: str = ""
    benefit: Names | None = None
    note: str = ""


class Plan(Part):
    """A policy plan as data. `status` says whether a person has compared it with the document."""

    label: Names
    status: Literal["draft", "reviewed"] = "draft"
    document: PolicyDocument
    region: Text
    period: Text
    parent: str = ""
    goals: tuple[Goal, ...] = ()
    indicators: dict[str, Indicator] = Field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    targets: tuple[Target, ...]
    annexes: tuple[Annex, ...] = ()
    tasks: tuple[Task, ...] = ()
    conditions: tuple[Condition, ...] = ()
    bodies: dict[str, str] = Field(default_factory=dict)
    name: str = ""

    @field_validator("region")
    @classmethod
    def _known_region(cls, code: str) -> str:
        return _checked_region(code)

    @field_validator("period")
    @classmethod
    def _known_period(cls, text: str) -> str:
        if read_period(text) is None:
            raise ValueError(f'"{text}" is not a period; write 2016/2020 or 2017')
        return text

    @property
    def first_year(self) -> int:
        """The first year of the plan."""
        return int(self.period[:4])

    @property
    def last_year(self) -> int:
        """The last year of the plan."""
        return int(self.period.split("/")[-1][:4])

    @cached_property
    def _targets(self) -> dict[str, Target]:
        return {target.id: target for target in self.targets}

    def target(self, name: str) -> Target:
        """Return a target by its id, or by its indicator where only one target has it."""
        from zhihang.errors import NotFound

        if name in self._targets:
            return self._targets[name]
        found = [target for target in self.targets if name and target.indicator == name]
        if len(found) == 1:
            return found[0]
        known = [*self._targets, *(t.indicator for t in self.targets if t.indicator)]
        raise NotFound.named(
            f"target of {self.name or 'the plan'}", name, known, see=f"zhihang plan show {self.name}"
        )

    def annex(self, target: str) -> Annex | None:
        """Return the annex that splits a target, if there is one."""
        return next((annex for annex in self.annexes if annex.target == target), None)

    def path(self, target: Target, region: str = "") -> dict[int, Decimal]:
        """Return what is due in each year, for a division of the annex or, without one, for whom the target binds.

        Levels are those at the end of the year, sums the amounts of that year alone. Where the document gives no path
        it is the one value at the deadline, and nothing for a sum or a rate.
        """
        annex = self.annex(target.id)
        if region and region != self.region_of(target):
            return annex.path(region) if annex else {}
        if annex and annex.totals:
            return annex.totals
        if target.path:
            return {year: target.in_base(value)[0] for year, value in sorted(target.path.items())}
        final = target.kind in ("level", "count", "share") and target.deadline is not None
        return {target.deadline or 0: target.base_value} if final else {}

    def region_of(self, target: Target) -> str:
        """Return the code of the division a target binds; blank where it binds someone else."""
        return "" if target.subject else target.region or self.region

    def reference(self, clause: str) -> Reference:
        """Return where in the document a thing stands."""
        return Reference("policy", self.document.policy, clause)


def read_unit(code: str) -> Unit | None:
    """Return a unit; None for a blank or an unknown one, which the audit reports."""
    try:
        return Unit.parse(code) if code else None
    except ZhihangError:
        return None


def _by_year(years: tuple[int, ...], values: tuple[Decimal | None, ...]) -> dict[int, Decimal]:
    return {year: value for year, value in zip(years, values, strict=False) if value is not None}


def _plain(value: Decimal) -> Decimal:
    """Drop the zeros that a multiplication leaves behind the point."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _checked_region(code: str) -> str:
    try:
        if code:
            Region(code)
    except ZhihangError as error:
        raise ValueError(f"{error.what} {error.todo}") from error
    return code
