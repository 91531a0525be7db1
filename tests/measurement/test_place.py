# SPDX-License-Identifier: Apache-2.0
"""Places by code and name, and what is said of those that are not known."""

from __future__ import annotations

import pytest

from zhihang.errors import NotFound
from zhihang.facts.codelist import CodeLists
from zhihang.measurement.place import Places

PLACES = Places(CodeLists())


def test_a_former_code_and_a_former_name_lead_to_the_division_of_today():
    assert PLACES.find("450322").code == PLACES.find("临桂县").code == "450312"


@pytest.mark.parametrize(
    ("asked", "near"),
    [("450399", "450300 桂林市"), ("452300", "450300 桂林市"), ("桂林事", "桂林市")],
    ids=["county", "prefecture", "name"],
)
def test_an_unknown_place_is_told_with_those_beside_it(asked, near):
    with pytest.raises(NotFound) as told:
        PLACES.find(asked)
    assert near in str(told.value)


def test_a_place_like_no_other_is_told_without_a_list_of_all():
    with pytest.raises(NotFound) as told:
        PLACES.find("火星")
    assert "there are" not in str(told.value)
    assert "zhihang show codelist region" in str(told.value)
