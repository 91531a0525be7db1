# SPDX-License-Identifier: Apache-2.0
"""The arithmetic of figures: quotient, growth, sum, spread. A missing part makes the whole missing."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihang.measurement.column import Column, told
from zhihang.measurement.dimension import DIMENSIONS
from zhihang.measurement.figure import Figure, Working, joined, weakest
from zhihang.measurement.indicator import Method
from zhihang.methods import concentration

_GONE, _ZERO = "missing", "0"
Give: TypeAlias = Literal["rate", "multiple", "cagr", "difference"]


def quotient(numerator: Column, denominator: Column, per: float = 1.0) -> Column:
    """Return numerator / denominator * per; a denominator of zero gives a missing value, never 0 or infinity.

    >>> above, below = (Column.of([[Figure(n, "published")]], 1) for n in (2254, 4_879_000))
    >>> quotient(above, below, 10_000).figure(0, 0).value
    4.6197991...
    """

    def reason(top: str, bottom: str, above: str, below: str) -> str:
        if above != _GONE and below == _ZERO:
            return "the denominator is 0"
        missing = joined(note for note, state in ((top, above), (bottom, below)) if state == _GONE)
        return f"{'numerator' if above == _GONE else 'denominator'}: {missing}"

    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(denominator.value == 0, np.nan, numerator.value / denominator.value * per)
    return _made(value, [numerator, denominator], reason)


def growth(
    now: Column, before: Column, give: Give, percent: float = 1.0, *, years: Sequence[float]
) -> Column:
    """Return the change from an earlier figure, `years` earlier in each column; from a base of 0 there is no rate.

    >>> now, before = (Column.of([[Figure(n, "published")]], 1) for n in (2511, 2174))
    >>> growth(now, before, "rate", 100, years=[1]).figure(0, 0).value
    15.501379944...
    """

    def reason(late: str, early: str, end: str, start: str) -> str:
        if _GONE in (end, start):
            missing = joined(note for note, state in ((late, end), (early, start)) if state == _GONE)
            return f"{'this period' if end == _GONE else 'the earlier period'}: {missing}"
        if start == _ZERO:
            return "the earlier value is 0"
        return "no yearly rate of a change of sign, or of no time"

    if give == "difference":
        return _made(now.value - before.value, [now, before], reason)
    with np.errstate(divide="ignore", invalid="ignore"):
        multiple = np.where(before.value == 0, np.nan, now.value / before.value)
        if give == "multiple":
            value = multiple
        elif give == "cagr":
            power = np.array([1 / each if each > 0 else np.nan for each in years])
            value = (multiple**power - 1) * percent
        else:
            value = (multiple - 1) * percent
    return _made(value, [now, before], reason)


def combine(parts: Sequence[Column], weights: Sequence[float]) -> Column:
    """Return the weighted sum of figures."""

    def reason(*given: str) -> str:
        notes, states = given[: len(parts)], given[len(parts) :]
        missing = joined(note for note, state in zip(notes, states, strict=True) if state == _GONE)
        return f"a part is missing: {missing}"

    value = np.sum([weight * part.value for weight, part in zip(weights, parts, strict=True)], axis=0)
    return _made(value, parts, reason)


def scaled(own: Column, peers: NDArray[np.float64], *, up: bool) -> Column:
    """Put figures on 0 to 1, from the least of their peers (second axis) to the largest; down where less is better."""
    with np.errstate(divide="ignore", invalid="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # no peer has a value: neither has the figure
        low, high = np.nanmin(peers, axis=1), np.nanmax(peers, axis=1)
        part = np.where(high == low, np.nan, (own.value - low) / (high - low))
    found = Column(part if up else 1 - part, own.status, own.note)
    equal = Column.missing("all places compared have the same value", own.value.shape)
    return found.where((high == low) & ~np.isnan(own.value), equal)


def _made(value: NDArray[np.float64], parts: Sequence[Column], reason: Callable[..., str]) -> Column:
    """Return figures made of others: as sure as the least sure of them, with the notes of all."""
    statuses = told(lambda *each: weakest(each), *(part.status for part in parts))
    notes = told(lambda *each: joined(each), *(part.note for part in parts))
    made = Column(value, statuses, notes)
    out = np.isnan(value)
    if not out.any():
        return made
    given = [*(part.note for part in parts), *(_states(part.value) for part in parts)]
    reasons = told(reason, *(array[out].reshape(1, -1) for array in given))
    made.status[out] = "missing"
    made.note[out] = reasons.ravel()
    return made


def _states(value: NDArray[np.float64]) -> NDArray[np.str_]:
    return np.where(np.isnan(value), _GONE, np.where(value == 0, _ZERO, ""))


def formula_of_quotient(numerator: Figure, denominator: Figure, per: float = 1.0) -> Working:
    """Return how a quotient came about."""
    formula = f"{_n(numerator)} / {_n(denominator)}" + (f" x {number(per)}" if per != 1 else "")
    return Working(formula, (numerator, denominator))


def formula_of_growth(now: Figure, before: Figure, give: Give, years: float) -> Working:
    """Return how a growth came about."""
    formula = {
        "difference": f"{_n(now)} - {_n(before)}",
        "multiple": f"{_n(now)} / {_n(before)}",
        "cagr": f"({_n(now)} / {_n(before)}) ^ (1/{number(years)}) - 1",
        "rate": f"{_n(now)} / {_n(before)} - 1",
    }[give]
    return Working(formula, (now, before))


def formula_of_sum(parts: Sequence[Figure], weights: Sequence[float]) -> Working:
    """Return how a weighted sum came about."""
    shown = [
        _n(part) if weight == 1 else f"{number(weight)} x {_n(part)}"
        for part, weight in zip(parts, weights, strict=True)
    ]
    return Working(" + ".join(shown), tuple(parts))


def spread(method: Method, names: Sequence[str | None], held: ArrayLike) -> list[Figure]:
    """Return how totals are spread over the values of a dimension; what has no value there is left out.

    `held` has a row for each value of the dimension, and a column for each total.

    >>> spread(Method(name="herfindahl", of="filings", over="field"), ["a", "b", None], [[3], [1], [2]])[0].note
    '2 without field left out'
    """
    has = np.array([name is not None and not _coarser(name, method.over) for name in names], bool)
    item = np.array([name == method.item for name in names], bool) & has
    return [_spread(method, values, has, item) for values in np.asarray(held, np.float64).T]


def _spread(
    method: Method, values: NDArray[np.float64], has: NDArray[np.bool_], item: NDArray[np.bool_]
) -> Figure:
    left_out = float(values[~has].sum())
    note = f"{number(left_out)} without {method.over} left out" if left_out else ""
    known = values[has & (values != 0)]
    total = float(known.sum())
    if total <= 0:
        return Figure.missing(joined(["nothing to spread: the total is 0", note]))
    if method.name == "share":
        part = float(values[item].sum())
        return Figure(part / total, "computed", note, _told(f"{number(part)} / {number(total)}"))
    if method.name == "top_share":
        value, formula = concentration.top_share(known, method.top), f"largest {method.top} of {len(known)}"
    elif method.name == "herfindahl":
        value, formula = concentration.herfindahl(known), "sum of squared shares"
    else:
        value, formula = concentration.entropy(known), "-sum of s ln s"
    return Figure(value, "computed", note, _told(formula))


def _told(formula: str) -> Callable[[], Working]:
    return partial(Working, formula)


def _coarser(region: str, over: str) -> bool:
    """Whether a place is known only as a part of a larger one: its code ends with 00 at that level."""
    return DIMENSIONS[over].how == "level" and region.endswith("00")


def _n(figure: Figure) -> str:
    return number(figure.value or 0.0)


def number(value: float) -> str:
    """Write a number as formulas do.

    >>> number(4_894_502.4), number(1.38317), number(10_000)
    ('4,894,502', '1.38317', '10,000')
    """
    if abs(value) >= 1e15:
        return f"{value:,.6g}"
    if value == round(value) or abs(value) >= 1e6:
        return f"{value:,.0f}"
    return f"{value:,.6g}"
