# SPDX-License-Identifier: Apache-2.0
"""Functional zones (开发区, 高新区, 保税区 ...): found in an address, put under one name, coded where listed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhihang.derivation.places.gazetteer import Gazetteer, Unit

if TYPE_CHECKING:
    from zhihang.facts.codelist import CodeLists

LIST = "zone_kind"
_NO_ZONE_AFTER = "路|街|大道|大街|巷|医院|中学|小学|支行|分局|管委会大"
_NOT_INSIDE = r"\d\W路街号镇乡村弄巷栋幢楼室层座"
_STRONG = frozenset(
    ("high_tech", "economic", "comprehensive_bonded", "bonded_port", "bonded", "export_processing", "torch")
)
_RANK = ("国家级", "国家", "省级")
_AS_WRITTEN = frozenset(("science_park", "industrial_park", "demonstration", "administration"))


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone under its normalised name; `end` is where its name ends in the text."""

    name: str
    code: str | None
    end: int


class Zones:
    """Finds zones; the words for each kind are those of the list."""

    def __init__(self, gazetteer: Gazetteer, codes: CodeLists) -> None:
        rows = codes.rows(LIST)
        words = {word: row for row in rows for word in (row["zh"], *row["aliases"].split("|")) if word}
        ordered = sorted(words, key=len, reverse=True)
        self._kinds: Mapping[str, Mapping[str, str]] = words
        alternatives = "|".join(map(re.escape, ordered))
        strong = "|".join(re.escape(w) for w in ordered if words[w]["code"] in _STRONG)
        self._here = re.compile(rf"([^{_NOT_INSIDE}]{{0,10}}?)({alternatives})(?!{_NO_ZONE_AFTER})")
        self._later = re.compile(rf"()({strong})(?!{_NO_ZONE_AFTER})")
        self._listed: dict[tuple[str, str, str], tuple[str, str]] = {}
        for code, name in gazetteer.zones:
            city = gazetteer.coded(f"{code[:4]}00")
            if city and (match := self._here.match(name)):
                kind = self._kinds[match[2]]["code"]
                rest = _bare(match[1]).removeprefix(city.short).removeprefix("市")
                self._listed.setdefault((code[:4], kind, rest), (code, name))

    def find(
        self, text: str, start: int, city: Unit, county: Unit | None, *, named_by_county: bool
    ) -> Zone | None:
        """Return the zone that an address names after its city or county.

        `named_by_county` says that the county is known only because the zone bears its name (江宁开发区).
        """
        match = self._here.match(text, start) or self._later.search(text, start)
        if match is None:
            return None
        kind = self._kinds[match[2]]
        rest, owner = _bare(match[1]), ""
        for unit in (city, county):
            if unit and rest.startswith(unit.short):
                owner, rest = unit.short, _bare(rest.removeprefix(unit.name).removeprefix(unit.short))
                break
        listed = None if named_by_county else self._listed.get((city.code[:4], kind["code"], rest))
        if listed and owner in ("", city.short):
            return Zone(listed[1], listed[0], match.end())
        if not owner:
            own = county and (
                named_by_county or not county.name.endswith("区") or kind["code"] not in _STRONG
            )
            owner = county.short if county and own else city.short
        word = _word(match[2]) if kind["code"] in _AS_WRITTEN else kind["zh"]
        return Zone(f"{owner}{rest}{word}", None, match.end())


def _bare(text: str) -> str:
    for word in _RANK:
        text = text.removeprefix(word)
    return text


def _word(written: str) -> str:
    """Put 工业园 and 工业园区 under one word."""
    return f"{written}区" if written.endswith(("工业园", "产业园", "科技园")) else written
