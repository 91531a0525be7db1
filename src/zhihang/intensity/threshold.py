# SPDX-License-Identifier: Apache-2.0
"""Which thresholds give the number wanted: one bound moved alone, or all bounds moved together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihang.errors import Infeasible, NotFound
from zhihang.intensity.condition import FALSE, TRUE, UNKNOWN, State, Tried, against, both, together
from zhihang.intensity.identify import Identified, label_of
from zhihang.intensity.subjects import Values

EDGE = 5
"""So many subjects on either side of a threshold are shown."""


@dataclass(frozen=True)
class Found:
    """A threshold that gives about the number wanted.

    `reached` subjects are in with it; `edge_in` are the last of these, `edge_out` the first that are out. `alone` is
    the number that meet every other condition: no threshold of this one gives more.
    """

    condition: str
    kind: str
    present: float
    threshold: float
    reached: int
    alone: int
    edge_in: tuple[str, ...]
    edge_out: tuple[str, ...]


@dataclass(frozen=True)
class Together:
    """All bounds times one factor (upper bounds divided by it): the number that gives, the bounds, who is at the edge."""

    factor: float
    reached: int
    thresholds: dict[str, float]
    edge_in: tuple[str, ...]
    edge_out: tuple[str, ...]


def thresholds_for(found: Identified, target: int) -> list[Found]:
    """Say for each bounded hard condition which threshold alone gives the number wanted, the others as they are."""
    _check(found, target)
    rows = []
    for one in _bounded(found.tried):
        others = together([each for each in found.tried if each is not one], len(found.subjects))
        row = _alone(found, one, others, target)
        if row is not None:
            rows.append(row)
    return rows


def factor_for(found: Identified, target: int) -> Together | None:
    """Say by which factor all bounds move to give the number wanted; None where the scheme has no bounds."""
    _check(found, target)
    bounded = _bounded(found.tried)
    if not bounded:
        return None
    others = together([each for each in found.tried if each not in bounded], len(found.subjects))
    slack = np.min([_slack(one) for one in bounded], axis=0)
    held = np.flatnonzero((others == TRUE) & ~np.isnan(slack))
    ordered = held[np.argsort(-slack[held], kind="stable")]
    if not len(ordered):
        return Together(1.0, 0, {}, (), ())
    factor = float(slack[ordered[min(target, len(ordered)) - 1]])
    bounds = {one.condition.name: _bound_times(one, factor) for one in bounded}
    inside = int((slack[ordered] >= factor).sum())
    return Together(factor, inside, bounds, *_edges(found, ordered, inside))


def search(found: Identified, target: int) -> dict[str, Any]:
    """Everything about thresholds that give about `target`, as plain data."""
    both = factor_for(found, target)
    names = [one.condition.name for one in found.tried if not one.condition.soft]
    return {
        "scheme": found.scheme.name,
        "status": found.scheme.says.status,
        "region": found.area.code,
        "year": found.year,
        "in_all": len(found.subjects),
        "eligible": len(found.catalogue),
        "unknown": len(found.unknown),
        "target": target,
        "alone": [asdict(one) for one in thresholds_for(found, target)],
        "together": None if both is None else asdict(both),
        "bounds": [
            {
                "condition": one.condition.name,
                "operator": (one.condition.bound or ("", 0.0))[0],
                "threshold": (one.condition.bound or ("", 0.0))[1],
                "measure": one.condition.measure or "",
            }
            for one in _bounded(found.tried)
        ],
        "labels": {
            one.condition.name: {"zh": label_of(one.condition).zh, "en": label_of(one.condition).en}
            for one in found.tried
        },
        "held_back": {
            one.condition.name: {
                "no": int((one.state == FALSE).sum()),
                "unknown": int((one.state == UNKNOWN).sum()),
            }
            for one in found.tried
            if not one.condition.soft
        },
        "fail_only_by": {name: failed_only_by(found, name) for name in names},
    }


def with_bounds(found: Identified, bounds: Mapping[str, float]) -> dict[str, Any]:
    """Say how many meet a scheme whose bounds are moved to these, and who comes in and goes out by that."""
    known = {one.condition.name: one for one in _bounded(found.tried)}
    for name in bounds:
        if name not in known:
            raise NotFound.named("condition with a bound", name, known)
    count = len(found.subjects)
    now, moved = together(found.tried, count), np.full(count, TRUE, np.int8)
    for one in found.tried:
        if one.condition.soft:
            continue
        kind, bound = one.condition.bound or ("", 0.0)
        name = one.condition.name
        state = against(one.values, kind, bounds[name]) if bounds.get(name, bound) != bound else one.state
        moved = both(moved, state)
    names = found.subjects.names
    return {
        "present": int((now == TRUE).sum()),
        "reached": int((moved == TRUE).sum()),
        "unknown": int((moved == UNKNOWN).sum()),
        "enter": [names[at] for at in np.flatnonzero((moved == TRUE) & (now != TRUE))],
        "leave": [names[at] for at in np.flatnonzero((moved != TRUE) & (now == TRUE))],
    }


def _check(found: Identified, target: int) -> None:
    if not 0 < target <= len(found.subjects):
        raise Infeasible(
            f"No threshold gives {target}.",
            {"there are": f"{len(found.subjects)} in {found.area.name}", "asked for": target},
            todo=f"Ask for a number from 1 to {len(found.subjects)}.",
        )


def _bounded(tried: Sequence[Tried]) -> list[Tried]:
    return [one for one in tried if one.condition.bound is not None and not one.condition.soft]


def _alone(found: Identified, one: Tried, others: State, target: int) -> Found | None:
    kind, present = one.condition.bound or ("", 0.0)
    lower = kind in ("above", "at_least")
    held = np.flatnonzero((others == TRUE) & ~np.isnan(one.values))
    if not len(held):
        return None
    values = one.values if lower else -one.values
    ordered = held[np.argsort(-values[held], kind="stable")]
    last = min(target, len(ordered)) - 1
    threshold = _between(one.values[ordered], last, kind)
    state = both(others, against(one.values, kind, threshold))
    reached = int((state == TRUE).sum())
    return Found(
        one.condition.name, kind, present, threshold, reached, len(held), *_edges(found, ordered, reached)
    )


def _between(ordered: Values, last: int, kind: str) -> float:
    """The bound that the last one in just meets; a strict bound lies halfway to the first one out."""
    value = float(ordered[last])
    if kind in ("at_least", "at_most"):
        return value
    beyond = ordered[last + 1 :]
    out = beyond[beyond != value]
    return (
        (value + float(out[0])) / 2
        if len(out)
        else value - np.sign(1 if kind == "above" else -1) * abs(value or 1) * 1e-6
    )


def _slack(one: Tried) -> Values:
    """By which factor the bound may move until a subject just meets it."""
    kind, bound = one.condition.bound or ("", 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = one.values / bound if kind in ("above", "at_least") else bound / one.values
    return np.where(np.isfinite(found), found, np.nan)


def _bound_times(one: Tried, factor: float) -> float:
    kind, bound = one.condition.bound or ("", 0.0)
    return bound * factor if kind in ("above", "at_least") else bound / (factor or 1.0)


def _edges(
    found: Identified, ordered: NDArray[np.intp], inside: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    names = [found.subjects.names[place] for place in ordered]
    return tuple(names[max(0, inside - EDGE) : inside]), tuple(names[inside : inside + EDGE])


def failed_only_by(found: Identified, name: str) -> list[str]:
    """Names of subjects that meet every hard condition but one."""
    one = next(each for each in found.tried if each.condition.name == name)
    others = together([each for each in found.tried if each is not one], len(found.subjects))
    places = np.flatnonzero((others == TRUE) & (one.state == FALSE))
    return [found.subjects.names[place] for place in places]
