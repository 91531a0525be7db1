# SPDX-License-Identifier: Apache-2.0
"""The places figures are computed for: the nation, divisions, and groups of divisions that a user names."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from zhihang.errors import DefinitionError, NotFound
from zhihang.facts.codelist import Code, CodeLists
from zhihang.facts.region_name import COUNTRY, RegionNames

Level = Literal["country", "province", "prefecture", "county", "group"]
NEAR = 6
"""So many divisions are named where a code is not known."""
LENGTHS: Mapping[str, int] = {"country": 0, "province": 2, "prefecture": 4, "county": 6}


@dataclass(frozen=True)
class Place:
    """A place: its code, its name, its level, and the beginnings of the codes of all divisions in it."""

    code: str
    zh: str
    en: str
    level: Level
    prefixes: tuple[str, ...]

    def holds(self, region: str) -> bool:
        """Whether a division lies in it.

        >>> Place("450300", "桂林市", "Guilin", "prefecture", ("4503",)).holds("450312")
        True
        """
        return any(region.startswith(prefix) for prefix in self.prefixes)


class Places:
    """Places by code or name. A former code or name leads to the unit of today."""

    def __init__(self, codes: CodeLists) -> None:
        self.names = RegionNames(codes)
        self._groups = _groups(codes)

    def find(self, text: str) -> Place:
        """Return the place of a code, a name or a user's group."""
        if text in self._groups:
            return self._groups[text]
        found = self.names.by_code(text) or self.names.by_name(text)
        if found is None:
            raise self._unknown(text)
        return _place(found)

    def at_level(self, within: Place, level: Level) -> list[Place]:
        """Return the divisions of a level in a place, by code; placeholders such as 市辖区 are left out."""
        return [
            _place(code)
            for code in self.names.regions
            if code.details["level"] == level
            and code.details.get("placeholder") != "1"
            and within.holds(code.code)
        ]

    def _unknown(self, text: str) -> NotFound:
        if self.names.is_former(text):
            return NotFound(
                f'The division "{text}" no longer exists, and its area is not one division of today.',
                {"asked for": text},
                todo="Ask for the division it is part of now; zhihang list codelists, list region_change.",
            )
        known = [code.label.zh for code in self.names.regions]
        near = self._beside(text) or difflib.get_close_matches(text, [*self._groups, *known], n=3, cutoff=0.5)
        return NotFound(
            f'Region "{text}" is not known.',
            {"close to": ", ".join(near)} if near else {},
            todo="Give a code or name of today: zhihang show codelist region.",
        )

    def _beside(self, text: str) -> list[str]:
        """Return the divisions whose codes begin most like one that is not known."""
        if not text.isdecimal():
            return []
        for digits, rest in ((4, ""), (2, "00")):
            alike = [c for c in self.names.regions if c.code[:digits] == text[:digits]]
            found = [c for c in alike if c.code.endswith(rest)]
            if found:
                return [f"{code.code} {code.label.zh}" for code in found[:NEAR]]
        return []


def _place(code: Code) -> Place:
    level: Level = code.details["level"]  # type: ignore[assignment]
    prefix = "" if code.code == COUNTRY else code.code[: LENGTHS[level]]
    return Place(code.code, code.label.zh, code.label.en, level, (prefix,))


def _groups(codes: CodeLists) -> Mapping[str, Place]:
    """Return the groups of the workspace's list ``region_group`` (columns group, zh, en, region)."""
    if "region_group" not in codes:
        return {}
    rows = codes.rows("region_group")
    missing = {"group", "zh", "en", "region"} - set(rows[0] if rows else ())
    if rows and missing:
        raise DefinitionError(
            "The list of groups of regions lacks columns.",
            {"file": "codelists/region_group.csv", "missing": ", ".join(sorted(missing))},
            todo="Give columns group, zh, en, region: one row per group and division.",
        )
    names = RegionNames(codes)
    members: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        members.setdefault(row["group"], []).append(row)
    return {code: _group(code, found, names) for code, found in members.items()}


def _group(code: str, rows: Sequence[Mapping[str, str]], names: RegionNames) -> Place:
    found = {row["region"]: names.by_code(row["region"]) for row in rows}
    unknown = [region for region, named in found.items() if named is None]
    prefixes = sorted(_place(named).prefixes[0] for named in found.values() if named)
    overlapping = [b for a, b in itertools.pairwise(prefixes) if b.startswith(a)]
    if unknown or overlapping:
        raise DefinitionError(
            f'The group of regions "{code}" has faults.',
            {
                "file": "codelists/region_group.csv",
                "unknown": ", ".join(unknown) or "none",
                "contained twice": ", ".join(overlapping) or "none",
            },
            todo="Name each division once, and none together with a part of it.",
        )
    return Place(code, rows[0]["zh"], rows[0]["en"], "group", tuple(prefixes))
