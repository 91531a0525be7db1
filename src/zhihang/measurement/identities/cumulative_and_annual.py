# SPDX-License-Identifier: Apache-2.0
"""Identity: years sum to the five-year period, months to the year; a count within the year does not fall."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from zhihang.measurement.grid import Span
from zhihang.measurement.identity import Evidence, Finding, Severity, finding, identity, told
from zhihang.measurement.known import Known, Range
from zhihang.terms.label import Label

PARTS = (("five_year", 60, "year", 12), ("year", 12, "quarter", 3), ("year", 12, "month", 1))
"""Periods that consist of shorter ones: kind and months of the long, kind and months of the short."""


@identity(label=Label("累计与各期", "Cumulative and annual"))
def cumulative_and_annual(evidence: Evidence) -> Iterator[Finding]:
    """A long period is the sum of its parts, where all are known; no part exceeds it (M-STAT-16, 4).

    A count since January that falls, or that exceeds the year, is a warning: applications are withdrawn from counts.
    """
    for code in evidence.figures.indicators:
        for region in evidence.figures.regions(code):
            flows = [f for f in evidence.figures.of(code, region) if not f.level and _adds_up(f)]
            for long in flows:
                for kind, months, part_kind, part_months in PARTS:
                    if long.kind == kind and long.span.months == months:
                        yield from _parts(evidence, long, part_kind, part_months)
            yield from _within_year(evidence, flows)


def _adds_up(figure: Known) -> bool:
    return "/" not in figure.unit and figure.unit not in ("%", "倍", "")


def _parts(evidence: Evidence, long: Known, kind: str, months: int) -> Iterator[Finding]:
    starts = range(long.span.start, long.span.last_month + 1, months)
    found = [evidence.figures.at(long.indicator, long.region, Span(start, months), kind) for start in starts]
    parts = [each[0] for each in found if each]
    added = Range(0.0, 0.0)
    for part in parts:
        added = added + part.range
    if not parts or (added.low <= long.range.high and (len(parts) < len(found) or added.meets(long.range))):
        return
    name, region, when = evidence.label(long.indicator), evidence.region(long.region), long.span.text
    message = Label(
        f"{region.zh}{when}：{name.zh}各期之和与累计不符",
        f"{region.en}, {when}: the periods of {name.en} do not sum to the whole",
    )
    arithmetic = f"{' + '.join(told(part) for part in parts)}; whole {told(long)}"
    yield finding("error", "cumulative_and_annual", [long, *parts], message, arithmetic)


def _within_year(evidence: Evidence, figures: Sequence[Known]) -> Iterator[Finding]:
    since = [f for f in figures if f.kind == "year_to_date" or (f.kind == "year" and f.span.months == 12)]
    since = sorted(since, key=lambda f: (f.span.start, f.span.months, f.kind == "year"))
    for earlier, later in itertools.pairwise(since):
        if (earlier.span, earlier.kind) == (later.span, later.kind):
            continue  # the same time from two sources: `several_sources` tells of it
        if earlier.span.start == later.span.start and earlier.range.low > later.range.high:
            whole = later.kind == "year" and earlier.span == later.span
            yield _fall(evidence, "error" if whole else "warning", earlier, later)


def _fall(evidence: Evidence, severity: Severity, earlier: Known, later: Known) -> Finding:
    name, region, when = evidence.label(later.indicator), evidence.region(later.region), later.span.text
    message = Label(
        f"{region.zh}{when}：年内累计的{name.zh}下降",
        f"{region.en}, {when}: {name.en} since January fall",
    )
    arithmetic = f"{earlier.span.text}: {told(earlier)}; {later.span.text}: {told(later)}"
    return finding(severity, "cumulative_and_annual", [later, earlier], message, arithmetic)
