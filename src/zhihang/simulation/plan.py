# SPDX-License-Identifier: Apache-2.0
"""How many applications there are of each kind, filing year, county and fate, before any of them exists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihang.errors import DefinitionError
from zhihang.simulation.county import County
from zhihang.simulation.lag import LagTable
from zhihang.simulation.rounding import largest_remainder, residual_to_largest, running
from zhihang.simulation.scenario import KINDS, Course, Kind, Scenario, Weights, by_year
from zhihang.simulation.survival import Cohorts, Survival, fit

_LONGEST = 8
_MOST_GRANTED = 0.92
_BOUGHT_AFTER = {2: 0.3, 3: 0.3, 4: 0.2, 5: 0.1, 6: 0.1}
_GRANTED_BEFORE_FILING_PLUS = 3


@dataclass(frozen=True)
class Cells:
    """Applications of one kind and filing year, counted by what will become of them.

    `granted` and `bought` are years, 0 for never; a bought one was filed elsewhere, in a county not of the region.
    """

    county: NDArray[np.int16]
    granted: NDArray[np.int16]
    bought: NDArray[np.int16]
    count: NDArray[np.int64]

    @property
    def filed_inside(self) -> int:
        """Applications filed in the region."""
        return int(self.count[self.bought == 0].sum())


@dataclass(frozen=True)
class Plan:
    """All applications of a region, in numbers."""

    scenario: Scenario
    counties: tuple[County, ...]
    years: range
    cells: Mapping[tuple[Kind, int], Cells]
    survival: Mapping[Kind, Survival]
    lags: Mapping[tuple[Kind, int], LagTable]

    def rows(self, year: int) -> int:
        """Applications of all kinds filed in a year, with those bought later."""
        return sum(int(self.cells[kind, year].count.sum()) for kind in KINDS)


def make_plan(scenario: Scenario, counties: tuple[County, ...], last_year: int, scale: float) -> Plan:
    """Work out the plan from the scenario's figures, for filings up to a year, times a scale.

    It always goes as far as the scenario's own figures, so that what happens does not depend on where one looks.
    """
    known = max(max(by_year(scenario.kinds[kind].filings)) for kind in KINDS)
    years = range(scenario.history_from, max(last_year, known) + 1)
    # Grants of later years fall partly on later filings, so these have to be known too.
    longer = range(years[0], years[-1] + _LONGEST + 1)
    lags = {
        (k, year): LagTable.of(scenario.kinds[k].lags, scenario.months, year)
        for k in KINDS
        for year in longer
    }
    cells: dict[tuple[Kind, int], Cells] = {}
    survival: dict[Kind, Survival] = {}
    for kind in KINDS:
        course = scenario.kinds[kind]
        filed = _filings(scenario, kind, counties, longer, scale)
        granted = _grants(kind, course, filed, scale, {year: lags[kind, year].by_year() for year in longer})
        bought = _bought(course, years, scale)
        survival[kind] = fit(course, _cohorts(granted, bought, scale), years[0])
        cells |= _spread(kind, scenario, counties, {year: filed[year] for year in years}, granted, bought)
    return Plan(scenario, counties, years, cells, survival, lags)


def _filings(
    scenario: Scenario, kind: Kind, counties: Sequence[County], years: range, scale: float
) -> dict[int, int]:
    course = scenario.kinds[kind]
    known = by_year(course.filings)
    first, last = min(known), max(known)
    before, after = 1 + course.growth_before.value, 1 + course.growth_after.value
    known |= {year: known[first] / before ** (first - year) for year in years if year < first}
    known |= {year: known[last] * after ** (year - last) for year in years if year > last}
    unit = 1.0
    if course.unit == "per_10k_residents":
        unit = sum(county.residents for county in counties if county.inside) / 10_000
    amounts = np.array([known[year] * unit * scale for year in years])
    return dict(zip(years, running(amounts).tolist(), strict=True))


def _grants(
    kind: Kind,
    course: Course,
    filed: Mapping[int, int],
    scale: float,
    lags: Mapping[int, NDArray[np.float64]],
) -> dict[tuple[int, int], int]:
    """Grants by year of filing and year of grant: each year's grants fall on earlier filings by the lag."""
    given, shares = by_year(course.grants), by_year(course.grant_shares)
    weights = {t: _weights(filed, lags, t) for t in filed}
    amounts = np.array(
        [given[t] * scale if t in given else weights[t].sum() * _latest(shares, t) for t in filed]
    )
    granted: dict[tuple[int, int], int] = {}
    for t, total in zip(filed, running(amounts).tolist(), strict=True):
        parts = largest_remainder(total, weights[t])
        granted |= {(c, t): n for c, n in zip(filed, parts.tolist(), strict=True) if n}
    _check_granted(kind, filed, granted)
    return granted


def _weights(
    filed: Mapping[int, int], lags: Mapping[int, NDArray[np.float64]], t: int
) -> NDArray[np.float64]:
    return np.array([n * lags[c][t - c] if 0 <= t - c < len(lags[c]) else 0.0 for c, n in filed.items()])


def _latest(shares: Mapping[int, float], year: int) -> float:
    return shares[max((y for y in shares if y <= year), default=min(shares))]


def _check_granted(kind: Kind, filed: Mapping[int, int], granted: Mapping[tuple[int, int], int]) -> None:
    totals: dict[int, int] = {}
    for (year, _), n in granted.items():
        totals[year] = totals.get(year, 0) + n
    # A handful of rows may round above the limit; that is no fault of the scenario.
    too_many = [f"{y}: {n} of {filed[y]}" for y, n in totals.items() if n > filed[y] * _MOST_GRANTED + 3]
    if too_many:
        raise DefinitionError(
            f"The scenario grants more {kind}s than its filings allow.",
            {"filing year, granted of filed": "; ".join(too_many), "at most": f"{_MOST_GRANTED:.0%}"},
            todo="Lower the grants or raise the filings of the years before them.",
        )


def _bought(course: Course, years: range, scale: float) -> dict[tuple[int, int, int], int]:
    """Rights bought from outside by year of filing, of grant and of purchase.

    Those filed before the history begins are left out.
    """
    wanted = by_year(course.bought)
    parts = [(y - age - 1, y - age - 1 + _GRANTED_BEFORE_FILING_PLUS, y, n * scale * share)
             for y, n in wanted.items() for age, share in _BOUGHT_AFTER.items()]  # fmt: skip
    counts = running(np.array([part[3] for part in parts], np.float64)).tolist()
    return {
        (c, min(t, y - 1), y): n for (c, t, y, _), n in zip(parts, counts, strict=True) if n and c in years
    }


def _cohorts(
    granted: Mapping[tuple[int, int], int], bought: Mapping[tuple[int, int, int], int], scale: float
) -> Cohorts:
    rows = [(c, t, t, n / scale) for (c, t), n in granted.items()]
    rows += [(c, t, y, n / scale) for (c, t, y), n in bought.items()]
    table = np.array(rows, np.float64).reshape(-1, 4)
    filed, at, entered = table[:, :3].astype(np.int64).T
    return Cohorts(filed, at, entered, table[:, 3])


def _spread(
    kind: Kind,
    scenario: Scenario,
    counties: tuple[County, ...],
    filed: Mapping[int, int],
    granted: Mapping[tuple[int, int], int],
    bought: Mapping[tuple[int, int, int], int],
) -> dict[tuple[Kind, int], Cells]:
    """Spread filings and grants over the counties.

    What rounding takes from a county's grants is carried on, so that the shares hold in the long run.
    """
    filing_shares, grant_shares = county_shares(scenario, counties)
    outside = [i for i, county in enumerate(counties) if not county.inside]
    owed = np.zeros(len(filing_shares))
    spread: dict[tuple[Kind, int], Cells] = {}
    for year, total in filed.items():
        rest = residual_to_largest(total, filing_shares)
        rows: list[tuple[int, int, int, int]] = []
        for t in sorted(t for c, t in granted if c == year):
            parts = _owed_parts(granted[year, t], owed, grant_shares, rest)
            rest = rest - parts
            rows += [(i, t, 0, int(n)) for i, n in enumerate(parts) if n]
        rows += [(i, 0, 0, int(n)) for i, n in enumerate(rest) if n]
        for (c, t, y), n in bought.items():
            if c == year:
                rows += [(outside[i], t, y, int(m)) for i, m in enumerate(_even(n, len(outside), c + t)) if m]
        table = np.array(rows, np.int64).reshape(-1, 4)
        small = table[:, :3].astype(np.int16)
        spread[kind, year] = Cells(small[:, 0], small[:, 1], small[:, 2], table[:, 3])
    return spread


def _owed_parts(
    total: int, owed: NDArray[np.float64], shares: NDArray[np.float64], room: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Split a total by shares and what is still owed from earlier roundings, within the room there is; updates `owed`."""
    owed += total * shares / shares.sum()
    parts = np.zeros(len(shares), np.int64)
    while (left := total - int(parts.sum())) > 0:
        wish = np.where(parts < room, np.maximum(owed - parts, 1e-9), 0)
        parts = np.minimum(parts + largest_remainder(left, wish), room)
    owed -= parts
    return parts


def _even(total: int, places: int, turn: int) -> NDArray[np.int64]:
    return np.roll(largest_remainder(total, np.ones(places)), turn * 7)


def county_shares(
    scenario: Scenario, counties: Sequence[County]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Share of each county of the region in filings and in grants."""
    inside = [county for county in counties if county.inside]
    rules = scenario.counties
    filings = (
        _named(rules.filing_shares, inside)
        if rules.filing_shares
        else np.array([county.residents for county in inside]) * _by_level(rules.filings_per_resident, inside)
    )
    grants = (
        _named(rules.grant_shares, inside)
        if rules.grant_shares
        else filings * _by_level(rules.grants_per_filing, inside)
    )
    return filings / filings.sum(), grants / grants.sum()


def _named(weights: Weights, counties: Sequence[County]) -> NDArray[np.float64]:
    return np.array([weights.values.get(county.code, 0.0) for county in counties])


def _by_level(weights: Weights | None, counties: Sequence[County]) -> NDArray[np.float64]:
    known = weights.values if weights else {}
    return np.array([known.get(county.level, 1.0) for county in counties])
