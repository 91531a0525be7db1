# SPDX-License-Identifier: Apache-2.0
"""Read an address from its front: province, city, county, each inside the one before; what does not fit ends the chain."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from zhihang.derivation.places.gazetteer import Gazetteer, Unit
from zhihang.derivation.places.lexicon import Entry, Lexicon, names_a_street
from zhihang.derivation.places.zones import Zone, Zones

if TYPE_CHECKING:
    from zhihang.facts.codelist import CodeLists

_JUNK = re.compile(r"[\s,，;；:：.。·\-—_/()\[\]【】]+")
_POSTCODE = re.compile(r"(?<!\d)(\d{6})(?!\d)")
_SKIP = re.compile("(?:中华人民共和国|中国|地址|邮编|邮政编码|市辖区|(?:省|自治区)直辖(?:县级行政区划)?)+")
_SPECIAL = {"四川省重庆": "重庆", "内蒙古族自治区": "内蒙古自治区", "内蒙自治区": "内蒙古自治区"}
_LEVELS = {"province": 0, "prefecture": 1, "county": 2}
_INSIDE = re.compile(r"(?!路|大道|街|巷|场|民政)")

FULL, BARE, SHORT, ZONE_NAME, LATER = "full", "bare", "short", "zone", "later"
"""How a county was found: under a city or province; alone; by a short form; in a zone's name; further on in the text."""


class Chain(NamedTuple):
    """What a text says about a place.

    `counties` holds every county the text may mean; more than one is an ambiguity that other evidence may end.
    """

    province: Unit | None = None
    city: Unit | None = None
    counties: tuple[Unit, ...] = ()
    namesakes: tuple[Unit, ...] = ()
    """Counties that bear the city's own name at another time (巢湖市): the day tells which is meant."""
    how: str = FULL
    zone: Zone | None = None
    postcode: str | None = None
    start: int = 0
    end: int = 0

    @property
    def units(self) -> tuple[Unit, ...]:
        """The deepest units found."""
        deepest = self.city or self.province
        return self.counties or ((deepest, *self.namesakes) if deepest else ())


_NOTHING = Chain()


@dataclass
class ChainReader:
    """Reads chains with the names of a gazetteer."""

    gazetteer: Gazetteer
    lexicon: Lexicon
    zones: Zones
    _searches: dict[Unit, re.Pattern[str] | None] = field(default_factory=dict)
    _fit: dict[tuple[str, Chain, Unit | None], tuple[Entry, ...]] = field(default_factory=dict)
    _added: dict[tuple[tuple[Entry, ...], Chain], Chain] = field(default_factory=dict)
    """Answers of `_step` for names and what is known before them: there are few of these, and millions of addresses."""

    @classmethod
    def of(cls, gazetteer: Gazetteer, codes: CodeLists) -> ChainReader:
        """Set up for the lists of a workspace."""
        reader = cls(gazetteer, Lexicon.of(gazetteer, codes), Zones(gazetteer, codes))
        cities = {u.name for u in gazetteer.units if u.level != "county" and len(u.name) > 2}
        reader._anywhere = re.compile("|".join(sorted(cities, key=len, reverse=True)) + "(?!场|民|政)")
        return reader

    _anywhere: re.Pattern[str] = field(default_factory=lambda: re.compile("(?!)"))

    def read(self, text: str) -> Chain:
        """Read an address as a source writes it."""
        folded = unicodedata.normalize("NFKC", text)
        codes = _POSTCODE.findall(folded)
        folded = _JUNK.sub("", _POSTCODE.sub(" ", folded) if codes else folded)
        for written, meant in _SPECIAL.items():
            folded = folded.replace(written, meant)
        chain = self._links(folded, 0, _NOTHING)
        if chain.province and not (chain.city or chain.counties):
            other = self._links(folded, 0, _NOTHING, without=chain.province)
            chain = other if other.counties else chain
        if not chain.units and (match := self._anywhere.search(folded)):
            chain = self._links(folded, match.start(), chain)
            chain = chain._replace(how=LATER) if chain.units else chain
        chain = self._rest(folded, chain)
        return chain._replace(postcode=codes[0]) if codes else chain

    def _links(self, text: str, start: int, chain: Chain, without: Unit | None = None) -> Chain:
        """Take names off the front as long as each fits into what is known.

        `without` leaves out a province whose short form a prefecture shares (海南).
        """
        begin = position = _skip(text, start)
        while not chain.counties:
            step = self._step(text, position, chain, without)
            if step is None:
                break
            chain, position = step
            position = _skip(text, position)
        return chain._replace(start=begin, end=position)

    def _step(self, text: str, position: int, chain: Chain, without: Unit | None) -> tuple[Chain, int] | None:
        """Take the longest name that stands here and fits."""
        placed = bool(chain.units)
        for name, entries in self.lexicon.at(text, position):
            key = (name, chain, without)
            fit = self._fit.get(key)
            if fit is None:
                fit = tuple(e for e in entries if e.unit is not without and self._fits(e, chain))
                self._fit[key] = fit
            end = position + len(name)
            fit = tuple(e for e in fit if not names_a_street(e, text, end, placed=placed))
            if fit:
                added = self._added.get((fit, chain))
                if added is None:
                    added = self._added[fit, chain] = self._add(fit, chain)
                return added, end - self._overlap(text, end, added)
        return None

    def _overlap(self, text: str, end: int, chain: Chain) -> int:
        """Return 1 where the city's 市 begins the county's name: 济南市中区."""
        if text[end - 1] != "市" or not chain.city or chain.counties:
            return 0
        stems = self.gazetteer.stems(chain.city)
        county = [
            any(e.unit.level == "county" and not e.short and e.unit.code.startswith(stems) for e in entries)
            for _, entries in self.lexicon.at(text, end - 1)
        ]
        return int(any(county))

    def _fits(self, entry: Entry, chain: Chain) -> bool:
        unit = entry.unit
        if chain.city:
            if unit.level == "prefecture":
                return unit.short == chain.city.short and unit.code[:4] in self.gazetteer.stems(chain.city)
            return (unit.level == "county" and unit.code.startswith(self.gazetteer.stems(chain.city))) or (
                unit is chain.province
            )
        if chain.province:
            return unit.code[:2] == chain.province.code[:2]
        return not (entry.short and unit.level == "county")

    def _add(self, entries: Sequence[Entry], chain: Chain) -> Chain:
        level = min(_LEVELS[e.unit.level] for e in entries)
        units = tuple(dict.fromkeys(e.unit for e in entries if _LEVELS[e.unit.level] == level))
        if level == 0:
            return chain._replace(province=units[0])
        if level == 1:
            province = chain.province or self.gazetteer.coded(units[0].code[:2] + "0000")
            if chain.city:
                return chain._replace(province=province)
            namesakes = tuple(e.unit for e in entries if e.unit.level == "county" and not e.short)
            stem = province.code[:2] if province else ""
            own = units[-1].code[:4]
            inside = tuple(u for u in namesakes if u.code.startswith(stem) and not u.code.startswith(own))
            return chain._replace(province=province, city=units[-1], namesakes=inside)
        if chain.city:
            stem = chain.city.code[:4]
            units = tuple(unit for unit in units if unit.code.startswith(stem)) or units
        how = SHORT if all(e.short for e in entries) else FULL if chain.units else BARE
        return chain._replace(counties=units, how=how)

    def _rest(self, text: str, chain: Chain) -> Chain:
        """Look behind the chain for a zone, and for a county that the front does not give."""
        if not chain.units:
            return chain
        one = len({unit.short for unit in chain.counties}) == 1
        county = chain.counties[-1] if one else None
        city = chain.city or (self.gazetteer.above(county) if county else chain.province)
        if city is None:
            return chain
        zone = self.zones.find(text, chain.end, city, county, named_by_county=chain.how == SHORT)
        if zone and chain.how == SHORT and zone.name.startswith(chain.units[0].short):
            chain = chain._replace(how=ZONE_NAME)
        chain = chain._replace(zone=zone)
        if chain.counties:
            return chain
        if zone:
            further = self._links(text, zone.end, chain)
            if further.counties and further.how == FULL:
                return further
        return self._later(text, chain, city)

    def _later(self, text: str, chain: Chain, city: Unit) -> Chain:
        """Find the one county of the city whose full name stands further on."""
        if city.level == "province" and not city.name.endswith("市"):
            return chain
        pattern = self._search(city)
        names = set(pattern.findall(text, chain.end)) if pattern else set()
        if len(names) != 1:
            return chain
        stems = self.gazetteer.stems(city)
        units = tuple(
            e.unit
            for e in self.lexicon.entries[names.pop()]
            if not e.short and e.unit.level == "county" and e.unit.code.startswith(stems)
        )
        return chain._replace(counties=units, how=LATER)

    def _search(self, city: Unit) -> re.Pattern[str] | None:
        if city not in self._searches:
            stems = self.gazetteer.stems(city)
            names = {
                u.name
                for u in self.gazetteer.units
                if u.level == "county" and len(u.name) > 2 and u.code.startswith(stems)
            }
            self._searches[city] = (
                re.compile("(" + "|".join(sorted(names, key=len, reverse=True)) + ")" + _INSIDE.pattern)
                if names
                else None
            )
        return self._searches[city]


def _skip(text: str, position: int) -> int:
    match = _SKIP.match(text, position)
    return match.end() if match else position
