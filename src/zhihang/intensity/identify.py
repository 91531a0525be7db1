# SPDX-License-Identifier: Apache-2.0
"""Identify: try a scheme on the industries, enterprises or parks of an area and year, and tell why each is in or out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from zhihang.intensity.condition import TRUE, UNKNOWN, State, Tried, together, try_all
from zhihang.intensity.facts_seen import Area
from zhihang.intensity.industry_list import IndustryLists
from zhihang.intensity.measure_name import MEASURES
from zhihang.intensity.scheme import Condition, Scheme
from zhihang.intensity.subjects import Subjects, Values


@dataclass(frozen=True)
class Identified:
    """A scheme tried on the subjects of an area and year.

    `state` is 1 for those in the catalogue, 0 for those out of it, -1 where something decisive is not known. `order`
    lists the subjects by rank: those in first, then by intensity.
    """

    scheme: Scheme
    area: Area
    year: int
    subjects: Subjects
    tried: tuple[Tried, ...]
    state: State
    means: Mapping[str, float]
    order: tuple[int, ...]

    @property
    def catalogue(self) -> tuple[str, ...]:
        """Codes of those in, by rank."""
        return tuple(self.subjects.ids[place] for place in self.order if self.state[place] == TRUE)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Codes of those of which something decisive is not known."""
        return tuple(self.subjects.ids[place] for place in self.order if self.state[place] == UNKNOWN)

    def conditions(self, place: int) -> list[dict[str, Any]]:
        """Each condition tried on one subject: value, threshold, passed (None where unknown), clause."""
        return [row for one in self.tried for row in _told(one, place)]

    def missing(self, place: int) -> list[str]:
        """Names of the hard conditions one subject does not meet, the nearest first."""
        failed = [one for one in self.tried if not one.condition.soft and one.state[place] != TRUE]
        return [one.condition.name for one in sorted(failed, key=lambda one: distance(one, place))]


def identify(
    scheme: Scheme,
    area: Area,
    year: int,
    subjects: Subjects,
    means: Mapping[str, float],
    lists: IndustryLists,
) -> Identified:
    """Try the conditions of a scheme on subjects."""
    tried = try_all(scheme.says.conditions, subjects, lists)
    state = together(tried, len(subjects))
    return Identified(scheme, area, year, subjects, tried, state, means, _ranked(subjects, state))


def distance(tried: Tried, place: int) -> float:
    """How far a subject is from meeting a condition, as a share of the bound; infinite where that cannot be said."""
    if tried.within:
        apart = [distance(one, place) for one in tried.within if one.state[place] != TRUE]
        if not apart:
            return 0.0
        return max(apart) if tried.condition.all_of else min(apart)
    if tried.condition.bound is None or np.isnan(tried.values[place]):
        return np.inf
    bound = tried.condition.bound[1]
    return float(abs(bound - tried.values[place]) / (abs(bound) or 1.0))


def threshold(condition: Condition) -> object:
    """Return what a condition asks for, as it is told beside a value."""
    if condition.bound is not None:
        return condition.bound[1]
    return ", ".join(condition.listed or condition.titled) or None


def _ranked(subjects: Subjects, state: State) -> tuple[int, ...]:
    intensity = subjects.measure("intensity")
    key = np.where(np.isnan(intensity), -np.inf, intensity)
    group = np.where(state == TRUE, 0, np.where(state == UNKNOWN, 1, 2))
    return tuple(sorted(range(len(subjects)), key=lambda at: (group[at], -key[at], subjects.ids[at])))


def _told(one: Tried, place: int, inside: str = "") -> Iterator[dict[str, Any]]:
    condition = one.condition
    kind = condition.bound[0] if condition.bound else _kind(condition)
    measure = condition.measure or condition.is_true or condition.is_false
    known = MEASURES.get(measure or "")
    unit = known.unit if known else ""
    label = condition.label.label.zh if condition.label else known.label.zh if known else ""
    yield {
        "condition": condition.name,
        "part_of": inside or None,
        "label": label or condition.name,
        "measure": measure,
        "value": value_of(one.values, place),
        "operator": kind,
        "threshold": threshold(condition),
        "unit": unit,
        "passed": None if one.state[place] == UNKNOWN else bool(one.state[place] == TRUE),
        "decides": not condition.soft,
        "official": condition.official,
        "clause": condition.clause or None,
        "note": condition.note or None,
    }
    for part in one.within:
        yield from _told(part, place, condition.name)


def _kind(condition: Condition) -> str:
    names = ("listed", "titled", "is_true", "is_false", "any_of", "all_of")
    return next(name for name in names if getattr(condition, name))


def value_of(values: Values, place: int) -> float | None:
    """Return one value; None where it is not known."""
    return None if np.isnan(values[place]) else float(values[place])


def compare(one: Sequence[str], other: Sequence[str]) -> dict[str, list[str]]:
    """Return which codes are in both lists, only in the first, only in the second, each in order."""
    return {
        "both": [code for code in one if code in other],
        "only_first": [code for code in one if code not in other],
        "only_second": [code for code in other if code not in one],
    }
