# SPDX-License-Identifier: Apache-2.0
"""Tests of divisions by their six-digit codes."""

from __future__ import annotations

import pytest

from zhihang.errors import DefinitionError
from zhihang.terms.region import Region


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("000000", "country", None),
        ("450000", "province", "000000"),
        ("450300", "prefecture", "450000"),
        ("450302", "county", "450300"),
        ("429004", "county", "429000"),
        ("110101", "county", "110100"),
    ],
)
def test_the_code_tells_level_and_parent(code, level, parent):
    region = Region(code)
    assert region.level == level
    assert (str(region.parent) if region.parent else None) == parent


def test_a_division_lies_in_itself_and_in_those_above_it():
    county, city, province, country = (Region(code) for code in ("450302", "450300", "450000", "000000"))
    assert all(county.is_within(other) for other in (county, city, province, country))
    assert not province.is_within(city)
    assert not county.is_within(Region("450400"))


def test_a_division_at_another_level():
    assert Region("450302").at_level("province") == Region("450000")
    assert Region("450302").at_level("county") == Region("450302")
    assert Region("450000").at_level("prefecture") is None


def test_codes_sort_as_the_divisions_do():
    codes = ["450302", "000000", "450300", "440000", "450000"]
    assert [str(region) for region in sorted(map(Region, codes))] == [
        "000000",
        "440000",
        "450000",
        "450300",
        "450302",
    ]


@pytest.mark.parametrize(
    "code", ["45030", "4503000", "45030a", "", "050000", "450001", "广西", "４５０３００"]
)
def test_other_texts_are_no_codes(code):
    with pytest.raises(DefinitionError):
        Region(code)
