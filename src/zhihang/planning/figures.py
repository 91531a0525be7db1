# SPDX-License-Identifier: Apache-2.0
"""Known figures of the past, by indicator, region and period: observations and what the plan itself states."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from zhihang.facts.codelist import CodeLists
from zhihang.facts.published_statistics import published_files
from zhihang.facts.region_name import RegionNames, packaged_regions
from zhihang.planning.plan import Plan, read_unit

Row = Mapping[str, Any]
"""An observation as plain values: indicator, region, period, value, unit, and, if known, source, dimension, status."""

_POPULATIONS = ("residents", "residents_behind_density")
_PUBLISHED_KEYS = ("indicator", "period", "period_kind", "value", "unit", "status", "source")


@dataclass(frozen=True)
class Figure:
    """One figure in base units (件, 人, 元, 件/人); `period` is a year, a month or years."""

    indicator: str
    region: str
    period: str
    value: Decimal
    unit: str
    source: str

    @property
    def year(self) -> int:
        """The year it stands for: the last one of several, or the one a month lies in."""
        return int(self.period.split("/")[-1][:4])

    @property
    def moment(self) -> float:
        """The end of its period as a number of years: 2015.0 is the end of 2014, 2015-06 is 2015.5."""
        last = self.period.split("/")[-1]
        return int(last[:4]) + (int(last[5:7]) / 12 if len(last) >= 7 else 1)


class Figures:
    """Figures that can be looked up: those of the plan first, then observations in the order given.

    Without observations it takes the published statistics that ship with the project.
    """

    def __init__(self, rows: Iterable[Row] | None = None, plan: Plan | None = None) -> None:
        self._found: dict[tuple[str, str], list[Figure]] = {}
        for figure in [*_stated(plan), *(_published() if rows is None else _observed(rows))]:
            self._found.setdefault((figure.indicator, figure.region), []).append(figure)

    def all(self, indicator: str, region: str) -> list[Figure]:
        """Return every figure of an indicator in a region."""
        return self._found.get((indicator, region), [])

    def of(self, indicator: str, region: str, period: str) -> Figure | None:
        """Return the figure of one period."""
        return next((figure for figure in self.all(indicator, region) if figure.period == period), None)

    def yearly(self, indicator: str, region: str) -> dict[int, Figure]:
        """Return the figures of whole years, or of ends of years, oldest first."""
        found: dict[int, Figure] = {}
        for figure in self.all(indicator, region):
            if re.fullmatch(r"\d{4}", figure.period):
                found.setdefault(figure.year, figure)
        return dict(sorted(found.items()))

    def population(self, region: str, year: int) -> Figure | None:
        """Return the residents at the end of a year: known, between two known ones, or the nearest within ten years."""
        known = sorted(
            (figure for name in _POPULATIONS for figure in self.all(name, region)),
            key=lambda figure: figure.moment,
        )
        moment = year + 1.0
        before = [figure for figure in known if figure.moment <= moment]
        after = [figure for figure in known if figure.moment > moment]
        if before and after:
            return _between(before[-1], after[0], year)
        near = before[-1:] or after[:1]
        return near[0] if near and abs(near[0].moment - moment) <= 10 else None


def regions_of(codes: CodeLists) -> RegionNames:
    """Return the divisions of the code lists; those of the package are looked up once."""
    return RegionNames(codes) if codes.folders else packaged_regions()


def published_rows() -> tuple[Row, ...]:
    """Return the published statistics that ship with the project as observation rows."""
    return tuple(row for path in published_files() for row in _read(str(path)))


@lru_cache(maxsize=16)
def _read(path: str) -> tuple[Row, ...]:
    with open(path, encoding="utf-8", newline="") as stream:  # noqa: PTH123 - a plain text is the cache's key
        rows = csv.DictReader(stream)
        return tuple({"region": row["region_code"], **{k: row[k] for k in _PUBLISHED_KEYS}} for row in rows)


@lru_cache(maxsize=1)
def _published() -> tuple[Figure, ...]:
    return tuple(_observed(published_rows()))


def _observed(rows: Iterable[Row]) -> Iterable[Figure]:
    for row in rows:
        if row.get("dimension") or row.get("period_kind") == "year_to_date" or row.get("value") in (None, ""):
            continue
        value, unit = _in_base(Decimal(str(row["value"])), str(row.get("unit") or ""))
        period = str(row["period"])
        yield Figure(row["indicator"], str(row["region"]), period, value, unit, str(row.get("source") or ""))


def _stated(plan: Plan | None) -> Iterable[Figure]:
    for fact in plan.facts if plan else ():
        if plan and fact.indicator and not fact.subject and fact.kind not in ("multiple", "growth_rate"):
            value, unit = _in_base(fact.value, fact.unit)
            source = fact.source or f"{plan.document.title.zh} {fact.clause}"
            yield Figure(fact.indicator, fact.region or plan.region, fact.period, value, unit, source)


def _in_base(value: Decimal, code: str) -> tuple[Decimal, str]:
    unit = read_unit(code)
    return (unit.to_base(value), unit.base) if unit else (value, code)


def _between(first: Figure, last: Figure, year: int) -> Figure:
    """Return the figure on the straight line between two."""
    part = Decimal(str((year + 1 - first.moment) / (last.moment - first.moment)))
    value = first.value + (last.value - first.value) * part
    source = f"{first.period}–{last.period}: {first.source}; {last.source}"
    return Figure(first.indicator, first.region, str(year), Decimal(round(value)), first.unit, source)
