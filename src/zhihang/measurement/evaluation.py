# SPDX-License-Identifier: Apache-2.0
"""Evaluation: the counts of a question in as few passes as can be, then every other indicator worked out from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from zhihang.errors import NotComparable
from zhihang.measurement.catalogue import Indicators
from zhihang.measurement.counted_rows import Ask, Cells, Collect, Frame, Tables, inside
from zhihang.measurement.counting import count_all
from zhihang.measurement.figure import Figure, notes
from zhihang.measurement.grid import MONTHS, Span, plan_start
from zhihang.measurement.indicator import FLOWS, Count, Indicator
from zhihang.measurement.observed import Observations
from zhihang.measurement.place import Place
from zhihang.measurement.workings import combine, growth, quotient, spread

if TYPE_CHECKING:
    import ibis.expr.types as ir

When = Span | date
Dims = tuple[str | None, ...]
BEFORE = {"year": 12, "five_years": 60}
MANY = 12
"""From so many counted indicators on, the rows of the places are held rather than read for each."""


@dataclass(frozen=True)
class Options:
    """Conventions of measuring.

    Parameters
    ----------
    publication_lag
        Months for which filings stay unpublished: periods that end later than that before the newest date of the
        store are incomplete (Patent Law of China, art. 34: 18 months), unless the store holds unpublished filings.
    register_share
        Share of unpublished applications among the filings of that time from which on the store is taken for a
        register that is complete anyway.
    """

    publication_lag: int = 18
    register_share: float = 0.2


@dataclass(frozen=True)
class Coverage:
    """What time the patents of the store cover: first filing, newest date of any kind, whether a full register."""

    first: date | None
    newest: date | None
    register: bool
    simulated: bool


class Evaluation:
    """Figures of places, periods and dimensions; `prepare` counts, `figure` then works out one cell."""

    def __init__(
        self,
        indicators: Indicators,
        tables: Tables,
        collect: Collect,
        places: Sequence[Place],
        by: tuple[str, ...] = (),
        known_on: date | None = None,
        options: Options | None = None,
        hold: Callable[[ir.Table], ir.Table] | None = None,
    ) -> None:
        self.indicators = indicators
        self.tables = tables
        self.collect = collect
        self.places = places
        self.by = by
        self.known_on = known_on
        self.options = options or Options()
        self.hold = hold
        self.counted: dict[str, Cells] = {}
        self._held: dict[str, ir.Table] = {}
        self._many = False
        self._dims: dict[str, dict[str, set[Dims]]] = {}
        self._split: dict[str, Cells] = {}
        self._covers: dict[tuple[str, When], tuple[str, str]] = {}

    def prepare(self, codes: Iterable[str], when: Sequence[When], basis: str = "computed") -> None:
        """Count everything that indicators need for periods, or for a day."""
        needs: dict[str, set[When]] = {}
        split: dict[tuple[str, str], set[When]] = {}
        for code in codes:
            self._needs(self.indicators[code], when, needs, split)
        self._many = len(needs) >= MANY
        if basis != "published":
            groups: dict[object, tuple[list[str], set[When]]] = {}
            for code, whens in needs.items():
                group = groups.setdefault(_together(self.indicators[code], whens), ([], set()))
                group[0].append(code)
                group[1].update(whens)
            for group_codes, times in groups.values():
                counted = self._count(group_codes, sorted(times, key=_order), self.by)
                for code, cells in counted.items():
                    self.counted[code] = {cell: n for cell, n in cells.items() if cell[1] in needs[code]}
            for (code, over), whens in split.items():
                self._split |= {
                    f"{code}/{over}": self._count([code], sorted(whens, key=_order), (over,))[code]
                }
        for code, cells in self.counted.items():
            for region, _, dims in cells:
                self._dims.setdefault(code, {}).setdefault(region, set()).add(dims)

    def _count(self, codes: Sequence[str], when: Sequence[When], by: tuple[str, ...]) -> dict[str, Cells]:
        asks = [ask_of(self.indicators[code]) for code in codes]
        asks_now = [ask for ask in asks if ask is not None]
        found: dict[str, Cells] = {}
        frame = Frame(self.places, when, by, self.known_on)
        for first, tables in ((True, self._rows), (False, self.tables)):
            plain = [
                ask
                for ask in asks_now
                if not ask.age_sum and (ask.count.counting == "first_applicant") == first
            ]
            found |= count_all(tables, self.collect, plain, frame)
        for ask in asks_now:
            if ask.age_sum:
                for each in when:
                    one = count_all(
                        self._rows, self.collect, [ask], Frame(self.places, [each], by, self.known_on)
                    )
                    found.setdefault(ask.code, {}).update(one[ask.code])
        return found

    def _rows(self, name: str) -> ir.Table:
        """Return a table; of patents, where many questions are asked, the rows of the places, held for all of them."""
        rows = self.tables(name)
        if self.hold is None or not self._many or name not in ("patent", "patent_stock"):
            return rows
        if name not in self._held:
            self._held[name] = self.hold(rows.filter(inside(rows, self.places)))
        return self._held[name]

    def _needs(
        self,
        indicator: Indicator,
        when: Iterable[When],
        needs: dict[str, set[When]],
        split: dict[tuple[str, str], set[When]],
    ) -> None:
        """Collect the periods for which base indicators are needed."""
        if indicator.method:
            split.setdefault((indicator.method.of, indicator.method.over), set()).update(when)
            return
        if not indicator.rests_on:
            needs.setdefault(indicator.code, set()).update(when)
            return
        for code in indicator.rests_on:
            periods = {earlier for each in when for earlier in self.periods(indicator, code, each)}
            self._needs(self.indicators[code], periods, needs, split)

    def periods(self, indicator: Indicator, code: str, when: When) -> list[When]:
        """Return the periods of `code` that one value of an indicator rests on."""
        if indicator.growth:
            earlier = self._base_period(indicator, when)
            return [when, earlier] if earlier is not None else [when]
        if indicator.cumulative:
            return list(self._parts(indicator, when))
        if (
            indicator.ratio
            and code == indicator.ratio.denominator
            and indicator.ratio.denominator_at == "previous"
        ):
            return [_year_before(when)]
        return [when]

    def _base_period(self, indicator: Indicator, when: When) -> When | None:
        assert indicator.growth is not None
        against = indicator.growth.against
        if isinstance(when, date):
            return _years_back(when, BEFORE.get(against, 60) // 12)
        if against == "plan":
            start = plan_start(when.start)
            return Span(start - when.months, when.months) if when.months <= 12 else Span(start - 60, 60)
        return Span(when.start - BEFORE[against], when.months)

    def _parts(self, indicator: Indicator, when: When) -> list[Span]:
        assert indicator.cumulative is not None
        if isinstance(when, date):
            raise NotComparable("A cumulative figure has no value on one day.", todo="Give --from and --to.")
        since = {
            "year": when.start // 12 * 12,
            "plan": plan_start(when.start),
            "five_years": when.last_month - BEFORE["five_years"] + 1,
        }
        begin, months = since[indicator.cumulative.since], min(when.months, 12)
        return [Span(start, months) for start in range(begin, when.last_month + 1, months)]

    def dims(self, indicator: Indicator, place: Place) -> list[Dims]:
        """Return the combinations of dimensions that occur in a place; without dimensions the one total."""
        if not self.by:
            return [()]
        bases = self._bases(indicator)
        found = {dims for code in bases for dims in self._dims.get(code, {}).get(place.code, ())}
        return sorted(found, key=lambda dims: tuple((value is None, value or "") for value in dims))

    def _bases(self, indicator: Indicator) -> set[str]:
        if not indicator.rests_on:
            return {indicator.code}
        return {base for code in indicator.rests_on for base in self._bases(self.indicators[code])}

    def figure(
        self, indicator: Indicator, place: Place, when: When, dims: Dims = (), basis: str = "computed"
    ) -> Figure:
        """Return the value of an indicator in one cell."""
        if basis == "published":
            published = self._published(indicator, place, when, dims)
            if published.value is not None or not indicator.rests_on:
                return published
        if indicator.count:
            return self._counted_figure(indicator, place, when, dims)
        if indicator.sum:
            return self._summed(indicator, place, when, dims)
        if indicator.ratio:
            below = [
                self.figure(self.indicators[code], place, self.periods(indicator, code, when)[0], dims, basis)
                for code in indicator.rests_on
            ]
            return quotient(below[0], below[1], indicator.ratio.per)
        if indicator.growth:
            return self._grown(indicator, place, when, dims, basis)
        if indicator.cumulative:
            parts = [
                self.figure(self.indicators[indicator.cumulative.of], place, part, dims, basis)
                for part in self._parts(indicator, when)
            ]
            share = 1.0 if indicator.cumulative.give == "sum" else 1.0 / len(parts)
            return combine(parts, [share] * len(parts))
        if indicator.composite:
            return self._composed(indicator, place, when, dims, basis)
        return self._method(indicator, place, when)

    def _counted_figure(self, indicator: Indicator, place: Place, when: When, dims: Dims) -> Figure:
        assert indicator.count is not None
        reason, incomplete = self._cover(indicator.count, when)
        if reason:
            return Figure.missing(reason)
        if indicator.code not in self.counted:
            self.prepare([indicator.code], [when])
        value = self.counted[indicator.code].get((place.code, when, dims), 0)
        status = "simulated" if self.coverage.simulated else "incomplete" if incomplete else "computed"
        return Figure(float(value), status, incomplete)

    def _summed(self, indicator: Indicator, place: Place, when: When, dims: Dims) -> Figure:
        assert indicator.sum is not None
        if indicator.sum.observation:
            return self._observed(indicator, indicator.sum.observation, place, when, dims, indicator.sum.fill)
        reason, incomplete = self._cover(Count(of="in_force"), when)
        if reason:
            return Figure.missing(reason)
        value = self.counted[indicator.code].get((place.code, when, dims), 0)
        return Figure(float(value), "simulated" if self.coverage.simulated else "computed", incomplete)

    def _published(self, indicator: Indicator, place: Place, when: When, dims: Dims) -> Figure:
        code = indicator.sum.observation if indicator.sum and indicator.sum.observation else indicator.code
        return self._observed(
            indicator, code, place, when, dims, indicator.sum.fill if indicator.sum else "none"
        )

    def _observed(
        self, indicator: Indicator, code: str, place: Place, when: When, dims: Dims, fill: str
    ) -> Figure:
        dimension = {name: value for name, value in zip(self.by, dims, strict=True) if value is not None}
        if place.level != "group":
            return self.observations.at(code, place.code, when, fill=fill, dimension=dimension)
        if indicator.sum and not indicator.sum.add_up:
            return Figure.missing("values of several divisions cannot be added up")
        members = [prefix.ljust(6, "0") for prefix in place.prefixes]
        found = [
            self.observations.at(code, member, when, fill=fill, dimension=dimension) for member in members
        ]
        return combine(found, [1.0] * len(found))

    def _grown(self, indicator: Indicator, place: Place, when: When, dims: Dims, basis: str) -> Figure:
        assert indicator.growth is not None
        of = self.indicators[indicator.growth.of]
        earlier = self._base_period(indicator, when)
        assert earlier is not None
        now = self.figure(of, place, when, dims, basis)
        before = self.figure(of, place, earlier, dims, basis)
        percent = 100.0 if indicator.unit == "%" else 1.0
        return growth(now, before, indicator.growth.give, percent, years=_years_between(earlier, when))

    def _composed(self, indicator: Indicator, place: Place, when: When, dims: Dims, basis: str) -> Figure:
        assert indicator.composite is not None
        parts, weights = [], []
        for term in indicator.composite.terms:
            of = self.indicators[term.indicator]
            own = self.figure(of, place, when, dims, basis)
            if indicator.composite.scale == "min_max":
                peers = [self.figure(of, peer, when, dims, basis).value for peer in self.places]
                own = _scaled(own, [peer for peer in peers if peer is not None], up=of.direction != "down")
            parts.append(own)
            weights.append(term.weight)
        return combine(parts, weights)

    def _method(self, indicator: Indicator, place: Place, when: When) -> Figure:
        assert indicator.method is not None
        of = self.indicators[indicator.method.of]
        assert of.count is not None
        reason, incomplete = self._cover(of.count, when)
        if reason:
            return Figure.missing(reason)
        cells = self._split[f"{of.code}/{indicator.method.over}"]
        held = {
            dims[0]: value
            for (region, at, dims), value in cells.items()
            if region == place.code and at == when
        }
        found = spread(indicator.method, held)
        status = "simulated" if self.coverage.simulated else "incomplete" if incomplete else "computed"
        told = notes([Figure(None, "", incomplete), found])
        return found if found.value is None else Figure(found.value, status, told, found.formula)

    def _cover(self, count: Count, when: When) -> tuple[str, str]:
        key = (count.of, when)
        if key not in self._covers:
            self._covers[key] = self._covered(count, when)
        return self._covers[key]

    def _covered(self, count: Count, when: When) -> tuple[str, str]:
        """Return why a count has no value at a time, and why it is not complete; blank where neither is so."""
        cover = self.coverage
        if cover.newest is None or cover.first is None:
            return "the store holds no patents, or `zhihang derive` has not been run", ""
        first = when if isinstance(when, date) else when.first_day
        last = when if isinstance(when, date) else when.last_day
        if first > cover.newest:
            return f"after the newest date of the store, {cover.newest}", ""
        if last < cover.first:
            return f"before the first filing in the store, {cover.first}", ""
        if last > cover.newest:
            return "", f"the store ends at {cover.newest}"
        lag = cover.newest - timedelta(days=round(self.options.publication_lag * 30.44))
        if count.of in FLOWS and count.of == "filings" and last > lag and not cover.register:
            return "", f"filings after {lag} are not all published"
        return "", ""

    @cached_property
    def coverage(self) -> Coverage:
        """What time the patents of the store cover."""
        patent = self.tables("patent")
        newest = {
            f"newest_{name}": patent[name].max() for name in ("filing_date", "publication_date", "grant_date")
        }
        row = self.collect(
            patent.aggregate(first=patent.filing_date.min(), simulated=patent.simulated.any(), **newest)
        ).to_pylist()[0]
        days = [row[name] for name in newest if row[name]]
        end = max(days) if days else None
        return Coverage(row["first"], end, end is not None and self._is_register(end), bool(row["simulated"]))

    def _is_register(self, end: date) -> bool:
        patent = self.tables("patent")
        recent = patent.filter(
            patent.filing_date > end - timedelta(days=round(self.options.publication_lag * 30.44))
        )
        row = self.collect(
            recent.aggregate(all=recent.count(), published=recent.publication_date.count())
        ).to_pylist()[0]
        return bool(row["all"]) and 1 - row["published"] / row["all"] >= self.options.register_share

    @cached_property
    def observations(self) -> Observations:
        """Observations of every indicator that takes its values from them, and of those that are also published."""
        wanted: dict[str, str] = {}
        for indicator in self.indicators.values():
            code = (
                indicator.sum.observation if indicator.sum and indicator.sum.observation else indicator.code
            )
            wanted[code] = indicator.unit
        return Observations(self.tables, self.collect, wanted)


def _together(indicator: Indicator, whens: set[When]) -> object:
    """Return what indicators have in common that are counted in one pass, each for the periods of all.

    Where every period is a pass of its own, only those of the very same periods are counted together.
    """
    if indicator.count is None:
        return frozenset(whens) if indicator.sum and indicator.sum.of else None
    return frozenset(whens) if indicator.count.distinct else indicator.count.of


def ask_of(indicator: Indicator) -> Ask | None:
    """Return what an indicator counts in the store itself; None for one that is worked out or observed."""
    if indicator.count:
        return Ask(indicator.code, indicator.count)
    if indicator.sum and indicator.sum.of:
        return Ask(indicator.code, Count(of="in_force", where=indicator.sum.where), age_sum=True)
    return None


def _scaled(figure: Figure, peers: Sequence[float], *, up: bool) -> Figure:
    if figure.value is None:
        return figure
    low, high = min(peers), max(peers)
    if high == low:
        return Figure.missing("all places compared have the same value")
    part = (figure.value - low) / (high - low)
    return Figure(part if up else 1 - part, figure.status, figure.note)


def _order(when: When) -> tuple[int, Any]:
    return (0, when) if isinstance(when, Span) else (1, when)


def _year_before(when: When) -> When:
    return _years_back(when, 1) if isinstance(when, date) else when.year_before()


def _years_back(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _years_between(earlier: When, later: When) -> float:
    if isinstance(earlier, date) or isinstance(later, date):
        assert isinstance(earlier, date)
        assert isinstance(later, date)
        return later.year - earlier.year
    return (later.last_month - earlier.last_month) / MONTHS["year"]
