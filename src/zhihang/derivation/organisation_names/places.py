# SPDX-License-Identifier: Apache-2.0
"""The place that a Chinese name opens with, and how to write it the same way each time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from zhihang.facts.codelist import CodeLists

_SUFFIXES = (
    "特别行政区",
    "壮族自治区",
    "回族自治区",
    "维吾尔自治区",
    "自治区",
    "自治州",
    "地区",
    "盟",
    "省",
    "市",
    "县",
    "区",
)
_MOST = 12
_DISTRICTS = ("区", "旗")
_PEOPLES = re.compile(
    "(?:各族|汉族|蒙古族?|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?|傣族|黎族|傈僳族|佤族|畲族|拉祜族"
    "|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|阿昌族|普米族|塔吉克|怒族|鄂温克族|德昂族|保安族"
    "|裕固族|独龙族|鄂伦春|各族)+自治[州县旗]$"
)
_NOT_AFTER_SHORT = ("区", "县", "市", "州", "自治", "地区", "族")


@dataclass(frozen=True)
class Found:
    """A place at the head of a text: its code ('' if several share the name), its short name, and what follows."""

    code: str
    text: str
    rest: str
    full: bool = False
    """Whether it stands there with its suffix (省, 市, 县, 区)."""


@dataclass(frozen=True)
class Places:
    """Names of divisions by level; each name leads to the codes that bear it."""

    provinces: Mapping[str, tuple[str, ...]]
    prefectures: Mapping[str, tuple[str, ...]]
    counties: Mapping[str, tuple[str, ...]]
    short_counties: Mapping[str, tuple[str, ...]]
    short: Mapping[str, str]
    """Short name of each code."""
    districts: frozenset[str]
    """Codes of districts, which are written after their city."""
    heads: frozenset[str]
    """First two characters of all names."""

    @classmethod
    def of(cls, codes: CodeLists) -> Places:
        """Take the names from the lists of divisions, their other names and their changes."""
        levels: dict[str, dict[str, tuple[str, ...]]] = {
            level: {} for level in ("province", "prefecture", "county", "short_county")
        }
        short: dict[str, str] = {}
        level_of: dict[str, str] = {}
        districts: set[str] = set()
        aliases: dict[str, list[str]] = {}
        for row in codes.rows("region_alias"):
            if row["kind"] == "short_name" and row["ambiguous"] != "1":
                aliases.setdefault(row["code"], []).append(row["alias"])
        for row in codes.rows("region"):
            code, name, level = row["code"], row["zh"], row["level"]
            if level == "country" or row["placeholder"] == "1" or len(name) > 10:
                continue
            level_of[code] = level
            if level == "county" and name.endswith("区"):
                districts.add(code)
            short[code] = min([*aliases.get(code, ()), _shortened(name)], key=len)
            _add(levels[level], name, code)
            if level != "county":
                for alias in {short[code], *aliases.get(code, ())}:
                    _add(levels[level], alias, code)
            elif not name.endswith(_DISTRICTS) and len(short[code]) > 1:
                _add(levels["short_county"], short[code], code)
        for row in codes.rows("region_change"):
            code, name = row["new_code"], row["old_name"]
            if name and level_of.get(code) == "county":
                _add(levels["county"], name, code)
        for row in codes.rows("region_alias"):
            if row["kind"] in ("short_county_form", "former_name") and level_of.get(row["code"]) == "county":
                _add(levels["county"], row["alias"], row["code"])
        county, short_county = levels["county"], levels["short_county"]
        heads = frozenset(name[:2] for names in levels.values() for name in names)
        return cls(
            levels["province"], levels["prefecture"], county, short_county, short, frozenset(districts), heads
        )

    def named(self, text: str) -> Found | None:
        """Return the place of exactly this name."""
        found = self.leading(text)
        if found and not found.rest:
            return found
        if text in self.short_counties:
            codes = self.short_counties[text]
            return Found(codes[0] if len(codes) == 1 else "", text, "")
        return None

    def leading(self, text: str) -> Found | None:
        """Return the chain of places a text opens with, written by its lowest member.

        Province and city before a county or county-level city are left out; a district keeps its city.
        """
        if text[:2] not in self.heads:
            return None
        chain = None
        for names in (self.provinces, self.prefectures, self.counties):
            rest = chain.rest if chain else text
            within = chain.code if chain else ""
            step = _head(rest, names, within)
            if step is None and names is self.counties and chain:
                step = _head(rest, self.short_counties, within)
            if step is None:
                continue
            chain = self._joined(chain, step)
        return chain

    def _joined(self, chain: Found | None, step: tuple[str, str, str]) -> Found:
        code, name, rest = step
        own = self.short.get(code) or _shortened(name)
        full = name != own
        if code in self.districts:
            city = self.short.get(f"{code[:4]}00") or self.short.get(f"{code[:2]}0000", "")
            own = name if own == name else own
            return Found(code, city + own if city != own else own, rest, full)
        if chain is not None and not code:
            return Found("", chain.text + own, rest, full)
        return Found(code, own, rest, full)


def _head(text: str, names: Mapping[str, tuple[str, ...]], within: str) -> tuple[str, str, str] | None:
    prefix = within.rstrip("0") if within.endswith("00") else within
    if within and len(prefix) % 2:
        prefix += "0"
    for length in range(min(_MOST, len(text)), 1, -1):
        name = text[:length]
        if name in names and not (
            name[-1] not in "省市县区州盟旗" and text.startswith(_NOT_AFTER_SHORT, length)
        ):
            codes = [code for code in names[name] if code.startswith(prefix)]
            if codes:
                return (codes[0] if len(codes) == 1 else "", name, text[length:])
    return None


def _shortened(name: str) -> str:
    people = _PEOPLES.search(name)
    if people and people.start() > 1:
        return name[: people.start()]
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) > 1:
            return name.removesuffix(suffix)
    return name


def _add(names: dict[str, tuple[str, ...]], name: str, code: str) -> None:
    if len(name) > 1 and code not in names.get(name, ()):
        names[name] = (*names.get(name, ()), code)
