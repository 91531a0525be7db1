# SPDX-License-Identifier: Apache-2.0
"""Who is in which park: firms by list, outline or address; organisations by their firms or by addresses of filings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihang.intensity.enterprises import Firms
from zhihang.intensity.facts_seen import FactsSeen
from zhihang.intensity.subjects import Remark
from zhihang.methods.polygon import Ring, crossing, inside, read_ring

ParkRows = Sequence[Mapping[str, Any]]
_CITY = 4
"""So many digits of a division code name the city: words of an address only count within the city of the park."""
_MOST_ADDRESSES = 0.5


@dataclass(frozen=True)
class Residents:
    """Organisations of parks: the park of each (its place), and the rule that put it there, `firm` or `address`."""

    park_of: Mapping[str, int]
    rules: Mapping[str, str]
    remarks: tuple[Remark, ...]

    def of(self, place: int) -> list[str]:
        """Organisations of one park, sorted."""
        return sorted(one for one, park in self.park_of.items() if park == place)


def members(
    firms: Sequence[Mapping[str, Any]], parks: ParkRows
) -> tuple[NDArray[np.int64], tuple[str, ...], list[Remark]]:
    """Say which park each firm is in (-1: none) and by which rule.

    The register's own word goes first, then the outline, then words of the address. A firm that a rule puts into
    several parks is in none of them; that is told, and so is a rule that says otherwise than the one that counted.
    """
    named = {row["park"]: place for place, row in enumerate(parks)}
    rings, remarks = _rings(parks)
    outlined = _outlined(firms, rings, len(parks))
    words = Words.of(parks)
    found = np.full(len(firms), -1, np.int64)
    rules = []
    for at, firm in enumerate(firms):
        tries = [
            ("list", [named[firm["park"]]] if firm["park"] in named else []),
            ("outline", np.flatnonzero(outlined[:, at]).tolist()),
            ("address", words.parks(firm["address"] or "", firm.get("region"))),
        ]
        said = [(rule, places) for rule, places in tries if places]
        rule, places = said[0] if said else ("", [])
        if len(places) == 1:
            found[at] = places[0]
        rules.append(rule if len(places) == 1 else "")
        remarks += _doubts(firm, said, parks)
    return found, tuple(rules), remarks


def residents(
    facts: FactsSeen, firms: Firms, park_of: NDArray[np.int64], rules: Sequence[str], parks: ParkRows
) -> Residents:
    """Say which park each organisation is in: that of its firm, else the one most addresses of its filings lie in.

    Natural persons are in none. A firm that the register places (by park, outline or address) is where that says.
    """
    held: dict[str, int] = {}
    how: dict[str, str] = {}
    remarks = []
    placed = set()
    for at, organisation in enumerate(firms.organisations):
        if organisation is None:
            continue
        if rules[at] or firms.register[at]["park"] or firms.register[at]["address"]:
            placed.add(organisation)
        park = int(park_of[at])
        if park < 0:
            continue
        if held.get(organisation, park) != park:
            told = f"{firms.register[at]['name']}: firms of one organisation in several parks; its patents count in"
            remarks.append(Remark(organisation, f"{told} {parks[held[organisation]]['park']}"))
            continue
        held[organisation], how[organisation] = park, "firm"
    for organisation, park in _by_filings(facts, parks).items():
        if organisation not in placed:
            held[organisation], how[organisation] = park, "address"
    return Residents(held, how, tuple(remarks))


@dataclass(frozen=True)
class Words:
    """Words of addresses by park, the longest first, each with the city it counts in (blank: anywhere)."""

    entries: tuple[tuple[str, int, str], ...]

    @classmethod
    def of(cls, parks: ParkRows) -> Words:
        """Read the words of parks, separated by semicolons."""
        found = [
            (word.strip(), place, (row.get("region") or "")[:_CITY])
            for place, row in enumerate(parks)
            for word in re.split("[;；]", row["address_words"] or "")
            if word.strip()
        ]
        return cls(tuple(sorted(found, key=lambda one: (-len(one[0]), one[0], one[1]))))

    @property
    def pattern(self) -> str:
        """A regular expression that finds any of the words."""
        return "|".join(dict.fromkeys(re.escape(word) for word, _, _ in self.entries))

    def parks(self, address: str, region: str | None) -> list[int]:
        """Return the parks whose word stands in an address: those of the longest word, for it says most."""
        city = (region or "")[:_CITY]
        hits = [
            (len(word), place) for word, place, of in self.entries if word in address and _may_be(city, of)
        ]
        return sorted({place for length, place in hits if length == hits[0][0]})


def _may_be(city: str, of: str) -> bool:
    """Whether an address in a city may be of a park in a city or province; unknown ones may."""
    return not city or not of or city == of or (of.endswith("00") and city[:2] == of[:2])


def _by_filings(facts: FactsSeen, parks: ParkRows) -> dict[str, int]:
    """Organisations whose filings, as first applicant, mostly give an address with the words of one park."""
    words = Words.of(parks)
    if not words.entries:
        return {}
    totals: dict[str, int] = {}
    hits: dict[str, dict[int, int]] = {}
    for row in facts.collect(_addresses(facts, words.pattern)).to_pylist():
        one = row["organisation_id"]
        totals[one] = totals.get(one, 0) + row["n"]
        for place in words.parks(row["found"] or "", row["city"]):
            hits.setdefault(one, {}).setdefault(place, 0)
            hits[one][place] += row["n"]
    found = {}
    for one, counts in hits.items():
        most = max(counts.values())
        best = [place for place, count in counts.items() if count == most]
        if len(best) == 1 and most > _MOST_ADDRESSES * totals[one]:
            found[one] = best[0]
    return found


def _addresses(facts: FactsSeen, pattern: str) -> Any:
    """Organisations with such an address: their filings by city and address, blank where it has none of the words."""
    patent, party = facts.table("patent"), facts.table("party")
    patent = patent.filter(patent.organisation_id.notnull() & (patent.applicant_type != "individual"))
    party = party.filter((party.role == "applicant") & (party.sequence == 1) & party.address.notnull())
    party = party.mutate(found=party.address.re_search(pattern).ifelse(party.address, None))
    rows = patent.select("application_id", "organisation_id", city=patent.region.substr(0, _CITY))
    rows = rows.inner_join(party.select("application_id", "found"), "application_id")
    rows = rows.semi_join(rows.filter(rows.found.notnull()).select("organisation_id"), "organisation_id")
    counted = rows.group_by("organisation_id", "city", "found").aggregate(n=rows.count())
    return counted.order_by("organisation_id", "city", "found")


def _doubts(
    firm: Mapping[str, Any], said: Sequence[tuple[str, Sequence[int]]], parks: ParkRows
) -> list[Remark]:
    if not said:
        return []
    rule, places = said[0]
    if len(places) > 1:
        told = "、".join(parks[place]["park"] for place in places)
        return [Remark(firm["enterprise"], f"{firm['name']}: by {rule} in several parks ({told}); in none")]
    others = [
        f"{parks[place]['park']} by {other}"
        for other, found in said[1:]
        for place in found
        if places[0] not in found
    ]
    if not others:
        return []
    told = f"{parks[places[0]]['park']} by {rule}, {', '.join(others)}; the former counts"
    return [Remark(firm["enterprise"], f"{firm['name']}: {told}")]


def _rings(parks: ParkRows) -> tuple[dict[int, Ring], list[Remark]]:
    """Outlines that can be used; of the others the reason is told."""
    rings, remarks = {}, []
    for place, row in enumerate(parks):
        if not row["boundary"]:
            continue
        try:
            ring = read_ring(row["boundary"])
            met = crossing(ring)
            if met is not None:
                raise ValueError(f"it crosses itself: sides {met[0]} and {met[1]} meet")
        except ValueError as error:
            remarks.append(Remark(row["park"], f"{row['park']}: the outline is not used: {error}"))
            continue
        rings[place] = ring
    return rings, remarks


def _outlined(firms: Sequence[Mapping[str, Any]], rings: Mapping[int, Ring], count: int) -> NDArray[np.bool_]:
    """Whether each firm (column) lies in the outline of each park (row)."""
    x, y = (
        np.array([np.nan if firm[name] is None else firm[name] for firm in firms], float)
        for name in ("longitude", "latitude")
    )
    found = np.zeros((count, len(firms)), dtype=bool)
    with np.errstate(invalid="ignore"):
        for place, ring in rings.items():
            found[place] = inside(ring, x, y)
    return found
