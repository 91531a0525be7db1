# SPDX-License-Identifier: Apache-2.0
"""What a check of a plan is: it finds what in a plan contradicts itself, its parent, or what is known (M-TGT-04)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, TypeAlias

from zhihang.facts.codelist import CodeLists
from zhihang.planning.figures import Figure, Figures
from zhihang.planning.plan import Nature, Plan, Target
from zhihang.shelf import Shelf
from zhihang.terms.label import Label

Severity = Literal["error", "warning", "info", "holds"]
"""`error`: an identity is broken; `warning`: implausible; `info`: worth knowing; `holds`: checked and right."""
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info", "holds")
Number: TypeAlias = "Decimal | int | float"


@dataclass(frozen=True)
class Finding:
    """What a check found: where in the plan, what in words, and the arithmetic behind it."""

    severity: Severity
    code: str
    clauses: tuple[str, ...]
    targets: tuple[str, ...]
    message: Label
    arithmetic: str

    def row(self) -> dict[str, Any]:
        """Return the finding as plain values."""
        return {
            "severity": self.severity,
            "code": self.code,
            "clauses": list(self.clauses),
            "targets": list(self.targets),
            "message": self.message.zh,
            "message_en": self.message.en,
            "arithmetic": self.arithmetic,
        }


@dataclass(frozen=True)
class Thresholds:
    """From where on something is implausible. None is official (UNVERIFIED); an office may set its own."""

    growth_per_year: float = 0.4
    density_apart: float = 0.1
    baseline_apart: float = 0.02


@dataclass(frozen=True)
class Evidence:
    """What checks look at: the plan, its parent and other plans of the region, known figures, code lists."""

    plan: Plan
    figures: Figures
    parent: Plan | None = None
    related: Sequence[Plan] = ()
    codes: CodeLists = field(default_factory=CodeLists)
    thresholds: Thresholds = field(default_factory=Thresholds)

    def nature(self, plan: Plan, target: Target) -> Nature | None:
        """Say whether the target's indicator is a stock, a flow or a ratio; None where nobody says."""
        if target.indicator in plan.indicators:
            return plan.indicators[target.indicator].nature
        for row in self.codes.rows("indicator_name"):
            if row["code"] == target.indicator:
                return "ratio" if "/" in row["unit"] else "stock" if row["nature"] == "stock" else "flow"
        return None

    def targets(self, *kinds: str, indicator: str = "") -> Iterator[Target]:
        """Yield the plan's targets of some kinds, or of any, for an indicator, or for any."""
        for target in self.plan.targets:
            if (not kinds or target.kind in kinds) and (not indicator or target.indicator == indicator):
                yield target

    def baseline(self, target: Target) -> Figure | None:
        """Return what a multiple or growth is measured against: as the plan says, or as is known of that period."""
        region = self.plan.region_of(target)
        if target.baseline is None:
            return None
        if target.baseline.value is not None:
            stated = target.baseline
            found = self.figures.of(target.indicator, region, stated.period)
            if found:
                return found
            value = stated.value if stated.value is not None else Decimal(0)
            return Figure(target.indicator, region, stated.period, value, stated.unit, self.plan.label.zh)
        return self.figures.of(target.indicator, region, target.baseline.period)


Find: TypeAlias = "Callable[[Evidence], Iterable[Finding]]"


@dataclass(frozen=True)
class Check:
    """A check of a plan: `find` yields what it finds, and what it looked at and found right."""

    name: str
    label: Label
    description: str
    find: Find


def check(*, label: Label) -> Callable[[Find], Check]:
    """Turn a function from evidence to findings into the check of that name; its docstring describes it."""

    def make(find: Find) -> Check:
        return Check(find.__name__, label, " ".join((find.__doc__ or "").split()), find)

    return make


def plan_checks(folders: Sequence[Path] = ()) -> Shelf[Check]:
    """Return the shelf of checks of plans; `folders` are a workspace's own, looked at first."""
    return Shelf("plan check", Check, "zhihang.planning.checks", tuple(folders))


def clauses(*targets: Target) -> tuple[str, ...]:
    """Return the clauses of targets, each once."""
    return tuple(dict.fromkeys(target.clause for target in targets))


def shown(value: Number, digits: int | None = None) -> str:
    """Write a number with separators; whole numbers without a point, others with `digits` or as they are.

    >>> shown(Decimal("6600.0")), shown(13.527, 2), shown(Decimal("4.62"))
    ('6,600', '13.53', '4.62')
    """
    number = Decimal(str(value))
    if digits is not None:
        return f"{number:,.{digits}f}"
    return f"{number:,.0f}" if number == number.to_integral_value() else f"{number.normalize():,f}"
