# SPDX-License-Identifier: Apache-2.0
"""Identify: try a scheme on the industries, enterprises or parks of an area and year, and tell why each is in or out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from zhihang.intensity.condition import TRUE, UNKNOWN, State, Tried, together, try_all
from zhihang.intensity.facts_seen import Area
from zhihang.intensity.industry_list import IndustryLists
from zhihang.intensity.measure_name import MEASURES
from zhihang.intensity.scheme import Condition, Scheme
from zhihang.intensity.subjects import Subjects, Values
from zhihang.terms.label import Label


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
        return [
            {**told, "value": values[place], "passed": passed[place]} for told, values, passed in self._told
        ]

    def missing(self, place: int) -> list[str]:
        """Names of the hard conditions one subject does not meet, the nearest first."""
        failed = [(apart[place], name) for name, met, apart in self._hard if not met[place]]
        return [name for _, name in sorted(failed)]

    @cached_property
    def _told(self) -> list[tuple[dict[str, Any], list[float | None], list[bool | None]]]:
        """Of each condition what is the same for all subjects, then values and states."""
        return [
            (
                told,
                _known(one.values),
                [None if state == UNKNOWN else state == TRUE for state in one.state.tolist()],
            )
            for top in self.tried
            for told, one in _told(top)
        ]

    @cached_property
    def _hard(self) -> list[tuple[str, list[bool], list[float]]]:
        return [
            (one.condition.name, (one.state == TRUE).tolist(), distance(one).tolist())
            for one in self.tried
            if not one.condition.soft
        ]


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


def distance(tried: Tried) -> Values:
    """How far each subject is from meeting a condition, as a share of the bound; infinite where that cannot be said."""
    if tried.within:
        parts = np.array([distance(one) for one in tried.within])
        return np.asarray(parts.max(axis=0) if tried.condition.all_of else parts.min(axis=0), dtype=float)
    if tried.condition.bound is None:
        return np.where(tried.state == TRUE, 0.0, np.inf)
    bound = tried.condition.bound[1]
    apart = np.abs(bound - tried.values) / (abs(bound) or 1.0)
    return np.where(tried.state == TRUE, 0.0, np.where(np.isnan(apart), np.inf, apart))


def threshold(condition: Condition) -> object:
    """Return what a condition asks for, as it is told beside a value."""
    if condition.bound is not None:
        return condition.bound[1]
    return ", ".join(condition.listed or condition.titled) or None


def label_of(condition: Condition) -> Label:
    """Return the name of a condition: its own, else that of its measure, else its code."""
    measure = condition.measure or condition.is_true or condition.is_false
    known = MEASURES.get(measure or "")
    own = condition.label.label if condition.label else known.label if known else None
    code = condition.name.replace("_", " ")
    return Label(own.zh or code, own.en or code) if own else Label(condition.name, code)


def _ranked(subjects: Subjects, state: State) -> tuple[int, ...]:
    intensity = subjects.measure("intensity")
    key = np.where(np.isnan(intensity), -np.inf, intensity)
    group = np.where(state == TRUE, 0, np.where(state == UNKNOWN, 1, 2))
    by_id = np.argsort(np.array(subjects.ids, dtype=str), kind="stable")
    return tuple(by_id[np.lexsort((-key[by_id], group[by_id]))].tolist())


def _told(one: Tried, inside: str = "") -> Iterator[tuple[dict[str, Any], Tried]]:
    """Each condition and those within it, with what is told of it whatever the subject."""
    condition = one.condition
    measure = condition.measure or condition.is_true or condition.is_false
    known = MEASURES.get(measure or "")
    label = label_of(condition)
    yield (
        {
            "condition": condition.name,
            "part_of": inside or None,
            "label": label.zh,
            "label_en": label.en,
            "measure": measure,
            "value": None,
            "operator": condition.bound[0] if condition.bound else _kind(condition),
            "threshold": threshold(condition),
            "unit": known.unit if known else "",
            "passed": None,
            "decides": not condition.soft,
            "official": condition.official,
            "clause": condition.clause or None,
            "note": condition.note or None,
        },
        one,
    )
    for part in one.within:
        yield from _told(part, condition.name)


def _known(values: Values) -> list[float | None]:
    return [None if value != value else value for value in values.tolist()]


def _kind(condition: Condition) -> str:
    names = ("listed", "titled", "is_true", "is_false", "any_of", "all_of")
    return next(name for name in names if getattr(condition, name))


def value_of(values: Values, place: int) -> float | None:
    """Return one value; None where it is not known."""
    return None if np.isnan(values[place]) else float(values[place])


def compare(one: Sequence[str], other: Sequence[str]) -> dict[str, list[str]]:
    """Return which codes are in both lists, only in the first, only in the second, each in order."""
    first, second = set(one), set(other)
    return {
        "both": [code for code in one if code in second],
        "only_first": [code for code in one if code not in second],
        "only_second": [code for code in other if code not in first],
    }
