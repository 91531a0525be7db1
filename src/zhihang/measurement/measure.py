# SPDX-License-Identifier: Apache-2.0
"""Measure: compute indicators for places, periods and dimensions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import pyarrow as pa

from zhihang.errors import NotComparable, NotFound
from zhihang.facts.codelist import CodeLists
from zhihang.measurement.catalogue import Indicators
from zhihang.measurement.counted_rows import Collect, Tables
from zhihang.measurement.coverage import Options
from zhihang.measurement.dimension import DIMENSIONS
from zhihang.measurement.evaluation import Evaluation
from zhihang.measurement.figure import Figure
from zhihang.measurement.grid import Every, Span, spans
from zhihang.measurement.indicator import Indicator
from zhihang.measurement.place import LENGTHS, Level, Place, Places

if TYPE_CHECKING:
    import ibis.expr.types as ir

Basis = Literal["computed", "published", "both"]
LEVEL_OF: Mapping[str, Level] = {"province": "province", "city": "prefecture", "county": "county"}


@dataclass(frozen=True)
class Question:
    """What to measure.

    Parameters
    ----------
    codes
        Codes or names of indicators; none means all of the catalogue.
    region
        Code or name of a place, or a group of the workspace.
    by
        Dimensions to split by; of province, city and county at most one.
    first, last, every
        Periods; or `at`, one day, for stocks.
    basis
        ``computed`` from patents (registers and statistics are taken as published in any case), ``published``, or
        both, each in a row of its own.
    known_on
        Count rights in force as was known on that day.
    """

    codes: Sequence[str]
    region: str
    first: str | None = None
    last: str | None = None
    every: Every = "year"
    at: date | None = None
    by: Sequence[str] = ()
    basis: Basis = "computed"
    known_on: date | None = None
    options: Options = field(default_factory=Options)


class Measured(NamedTuple):
    """One cell of the answer."""

    indicator: Indicator
    place: Place
    when: Span | date
    dims: tuple[str | None, ...]
    figure: Figure


def measure(
    question: Question,
    indicators: Indicators,
    tables: Tables,
    collect: Collect,
    codes: CodeLists,
    *,
    hold: Callable[[ir.Table], ir.Table] | None = None,
) -> list[Measured]:
    """Return a cell for each indicator, place, period and combination of dimensions, in that order.

    `hold` may keep rows at hand when many indicators are asked for.
    """
    chosen = [indicators[code] for code in question.codes or list(indicators)]
    places, by = places_asked(question, Places(codes))
    when = periods_asked(question, chosen)
    if question.codes:
        for indicator in chosen:
            _check_dimensions(indicator, by, indicators)
    else:
        chosen = [
            i
            for i in chosen
            if set(by) <= set(dimensions_of(i, indicators)) and _fits(i, question, indicators)
        ]
    evaluation = Evaluation(
        indicators, tables, collect, places, by, question.known_on, question.options, hold
    )
    evaluation.prepare([i.code for i in chosen], when, question.basis)
    found: list[Measured] = []
    for indicator in chosen:
        for basis in ("computed", "published") if question.basis == "both" else (question.basis,):
            beside = question.basis == "both" and basis == "published"
            found += [
                Measured(indicator, *cell)
                for cell in evaluation.cells(indicator, when, basis)
                if not (beside and cell[3].value is None)
            ]
    return found


def places_asked(question: Question, places: Places) -> tuple[list[Place], tuple[str, ...]]:
    """Return the places to measure and the dimensions that are left."""
    whole = places.find(question.region)
    unknown = [name for name in question.by if name not in DIMENSIONS]
    if unknown:
        raise NotFound.named("dimension", unknown[0], DIMENSIONS, see="zhihang measure --help")
    levels = [name for name in question.by if name in LEVEL_OF]
    rest = tuple(name for name in question.by if name not in LEVEL_OF)
    weighted = [name for name in rest if DIMENSIONS[name].how == "weights"]
    if len(levels) > 1 or len(weighted) > 1:
        raise NotComparable(
            "Figures can be split by one level of regions and one of field, industry and emerging at a time.",
            {"asked for": ", ".join(question.by)},
            todo="Ask twice.",
        )
    if not levels:
        return [whole], rest
    level = LEVEL_OF[levels[0]]
    if whole.level != "group" and LENGTHS[level] < LENGTHS[whole.level]:
        raise NotComparable(
            f"{whole.zh} cannot be split by {levels[0]}.",
            {"level": whole.level},
            todo="Choose a larger region.",
        )
    found = places.at_level(whole, level)
    if not found:
        raise NotComparable(
            f"{whole.zh} has no divisions of that level.", {"level": level}, todo="Leave out --by."
        )
    return found, rest


def periods_asked(question: Question, chosen: Sequence[Indicator]) -> list[Span | date]:
    """Return the periods, or the one day, to measure."""
    if question.at is not None:
        flows = [i.code for i in chosen if i.count and (i.count.of != "in_force" or i.count.newly)]
        if flows and question.codes:
            raise NotComparable(
                "A flow has no value on one day.", {"flows": ", ".join(flows)}, todo="Give --from and --to."
            )
        return [question.at]
    if question.first is None and question.last is None:
        raise NotComparable("No period is given.", todo="Give --from and --to, or --at for stocks.")
    first = question.first or question.last or ""
    return list(spans(first, question.last or first, question.every))


def dimensions_of(indicator: Indicator, indicators: Indicators) -> list[str]:
    """Return the dimensions an indicator can be split by; both sides of a ratio must have each."""
    levels = list(LEVEL_OF)
    if indicator.by is not None:
        return [*levels, *(name for name in indicator.by if name not in levels)]
    if indicator.sum and indicator.sum.observation:
        return levels
    if indicator.count:
        return [
            name
            for name in DIMENSIONS
            if not (indicator.count.distinct and DIMENSIONS[name].how == "weights")
        ]
    if indicator.method:
        return levels  # it is split by a dimension of its own already
    if indicator.sum:
        return [name for name in DIMENSIONS if DIMENSIONS[name].how != "weights"]
    below = [set(dimensions_of(indicators[code], indicators)) for code in indicator.rests_on]
    return [name for name in DIMENSIONS if all(name in found for found in below)]


def _check_dimensions(indicator: Indicator, by: Iterable[str], indicators: Indicators) -> None:
    known = dimensions_of(indicator, indicators)
    missing = [name for name in by if name not in known]
    if missing:
        raise NotComparable(
            f"{indicator.label.zh} {indicator.code} cannot be split by {', '.join(missing)}.",
            {"can be split by": ", ".join(known)},
            todo="Leave the dimension out, or choose another indicator.",
        )


def _fits(indicator: Indicator, question: Question, indicators: Indicators) -> bool:
    """Whether an indicator of the whole catalogue has a meaning on one day."""
    if question.at is None:
        return True
    if indicator.count:
        return indicator.count.of == "in_force" and not indicator.count.newly
    if indicator.growth or indicator.cumulative:
        return False
    return all(_fits(indicators[code], question, indicators) for code in indicator.rests_on)


def as_table(found: Sequence[Measured], by: Sequence[str]) -> pa.Table:
    """Return cells as rows: `indicator, region, period, <dims>, value, unit, status, reference` and remarks."""
    rest = [name for name in by if name not in LEVEL_OF]
    rows: list[dict[str, Any]] = []
    for cell in found:
        indicator, figure = cell.indicator, cell.figure
        rows.append(
            {
                "indicator": indicator.code,
                "label": indicator.label.zh,
                "region": cell.place.code,
                "region_name": cell.place.zh,
                "period": cell.when.isoformat() if isinstance(cell.when, date) else cell.when.text,
                **dict(zip(rest, cell.dims, strict=True)),
                "value": figure.value,
                "unit": indicator.unit,
                "status": figure.status,
                "reference": str(indicator.reference),
                "note": figure.note,
            }
        )
    texts = ["indicator", "label", "region", "region_name", "period", *rest]
    schema = [(name, pa.string()) for name in texts]
    schema += [
        ("value", pa.float64()),
        *((name, pa.string()) for name in ("unit", "status", "reference", "note")),
    ]
    return pa.Table.from_pylist(rows, schema=pa.schema(schema))
