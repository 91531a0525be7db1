# SPDX-License-Identifier: Apache-2.0
"""How sure a list is: intervals from the concordance and small counts, and what other thresholds and means would change."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihang.intensity.condition import TRUE, State, together, try_all
from zhihang.intensity.drawn_shares import drawn_shares
from zhihang.intensity.identify import Identified, compare
from zhihang.intensity.industries import PER, IndustryYear, others, with_means
from zhihang.intensity.industry_list import IndustryLists
from zhihang.intensity.scheme import BOUNDS, Condition, Mean, SchemeFile, each_condition
from zhihang.intensity.subjects import Subjects, Values, ratio

LEVEL = 0.95
NONE_SEEN = -math.log((1 - LEVEL) / 2)
"""Upper end of the exact interval for the mean behind a Poisson count of 0 (Garwood)."""


@dataclass(frozen=True)
class Intervals:
    """Of each subject: the interval of its intensity, and the share of draws in which it is in."""

    low: Values
    high: Values
    chance_in: Values

    def stability(self, state: State) -> Values:
        """Share of draws that decide as the figures themselves do."""
        return np.where(state == TRUE, self.chance_in, 1 - self.chance_in)


@dataclass(frozen=True)
class Change:
    """A change of the rule, and which subjects enter or leave because of it."""

    what: str
    enter: tuple[str, ...]
    leave: tuple[str, ...]


def intervals(
    found: Identified, made: IndustryYear, lists: IndustryLists, *, draws: int = 200, seed: int = 1
) -> Intervals:
    """Draw the concordance and the counts anew and see what becomes of each industry.

    Where a class belongs to several industries, its shares among these are drawn anew (Bayesian bootstrap: each share
    times an exponential variable, made to sum to 1), once for all patents with the same classes, because an error
    of the concordance hits all of them, in every area and year alike. The counts are then drawn from Poisson
    distributions. No patents at all leave nothing to draw from: the upper end is then that of an exact interval
    around 0.
    """
    some, counts = _drawn_counts(made, draws, seed)
    drawn = np.random.Generator(np.random.SFC64(seed)).poisson(counts).astype(float).T
    every, mean, conditions = found.subjects, found.scheme.says.mean, found.scheme.says.conditions
    without = np.ones(len(every), bool)
    without[some] = False
    subjects = every.only(some).with_measures({"patents": drawn})
    asked = {"intensity", *(condition.measure or "" for condition in each_condition(conditions))}
    subjects, _ = with_means(subjects, mean, others(every, without, mean), only=asked)
    state = np.broadcast_to(_state(conditions, subjects, lists), (draws, len(some)))
    low = np.where(np.isnan(every.measure("intensity")), np.nan, 0.0)
    high = ratio(np.full(len(every), NONE_SEEN), every.measure("employment"), PER)
    chance_in = (found.state == TRUE).astype(float)
    if len(some):
        tail = (1 - LEVEL) / 2 * 100
        low[some], high[some] = np.percentile(subjects.measure("intensity"), [tail, 100 - tail], axis=0)
        chance_in[some] = (state == TRUE).mean(axis=0)
    return Intervals(low, high, chance_in)


def _drawn_counts(made: IndustryYear, draws: int, seed: int) -> tuple[NDArray[np.intp], Values]:
    """Places of the industries with patents; of each (row) the patents in each draw before their numbers are drawn."""
    from scipy.sparse import csr_array

    shared, held = made.shared, made.shared.by_way(made.window)[made.shared.ways]
    target = made.places[shared.places]
    counted = (held > 0) & (target < len(made.subjects))
    some, rows = np.unique(target[counted], return_inverse=True)
    row = np.zeros(len(target), np.int64)
    row[counted] = rows
    found = np.zeros((len(some), draws))
    for links, shares in drawn_shares(shared, draws, seed):
        led = np.flatnonzero(counted[links])
        if len(led):
            led_to = csr_array((held[links][led], (row[links][led], led)), shape=(len(some), len(shares)))
            found += led_to @ shares
    return some, found


def _state(conditions: Sequence[Condition], subjects: Subjects, lists: IndustryLists) -> NDArray[np.int8]:
    return together(try_all(conditions, subjects, lists), len(subjects))


def changes(found: Identified, lists: IndustryLists, *, by: float = 0.10) -> list[Change]:
    """Say who enters and leaves when a bound moves by a share up or down, and when the mean is taken in other ways."""
    says = found.scheme.says
    rows = []
    for condition in _deciding(says.conditions):
        for factor in (1 - by, 1 + by):
            moved = [_moved(each, condition.name, factor) for each in says.conditions]
            told = f"{condition.name} {condition.bound[0] if condition.bound else ''} × {factor:g}"
            rows.append(_change(told, found, _state(moved, found.subjects, lists)))
    rows += [_other_mean(found, lists, mean) for mean in _other_means(says)]
    return rows


def _deciding(conditions: Sequence[Condition]) -> Iterator[Condition]:
    """Conditions with a bound that decide, also those within either-or conditions."""
    for condition in conditions:
        if not condition.soft:
            if condition.bound is not None:
                yield condition
            yield from _deciding((*condition.any_of, *condition.all_of))


def _moved(condition: Condition, name: str, factor: float) -> Condition:
    """The condition with the bound of that name times a factor, whether it is its own or that of one within."""
    if condition.name == name:
        kind = next(kind for kind in BOUNDS if getattr(condition, kind) is not None)
        return condition.model_copy(update={kind: getattr(condition, kind) * factor})
    within = {
        part: [_moved(each, name, factor) for each in getattr(condition, part)]
        for part in ("any_of", "all_of")
    }
    return condition.model_copy(update=within)


def _other_means(says: SchemeFile) -> list[Mean]:
    every = [
        Mean(kind=kind, over=over) for kind in ("weighted", "of_ratios") for over in ("all", "patenting")
    ]
    return [mean for mean in every if mean != says.mean]


def _other_mean(found: Identified, lists: IndustryLists, mean: Mean) -> Change:
    subjects, _ = with_means(found.subjects, mean)
    told = f"mean {mean.kind} over {mean.over}"
    return _change(told, found, _state(found.scheme.says.conditions, subjects, lists))


def _change(what: str, found: Identified, state: State) -> Change:
    others = [code for code, one in zip(found.subjects.ids, state, strict=True) if one == TRUE]
    apart = compare(found.catalogue, others)
    return Change(what, tuple(apart["only_second"]), tuple(apart["only_first"]))
