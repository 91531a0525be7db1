# SPDX-License-Identifier: Apache-2.0
"""Split a target over divisions and years, exactly, with a reason in words for every cell."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from zhihang.errors import DefinitionError, NotFound
from zhihang.facts.codelist import CodeLists
from zhihang.planning.allocation import METHODS, AllocatedCell, Allocation, AllocationRequest
from zhihang.planning.figures import Figures, Row, regions_of
from zhihang.planning.plan import Plan, Target
from zhihang.terms.label import Label

if TYPE_CHECKING:
    from zhihang.methods.allocation import Basis, Limits
    from zhihang.methods.rounding import Integers, Reals


_USUAL_PART = 0.8
"""Part of the total's growth that all but the largest get on a ladder without given rates; ours, not official."""


@dataclass(frozen=True)
class Units:
    """The divisions a target is split over, in order, with their names."""

    codes: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Start:
    """Starting values by division; `opens` says that they are those of the first year itself."""

    values: Mapping[str, float]
    opens: bool
    said: Label


def allocate(
    plan: Plan,
    target: str,
    request: AllocationRequest,
    *,
    observations: Sequence[Row] | None = None,
    codes: CodeLists | None = None,
) -> Allocation:
    """Split a target over the divisions of the plan's region.

    Parameters
    ----------
    observations
        Known figures for starting values and capacities; default those that ship with the project.

    Raises
    ------
    Infeasible
        If the wishes contradict each other; says which, and what change would help.

    Examples
    --------
    >>> from zhihang.planning.plan_file import Plans
    >>> split = allocate(Plans()["guilin-2016-2020"], "T001", AllocationRequest("fixed_share"))
    >>> split.totals[2016], sum(cell.value for cell in split.cells if cell.period == 2016)
    (4950, 4950)
    """
    _check_totals(request)
    if request.method not in METHODS:
        raise NotFound.named("method", request.method, METHODS, see="zhihang allocate --help")
    chosen = plan.target(target)
    _check_divisible(plan, chosen)
    lists = codes or CodeLists()
    figures = Figures(observations, plan)
    units = units_of(plan, chosen, request, lists)
    totals, how = yearly_totals(plan, chosen, request, figures)
    return _Work(plan, chosen, request, figures, units, totals, (how,)).done()


def _check_divisible(plan: Plan, target: Target) -> None:
    unit = target.full_unit
    if target.kind in ("multiple", "growth_rate", "share") or (unit and "/" in unit.base):
        raise DefinitionError(
            f"Target {target.id} is a ratio: the divisions' values do not add up to it.",
            {"plan": plan.name, "target": target.label.zh, "unit": unit or target.unit or "none"},
            todo="Choose a target that is a sum, a level or a count.",
        )


def _check_totals(request: AllocationRequest) -> None:
    wrong = [f"{year}: {total}" for year, total in request.totals.items() if total < 0 or total != int(total)]
    if wrong:
        raise DefinitionError(
            "Totals have to be whole numbers, not below zero.", {"given": ", ".join(wrong)}, todo="Mend them."
        )


def units_of(plan: Plan, target: Target, request: AllocationRequest, codes: CodeLists) -> Units:
    """Return the divisions of the annex that splits the target, else those given, else those below the region."""
    annex = plan.annex(target.id)
    if annex:
        return Units(tuple(row.region for row in annex.rows), tuple(row.name for row in annex.rows))
    names = regions_of(codes)
    given = tuple(request.base) or tuple(next(iter(request.capacity.values()), {}))
    found = given or tuple(code.code for code in names.below(plan.region))
    if not found:
        raise NotFound(
            f"There are no divisions to split target {target.id} over.",
            {"region": plan.region},
            todo="Give a starting value for each division.",
        )
    known = [names.by_code(code) for code in found]
    labels = [code.label.zh if code else text for code, text in zip(known, found, strict=True)]
    return Units(found, tuple(labels))


def yearly_totals(
    plan: Plan, target: Target, request: AllocationRequest, figures: Figures
) -> tuple[dict[int, int], Label]:
    """Return the total of each year: as asked, as the annex prints it, else a path that reaches the target."""
    annex = plan.annex(target.id)
    path = {year: int(value) for year, value in plan.path(target).items()}
    if len(path) > 1:
        where = annex.clause if annex else target.clause
        how = Label(f"各年总量按{where}", f"Yearly totals as printed ({where})")
    elif request.totals:
        return dict(sorted(request.totals.items())), Label("各年总量由使用者给定", "Yearly totals as given")
    else:
        path, how = _drawn_path(plan, target, figures)
    if request.totals:
        how = Label(how.zh + "，部分由使用者改定", how.en + ", some as given")
    merged = {**path, **request.totals}
    return dict(sorted(merged.items())), how


def _drawn_path(plan: Plan, target: Target, figures: Figures) -> tuple[dict[int, int], Label]:
    """Draw a path to the target: even growth from the known level, or equal yearly parts of a sum."""
    from zhihang.methods.rounding import largest_remainder

    first, last = target.period_start or plan.first_year, target.deadline or plan.last_year
    years = list(range(first, last + 1))
    aim = target.base_value + (1 if target.comparator == ">" else 0)
    aim = Decimal(int(aim) + (aim != int(aim)))
    if target.kind == "cumulative":
        import numpy as np

        parts = largest_remainder(np.full(len(years), float(aim) / len(years)), int(aim))
        return dict(zip(years, parts.tolist(), strict=True)), Label(
            "总数按年均分", "The sum in equal yearly parts"
        )
    known = figures.yearly(target.indicator, plan.region_of(target)).get(first - 1)
    if target.kind == "level" and known and 0 < known.value <= aim:
        growth = (float(aim) / float(known.value)) ** (1 / len(years))
        path = {year: round(float(known.value) * growth ** (n + 1)) for n, year in enumerate(years)}
        said = Label(
            f"自{first - 1}年{known.value}起匀速增长", f"Even growth from {known.value} in {first - 1}"
        )
        return path | {last: int(aim)}, said
    return {last: int(aim)}, Label("仅分解完成年份", "Only the year it is due is split")


@dataclass(frozen=True)
class _Work:
    """One allocation being done: everything that is asked, and where figures come from."""

    plan: Plan
    target: Target
    request: AllocationRequest
    figures: Figures
    units: Units
    totals: Mapping[int, int]
    said: tuple[Label, ...]

    def done(self) -> Allocation:
        """Split and say why."""
        import numpy as np

        from zhihang.planning.allocation_reason import reasons
        from zhihang.planning.allocation_split import split_in_groups

        years = list(self.totals)
        start = self._start()
        totals = np.array(list(self.totals.values()), dtype=np.int64)
        basis, rates = self._basis_of(start, years)
        limits = self._limits(start, years)
        split, of = split_in_groups(totals, years, self.units, self.request, basis, limits)
        opening = start.said if start and start.opens else None
        words = reasons(split, of, self.units.codes, years, self.request, opening=opening, rates=rates)
        cells = tuple(
            AllocatedCell(code, name, year, int(split.values[line, column]), words[line][column])
            for line, (code, name) in enumerate(zip(self.units.codes, self.units.names, strict=True))
            for column, year in enumerate(years)
        )
        said = (*self.said, *((start.said,) if start else ()), *self._method_said())
        unit = self.target.in_base(self.target.value)[1]
        return Allocation(
            self.plan.name, self.target.id, unit, self.request.method, dict(self.totals), cells, said
        )

    def _start(self) -> Start | None:
        """Return starting values: as given, as observed the year before, or the first column of the annex."""
        if self.request.method in ("capacity", "as_planned"):
            return None
        if self.request.base:
            self._complete(self.request.base, "a starting value")
            return Start(
                self.request.base, opens=False, said=Label("起始值由使用者给定", "Starting values as given")
            )
        annex = self.plan.annex(self.target.id)
        if annex and self.request.method == "fixed_share":
            sums = {row.region: float(sum(v or 0 for v in row.values)) for row in annex.rows}
            return Start(
                sums,
                opens=False,
                said=Label(f"占比取自{annex.clause}各年之和", "Shares from the printed annex"),
            )
        first = next(iter(self.totals))
        known = {
            code: self.figures.yearly(self.target.indicator, code).get(first - 1) for code in self.units.codes
        }
        if all(known.values()):
            values = {code: float(figure.value) for code, figure in known.items() if figure}
            return Start(
                values, opens=False, said=Label(f"起始值为{first - 1}年实际数", f"Starting from {first - 1}")
            )
        if annex:
            opening = {row.region: float(row.values[0] or 0) for row in annex.rows}
            return Start(
                opening,
                opens=True,
                said=Label(f"首年按{annex.clause}", "The first year as the annex prints it"),
            )
        missing = [
            name for name, code in zip(self.units.names, self.units.codes, strict=True) if not known[code]
        ]
        raise NotFound(
            f'There are no starting values for "{self.target.label.zh}" by division.',
            {"plan": self.plan.name, "missing": ", ".join(missing[:10])},
            todo="Give them, or use method capacity.",
        )

    def _basis_of(self, start: Start | None, years: Sequence[int]) -> tuple[Basis, Reals | None]:
        """Return the basis of the method over all units, and on a ladder the rates by unit and year."""
        import numpy as np

        from zhihang.methods import allocation_basis as basis

        if self.request.method == "as_planned":
            return basis.printed_shares(self._printed(years)), None
        if start is None:
            return basis.capacity(self._capacities(), self._mix()), None
        values = np.array([float(start.values[code]) for code in self.units.codes])
        made: Basis
        rates: Reals | None = None
        if self.request.method == "convergence":
            made = basis.convergence(values, self._heads(), self.request.closing)
        elif self.request.method == "growth_ladder":
            classes, steps = self._ladder(values, years[1:] if start.opens else years)
            made = basis.growth_ladder(values, classes, steps)
            rates = np.full((len(values), len(years)), np.nan)
            rates[:, int(start.opens) :] = steps[classes]
        else:
            made = basis.fixed_share(values)
        return (basis.opening(values, made) if start.opens else made), rates

    def _printed(self, years: Sequence[int]) -> Reals:
        """Return the values that the annex prints, by unit and year."""
        import numpy as np

        annex = self.plan.annex(self.target.id)
        printed = dict(zip(annex.years, range(len(annex.years)), strict=True)) if annex else {}
        if annex is None or any(year not in printed for year in years):
            raise NotFound(
                f"The plan prints no values of target {self.target.id} for each division and year.",
                {"plan": self.plan.name, "years": ", ".join(map(str, years))},
                todo="Use another method.",
            )
        return np.array([[float(row.values[printed[year]] or 0) for year in years] for row in annex.rows])

    def _ladder(self, values: Reals, years: Sequence[int]) -> tuple[Integers, Reals]:
        """Return the class of each unit and the rates by class and year."""
        import numpy as np

        from zhihang.methods.allocation_basis import size_classes

        ladder = self.request.ladder
        if isinstance(ladder, Mapping):
            names = list(ladder)
            unknown = sorted({self.request.groups.get(code, "") for code in self.units.codes} - set(names))
            if unknown:
                raise NotFound.named("peer group", unknown[0], names, see="Give each group its rates.")
            classes = np.array([names.index(self.request.groups[code]) for code in self.units.codes])
            steps = [ladder[name] for name in names]
        else:
            ladder = ladder or [self._usual_rates(float(values.sum()))]
            classes = size_classes(values, list(self.request.edges)[: len(ladder) - 1])
            steps = list(ladder)
        lacking = [year for year in years for rates in steps if year not in rates]
        if lacking:
            raise DefinitionError(
                "The growth ladder lacks rates for some years.",
                {"years": ", ".join(str(year) for year in sorted(set(lacking)))},
                todo="Give a rate for each year and class.",
            )
        return classes, np.array([[float(rates[year]) for year in years] for rates in steps])

    def _usual_rates(self, before: float) -> dict[int, float]:
        """Return four fifths of the growth of the total, in whole per cent, so that the largest grows faster."""
        rates = {}
        for year, total in self.totals.items():
            rates[year] = math.floor(100 * _USUAL_PART * (total / before - 1)) / 100 if before else 0.0
            before = float(total)
        return rates

    def _heads(self) -> Reals:
        import numpy as np

        given = next(iter(self.request.capacity.values()), None)
        if given is not None:
            self._complete(given, "a size")
            return np.array([float(given[code]) for code in self.units.codes])
        return self._population()

    def _capacities(self) -> dict[str, Reals]:
        import numpy as np

        if not self.request.capacity:
            return {"population": self._population()}
        for name, values in self.request.capacity.items():
            self._complete(values, f"the capacity {name}")
        return {
            name: np.array([float(values[code]) for code in self.units.codes])
            for name, values in self.request.capacity.items()
        }

    def _mix(self) -> dict[str, float]:
        names = list(self.request.capacity) or ["population"]
        unknown = [name for name in self.request.mix if name not in names]
        if unknown:
            raise NotFound.named("capacity", unknown[0], names)
        return dict(self.request.mix) or dict.fromkeys(names, 1.0)

    def _population(self) -> Reals:
        import numpy as np

        year = next(iter(self.totals)) - 1
        found = {code: self.figures.population(code, year) for code in self.units.codes}
        self._complete({code: 1.0 for code, figure in found.items() if figure}, "a population")
        return np.array([float(figure.value) for figure in found.values() if figure])

    def _method_said(self) -> tuple[Label, ...]:
        if self.request.method == "growth_ladder" and not self.request.ladder:
            return (
                Label(
                    "未给定增速：取总量增速的八成", "No rates given: four fifths of the growth of the total"
                ),
            )
        if self.request.method == "as_planned":
            return (
                Label("其余按规划附件各年的比例", "The rest in the shares that the plan prints for the year"),
            )
        if self.request.method not in ("capacity", "convergence"):
            return ()
        if self.request.capacity:
            mix = self._mix()
            parts = "、".join(f"{name} {part / sum(mix.values()):.0%}" for name, part in mix.items())
            return (Label(f"能力构成：{parts}", f"Capacities: {parts.replace('、', ', ')}"),)
        figure = self.figures.population(self.units.codes[0], next(iter(self.totals)) - 1)
        period = figure.period if figure else ""
        source = figure.source if figure else ""
        return (Label(f"人口取{period}年：{source}", f"Residents of {period}: {source}"),)

    def _complete(self, values: Mapping[str, float], what: str) -> None:
        missing = [
            n for n, code in zip(self.units.names, self.units.codes, strict=True) if code not in values
        ]
        if missing:
            raise NotFound(
                f"Some divisions lack {what}.",
                {"divisions": ", ".join(missing[:10]), "number": len(missing)},
                todo=f"Give {what} for each division.",
            )

    def _limits(self, start: Start | None, years: Sequence[int]) -> Limits:
        from zhihang.planning.allocation_split import limits_of

        # Starting values of fixed shares are of any scale, and those of the first year are not of the year before.
        known = start is not None and not start.opens and self.request.method != "fixed_share"
        return limits_of(self.request, self.units, years, start.values if start and known else {})
