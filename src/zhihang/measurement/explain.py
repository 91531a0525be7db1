# SPDX-License-Identifier: Apache-2.0
"""Explain a figure: definition, arithmetic with its numbers, rows and their files, what was left out, other conventions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhihang.measurement.counted_rows import Ask, Collect, Frame, Tables, candidates, conditions
from zhihang.measurement.counting import rows_behind
from zhihang.measurement.counts import ask_of
from zhihang.measurement.evaluation import Evaluation
from zhihang.measurement.figure import Figure
from zhihang.measurement.grid import Span
from zhihang.measurement.indicator import Count, Indicator
from zhihang.measurement.needed import periods
from zhihang.measurement.observed import Observed
from zhihang.measurement.place import Place

SHOWN = 20
"""Rows shown of those a count rests on; their number is always told."""


@dataclass(frozen=True)
class Step:
    """One indicator at one time in the working of a figure, and those it is worked out from.

    `rows` are those behind a count (at most `SHOWN`, of `row_count`); `excluded` counts what was left out, by reason;
    `published` and `unused` are observations that give the value, and others for the same place and period.
    """

    indicator: Indicator
    when: Span | date
    figure: Figure
    parts: Sequence[Step] = ()
    rows: Sequence[Mapping[str, Any]] = ()
    row_count: int = 0
    excluded: Mapping[str, int] = field(default_factory=dict)
    published: Sequence[Observed] = ()
    unused: Sequence[Observed] = ()

    @property
    def period(self) -> str:
        """The time, as it is written."""
        return self.when.isoformat() if isinstance(self.when, date) else self.when.text


@dataclass(frozen=True)
class Alternative:
    """What another convention would give."""

    convention: str
    zh: str
    figure: Figure


@dataclass(frozen=True)
class Explanation:
    """A figure and everything behind it."""

    place: Place
    step: Step
    alternatives: Sequence[Alternative]


def explain(
    evaluation: Evaluation,
    indicator: Indicator,
    place: Place,
    when: Span | date,
    *,
    basis: str = "computed",
    shown: int = SHOWN,
) -> Explanation:
    """Explain the value of an indicator in one place at one time."""
    evaluation.prepare([indicator.code], [when], basis)
    step = _step(evaluation, indicator, place, when, basis, shown)
    return Explanation(place, step, _alternatives(evaluation, indicator, place, when))


def _step(
    evaluation: Evaluation, indicator: Indicator, place: Place, when: Span | date, basis: str, shown: int
) -> Step:
    figure = evaluation.figure(indicator, place, when, (), basis)
    observed = [source for source in figure.sources if isinstance(source, Observed)]
    unused = [other for other in figure.others if isinstance(other, Observed)]
    ask = ask_of(indicator)
    if ask is not None and not observed:
        return _counted(evaluation, indicator, ask, place, when, figure, shown)
    parts: list[Step] = []
    if not observed and not indicator.method:
        needed = [(code, each) for code in indicator.rests_on for each in periods(indicator, code, when)]
        parts = [
            _step(evaluation, evaluation.indicators[code], place, each, basis, shown) for code, each in needed
        ]
    return Step(indicator, when, figure, parts, published=observed, unused=unused)


def _counted(
    evaluation: Evaluation,
    indicator: Indicator,
    ask: Ask,
    place: Place,
    when: Span | date,
    figure: Figure,
    shown: int,
) -> Step:
    if figure.value is None:
        return Step(indicator, when, figure)
    tables, collect = evaluation.tables, evaluation.collect
    rows = rows_behind(tables, ask, place, when, known_on=evaluation.known_on)
    count = collect(rows.aggregate(n=rows.count())).column("n")[0].as_py()
    return Step(
        indicator,
        when,
        figure,
        rows=_with_source(tables, collect, rows, shown),
        row_count=count,
        excluded=_excluded(evaluation, ask, place, when),
    )


def _with_source(tables: Tables, collect: Collect, rows: Any, shown: int) -> list[dict[str, Any]]:
    """Return the first rows, with number, applicant, file and line."""
    names = ["application_id", "kind", "filing_date", "grant_date", "region", "organisation_id"]
    names += [name for name in ("valid_from", "valid_to") if name in rows.columns]
    first: list[dict[str, Any]] = collect(
        rows.select(names).order_by("application_id").limit(shown)
    ).to_pylist()
    ids = [row["application_id"] for row in first]
    if not ids:
        return []
    application, file = tables("application"), tables("file")
    places = application.filter(application.application_id.isin(ids)).select(
        "application_id", "file_id", "line"
    )
    told = places.left_join(file.select("file_id", "path", "member"), "file_id")
    known = {row["application_id"]: row for row in collect(told).to_pylist()}
    for row in first:
        source = known.get(row["application_id"], {})
        member = f"!{source['member']}" if source.get("member") else ""
        row["file"] = f"{source['path']}{member}" if source.get("path") else None
        row["line"] = source.get("line")
    return first


def _excluded(evaluation: Evaluation, ask: Ask, place: Place, when: Span | date) -> dict[str, int]:
    """Count what was left out: rows of this place and time that fail one condition, and rows that nothing places."""
    tables, collect = evaluation.tables, evaluation.collect
    frame = Frame([place], [when], (), evaluation.known_on)
    rows = candidates(tables, ask, frame)
    checks = conditions(rows, ask.count, frame)
    figures = {f"not {name}": (~check.fill_null(False)).cast("int64").sum() for name, check in checks.items()}
    found: dict[str, int] = {}
    if figures:
        counted = collect(
            rows.aggregate(**{f"c{i}": value for i, value in enumerate(figures.values())})
        ).to_pylist()[0]
        for name, value in zip(checks, counted.values(), strict=True):
            if value:
                found[f"{name} is not {_told(ask.count, name)}"] = int(value)
    if place.level != "country":
        nation = Place("000000", "", "", "country", ("",))
        everywhere = candidates(tables, ask, Frame([nation], [when], (), evaluation.known_on))
        fits = [check.fill_null(False) for check in conditions(everywhere, ask.count, frame).values()]
        lost = everywhere.region.isnull() & everywhere.origin.isin(["mainland", "unknown"])
        unplaced = everywhere.filter([lost, *fits])
        count = collect(unplaced.aggregate(n=unplaced.count())).column("n")[0].as_py()
        if count:
            found["first applicant in no known division"] = int(count)
    return found


def _told(count: Count, name: str) -> str:
    wanted = count.where.get(name, "mainland")
    if isinstance(wanted, list):
        return " or ".join(map(str, wanted))
    if isinstance(wanted, str | bool | int):
        return str(wanted).lower() if isinstance(wanted, bool) else str(wanted)
    low, high = wanted.at_least, wanted.at_most
    return f"{'' if low is None else low}..{'' if high is None else high}"


def _alternatives(
    evaluation: Evaluation, indicator: Indicator, place: Place, when: Span | date
) -> list[Alternative]:
    """Return what other conventions give: counting rules, what was known then, published values."""
    found = []
    published = evaluation.figure(indicator, place, when, (), "published")
    if published.value is not None and not (indicator.sum and indicator.sum.observation):
        found.append(Alternative("as published", "按公布值", published))
    if indicator.count and not indicator.count.distinct:
        for counting, zh in (("whole", "各申请人所在地各计一件"), ("fractional", "按申请人数均分")):
            found.append(_counting(evaluation, indicator, counting, zh, place, when))
    if indicator.count and indicator.count.of == "in_force":
        day = when if isinstance(when, date) else when.last_day
        then = Evaluation(evaluation.indicators, evaluation.tables, evaluation.collect, [place], (), day)
        figure = then.figure(indicator, place, when)
        found.append(Alternative(f"as known on {day}", f"按{day}当时所知", figure))
    return [each for each in found if each.figure.value is not None]


def _counting(
    evaluation: Evaluation, indicator: Indicator, counting: str, zh: str, place: Place, when: Span | date
) -> Alternative:
    assert indicator.count is not None
    other = indicator.model_copy(
        update={
            "code": f"{indicator.code}/{counting}",
            "count": indicator.count.model_copy(update={"counting": counting}),
        }
    )
    alone = Evaluation({other.code: other}, evaluation.tables, evaluation.collect, [place])  # type: ignore[arg-type]
    return Alternative(f"{counting} counting", zh, alone.figure(other, place, when))
