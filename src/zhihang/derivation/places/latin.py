# SPDX-License-Identifier: Apache-2.0
"""Chinese places in Latin letters: names of provinces, cities and counties in any order, with commas or without."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from zhihang.derivation.places.gazetteer import Gazetteer, Unit
    from zhihang.facts.codelist import CodeLists

_LATIN = re.compile(r"[A-Za-z]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[a-z']+|[,;/()]|\d+")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_HOME = _set("china cn prc chn zhongguo")
_KINDS = _set(
    """city province prov prefecture county district dist municipality autonomous region league zone
    sheng shi qu xian zizhiqu zizhizhou zizhixian diqu meng new"""
)
_COUNTY_KINDS = _set("county district dist qu xian city shi zizhixian")
_FILLING = _set("p r pr the of and people peoples republic post code postcode zip")
_BEFORE_STREET = _set(
    "east west south north middle central dong xi nan bei zhong e w s n first second third new"
)
_STREETS = _set(
    """road rd street str st avenue ave av lane ln boulevard blvd highway hwy expressway lu jie dajie dadao xiang
    hutong building bldg plaza tower mansion garden square bridge port
    university univ college institute inst academy hospital school"""
)
_FIGURES = "0"
_LONGEST = 4
"""So many words at most spell one name: Xi Shuang Ban Na."""
_SURE = 5
"""A county's name of fewer letters counts only where it is called a county, or stands between commas."""


class Latin(NamedTuple):
    """What an address in Latin letters says: the units it may mean, and what there is to remark."""

    units: tuple[Unit, ...] = ()
    note: str = ""


class _Hit(NamedTuple):
    """A name found: the units that bear it, whether its kind follows, whether only such names stand between its commas."""

    units: tuple[Unit, ...]
    name: str
    called: bool
    alone: bool

    @property
    def passing(self) -> bool:
        """Whether it may be a town's name as well: no city bears it, and nothing calls it a county."""
        return not self.called and all(unit.level == "county" for unit in self.units)


def is_latin(text: str) -> bool:
    """Say whether a text has Latin letters and no Chinese ones."""
    return bool(_LATIN.search(text)) and not _CHINESE.search(text)


def names_china(text: str) -> bool:
    """Say whether a text in Latin letters names China and nothing else."""
    words = set(_words(text)) if is_latin(text) else set()
    return bool(words & _HOME) and words <= _HOME | _FILLING | {","}


@dataclass(frozen=True)
class LatinPlaces:
    """Finds the places that names in Latin letters mean together."""

    gazetteer: Gazetteer
    names: Mapping[str, tuple[Unit, ...]]

    @classmethod
    def of(cls, gazetteer: Gazetteer, codes: CodeLists) -> LatinPlaces:
        """Gather the names in Latin letters of today's divisions."""
        rows = [(r["code"], r["en"]) for r in codes.rows("region") if r["placeholder"] == "0"]
        rows += [(r["code"], r["alias"]) for r in codes.rows("region_alias") if is_latin(r["alias"])]
        found: dict[str, tuple[Unit, ...]] = {}
        for code, name in rows:
            unit = gazetteer.coded(code)
            words = [word for word in _words(name) if word.isalpha()]
            while len(words) > 1 and words[-1] in _KINDS:
                words.pop()
            if unit and words:
                key = "".join(words)
                found[key] = tuple(dict.fromkeys((*found.get(key, ()), unit)))
        return cls(gazetteer, found)

    def read(self, text: str, *, in_china: bool) -> Latin:
        """Return the deepest place that all names of an address agree on.

        A name that fits no other one counts only where China is named, or where nothing else stands beside it.
        """
        words = list(_words(text))
        home = in_china or bool(_HOME & set(words))
        hits = self._hits(words)
        provinces = _distinct(u for hit in hits for u in hit.units if u.level == "province")
        best = self._agreed(hits, provinces)
        if best is None:
            named = ", ".join(dict.fromkeys(hit.name for hit in hits))
            return (
                Latin(note=f"names of places that do not fit together: {named}") if len(hits) > 1 else Latin()
            )
        units, used, note = best
        if home or len(used) > 1 or used[0].alone:
            return Latin(units, note)
        return Latin(note=f"{used[0].name} may be {units[0].name}, but nothing says that it is in China")

    def _hits(self, words: Sequence[str]) -> list[_Hit]:
        """Return the names, the longest first at each place; those of streets and institutions are passed over."""
        rest = list(words)
        spans: list[tuple[int, int, tuple[Unit, ...]]] = []
        place = 0
        while place < len(words):
            length, units = self._longest(words, place)
            begin, place = place, place + max(length, 1)
            if units and not _names_a_street(words, place):
                spans.append((begin, place, units))
                rest[begin:place] = [_FIGURES] * length
                called = words[place : place + 1] and words[place] in _COUNTY_KINDS
                place += bool(called) and any(unit.level == "county" for unit in units)
        return [
            _Hit(
                units,
                " ".join(words[begin:end]).title(),
                end < len(words) and words[end] in _COUNTY_KINDS,
                _alone(rest, begin, end),
            )
            for begin, end, units in spans
        ]

    def _longest(self, words: Sequence[str], place: int) -> tuple[int, tuple[Unit, ...]]:
        for length in range(min(_LONGEST, len(words) - place), 0, -1):
            units = self.names.get("".join(words[place : place + length]))
            if units:
                return length, units
        return 0, ()

    def _agreed(
        self, hits: Sequence[_Hit], provinces: Sequence[Unit]
    ) -> tuple[tuple[Unit, ...], list[_Hit], str] | None:
        """Return the units that agree with a province named, else those of cities alone; None where nothing agrees."""
        read = [self._within(province, hits) for province in provinces]
        whole = [found for found in read if found and len(found[1]) == len(hits)]
        if len(whole) == 1 or (whole and len({found[0] for found in whole}) == 1):
            return whole[0]
        if provinces:
            return None
        cities = [hit for hit in hits if any(u.level == "prefecture" for u in hit.units)]
        if not cities:
            return self._county_alone(hits)
        meant = _distinct(u for hit in cities for u in hit.units if u.level == "prefecture")
        fitting = [
            found for city in meant if (found := self._within_city(city, hits)) and len(found[1]) == len(hits)
        ]
        units = tuple(dict.fromkeys(unit for found in fitting for unit in found[0]))
        return (units, fitting[0][1], "") if fitting else None

    def _within(
        self, province: Unit, hits: Sequence[_Hit]
    ) -> tuple[tuple[Unit, ...], list[_Hit], str] | None:
        """Read all names as places of one province."""
        naming = [hit for hit in hits if province in hit.units]
        others = [hit for hit in hits if province not in hit.units] or _second(naming)
        found = [(hit, _inside(hit, province.code[:2])) for hit in others]
        if any(not units and not hit.passing for hit, units in found):
            return None
        others = [hit for hit, units in found if units]
        inside = [units for _, units in found if units]
        cities = _distinct(u for units in inside for u in units if u.level == "prefecture")
        if len(cities) > 1:
            named = ", ".join(unit.name for unit in cities)
            return (province,), list(hits), f"several cities named: {named}"
        if cities:
            units, _, note = self._within_city(cities[0], others) or ((cities[0],), others, "")
            return units, list(hits), note
        # The districts of a city that is a province; and counties, where one of the name is in the province.
        own = province.name.endswith("市")
        counties = [_one_county(hit, units, own=own) for hit, units in zip(others, inside, strict=True)]
        county = _distinct(unit for unit in counties if unit)
        return (tuple(county) if len(county) == 1 else (province,)), list(hits), ""

    def _within_city(
        self, city: Unit, hits: Sequence[_Hit]
    ) -> tuple[tuple[Unit, ...], list[_Hit], str] | None:
        """Read all names as one city and counties of it; a name that is neither speaks against the city."""
        stems = self.gazetteer.stems(city)
        counties: list[Unit] = []
        for hit in hits:
            if city in hit.units:
                continue
            inside = [u for u in hit.units if u.level == "county" and u.code.startswith(stems)]
            if not inside and not hit.passing:
                return None
            counties += [unit for unit in [_one_county(hit, inside, own=True)] if unit]
        county = _distinct(counties)
        return ((county[0] if len(county) == 1 else city),), list(hits), ""

    def _county_alone(self, hits: Sequence[_Hit]) -> tuple[tuple[Unit, ...], list[_Hit], str] | None:
        """Take counties named without city or province only where they are called so, or have the text to themselves."""
        if len(hits) != 1 or not (hits[0].called or hits[0].alone):
            return None
        return hits[0].units, list(hits), ""


def _words(text: str) -> Iterator[str]:
    """Words in small letters without apostrophes; marks that divide stand as a comma, figures as one word."""
    folded = text.casefold().replace("\u2019", "'").replace("`", "'")
    for match in _WORD.finditer(folded):
        word = match[0].replace("'", "")
        if word:
            yield word if word.isalpha() else _FIGURES if word.isdigit() else ","


def _alone(words: Sequence[str], begin: int, end: int) -> bool:
    """Say whether nothing but kinds, figures and the country stands beside a name up to the next comma."""
    passed = _KINDS | _HOME | _FILLING | {_FIGURES}
    before = next((word for word in reversed(words[:begin]) if word not in passed), ",")
    after = next((word for word in words[end:] if word not in passed), ",")
    return before == after == ","


def _names_a_street(words: Sequence[str], place: int) -> bool:
    following = words[place : place + 2]
    if following and following[0] in _BEFORE_STREET:
        following = following[1:]
    return bool(following) and following[0] in _STREETS


def _inside(hit: _Hit, stem: str) -> list[Unit]:
    """Units of a name below a province; a city before counties of its name."""
    found = [unit for unit in hit.units if unit.code.startswith(stem) and unit.level != "province"]
    cities = [unit for unit in found if unit.level == "prefecture"]
    return cities or found


def _one_county(hit: _Hit, units: Sequence[Unit], *, own: bool) -> Unit | None:
    """Return the one county a name means: short names, and those below a province only, need a sign that it is one."""
    counties = [unit for unit in units if unit.level == "county"]
    shown = hit.called or hit.alone or (own and len(hit.name) >= _SURE)
    return counties[0] if len(counties) == 1 and shown else None


def _second(naming: Sequence[_Hit]) -> list[_Hit]:
    """A name written twice is that of the province and of its city: Jilin, Jilin."""
    both = len(naming) > 1 and any(unit.level == "prefecture" for unit in naming[0].units)
    return list(naming[:1]) if both else []


def _distinct(units: Iterator[Unit] | Sequence[Unit]) -> list[Unit]:
    return list(dict.fromkeys(units))
