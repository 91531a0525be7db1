# SPDX-License-Identifier: Apache-2.0
"""Tests of finding divisions by code and by name."""

from __future__ import annotations

import pytest

from zhihang.facts.region_name import packaged_regions

REGIONS = packaged_regions()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("桂林市", "450300"),
        ("桂林", "450300"),
        ("湘潭", "430300"),
        ("Guilin", "450300"),
        ("广西桂林", "450300"),
        ("中国广西壮族自治区桂林市七星区", "450305"),
        ("广西桂林市临桂县", "450312"),
        ("北京市朝阳区", "110105"),
        ("南京市鼓楼区", "320106"),
        ("全国", "000000"),
    ],
)
def test_a_name_leads_to_its_division(name, code):
    found = REGIONS.by_name(name)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("name", ["", "鼓楼区", "朝阳区", "乌有县", "市辖区", "桂林市辖区", "美国"])
def test_a_name_of_none_or_of_several_leads_nowhere(name):
    assert REGIONS.by_name(name) is None


def test_a_province_goes_before_a_city_of_the_same_name():
    found = REGIONS.by_name("吉林")
    assert found is not None
    assert found.code == "220000"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("45", "450000"),
        ("4503", "450300"),
        ("450300", "450300"),
        ("450300.0", "450300"),
        ("450300000000", "450300"),
        ("450322", "450312"),
    ],
)
def test_a_code_leads_to_its_division_of_today(text, code):
    found = REGIONS.by_code(text)
    assert found is not None
    assert found.code == code


def test_a_code_whose_division_became_part_of_another_is_known_as_former():
    assert REGIONS.by_code("450404") is None
    assert REGIONS.is_former("450404")
    assert not REGIONS.is_former("999999")
