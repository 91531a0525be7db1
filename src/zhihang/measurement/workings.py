# SPDX-License-Identifier: Apache-2.0
"""The arithmetic of figures: quotient, growth, sum, spread. A missing part makes the whole missing."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal

from zhihang.measurement.dimension import DIMENSIONS
from zhihang.measurement.figure import Figure, notes, weakest
from zhihang.measurement.indicator import Method
from zhihang.methods import concentration


def quotient(numerator: Figure, denominator: Figure, per: float = 1.0) -> Figure:
    """Return numerator / denominator * per; a denominator of zero gives a missing value, never 0 or infinity.

    >>> quotient(Figure(2254, "published"), Figure(4_879_000, "derived"), 10_000).value
    4.6197991...
    """
    if numerator.value is None or denominator.value is None:
        missing = [f for f in (numerator, denominator) if f.value is None]
        which = "numerator" if numerator.value is None else "denominator"
        return Figure.missing(f"{which}: {notes(missing)}")
    if denominator.value == 0:
        return Figure.missing("the denominator is 0")
    parts = (numerator, denominator)
    told = f"{_n(numerator.value)} / {_n(denominator.value)}" + (f" x {_n(per)}" if per != 1 else "")
    value = numerator.value / denominator.value * per
    return Figure(value, weakest(parts), notes(parts), told, sources=parts)


def growth(
    now: Figure,
    before: Figure,
    give: Literal["rate", "multiple", "cagr", "difference"],
    percent: float = 1.0,
    *,
    years: float = 1.0,
) -> Figure:
    """Return the change from an earlier figure; from a base of 0 there is no rate (it is printed as "-").

    >>> growth(Figure(2511, "published"), Figure(2174, "published"), "rate", 100).value
    15.501379944...
    """
    parts = (now, before)
    if now.value is None or before.value is None:
        which = "this period" if now.value is None else "the earlier period"
        return Figure.missing(f"{which}: {notes([f for f in parts if f.value is None])}")
    status, told = weakest(parts), notes(parts)
    if give == "difference":
        formula = f"{_n(now.value)} - {_n(before.value)}"
        return Figure(now.value - before.value, status, told, formula, sources=parts)
    if before.value == 0:
        return Figure.missing("the earlier value is 0")
    multiple = now.value / before.value
    if give == "multiple":
        return Figure(multiple, status, told, f"{_n(now.value)} / {_n(before.value)}", sources=parts)
    if give == "cagr":
        if multiple < 0 or years <= 0:
            return Figure.missing("no yearly rate of a change of sign, or of no time")
        formula = f"({_n(now.value)} / {_n(before.value)}) ^ (1/{_n(years)}) - 1"
        return Figure((multiple ** (1 / years) - 1) * percent, status, told, formula, sources=parts)
    formula = f"{_n(now.value)} / {_n(before.value)} - 1"
    return Figure((multiple - 1) * percent, status, told, formula, sources=parts)


def combine(parts: Sequence[Figure], weights: Sequence[float]) -> Figure:
    """Return the weighted sum of figures."""
    missing = [figure for figure in parts if figure.value is None]
    if missing or not parts:
        return Figure.missing(f"a part is missing: {notes(missing)}" if parts else "nothing to add up")
    value = math.fsum(weight * (figure.value or 0.0) for figure, weight in zip(parts, weights, strict=True))
    shown = " + ".join(
        _n(figure.value or 0.0) if weight == 1 else f"{_n(weight)} x {_n(figure.value or 0.0)}"
        for figure, weight in zip(parts, weights, strict=True)
    )
    return Figure(value, weakest(parts), notes(parts), shown, sources=tuple(parts))


def spread(method: Method, held: Mapping[str | None, float]) -> Figure:
    """Return how a total is spread over the values of a dimension; what has no value there is left out.

    >>> spread(Method(name="herfindahl", of="filings", over="field"), {"a": 3, "b": 1, None: 2}).note
    '2 without field left out'
    """
    known = {key: value for key, value in held.items() if key is not None and not _coarser(key, method.over)}
    left_out = math.fsum(held.values()) - math.fsum(known.values())
    told = f"{_n(left_out)} without {method.over} left out" if left_out else ""
    total = math.fsum(known.values())
    if total <= 0:
        return Figure.missing("nothing to spread: the total is 0" + (f"; {told}" if told else ""))
    if method.name == "share":
        item = known.get(method.item or "", 0.0)
        return Figure(item / total, "computed", told, f"{_n(item)} / {_n(total)}")
    values = list(known.values())
    if method.name == "top_share":
        value, formula = concentration.top_share(values, method.top), f"largest {method.top} of {len(values)}"
    elif method.name == "herfindahl":
        value, formula = concentration.herfindahl(values), "sum of squared shares"
    else:
        value, formula = concentration.entropy(values), "-sum of s ln s"
    return Figure(value, "computed", told, formula)


def _coarser(region: str, over: str) -> bool:
    """Whether a place is known only as a part of a larger one: its code ends with 00 at that level."""
    return DIMENSIONS[over].how == "level" and region.endswith("00")


def _n(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) and abs(value) < 1e15 else f"{value:,.6g}"
