# SPDX-License-Identifier: Apache-2.0
"""Addresses as registers write them: with or without postcode, county and province, under old and new county names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihang.simulation.book import Book, Positions
from zhihang.simulation.county import County
from zhihang.simulation.draws import Dice, Draws
from zhihang.simulation.vocabulary import Names

#: How an address is written; each exists under the county's new and its old name.
FULL, WITHOUT_POSTCODE, WITHOUT_COUNTY, WITHOUT_PROVINCE = range(4)
_WAYS = 8
_HOMES = 120


@dataclass(frozen=True)
class Addresses:
    """All places, each written in eight ways: first the organisations' own, then homes in every county."""

    book: Book
    organisations: int

    def of_organisation(
        self, organisation: NDArray[np.integer], way: NDArray[np.integer], old: NDArray[np.bool_]
    ) -> Positions:
        """Position of an organisation's address, written in a way, under the old or the new county name."""
        position: Positions = (1 + organisation * _WAYS + old * 4 + way).astype(np.int32)
        return position

    def of_home(
        self,
        county: NDArray[np.integer],
        home: NDArray[np.integer],
        way: NDArray[np.integer],
        old: NDArray[np.bool_],
    ) -> Positions:
        """Position of the address of one of the homes of a county."""
        place = self.organisations + county.astype(np.int64) * _HOMES + home % _HOMES
        position: Positions = (1 + place * _WAYS + old * 4 + way).astype(np.int32)
        return position


def make_addresses(
    counties: Sequence[County], organisation_county: NDArray[np.integer], names: Names, draws: Draws
) -> Addresses:
    """Invent an address for each organisation, and homes for each county."""
    dice = draws.dice("addresses")
    streets = ((counties[place], _business(names, dice)) for place in organisation_county.tolist())
    homes = ((county, _home(county, names, dice)) for county in counties for _ in range(_HOMES))
    written = [way for part in (streets, homes) for way in _written(part)]
    return Addresses(Book.of(written), len(organisation_county))


def _written(places: Iterable[tuple[County, str]]) -> Iterable[str]:
    for county, street in places:
        province = "" if county.province == county.city else county.province
        code = f"{county.postcode} "
        for name in (county.name, county.former_name if county.name else ""):
            yield f"{code}{province}{county.city}{name}{street}"
            yield f"{province}{county.city}{name}{street}"
            yield f"{code}{province}{county.city}{street}"
            yield f"{code}{county.city}{name}{street}"


def _business(names: Names, dice: Dice) -> str:
    street = f"{dice.one(names.streets)}{1 + dice.below(180)}号"
    chance = dice.chance()
    if chance < 0.18:
        return f"{dice.one(names.estates)}{dice.one('ABCDEF')}区{1 + dice.below(12)}号厂房"
    if chance < 0.34:
        return f"{street}{dice.one(names.estates)}{1 + dice.below(9)}栋{1 + dice.below(6)}楼"
    return street


def _home(county: County, names: Names, dice: Dice) -> str:
    if county.level != "district" and dice.chance() < 0.55:
        return f"{dice.one(names.towns)}{dice.one(names.villages)}{1 + dice.below(90)}号"
    house = f"{dice.one(names.streets)}{1 + dice.below(220)}号"
    return (
        f"{house}{1 + dice.below(30)}栋{1 + dice.below(4)}单元{1 + dice.below(7)}0{1 + dice.below(3)}室"
        if dice.chance() < 0.6
        else house
    )
