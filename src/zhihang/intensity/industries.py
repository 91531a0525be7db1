# SPDX-License-Identifier: Apache-2.0
"""Industries of an area and year with everything conditions ask of them."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from zhihang.intensity.economy import FIGURES, Economy, read_economies
from zhihang.intensity.facts_seen import Area, FactsSeen
from zhihang.intensity.industry_list import LENGTHS, IndustryLists
from zhihang.intensity.patent_counts import UNALLOCATED, SharedPatents, shared_patents_of, window_of
from zhihang.intensity.scheme import Mean, SchemeFile
from zhihang.intensity.subjects import Remark, Subjects, Values, ratio

PER = 1000.0
"""Intensity is told per 1,000 employees (件/千人); 9.47 per 10,000 are 0.947."""


@dataclass(frozen=True)
class IndustryYear:
    """The industries of an area in a year, and what was counted apart.

    `places` says where each industry that patents go to stands among the subjects, beyond their number where nowhere.
    `unallocated` are patents with no industry, `coarse` those whose industry is known only at a higher level, and
    `outside` those of industries the scheme does not look at.
    """

    subjects: Subjects
    shared: SharedPatents
    places: NDArray[np.int64]
    economy: Economy
    window: tuple[int, ...]
    means: Mapping[str, float]
    unallocated: float
    coarse: float
    outside: float


@dataclass(frozen=True)
class IndustryFacts:
    """What is read once for several years of an area: patents by way, economic figures."""

    scheme: SchemeFile
    lists: IndustryLists
    names: Mapping[str, str]
    shared: SharedPatents
    economy: Economy

    @classmethod
    def read(cls, facts: FactsSeen, area: Area, scheme: SchemeFile, years: Sequence[int]) -> IndustryFacts:
        """Read everything that the identifications of some years need."""
        return cls.read_all(facts, [area], scheme, years)[area.code]

    @classmethod
    def read_all(
        cls, facts: FactsSeen, areas: Sequence[Area], scheme: SchemeFile, years: Sequence[int]
    ) -> dict[str, IndustryFacts]:
        """Read what several areas need, each table once; by the code of the area."""
        window = scheme.patents.window
        reach = range(min(years) - 2 * window + 1, max(years) + 1)
        if scheme.patents.measure == "stock":
            reach = range(min(years), max(years) + 1)
        economic = range(min(years) - max(scheme.staff.years, 2) + 1, max(years) + 1)
        lists = IndustryLists(facts.codes, scheme.edition)
        names = lists.at_level(scheme.level, scheme.sections)
        shared = shared_patents_of(facts, areas, scheme.patents, list(reach), scheme.edition)
        economies = read_economies(facts, areas, scheme, list(economic))
        return {
            area.code: cls(scheme, lists, names, shared[area.code], economies[area.code]) for area in areas
        }

    def of_year(self, year: int) -> IndustryYear:
        """Put together the industries of a year (M-IND-03)."""
        scheme, window = self.scheme, window_of(self.scheme.patents, year)
        patents, left = self._patents(window)
        before, _ = self._patents([each - scheme.patents.window for each in window])
        staff_years = range(year - scheme.staff.years + 1, year + 1)
        staff, held_years = self.economy.mean("employment", staff_years, self._codes)
        chosen = np.flatnonzero(~np.isnan(staff) | (patents > 0))
        codes = tuple(map(self._codes.__getitem__, chosen.tolist()))
        g, employment = patents[chosen], staff[chosen]
        remarks = list(self.economy.remarks) + _staff_remarks(
            employment, codes, self.lists, held_years, scheme
        )
        measures = {
            name: self.economy.values(name, year, self._codes)[chosen]
            for name in FIGURES
            if name != "employment"
        }
        measures |= {"patents": g, "employment": employment, "patents_growth": ratio(g, before[chosen]) - 1}
        measures["output_growth"] = _growth(self.economy, year, self._codes)[chosen]
        names = tuple(map(self.names.__getitem__, codes))
        subjects = Subjects(codes, names, measures, codes, remarks=tuple(remarks))
        subjects, means = with_means(subjects, scheme.mean)
        places = np.full(len(self._codes) + 3, len(codes))
        places[chosen] = np.arange(len(codes))
        return IndustryYear(
            subjects, self.shared, places[self._rolled], self.economy, tuple(window), means, *left
        )

    @cached_property
    def _codes(self) -> tuple[str, ...]:
        return tuple(self.names)

    @cached_property
    def _rolled(self) -> NDArray[np.int64]:
        return rolled_up(self.shared.industries, self._codes, LENGTHS[self.scheme.level])

    def _patents(self, years: Sequence[int]) -> tuple[Values, tuple[float, float, float]]:
        """Patents of some years by industry of the scheme's level, and those that count nowhere."""
        size = len(self._codes)
        found = np.asarray(np.bincount(self._rolled, self.shared.totals(years), size + 3), dtype=float)
        unallocated, coarse, outside = found[size:].tolist()
        return found[:size], (unallocated, coarse, outside)


def rolled_up(industries: Sequence[str], names: Sequence[str], length: int) -> NDArray[np.int64]:
    """Place of each industry among those of a level; after them one for those unallocated, too coarse, not looked at.

    >>> rolled_up(["392", "39", "01", "unallocated"], ["38", "39"], 2).tolist()
    [1, 1, 4, 2]
    >>> rolled_up(["392", "39"], ["392"], 3).tolist()
    [0, 2]
    """
    size = len(names)
    known = {name: place for place, name in enumerate(names)}
    found = [
        size
        if code == UNALLOCATED
        else size + 1
        if len(code) < length
        else known.get(code[:length], size + 2)
        for code in industries
    ]
    return np.array(found, np.int64)


@dataclass(frozen=True)
class Others:
    """What subjects not looked at add to means: their number, staff, research and revenue."""

    count: float = 0.0
    staff: float = 0.0
    rd: float = 0.0
    revenue: float = 0.0


NOBODY = Others()


def others(subjects: Subjects, left_out: NDArray[np.bool_], mean: Mean) -> Others:
    """What subjects without patents add to the means of the rest."""
    staff, rd, revenue = (subjects.measure(name)[left_out] for name in ("employment", "rd", "revenue"))
    known = (staff > 0) & (mean.over == "all")
    researched = ~np.isnan(rd) & (revenue > 0)
    return Others(
        float(known.sum()),
        float(staff[known].sum()),
        float(rd[researched].sum()),
        float(revenue[researched].sum()),
    )


def with_means(
    subjects: Subjects, mean: Mean, beside: Others = NOBODY, *, only: Container[str] | None = None
) -> tuple[Subjects, dict[str, float]]:
    """Return the subjects with intensity and what is compared with means, and the means themselves.

    The weighted mean is the sum of patents over the sum of staff; the mean of ratios that of the intensities
    (M-IND-03). Both are over subjects whose staff is known, or over those of them with patents (EU and US way).
    Measures may have a leading dimension, one row for each draw; then each draw has its own means. `beside` is what
    subjects without patents that are left out add to the sums. `only` names the measures wanted, where not all are.
    """
    g, staff = subjects.measure("patents"), subjects.measure("employment")
    intensity = ratio(g, staff, PER)
    known = ~np.isnan(intensity) & ((g > 0) | (mean.over == "all"))
    count = known.sum(axis=-1, keepdims=True) + beside.count
    total = _sum(g, known)
    weighted = ratio(total, _sum(staff, known) + beside.staff, PER)
    of_ratios = ratio(_sum(intensity, known), count)
    scale = ratio(total, count)
    rd, revenue = subjects.measure("rd"), subjects.measure("revenue")
    researched = ~np.isnan(rd) & (revenue > 0)
    rd_mean = ratio(_sum(rd, researched) + beside.rd, _sum(revenue, researched) + beside.revenue)
    chosen = weighted if mean.kind == "weighted" else of_ratios
    means = {
        "intensity": chosen,
        "intensity_weighted": weighted,
        "intensity_of_ratios": of_ratios,
        "patents": scale,
        "rd_intensity": rd_mean,
    }
    more: dict[str, Callable[[], Values]] = {
        "intensity": lambda: intensity,
        "intensity_to_mean": lambda: ratio(intensity, chosen),
        "patents_to_mean": lambda: ratio(g, scale),
        "rd_intensity": lambda: ratio(rd, revenue),
        "rd_intensity_to_mean": lambda: ratio(ratio(rd, revenue), rd_mean),
        "rd_staff_share": lambda: ratio(subjects.measure("rd_staff"), staff),
    }
    made = {name: make() for name, make in more.items() if only is None or name in only}
    return subjects.with_measures(made), {name: float(found.flat[0]) for name, found in means.items()}


def _sum(values: Values, held: NDArray[np.bool_]) -> Values:
    return np.asarray(np.where(held, values, 0.0).sum(axis=-1, keepdims=True), dtype=float)


def _growth(economy: Economy, year: int, codes: Sequence[str]) -> Values:
    """Growth of output over the year before; not known where the two years are of different series."""
    now, before = (economy.values("gross_output", each, codes) for each in (year, year - 1))
    if not economy.comparable(year, year - 1):
        return np.full(len(codes), np.nan)
    return ratio(now, before) - 1


def _staff_remarks(
    employment: Values, codes: Sequence[str], lists: IndustryLists, held_years: int, scheme: SchemeFile
) -> list[Remark]:
    found = [
        Remark(codes[place], f"{lists.name(codes[place])}: no employment is known, so no intensity")
        for place in np.flatnonzero(np.isnan(employment)).tolist()
    ]
    found += [
        Remark(codes[place], f"{lists.name(codes[place])}: employment is 0, so no intensity")
        for place in np.flatnonzero(employment == 0).tolist()
    ]
    if 0 < held_years < scheme.staff.years:
        told = (
            f"employment is known for {held_years} of the {scheme.staff.years} years; the mean is over these"
        )
        found.append(Remark("employment", told))
    return found
