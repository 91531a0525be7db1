# SPDX-License-Identifier: Apache-2.0
"""Economic figures of industries by year: from statistics of one scope, or summed over the firms of a register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np

from zhihang.errors import NotComparable
from zhihang.intensity.facts_seen import Area, FactsSeen
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
Parts: TypeAlias = "dict[tuple[str, int], dict[str, float]]"
"""Sums of figures by code and the length of the codes summed."""


@dataclass(frozen=True)
class Economy:
    """Figures by year, industry code (of any level, and `total`) and name; all of one scope."""

    figures: Mapping[int, Mapping[str, Mapping[str, float]]]
    scope: str
    remarks: tuple[Remark, ...] = ()

    def values(self, figure: str, year: int, industries: Sequence[str]) -> Values:
        """Values of a figure; an industry without one is the sum of its parts where these are given, else NaN."""
        known, parts = self.figures.get(year, {}), self._parts.get(year, {})
        return np.array([_value(known, parts, figure, code) for code in industries], float)

    @cached_property
    def _parts(self) -> Mapping[int, Parts]:
        """Sums of the figures of the industries of one length within each code, by year."""
        return {year: _summed(known) for year, known in self.figures.items()}

    def mean(self, figure: str, years: Sequence[int], industries: Sequence[str]) -> tuple[Values, int]:
        """Mean over the years that have the figure, for each industry; and how many years have any."""
        rows = np.array([self.values(figure, year, industries) for year in years], float)
        held = ~np.isnan(rows)
        count = held.sum(axis=0)
        with np.errstate(invalid="ignore", divide="ignore"):
            found = np.where(count > 0, np.nansum(rows, axis=0) / count, np.nan)
        return found, int(held.any(axis=1).sum())

    def total(self, figure: str, year: int, sections: Sequence[str] = ()) -> float:
        """The figure of the whole: that of the total row, else of the sections, else the sum of all divisions."""
        known = self.figures.get(year, {})
        whole = known.get(TOTAL, {}).get(figure)
        if whole is not None and not sections:
            return whole
        parts = [known.get(section, {}).get(figure) for section in sections]
        if parts and all(part is not None for part in parts):
            return float(sum(part for part in parts if part is not None))
        return np.nan if whole is None else whole


def read_economy(facts: FactsSeen, area: Area, scheme: SchemeFile, years: Sequence[int]) -> Economy:
    """Read the figures of an area as the scheme wants them."""
    return (
        _register(facts, area, scheme, years)
        if scheme.staff.economy == "register"
        else _statistics(facts, area, scheme, years)
    )


def _statistics(facts: FactsSeen, area: Area, scheme: SchemeFile, years: Sequence[int]) -> Economy:
    rows = facts.table("industry_year")
    rows = rows.filter((rows.region == area.code) & rows.year.isin(list(years)))
    names = ("industry", "industry_edition", "year", "scope", *FIGURES)
    found = facts.collect(rows.select(*names, "file_id", "line").order_by("file_id", "line")).to_pylist()
    wanted = scheme.staff.scope
    scopes = sorted({row["scope"] or "" for row in found})
    if wanted is None and len(scopes) > 1:
        raise NotComparable(
            "The statistics of industries cover different firms, and such figures are not divided by each other.",
            {"area": area.name, "scopes": ", ".join(scope or "(not stated)" for scope in scopes)},
            todo="Choose one in the scheme: staff: {scope: above_scale}.",
        )
    others = sorted({row["industry_edition"] for row in found} - {scheme.edition})
    remarks = [
        Remark("industry_year", f"rows of {edition} are left out: the scheme speaks of {scheme.edition}")
        for edition in others
    ]
    figures: dict[int, dict[str, dict[str, float]]] = {}
    for row in found:
        if row["industry_edition"] != scheme.edition or (wanted is not None and row["scope"] != wanted):
            continue
        held = figures.setdefault(row["year"], {}).setdefault(row["industry"], {})
        for name in FIGURES:
            if row[name] is not None:
                if held.get(name, row[name]) != row[name]:
                    told = f"{row['year']} {name}: {held[name]:g} and {row[name]:g}; the later file counts"
                    remarks.append(Remark(row["industry"], told))
                held[name] = row[name]
    return Economy(figures, wanted or (scopes[0] if scopes else ""), tuple(remarks))


def _register(facts: FactsSeen, area: Area, scheme: SchemeFile, years: Sequence[int]) -> Economy:
    """Sums over the firms of the register: each firm in the industry its newest row names."""
    firms = facts.within(facts.table("enterprise"), area)
    firms = firms.filter((firms.industry_edition == scheme.edition) & firms.industry.notnull())
    rows = facts.collect(firms.select("enterprise", "industry", "year").order_by("year")).to_pylist()
    industry = {row["enterprise"]: row["industry"] for row in rows}
    yearly = facts.table("enterprise_year")
    yearly = yearly.filter(yearly.year.isin(list(years)))
    names = ("enterprise", "year", *_OF_FIRMS, "file_id", "line")
    found = facts.collect(yearly.select(*names).order_by("file_id", "line")).to_pylist()
    newest = {(row["enterprise"], row["year"]): row for row in found}
    figures: dict[int, dict[str, dict[str, float]]] = {}
    for (firm, year), row in newest.items():
        if firm in industry:
            for code in (*_levels(industry[firm]), TOTAL):
                held = figures.setdefault(year, {}).setdefault(code, {})
                for column, name in _OF_FIRMS.items():
                    if row[column] is not None:
                        held[name] = held.get(name, 0.0) + row[column]
    told = "employment and output are sums over the firms of the register, not statistics of the industry"
    return Economy(figures, "register", (Remark("enterprise_year", told),))


def _levels(code: str) -> list[str]:
    """The code and those it is part of: 3921, 392, 39."""
    return [code[:length] for length in LENGTHS.values() if length <= len(code)]


def _summed(known: Mapping[str, Mapping[str, float]]) -> Parts:
    found: Parts = {}
    for code, held in known.items():
        for length in LENGTHS.values():
            if code.isdigit() and length < len(code):
                sums = found.setdefault((code[:length], len(code)), {})
                for figure, value in held.items():
                    sums[figure] = sums.get(figure, 0.0) + value
    return found


def _value(known: Mapping[str, Mapping[str, float]], parts: Parts, figure: str, code: str) -> float:
    own = known.get(code, {}).get(figure)
    if own is not None:
        return own
    for length in range(len(code) + 1, LENGTHS["class"] + 1):
        held = parts.get((code, length), {}).get(figure)
        if held is not None:
            return held
    return np.nan
