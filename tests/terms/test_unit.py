# SPDX-License-Identifier: Apache-2.0
"""Tests of units and their base units."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhihang.errors import DefinitionError, NotComparable, NotFound
from zhihang.terms.unit import Unit


@pytest.mark.parametrize(
    ("code", "base", "scale", "english"),
    [
        ("件", "件", "1", "items"),
        ("万件", "件", "10000", "ten thousand items"),
        ("件/万人", "件/人", "0.0001", "items per ten thousand persons"),
        ("件/百万人", "件/人", "0.000001", "items per million persons"),
        ("元/人", "元/人", "1", "yuan per person"),
        ("亿元", "元", "100000000", "hundred million yuan"),
        ("万人年", "人年", "10000", "ten thousand person-years"),
        ("%", "", "0.01", "percent"),
        ("％", "", "0.01", "percent"),
        ("倍", "", "1", "times"),
        ("个百分点", "百分点", "1", "percentage points"),
        ("起", "起", "1", "cases"),
        ("件/千人", "件/人", "0.001", "items per thousand persons"),
        ("件/亿元", "件/元", "0.00000001", "items per hundred million yuan"),
        ("万元/件", "元/件", "10000", "ten thousand yuan per item"),
        ("起/万件", "起/件", "0.0001", "cases per ten thousand items"),
    ],
)
def test_units_of_published_figures(code, base, scale, english):
    unit = Unit.parse(code)
    assert (unit.base, unit.scale, unit.label.en) == (base, Decimal(scale), english)


def test_values_are_kept_in_base_units():
    assert Unit.parse("万件").to_base(Decimal("3.2")) == 32000
    assert Unit.parse("亿元").from_base(250_000_000) == Decimal("2.5")
    assert Unit.parse("件/万人").convert(5, Unit.parse("件/百万人")) == 500
    assert Unit.parse("%").to_base(85) == Decimal("0.85")


def test_different_things_do_not_compare():
    with pytest.raises(NotComparable):
        Unit.parse("件").convert(1, Unit.parse("元"))
    with pytest.raises(NotComparable):
        Unit.parse("个百分点").convert(1, Unit.parse("%"))


@pytest.mark.parametrize("code", ["", "斤", "件/万人/年", "万斤"])
def test_unknown_units_are_named(code):
    with pytest.raises(NotFound):
        Unit.parse(code)


def test_a_power_alone_is_no_unit():
    with pytest.raises(DefinitionError, match="how many but not of what"):
        Unit.parse("万")
