# SPDX-License-Identifier: Apache-2.0
"""Regions are made of counties, with their residents and the names addresses use."""

from __future__ import annotations

import pytest

from zhihang.errors import NotFound
from zhihang.simulation.county import County, counties_of, short_name
from zhihang.simulation.draws import Draws
from zhihang.simulation.load import load_office, load_scenario


def inside(region: str) -> list[County]:
    made = counties_of(region, load_scenario(region), load_office(), Draws(1))
    return [county for county in made if county.inside]


def test_guilin_has_seventeen_counties_and_the_residents_of_the_census():
    counties = inside("450300")
    assert len(counties) == 17
    assert sum(county.residents for county in counties) == 4_931_137


def test_lingui_was_a_county_before_it_became_a_district():
    lingui = next(county for county in inside("450300") if county.code == "450312")
    assert (lingui.former_name, lingui.name, lingui.postcode) == ("临桂县", "临桂区", "541100")


def test_a_municipality_is_its_own_city():
    assert {(county.province, county.city) for county in inside("110000")} == {("北京市", "北京市")}


def test_a_city_without_counties_stands_alone():
    (dongguan,) = inside("441900")
    assert (dongguan.city, dongguan.name, dongguan.level) == ("东莞市", "", "district")


def test_a_county_right_under_its_province_is_its_own_city():
    xiantao = next(county for county in inside("420000") if county.code == "429004")
    assert (xiantao.city, xiantao.name) == ("仙桃市", "")


def test_a_county_can_be_a_region():
    assert [county.name for county in inside("450305")] == ["七星区"]


def test_counties_from_elsewhere_follow():
    made = counties_of("450300", load_scenario("450300"), load_office(), Draws(1))
    far = [county for county in made if not county.inside]
    assert far
    assert not any(county.code.startswith("4503") for county in far)


def test_an_unknown_region_is_named_with_its_neighbours():
    with pytest.raises(NotFound) as error:
        inside("450399")
    assert "450300" in str(error.value)


@pytest.mark.parametrize(
    ("name", "short"), [("延边朝鲜族自治州", "延边"), ("和县", "和县"), ("浦东新区", "浦东")]
)
def test_short_names(name, short):
    assert short_name(name) == short
