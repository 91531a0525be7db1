# SPDX-License-Identifier: Apache-2.0
"""Names of divisions by their first characters, so that the longest one at a place in a text is found at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhihang.derivation.places.gazetteer import Gazetteer, Unit
from zhihang.derivation.places.latin import is_latin
from zhihang.derivation.places.short_name import other_forms

if TYPE_CHECKING:
    from zhihang.facts.codelist import CodeLists

_ROAD = "|".join(
    (
        "路(?![南北桥]区)|街(?!道)|大道|大街|巷|弄|胡同|大桥|高速|铁路|公路",
        "大厦|大楼|广场|新村|公寓|花园|饭店|酒店|宾馆|商城(?!县)|大学|医院",
    )
)
_PLACE = "道|里|条|桥|小区|苑|庄|村|乡|镇|街道|屯|寨|坊|门|山|河|江|湖|港|站|码头|公园|新城|花苑|学院|中学|集团|农场|林场"
NOT_AFTER_CITY = re.compile(rf"[东西南北中]?[一二三四五六七八九十]?(?:{_ROAD})")
"""What follows a city's short form that only names a street or a house: 南京 in 南京东路."""
NOT_AFTER_COUNTY = re.compile(rf"[东西南北中新老前后上下]?[一二三四五六七八九十]?(?:{_ROAD}|{_PLACE})")
NOT_AFTER_FULL = re.compile(r"(?:[东西南北中]?路(?![南北桥]区)|大道|场路)")
_COMMON = 2
"""A county's short form that so many places share says nothing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit under one of its names; `short` forms need care, as streets and villages bear them too."""

    unit: Unit
    short: bool


@dataclass(frozen=True)
class Lexicon:
    """Every name of every unit."""

    entries: Mapping[str, Sequence[Entry]]
    _starts: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, gazetteer: Gazetteer, codes: CodeLists) -> Lexicon:
        """Gather full names, their variants, short forms and the aliases of the list."""
        found: dict[str, list[Entry]] = {}
        shorts: dict[str, list[Unit]] = {}
        for unit in gazetteer.units:
            for name in (unit.name, *other_forms(unit.name, unit.level)):
                found.setdefault(name, []).append(Entry(unit, short=False))
            if unit.short != unit.name:
                shorts.setdefault(unit.short, []).append(unit)
        for row in codes.rows("region_alias"):
            known = gazetteer.coded(row["code"])
            if (
                known
                and row["alias"] not in found
                and not is_latin(row["alias"])
                and row["kind"] in ("other_name", "former_name", "short_county_form")
            ):
                found.setdefault(row["alias"], []).append(Entry(known, short=False))
        for name, units in shorts.items():
            today = {(gazetteer.now(unit) or unit).code for unit in units if unit.level == "county"}
            common = len(today) >= _COMMON
            entries = [Entry(u, short=True) for u in units if u.level != "county" or not common]
            if entries:
                found.setdefault(name, []).extend(entries)
        starts: dict[str, list[str]] = {}
        for name in found:
            starts.setdefault(name[:2], []).append(name)
        for names in starts.values():
            names.sort(key=len, reverse=True)
        return cls({name: tuple(dict.fromkeys(entries)) for name, entries in found.items()}, starts)

    def at(self, text: str, start: int) -> Iterator[tuple[str, Sequence[Entry]]]:
        """Yield the names that stand at a place in a text, the longest first."""
        for name in self._starts.get(text[start : start + 2], ()):
            if text.startswith(name, start):
                yield name, self.entries[name]


def names_a_street(entry: Entry, text: str, end: int, *, placed: bool) -> bool:
    """Say whether what follows a name shows that it only lends itself to a street, a village or a house."""
    if entry.short:
        rule = NOT_AFTER_COUNTY if entry.unit.level == "county" else NOT_AFTER_CITY
        return rule.match(text, end) is not None
    return not placed and entry.unit.level != "province" and NOT_AFTER_FULL.match(text, end) is not None
