# SPDX-License-Identifier: Apache-2.0
"""How applications of each county and kind divide among types of applicants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihang.simulation.county import County
from zhihang.simulation.plan import Plan
from zhihang.simulation.scenario import APPLICANT_TYPES, KINDS, ApplicantType, Scenario

INDIVIDUAL = APPLICANT_TYPES.index("individual")
_OUTSIDE: Mapping[ApplicantType, float] = {"enterprise": 1.0}


@dataclass(frozen=True)
class TypeShares:
    """Share of each type by kind, whether granted, and county; and how many universities to invent in each county."""

    shares: NDArray[np.float64]
    hosts: NDArray[np.int64]

    def draw(
        self,
        kind: NDArray[np.integer],
        granted: NDArray[np.bool_],
        county: NDArray[np.integer],
        possible: NDArray[np.bool_],
        chance: NDArray[np.float64],
    ) -> NDArray[np.int8]:
        """Draw types; `possible` says by county and type whether there is anyone to file."""
        table = np.cumsum(np.where(possible, self.shares, 0.0), axis=-1)
        steps = table[kind, granted.astype(np.int8), county]
        found = (chance * steps[:, -1])[:, None] >= steps
        types: NDArray[np.int8] = np.minimum(found.sum(axis=1), INDIVIDUAL).astype(np.int8)
        return types

    def expected(self, plan: Plan) -> NDArray[np.float64]:
        """Filings expected by year, county and type."""
        filings = np.zeros((len(plan.years), len(plan.counties), len(APPLICANT_TYPES)))
        for i, year in enumerate(plan.years):
            for k, kind in enumerate(KINDS):
                cells = plan.cells[kind, year]
                granted = (cells.granted > 0).astype(np.int8)
                np.add.at(
                    filings[i], cells.county, self.shares[k, granted, cells.county] * cells.count[:, None]
                )
        return filings


def type_shares(scenario: Scenario, counties: Sequence[County]) -> TypeShares:
    """Lay out the scenario's shares; an application granted comes more often from those with better odds."""
    hosts = _hosts(scenario, counties)
    odds = np.array([scenario.applicants.odds_if_granted.get(type_, 1.0) for type_ in APPLICANT_TYPES])
    shares = np.zeros((len(KINDS), 2, len(counties), len(APPLICANT_TYPES)))
    for k, kind in enumerate(KINDS):
        rows = scenario.applicants.types[kind]
        for i, county in enumerate(counties):
            row = _row(rows, county, bool(hosts[i])) if county.inside else _OUTSIDE
            weights = np.array([row.get(type_, 0.0) for type_ in APPLICANT_TYPES])
            shares[k, 0, i] = weights / weights.sum()
            shares[k, 1, i] = weights * odds / (weights * odds).sum()
    return TypeShares(shares, hosts)


def _row(
    rows: Mapping[str, dict[ApplicantType, float]], county: County, host: bool
) -> Mapping[ApplicantType, float]:
    if county.code in rows:
        return rows[county.code]
    return rows["with_university"] if host and "with_university" in rows else rows["default"]


def _hosts(scenario: Scenario, counties: Sequence[County]) -> NDArray[np.int64]:
    """Universities to invent: so many in each city, one each in its most populous districts."""
    hosts = np.zeros(len(counties), np.int64)
    cities: dict[str, list[int]] = {}
    for i, county in enumerate(counties):
        if county.inside:
            cities.setdefault(county.city, []).append(i)
    for members in cities.values():
        ranked = sorted(members, key=lambda i: (counties[i].level != "district", -counties[i].residents))
        for i in range(scenario.counties.universities_per_prefecture):
            hosts[ranked[i % len(ranked)]] += 1
    return hosts
