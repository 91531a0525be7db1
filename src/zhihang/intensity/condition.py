# SPDX-License-Identifier: Apache-2.0
"""Conditions of a scheme tried on all subjects at once: true, false, or unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihang.intensity.industry_list import IndustryLists
from zhihang.intensity.scheme import Condition
from zhihang.intensity.subjects import Subjects, Values

State = NDArray[np.int8]
TRUE, FALSE, UNKNOWN = 1, 0, -1
_TESTS: Mapping[str, Callable[[Values, float], NDArray[np.bool_]]] = {
    "above": lambda values, bound: values > bound,
    "at_least": lambda values, bound: values >= bound,
    "below": lambda values, bound: values < bound,
    "at_most": lambda values, bound: values <= bound,
}


@dataclass(frozen=True)
class Tried:
    """A condition tried: its state and value for each subject, and the conditions within it."""

    condition: Condition
    state: State
    values: Values
    within: tuple[Tried, ...] = ()


def try_all(conditions: Sequence[Condition], subjects: Subjects, lists: IndustryLists) -> tuple[Tried, ...]:
    """Try each condition on all subjects."""
    return tuple(_try(condition, subjects, lists) for condition in conditions)


def together(tried: Sequence[Tried], count: int) -> State:
    """State of all hard conditions together: false if one is, else unknown if one is, else true."""
    found = np.full(count, TRUE, np.int8)
    for one in tried:
        if not one.condition.soft:
            found = both(found, one.state)
    return found


def both(one: State, other: State) -> State:
    """State of two conditions that must both hold."""
    false = (one == FALSE) | (other == FALSE)
    unknown = (one == UNKNOWN) | (other == UNKNOWN)
    return np.where(false, FALSE, np.where(unknown, UNKNOWN, TRUE)).astype(np.int8)


def either(one: State, other: State) -> State:
    """State of two conditions of which one must hold."""
    true = (one == TRUE) | (other == TRUE)
    unknown = (one == UNKNOWN) | (other == UNKNOWN)
    return np.where(true, TRUE, np.where(unknown, UNKNOWN, FALSE)).astype(np.int8)


def against(values: Values, kind: str, bound: float) -> State:
    """State of values against a bound; what is not known stays unknown.

    >>> against(np.array([6.9, 7.0, np.nan]), "at_least", 7).tolist()
    [0, 1, -1]
    """
    with np.errstate(invalid="ignore"):
        passed = _TESTS[kind](values, bound)
    return np.where(np.isnan(values), UNKNOWN, np.where(passed, TRUE, FALSE)).astype(np.int8)


def _try(condition: Condition, subjects: Subjects, lists: IndustryLists) -> Tried:
    if condition.any_of:
        within = try_all(condition.any_of, subjects, lists)
        state = np.full(len(subjects), FALSE, np.int8)
        for one in within:
            state = either(state, one.state)
        return Tried(condition, state, _states(state), within)
    if condition.all_of:
        within = try_all(condition.all_of, subjects, lists)
        state = together(within, len(subjects))
        return Tried(condition, state, _states(state), within)
    if condition.bound is not None:
        values = subjects.measure(condition.measure or "")
        return Tried(condition, against(values, *condition.bound), values)
    state = _membership(condition, subjects, lists)
    return Tried(condition, state, _states(state))


def _membership(condition: Condition, subjects: Subjects, lists: IndustryLists) -> State:
    if condition.listed:
        return lists.members(subjects.industries, condition.listed, partial=condition.partial == "counts")
    if condition.titled:
        return subjects.holds_any(frozenset(condition.titled))
    flags = subjects.measure(condition.is_true or condition.is_false or "")
    return against(flags, "at_least" if condition.is_true else "below", 0.5)


def _states(state: State) -> Values:
    return np.where(state == UNKNOWN, np.nan, state.astype(float))
