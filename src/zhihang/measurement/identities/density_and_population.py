# SPDX-License-Identifier: Apache-2.0
"""Identity: a density times a population that can be meant is the stock."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from zhihang.measurement.grid import Span
from zhihang.measurement.identity import Evidence, Finding, Severity, apart, finding, identity, told
from zhihang.measurement.known import Known, Range
from zhihang.terms.label import Label

YEARS = 2
"""Publishers take a population of up to so many years before or after."""
FAR, TOO_FAR = 0.03, 0.05
"""From where on an implied population is a warning, and an error: census and yearly figures are up to 3 % apart in
regions that grow or shrink fast. UNVERIFIED, no source states a bound."""
STATED = ("residents_behind_density",)


@identity(label=Label("密度与人口", "Density and population"))
def density_and_population(evidence: Evidence) -> Iterator[Finding]:
    """Stock divided by density gives a population; it is the one stated, or one of these years (M-STAT-04; 16, 3).

    A population printed with the density must fit within rounding. Else the implied population is compared with the
    residents known of the years around, between two counts on the straight line.
    """
    for indicator in evidence.indicators.values():
        if indicator.ratio and indicator.ratio.denominator == "residents":
            for density in evidence.figures.of(indicator.code):
                stocks = evidence.figures.beside(density, indicator.ratio.numerator)
                stocks = [stock for stock in stocks if stock.value > 0]
                if density.range.low > 0 and stocks:
                    yield from _checked(evidence, density, stocks)


def _checked(evidence: Evidence, density: Known, stocks: Sequence[Known]) -> Iterator[Finding]:
    implied = {stock: stock.range.over(density.range) for stock in stocks}
    stated = [known for code in STATED for known in evidence.figures.beside(density, code)]
    if stated:
        wanted, used = stated[0].range, stated[:1]
        far = min(apart(people, one.range) for people in implied.values() for one in stated)
        severity: Severity = "error"
        if far == 0:
            return
    else:
        used = _around(evidence, density)
        if not used:
            return
        wanted = _people(used, density.span)
        far = min(apart(people, wanted) for people in implied.values())
        severity = "error" if far > TOO_FAR and not _once_told(implied.values(), used) else "warning"
        if far <= FAR:
            return
    stock = min(implied, key=lambda one: apart(implied[one], wanted))
    yield _finding(evidence, severity, density, stock, used, wanted)


def _once_told(implied: Iterable[Range], used: Sequence[Known]) -> bool:
    """Whether a population lies between two censuses: before the second, yearly figures were told too low or high."""
    if any(one.kind != "moment" for one in used):
        return False
    between = Range(min(one.value for one in used), max(one.value for one in used))
    return any(people.meets(between) for people in implied)


def _around(evidence: Evidence, density: Known) -> list[Known]:
    """Return counts of residents: those of the years around, else the nearest before and after."""
    counts = [one for one in evidence.figures.of("residents", density.region) if one.level and one.value > 0]
    near = [one for one in counts if abs(one.span.last_month - density.span.last_month) <= 12 * YEARS]
    before = [one for one in counts if one.span.last_month <= density.span.last_month]
    after = [one for one in counts if one.span.last_month > density.span.last_month]
    if before and after:
        return list(dict.fromkeys([before[-1], *near, after[0]]))
    return near


def _people(used: Sequence[Known], span: Span) -> Range:
    """Return the least and the most residents of the years around, on straight lines between counts."""
    months = [span.last_month + 12 * year for year in range(-YEARS, YEARS + 1)]
    found = [_on_line(used, month) for month in months]
    found += [one.value for one in used if abs(one.span.last_month - span.last_month) <= 12 * YEARS]
    return Range(min(found), max(found))


def _on_line(used: Sequence[Known], month: int) -> float:
    points = sorted((one.span.last_month, one.value) for one in used)
    for (first, low), (last, high) in itertools.pairwise(points):
        if first <= month <= last and last > first:
            return low + (high - low) * (month - first) / (last - first)
    return points[0][1] if month < points[0][0] else points[-1][1]


def _finding(
    evidence: Evidence,
    severity: Severity,
    density: Known,
    stock: Known,
    used: Sequence[Known],
    wanted: Range,
) -> Finding:
    name, region, when = evidence.label(density.indicator), evidence.region(density.region), density.span.text
    implied = stock.value / density.value / 1e4
    message = Label(
        f"{region.zh}{when}：{name.zh}隐含人口与已知人口不符",
        f"{region.en}, {when}: the population behind {name.en} is none that is known",
    )
    arithmetic = (
        f"{told(stock)} / {told(density)} = {implied:,.2f} 万人; "
        f"known {wanted.low / 1e4:,.2f} to {wanted.high / 1e4:,.2f} 万人"
    )
    return finding(severity, "density_and_population", [density, stock, *used], message, arithmetic)
