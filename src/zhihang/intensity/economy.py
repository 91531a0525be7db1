# SPDX-License-Identifier: Apache-2.0
"""Economic figures of industries by year: from statistics of one scope, or summed over the firms of a register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise, repeat
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhihang.errors import NotComparable
from zhihang.intensity.facts_seen import Area, FactsSeen, area_of
from zhihang.intensity.industry_list import LENGTHS
from zhihang.intensity.scheme import SchemeFile
from zhihang.intensity.subjects import Remark, Values

FIGURES = ("employment", "gross_output", "value_added", "revenue", "profit_tax", "rd", "rd_staff")
_OF_FIRMS = {
    "employees": "employment",
    "output": "gross_output",
    "revenue": "revenue",
    "profit_tax": "profit_tax",
    "rd": "rd",
    "rd_staff": "rd_staff",
}
TOTAL = "total"
Held: TypeAlias = "dict[int, dict[str, dict[str, float]]]"
"""Values by year, figure and industry."""


@dataclass(frozen=True)
class Economy:
    """Figures by year, name and industry code (of any level, and `total`); all of one scope.

    `series` is the run of the statistics that each year's figures belong to, blank for those first published.
    """

    figures: Mapping[int, Mapping[str, Mapping[str, float]]]
    scope: str
    remarks: tuple[Remark, ...] = ()
    series: Mapping[int, str] = field(default_factory=dict)

    def values(self, figure: str, year: int, industries: Sequence[str]) -> Values:
        """Values of a figure; an industry without one is the sum of its parts where these are given, else NaN.

        They are kept, because the windows of neighbouring years share most of their years.
        """
        key = (figure, year, tuple(industries))
        if key not in self._rows:
            self._rows[key] = self._values(figure, year, industries)
        return self._rows[key]

    def _values(self, figure: str, year: int, industries: Sequence[str]) -> Values:
        known = self.figures.get(year, {}).get(figure)
        if known is None:
            return np.full(len(industries), np.nan)
        found = np.array(list(map(known.get, industries, repeat(np.nan))), float)
        for place in np.flatnonzero(np.isnan(found)).tolist():
            if len(industries[place]) < LENGTHS["class"]:
                found[place] = self._sum_of_parts(year, figure, industries[place])
        return found

    def comparable(self, year: int, other: int) -> bool:
        """Whether the figures of two years are of one series of the statistics."""
        return self.series.get(year, "") == self.series.get(other, "")

    def mean(self, figure: str, years: Sequence[int], industries: Sequence[str]) -> tuple[Values, int]:
        """Mean over the years that have the figure, for each industry; and how many years have any."""
        rows = np.array([self.values(figure, year, industries) for year in years], float)
        held = ~np.isnan(rows)
        count = held.sum(axis=0)
        with np.errstate(invalid="ignore", divide="ignore"):
            found = np.where(count > 0, np.nansum(rows, axis=0) / count, np.nan)
        return found, int(held.any(axis=1).sum())

    def total(self, figure: str, year: int, sections: Sequence[str] = ()) -> float:
        """The figure of the whole: that of the total row, or the sum of the sections where all of them are given."""
        known = self.figures.get(year, {}).get(figure, {})
        whole = known.get(TOTAL)
        if whole is not None and not sections:
            return whole
        parts = [known.get(section) for section in sections]
        if parts and all(part is not None for part in parts):
            return float(sum(part for part in parts if part is not None))
        return np.nan if whole is None else whole

    @cached_property
    def _rows(self) -> dict[tuple[str, int, tuple[str, ...]], Values]:
        return {}

    @cached_property
    def _parts(self) -> dict[tuple[int, str], dict[tuple[str, int], float]]:
        return {}

    def _sum_of_parts(self, year: int, figure: str, code: str) -> float:
        """Sum over the industries of the highest level below a code of which any are given."""
        if (year, figure) not in self._parts:
            self._parts[year, figure] = _summed(self.figures[year][figure])
        parts = self._parts[year, figure]
        below = range(len(code) + 1, LENGTHS["class"] + 1)
        return next((parts[code, length] for length in below if (code, length) in parts), np.nan)


def read_economy(facts: FactsSeen, area: Area, scheme: SchemeFile, years: Sequence[int]) -> Economy:
    """Read the figures of an area as the scheme wants them."""
    return read_economies(facts, [area], scheme, years)[area.code]


def read_economies(
    facts: FactsSeen, areas: Sequence[Area], scheme: SchemeFile, years: Sequence[int]
) -> dict[str, Economy]:
    """Read the figures of several areas at once, by the code of the area."""
    if scheme.staff.economy == "register":
        return _register(facts, areas, scheme, years)
    rows = _statistics(facts, areas, years)
    return {area.code: _of_area(area, rows.get(area.code), scheme) for area in areas}


def _statistics(facts: FactsSeen, areas: Sequence[Area], years: Sequence[int]) -> dict[str, pa.Table]:
    """Rows of statistics by area, ordered by year, those of files taken in later last."""
    rows = facts.table("industry_year")
    rows = rows.filter(rows.region.isin([area.code for area in areas]) & rows.year.isin(list(years)))
    names = ("region", "year", "industry", "industry_edition", "scope", "series", *FIGURES)
    order = ("region", "year", "file_id", "line")
    found = facts.collect(rows.order_by(*order).select(*names)).combine_chunks()
    return dict(_runs(found, "region"))


def _runs(rows: pa.Table, name: str) -> Iterator[tuple[Any, pa.Table]]:
    """Rows with one value of a column after each other, of a table in order of that column."""
    if rows.num_rows:
        values = rows[name].to_numpy()
        starts = np.concatenate([[0], np.flatnonzero(values[1:] != values[:-1]) + 1, [len(values)]]).tolist()
        for first, last in pairwise(starts):
            yield rows[name][first].as_py(), rows.slice(first, last - first)


def _of_area(area: Area, rows: pa.Table | None, scheme: SchemeFile) -> Economy:
    wanted, edition = scheme.staff, scheme.edition
    if rows is None:
        return Economy({}, wanted.scope or "")
    others = sorted(set(_known(rows, "industry_edition")) - {edition})
    remarks = [
        Remark("industry_year", f"rows of {other} are left out: the scheme speaks of {edition}")
        for other in others
    ]
    rows = rows.filter(pc.equal(rows["industry_edition"], edition))
    scopes = _known(rows, "scope")
    if wanted.scope is None and len(scopes) > 1:
        raise NotComparable(
            "The statistics of industries cover different firms, and such figures are not divided by each other.",
            {"area": area.name, "scopes": ", ".join(scope or "(not stated)" for scope in scopes)},
            todo="Choose one in the scheme: staff: {scope: above_scale}.",
        )
    for name, value in (("scope", wanted.scope), ("series", wanted.series)):
        if value is not None:
            rows = rows.filter(pc.equal(pc.fill_null(rows[name], ""), value))
    series: dict[int, str] = {}
    figures: Held = {}
    for year, held in _runs(rows, "year"):
        series[year] = _one_series(area, year, _known(held, "series"))
        figures[year] = {}
        for name in FIGURES:
            values, twice = _values(held, name)
            remarks += [Remark(code, f"{year} {name}: {told}; the later file counts") for code, told in twice]
            if values:
                figures[year][name] = values
    if len(set(series.values())) > 1:
        told = ", ".join(f"{year} {name or '(as first published)'}" for year, name in series.items())
        remarks.append(Remark("series", f"the years are of several series of statistics: {told}"))
    return Economy(figures, wanted.scope or (scopes[0] if scopes else ""), tuple(remarks), series)


def _known(rows: pa.Table, name: str) -> list[str]:
    return sorted(value or "" for value in pc.unique(rows[name]).to_pylist())


def _values(rows: pa.Table, name: str) -> tuple[dict[str, float], list[tuple[str, str]]]:
    """Values of a figure by industry; beside them industries with several values, and which."""
    if rows[name].null_count == rows.num_rows:
        return {}, []
    rows = rows.filter(pc.is_valid(rows[name]))
    codes, values = rows["industry"].to_pylist(), rows[name].to_pylist()
    found = dict(zip(codes, values, strict=True))
    if len(found) == len(codes):
        return found, []
    every: dict[str, list[float]] = {}
    for code, value in zip(codes, values, strict=True):
        every.setdefault(code, []).append(value)
    return found, [
        (code, " and ".join(f"{value:g}" for value in dict.fromkeys(held)))
        for code, held in every.items()
        if len(set(held)) > 1
    ]


def _one_series(area: Area, year: int, names: Sequence[str]) -> str:
    """The series of a year; original and revised figures of one year are never mixed."""
    if len(names) > 1:
        raise NotComparable(
            "The statistics of a year are there as first published and revised, and these are not mixed.",
            {"area": area.name, "year": year, "series": ", ".join(name or "(blank)" for name in names)},
            todo='Choose one in the scheme: staff: {series: 第五次经济普查}; "" is the one without a name.',
        )
    return names[0]


def _register(
    facts: FactsSeen, areas: Sequence[Area], scheme: SchemeFile, years: Sequence[int]
) -> dict[str, Economy]:
    """Sums over the firms of the register: each firm in the industry and place its newest row names."""
    firms = facts.within(facts.table("enterprise"), *areas)
    firms = firms.filter((firms.industry_edition == scheme.edition) & firms.industry.notnull())
    rows = facts.collect(firms.select("enterprise", "industry", "region", "year").order_by("year"))
    area = area_of(rows["region"].to_pylist(), areas)
    newest = zip(rows["enterprise"].to_pylist(), rows["industry"].to_pylist(), area, strict=True)
    known = {firm: (industry, areas[at].code) for firm, industry, at in newest if at >= 0}
    yearly = facts.table("enterprise_year")
    yearly = yearly.filter(yearly.year.isin(list(years)))
    names = ("enterprise", "year", *_OF_FIRMS, "file_id", "line")
    found = facts.collect(yearly.select(*names).order_by("file_id", "line")).to_pylist()
    last = {(row["enterprise"], row["year"]): row for row in found}
    figures: dict[str, Held] = {each.code: {} for each in areas}
    for (firm, year), row in last.items():
        if firm in known:
            industry, place = known[firm]
            held = figures[place].setdefault(year, {})
            for column, name in _OF_FIRMS.items():
                if row[column] is not None:
                    sums = held.setdefault(name, {})
                    for code in (*_levels(industry), TOTAL):
                        sums[code] = sums.get(code, 0.0) + row[column]
    told = "employment and output are sums over the firms of the register, not statistics of the industry"
    remarks = (Remark("enterprise_year", told),)
    return {code: Economy(held, "register", remarks) for code, held in figures.items()}


def _levels(code: str) -> list[str]:
    """The code and those it is part of: 3921, 392, 39."""
    return [code[:length] for length in LENGTHS.values() if length <= len(code)]


def _summed(known: Mapping[str, float]) -> dict[tuple[str, int], float]:
    """Sums within each code over the industries of one length, by code and that length."""
    found: dict[tuple[str, int], float] = {}
    for code, value in known.items():
        for length in LENGTHS.values():
            if code.isdigit() and length < len(code):
                key = (code[:length], len(code))
                found[key] = found.get(key, 0.0) + value
    return found
