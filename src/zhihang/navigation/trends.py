# SPDX-License-Identifier: Apache-2.0
"""Patents and applicants by year, stages of life, S-curves, of the whole corpus and of every node."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from zhihang.methods.growth_curve import fit_growth
from zhihang.methods.life_cycle import life_cycle
from zhihang.navigation.corpus import Collected
from zhihang.navigation.direction import LifeStage, SCurve, Trend
from zhihang.navigation.patents import Patent

SPAN = 3
"""Years at either end of the six that growth compares."""


def parts(made: Collected) -> list[tuple[str, str, list[Patent]]]:
    """Return the whole (blank code) and every node with its patents, in the order of the tree."""
    found = [("", "全部", made.patents)]
    by_code = {one.node.code: one for one in made.taggings}
    for node, _ in made.study.ordered():
        if node.code in by_code:
            rows = np.flatnonzero(by_code[node.code].decided)
            found.append((node.code, node.zh, [made.patents[row] for row in rows]))
    return found


def trends(made: Collected) -> tuple[Trend, ...]:
    """Count patents and holders by year."""
    return tuple(_trend(code, label, some, made) for code, label, some in parts(made))


def _trend(code: str, label: str, some: Sequence[Patent], made: Collected) -> Trend:
    years = made.years
    place = {year: i for i, year in enumerate(years)}
    counts = [0] * len(years)
    holders: list[set[str]] = [set() for _ in years]
    for patent in some:
        if patent.year is not None:
            counts[place[patent.year]] += 1
            holders[place[patent.year]].update(patent.holders)
    return Trend(
        code,
        label,
        tuple(years),
        tuple(counts),
        tuple(map(len, holders)),
        tuple(made.truncated),
        growth(years, counts, made.truncated),
    )


def growth(years: Sequence[int], counts: Sequence[int], truncated: Sequence[int]) -> float | None:
    """Yearly growth between the means of the last three full years and of the three before; None if unknown.

    >>> round(growth(range(2010, 2016), [10, 10, 10, 20, 20, 20], ()), 3)  # doubled within three years
    0.26
    """
    full = [count for year, count in zip(years, counts, strict=True) if year not in truncated]
    if len(full) < 2 * SPAN:
        return None
    before, recent = sum(full[-2 * SPAN : -SPAN]), sum(full[-SPAN:])
    return float((recent / before) ** (1 / SPAN) - 1) if before else None


def recent_years(made: Collected) -> list[int]:
    """Return the last three full years."""
    return [year for year in made.years if year not in made.truncated][-SPAN:]


def stages(found: Sequence[Trend]) -> tuple[LifeStage, ...]:
    """Read the stage of life of each trend."""
    rows = []
    for trend in found:
        cycle = life_cycle(trend.years, trend.patents, trend.applicants, truncated=trend.truncated)
        points = tuple(
            {
                "year": one.year,
                "applicants": one.applicants,
                "applications": one.applications,
                "smooth_applicants": one.smooth_applicants,
                "smooth_applications": one.smooth_applications,
                "stage": one.stage,
                "truncated": one.truncated,
            }
            for one in cycle.years
        )
        rows.append(LifeStage(trend.code, trend.label, cycle.stage or "", cycle.refused, points))
    return tuple(rows)


def curves(found: Sequence[Trend]) -> tuple[SCurve, ...]:
    """Fit S-curves through the cumulative counts of full years; those that cannot be known are refused.

    A ceiling that is passed with the years that are not complete, which can only grow, is none.
    """
    return tuple(_curve(trend) for trend in found)


def _curve(trend: Trend) -> SCurve:
    counted = [
        (year, count)
        for year, count in zip(trend.years, trend.patents, strict=True)
        if year not in trend.truncated
    ]
    years, cumulative = [year for year, _ in counted], np.cumsum([count for _, count in counted])
    fit = fit_growth(years, cumulative)
    best = fit.best or max(fit.curves, key=lambda one: one.r2, default=None)
    told = (trend.code, trend.label, tuple(years), tuple(map(int, cumulative)))
    if best is None:
        return SCurve(*told, (), "", None, None, None, None, None, None, None, tuple(fit.refused))
    fitted = tuple(round(float(value), 2) for value in best.at(years))
    whole = sum(trend.patents)
    passed = best.ceiling is not None and whole > best.ceiling + 2 * (best.errors[0] or 0)
    refused = (*best.refused, *(("ceiling_passed",) if passed and not best.refused else ()))
    known = None if refused else best
    return SCurve(
        *told,
        fitted,
        best.model,
        known.ceiling if known else None,
        known.errors[0] if known else None,
        known.midpoint if known else None,
        known.growth_time if known else None,
        known.reached if known else None,
        best.r2,
        best.durbin_watson,
        refused,
    )
