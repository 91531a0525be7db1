# SPDX-License-Identifier: Apache-2.0
"""Which share of a year's flow is to be expected by the end of a month: as in past years, else the share of the year."""

from __future__ import annotations

from dataclasses import dataclass, field

from zhihang.planning.known import Course, KnownFigures
from zhihang.terms.label import Label


@dataclass(frozen=True, slots=True)
class Season:
    """The share expected by a month, and what it rests on."""

    share: float
    rule: Label
    years: tuple[int, ...] = ()


@dataclass
class Seasons:
    """Seasonal shares by indicator, region and month, each worked out once.

    Parameters
    ----------
    known
        The figures.
    wider
        Region whose season stands in where a region's own past is not known: the plan's own.
    past
        Take so many of the latest years before the one asked about.
    """

    known: KnownFigures
    wider: str = ""
    past: int = 3
    _found: dict[tuple[str, str, int, int], Season] = field(default_factory=dict)

    def by(self, indicator: str, region: str, year: int, month: int) -> Season:
        """Return the share of a year's flow expected by the end of a month."""
        if month >= 12:
            return _WHOLE
        key = (indicator, region, year, month)
        if key not in self._found:
            self._found[key] = self._worked_out(indicator, region, year, month)
        return self._found[key]

    def _worked_out(self, indicator: str, region: str, year: int, month: int) -> Season:
        for place in dict.fromkeys((region, self.wider)):
            shares = self._shares(indicator, place, year, month) if place else {}
            if shares:
                mean = sum(shares.values()) / len(shares)
                listed = tuple(sorted(shares))
                years = "、".join(map(str, listed))
                at = "" if place == region else "（上级地区）"
                wider = "" if place == region else " (the region above)"
                rule = Label(
                    f"往年前{month}个月占全年的平均比重{at}，{years}年",
                    f"mean share of the first {month} months{wider} in {years.replace('、', ', ')}",
                )
                return Season(mean, rule, listed)
        return Season(
            month / 12,
            Label("按时间进度", "share of the year that is over; no monthly figures of past years"),
        )

    def _shares(self, indicator: str, region: str, year: int, month: int) -> dict[int, float]:
        course = self.known.of(indicator, region)
        found: dict[int, float] = {}
        for before in range(year - 1, year - 1 - 2 * self.past, -1):
            whole = course.within_year(before, (before, 12))
            part = _part(course, before, month)
            if whole and whole[0] == 12 and whole[1] > 0 and part is not None and len(found) < self.past:
                found[before] = min(part / whole[1], 1.0)
        return found


def _part(course: Course, year: int, month: int) -> float | None:
    """Return the flow of the first months of a year; None where a month is missing."""
    if (year, month) in course.to_date:
        return course.to_date[year, month].value
    months = [course.months.get((year, one)) for one in range(1, month + 1)]
    return None if None in months else sum(known.value for known in months if known)


_WHOLE = Season(1.0, Label("全年", "the whole year"))
