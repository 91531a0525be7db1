# SPDX-License-Identifier: Apache-2.0
"""Whether indicators fit what they rest on: units that combine, and dimensions that exist."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeAlias

from zhihang.errors import DefinitionError, NotFound
from zhihang.measurement.dimension import DIMENSIONS
from zhihang.measurement.indicator import Indicator
from zhihang.terms.unit import Unit

_Unit: TypeAlias = tuple[str, Decimal]
"""Base of a unit, and how many of the base one is."""


def misfits(indicator: Indicator, found: Mapping[str, Indicator]) -> list[str]:
    """Return what is wrong between an indicator and those it rests on; unknown units are told elsewhere."""
    if any(code not in found for code in indicator.rests_on):
        return []
    try:
        own = unit_of(indicator)
        below = {code: unit_of(found[code]) for code in indicator.rests_on}
    except (NotFound, DefinitionError):
        return []
    faults = _ratio(indicator, own, below) or _same(indicator, own, below)
    if indicator.method and indicator.method.over not in DIMENSIONS:
        faults.append(f"{indicator.code}: method: unknown dimension {indicator.method.over}")
    if indicator.method and found[indicator.method.of].count is None:
        faults.append(f"{indicator.code}: method: {indicator.method.of} is no count")
    return faults


def unit_of(indicator: Indicator) -> _Unit:
    """Return the base of an indicator's unit, and how many of it one is; `1` has none."""
    if indicator.unit == "1":
        return "", Decimal(1)
    unit = Unit.parse(indicator.unit)
    return unit.base, unit.scale


def _ratio(indicator: Indicator, own: _Unit, below: Mapping[str, _Unit]) -> list[str]:
    if not indicator.ratio:
        return []
    above, under = below[indicator.ratio.numerator], below[indicator.ratio.denominator]
    base = _divided(above[0], under[0])
    scale = above[1] / under[1] / Decimal(str(indicator.ratio.per))
    if base == own[0] and scale == own[1]:
        return []
    given = f"{base or 'ratio'} x {scale.normalize():f}"
    return [f'{indicator.code}: ratio: the quotient is in {given}, which is not the unit "{indicator.unit}"']


def _divided(above: str, under: str) -> str:
    """Divide bases: 件 by 人 is 件/人; 件 by 件/人 is 人; 件年 by 件 is 年; equal ones cancel."""
    if above.startswith(under):
        return above.removeprefix(under)
    if under.startswith(f"{above}/"):
        return under.partition("/")[2]
    return f"{above}/{under}"


def _same(indicator: Indicator, own: _Unit, below: Mapping[str, _Unit]) -> list[str]:
    """Sums, and growth given as a difference, are in the unit of their parts; other growth is a pure number."""
    difference = indicator.growth is not None and indicator.growth.give == "difference"
    added = indicator.composite is not None and indicator.composite.scale == "none"
    if indicator.cumulative or difference or added:
        wrong = [code for code, unit in below.items() if unit != own]
        return [f'{indicator.code}: {code} is not in the unit "{indicator.unit}"' for code in wrong]
    if (indicator.growth or indicator.method or indicator.composite) and own[0]:
        return [f'{indicator.code}: a pure number cannot be in "{indicator.unit}"']
    return []
