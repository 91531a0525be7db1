# SPDX-License-Identifier: Apache-2.0
"""Measured figures for many tables: what all of them need is asked in few questions, then looked up cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from zhihang.measurement.catalogue import Indicators
from zhihang.measurement.figure import Figure
from zhihang.measurement.grid import Every
from zhihang.measurement.indicator import Indicator
from zhihang.measurement.measure import LEVEL_OF, Basis, Measured, Question
from zhihang.measurement.place import Place

Ask: TypeAlias = Callable[[Question], Sequence[Measured]]
_NOTHING = 1e-6
_SHORT = 6
"""Years of a row so short that it costs less to ask for it again than to ask another question."""
UNKNOWN = ""
"""Value of a dimension that is not known."""


@dataclass(frozen=True)
class Need:
    """Figures that a table needs: of which indicators, split by what, for which periods."""

    codes: tuple[str, ...]
    by: tuple[str, ...]
    first: str
    last: str
    every: Every = "year"
    published: bool = False


@dataclass(frozen=True)
class Point:
    """Where a figure stands: indicator, period, values of dimensions (pairs, sorted), computed or published."""

    code: str
    when: str
    dims: tuple[tuple[str, str], ...] = ()
    basis: str = "computed"

    def at(self, **changes: str) -> Point:
        """Return the point with other values of dimensions."""
        return Point(self.code, self.when, tuple(sorted({**dict(self.dims), **changes}.items())), self.basis)

    def without(self, dimension: str) -> Point:
        """Return the point of all values of a dimension together."""
        return Point(self.code, self.when, tuple(d for d in self.dims if d[0] != dimension), self.basis)


class Answers:
    """The figures of one region; `places` are its divisions that were asked for, by level."""

    def __init__(self, region: str, indicators: Indicators) -> None:
        self.region = region
        self.indicators = indicators
        self.places: dict[str, dict[str, Place]] = {}
        self.whole: Place | None = None
        self._figures: dict[Point, Figure] = {}
        self._values: dict[tuple[str, str], set[str]] = {}
        self._in_parts: set[tuple[str, str]] = set()
        self.simulated = False
        self.last_year = ""

    def fetch(self, needs: Iterable[Need], ask: Ask) -> int:
        """Ask for all that is needed; return how many questions it took."""
        questions = list(_questions(needs, self.region))
        for question in questions:
            self._keep(question, ask(question))
        return len(questions)

    def figure(self, point: Point) -> Figure:
        """Return a figure; a count that does not occur is 0 where the whole is known, anything else is missing."""
        found = self._figures.get(point)
        if found is not None:
            return found
        if point.dims and point.basis == "computed" and adds_up(self.indicators[point.code], self.indicators):
            whole = self._figures.get(Point(point.code, point.when))
            if whole is not None and whole.value is not None:
                return Figure(0.0, whole.status)
        return Figure.missing(f"nobody published {point.code} for this place and period")

    def values(self, code: str, dimension: str) -> set[str]:
        """Return the values of a dimension that occur for an indicator; `UNKNOWN` may be among them."""
        return self._values.get((code, dimension), set())

    def in_parts(self, code: str, dimension: str) -> bool:
        """Whether some of its figures by a dimension are no whole numbers."""
        return (code, dimension) in self._in_parts

    def _keep(self, question: Question, cells: Sequence[Measured]) -> None:
        level = next((name for name in question.by if name in LEVEL_OF), "")
        rest = [name for name in question.by if name not in LEVEL_OF]
        seen: set[Point] = set()
        for cell in cells:
            dims = {name: value or UNKNOWN for name, value in zip(rest, cell.dims, strict=True)}
            if level:
                self.places.setdefault(level, {})[cell.place.code] = cell.place
                dims[level] = cell.place.code
            else:
                self.whole = cell.place
            when = cell.when.isoformat() if isinstance(cell.when, date) else cell.when.text
            point = Point(cell.indicator.code, when, tuple(sorted(dims.items())))
            if point in seen:  # the second of a pair is the published one
                point = Point(point.code, point.when, point.dims, "published")
            seen.add(point)
            self._figures[point] = cell.figure
            self.simulated |= cell.figure.status == "simulated"
            self.last_year = max(self.last_year, when[:4])
            broken = (
                cell.figure.value is not None and abs(cell.figure.value - round(cell.figure.value)) > _NOTHING
            )
            for name, value in dims.items():
                if broken:
                    self._in_parts.add((point.code, name))
                self._values.setdefault((point.code, name), set()).add(value)


def adds_up(indicator: Indicator, indicators: Indicators) -> bool:
    """Whether its figures for the parts of a region add up to that of the region."""
    if indicator.count:
        return indicator.count.distinct is None and indicator.count.counting != "whole"
    if indicator.sum:
        return bool(indicator.sum.of or indicator.sum.add_up)
    if indicator.composite and indicator.composite.scale != "none":
        return False
    linear = (
        indicator.composite
        or (indicator.cumulative and indicator.cumulative.give == "sum")
        or (indicator.growth and indicator.growth.give == "difference")
    )
    return bool(linear) and all(adds_up(indicators[code], indicators) for code in indicator.rests_on)


def _questions(needs: Iterable[Need], region: str) -> Iterator[Question]:
    """Join needs that differ in little: a short row of years is taken from a longer one that is asked for anyway."""
    exact: dict[Need, dict[str, None]] = {}
    for need in needs:
        exact.setdefault(replace(need, codes=()), {}).update(dict.fromkeys(need.codes))
    joined: dict[Need, dict[str, None]] = {}
    for frame, codes in sorted(exact.items(), key=lambda one: (one[0].first, -_number(one[0].last))):
        wider = next((wide for wide in joined if _holds(wide, frame, codes, joined[wide])), None)
        if wider is None:
            joined.setdefault(frame, {}).update(codes)
            continue
        asked = joined.pop(wider) | codes
        joined[replace(wider, published=wider.published or frame.published)] = asked
    for frame, codes in joined.items():
        basis: Basis = "both" if frame.published else "computed"
        yield Question(tuple(codes), region, frame.first, frame.last, frame.every, by=frame.by, basis=basis)


def _holds(wide: Need, frame: Need, codes: Iterable[str], asked: Container[str]) -> bool:
    """Whether a row of periods is best taken from a wider one."""
    if (wide.by, wide.every) != (
        frame.by,
        frame.every,
    ) or not wide.first <= frame.first <= frame.last <= wide.last:
        return False
    short = wide.every == "year" and int(wide.last) - int(wide.first) < _SHORT
    return short or all(code in asked for code in codes)


def _number(period: str) -> int:
    return int(period.replace("-", ""))
