# SPDX-License-Identifier: Apache-2.0
"""Places a study compares: a country, a division of China, or the world; read from what its file says."""

from __future__ import annotations

from dataclasses import dataclass

from zhihang.errors import DefinitionError
from zhihang.facts.codelist import CodeLists
from zhihang.facts.region_name import RegionNames
from zhihang.navigation.study import Study

WORLD = "world"


@dataclass(frozen=True)
class ComparedPlace:
    """A place: code (two letters, six digits, holders or world), name, and the part it plays in the study."""

    key: str
    name: str
    role: str


def compared(study: Study, codes: CodeLists) -> list[ComparedPlace]:
    """Return the places of a study, the local one first; all that cannot be read are told together."""
    says, faults, found = study.says, [], []
    if says.holders:
        found.append(ComparedPlace("holders", says.client or "、".join(says.holders), "local"))
    wanted = [
        ("region", says.region, "local" if not found else "comparator"),
        ("nation", says.nation, "nation"),
    ]
    wanted += [(f"comparators[{i}]", text, "comparator") for i, text in enumerate(says.comparators, start=1)]
    for where, text, role in wanted:
        if not text:
            continue
        place = _read(text, role, codes)
        if place is None:
            faults.append(f'{where}: "{text}" is no country and no division')
        elif place.key not in {one.key for one in found}:
            found.append(place)
    if faults:
        raise DefinitionError(
            f'Places of the study "{study.name}" are not known.',
            {"file": study.path, "faults": "; ".join(faults), "expected": "CN, US, 450300, 广西, 桂林市"},
            todo="Give a country's two letters or a division's code or name.",
        )
    if found and found[0].role == "nation":
        found[0] = ComparedPlace(found[0].key, found[0].name, "local")
    return [*found, ComparedPlace(WORLD, "语料库全部", "world")]


def _read(text: str, role: str, codes: CodeLists) -> ComparedPlace | None:
    office = codes["office"].entries.get(text.upper()) or codes["office"].find(text)
    if office is not None and len(office.code) == 2:
        return ComparedPlace(office.code, office.label.zh, role)
    names = RegionNames(codes)
    region = names.by_code(text) if text.isdigit() else names.by_name(text)
    return None if region is None else ComparedPlace(region.code, region.label.zh, role)


def place_name(codes: CodeLists, code: str) -> str:
    """Return the name of a country's or division's code; the code itself where the lists do not have it."""
    for name in ("office", "region"):
        known = codes[name].entries.get(code)
        if known is not None:
            return known.label.zh
    return code
