# SPDX-License-Identifier: Apache-2.0
"""Tests of Chinese places in Latin letters."""

from __future__ import annotations

import pyarrow as pa
import pytest

from zhihang.derivation.places.gazetteer import read_gazetteer
from zhihang.derivation.places.latin import LatinPlaces, names_china
from zhihang.derivation.places.place import place
from zhihang.facts.codelist import CodeLists


@pytest.fixture(scope="module")
def places() -> LatinPlaces:
    codes = CodeLists()
    return LatinPlaces.of(read_gazetteer(codes), codes)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Guilin Guangxi", ["450300"]),
        ("Guangxi Guilin", ["450300"]),
        ("Shenzhen Guangdong Prov", ["440300"]),
        ("GUILIN CITY GUANGXI ZHUANG AUTONOMOUS REGION", ["450300"]),
        ("Qixing District Guilin Guangxi", ["450305"]),
        ("Guangxi, Guilin, Lipu Xian", ["450381"]),
        ("Kunshan Jiangsu", ["320583"]),
        ("Chang an District, Xi an", ["610116"]),
        ("Jilin, Jilin", ["220200"]),
        ("Jilin", ["220000"]),
        ("Harbin", ["230100"]),
        ("No. 1 Jinji Road Guilin Guangxi 541004", ["450300"]),
        ("1 Guilin Road Xuhui District Shanghai", ["310104"]),
        ("Beijing Road Guangzhou", ["440100"]),
        ("Changan Dongguan Guangdong", ["441900"]),
        ("Fuzhou", ["350100", "361000"]),
        ("Fuzhou Jiangxi", ["361000"]),
        ("Chaoyang District, Beijing", ["110105"]),
    ],
)
def test_names_in_any_order_say_one_place(places: LatinPlaces, text: str, codes: list[str]) -> None:
    assert [unit.code for unit in places.read(text, in_china=True).units] == codes


def test_several_cities_of_a_province_leave_the_province_and_say_so(places: LatinPlaces) -> None:
    found = places.read("Guilin Liuzhou Guangxi", in_china=True)
    assert [unit.code for unit in found.units] == ["450000"]
    assert found.note == "several cities named: 桂林市, 柳州市"


@pytest.mark.parametrize("text", ["Shenzhen, Beijing", "Haidian District, Shanghai"])
def test_names_that_do_not_fit_together_are_no_place(places: LatinPlaces, text: str) -> None:
    found = places.read(text, in_china=True)
    assert not found.units
    assert found.note.startswith("names of places that do not fit together")


@pytest.mark.parametrize("text", ["Muhammad Ali Street", "13 Ali Ave, Springfield", "Tall Guilin Tree"])
def test_one_name_among_others_is_no_chinese_place_unless_china_is_named(
    places: LatinPlaces, text: str
) -> None:
    assert not places.read(text, in_china=False).units


def test_china_alone_is_the_country_and_no_division() -> None:
    assert names_china("P.R. China")
    assert not names_china("China Grove")
    row = place(pa.array(["P.R. China"])).to_pylist()[0]
    assert (row["region"], row["country"], row["method"]) == (None, "CN", "address")
    row = place(pa.array(["Shenzhen Guangdong Prov China"])).to_pylist()[0]
    assert (row["region"], row["country"], row["confidence"]) == ("440300", "CN", 0.85)
    assert row["reason"] == "address in Latin letters; no date: code of today"
