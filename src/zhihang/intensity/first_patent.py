# SPDX-License-Identifier: Apache-2.0
"""Firms without a patent (消零, 挖潜): only a name variant, or how near to a first one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihang.errors import NotInstalled
from zhihang.intensity.enterprises import Firms, firms_of_year
from zhihang.intensity.facts_seen import Area, FactsSeen
from zhihang.intensity.identify import value_of
from zhihang.intensity.industry_list import IndustryLists
from zhihang.intensity.patent_counts import counted_patents, window_of
from zhihang.intensity.scheme import Condition, Patents, SchemeFile, Words

ALIKE = 85.0
"""Names at least so alike (0 to 100) are shown as possibly the same firm; our own bound."""
COMPARED = 300
"""So many firms that are linked already show how alike names are by mere chance."""
FEWEST_COMPARED = 30
RECENT = 5
_LEVELS = (4, 3, 2)
_FEWEST = 3
_OTHERS = Patents(kinds=("utility_model", "design"), measure="stock", holders="all")
_FILINGS = Patents(
    kinds=("invention", "utility_model", "design"), measure="filings", window=20, holders="all"
)


def first_patent(facts: FactsSeen, area: Area, year: int) -> list[dict[str, Any]]:
    """List firms above designated size without an invention in force (消零), the nearest to a first one on top.

    Nearness is the share of firms with an invention in force among the others of the same industry (class, else
    group, else division, whichever has three firms or more). Equally near ones go by utility models and designs in
    force, then by the inventions filed in the same division and industry in five years. Beside them stands the
    nearest name among applicants that no firm of the register is linked to, with the chance that it is the firm.
    """
    firms = firms_of_year(facts, area, _counting(_OTHERS), year)
    inventions, above = (firms.subjects.measure(name) for name in ("valid_inventions", "above_scale"))
    return _ranked(facts, area, year, firms, (above == 1) & (inventions == 0), inventions > 0)


def first_filing(facts: FactsSeen, area: Area, year: int) -> list[dict[str, Any]]:
    """List firms below designated size that have filed nothing in 20 years (挖潜), the nearest to a first filing on top.

    Nearness is the share of firms that have filed among the others of the same industry.
    """
    firms = firms_of_year(facts, area, _counting(_FILINGS), year)
    filed, above = (firms.subjects.measure(name) for name in ("patents", "above_scale"))
    return _ranked(facts, area, year, firms, (above != 1) & (filed == 0), filed > 0)


def _ranked(
    facts: FactsSeen, area: Area, year: int, firms: Firms, chosen: NDArray[np.bool_], holds: NDArray[np.bool_]
) -> list[dict[str, Any]]:
    subjects, held = firms.subjects, np.flatnonzero(chosen)
    near = _nearness(subjects.industries, holds)
    around = _around(facts, area, year)
    alike = _alike(facts, firms, held)
    lists = IndustryLists(facts.codes, _counting(_OTHERS).edition)
    rows = [
        {
            "enterprise": subjects.ids[at],
            "name": subjects.names[at],
            "industry": subjects.industries[at],
            "industry_name": lists.name(subjects.industries[at] or ""),
            "nearness": near[at],
            "other_patents": int(subjects.measure("patents")[at]),
            "neighbour_filings": _filed_around(around, firms.register[at]["region"], subjects.industries[at]),
            "employment": value_of(subjects.measure("employment"), at),
            "rd": value_of(subjects.measure("rd"), at),
            "link": firms.links[at],
            **alike.get(int(at), _NOBODY),
        }
        for at in held.tolist()
    ]
    return sorted(rows, key=_by_nearness)


def _by_nearness(row: Mapping[str, Any]) -> tuple[float, int, float, str]:
    return (
        -(row["nearness"] or 0),
        -row["other_patents"],
        -(row["neighbour_filings"] or 0),
        row["enterprise"],
    )


def _counting(patents: Patents) -> SchemeFile:
    """A scheme that only says what is counted."""
    return SchemeFile(
        label=Words(zh="消零挖潜", en="First patent"),
        description="Counts patents.",
        reference="M-STAT-15",
        subject="enterprise",
        status="illustrative",
        patents=patents,
        conditions=(Condition(name="none_yet", measure="valid_inventions", at_most=0),),
    )


def _around(facts: FactsSeen, area: Area, year: int) -> dict[tuple[str, str], float]:
    """Inventions filed in five years by division and industry."""
    patents = Patents(measure="filings", window=RECENT, holders="all")
    counted = counted_patents(facts, area, patents, window_of(patents, year))
    joined = counted.inner_join(facts.table("patent_industry"), "application_id")
    rows = facts.collect(joined.group_by("region", "code").aggregate(n=joined.weight.sum())).to_pylist()
    found: dict[tuple[str, str], float] = {}
    for row in rows:
        if row["region"] and row["code"].isdigit():
            for length in _LEVELS:
                if len(row["code"]) >= length:
                    key = (row["region"], row["code"][:length])
                    found[key] = found.get(key, 0.0) + row["n"]
    return found


def _filed_around(
    around: Mapping[tuple[str, str], float], region: str | None, industry: str | None
) -> float | None:
    """Inventions filed in a division in an industry, at the finest level that patents are known at."""
    if region is None or industry is None:
        return None
    known = (around.get((region, industry[:length])) for length in _LEVELS if len(industry) >= length)
    return next((round(count, 2) for count in known if count is not None), 0.0)


def _nearness(industries: Sequence[str | None], holds: NDArray[np.bool_]) -> list[float | None]:
    """Share of holders among the other firms of the same industry; None where too few are known."""
    counts: dict[str, list[int]] = {}
    for code, held in zip(industries, holds, strict=True):
        for length in _LEVELS:
            if code and len(code) >= length:
                both = counts.setdefault(code[:length], [0, 0])
                both[0] += 1
                both[1] += int(held)
    return [_share(code, bool(held), counts) for code, held in zip(industries, holds, strict=True)]


def _share(code: str | None, held: bool, counts: Mapping[str, Sequence[int]]) -> float | None:
    for length in _LEVELS:
        if code and len(code) >= length and counts[code[:length]][0] - 1 >= _FEWEST:
            every, holders = counts[code[:length]]
            return (holders - held) / (every - 1)
    return None


_NOBODY: Mapping[str, Any] = {"perhaps": None, "likeness": None, "chance": None}


def _alike(facts: FactsSeen, firms: Firms, held: NDArray[np.intp]) -> dict[int, dict[str, Any]]:
    """Of firms without a link by code: the most similar name of an applicant that is no firm of the register yet.

    The chance that it is the firm follows from how often firms that are linked elsewhere, so cannot be meant, find a
    name at least so alike: 1 less the quotient of the two shares (false discovery rate). Not told where fewer than 30
    firms are linked.
    """
    free = _free_names(facts)
    names, links = firms.subjects.names, firms.links
    asked = [at for at in held.tolist() if links[at] != "credit_code"]
    best = {at: _best(names[at], free) for at in asked}
    linked = [at for at, link in enumerate(links) if link in ("credit_code", "name")]
    step = max(1, len(linked) // COMPARED)
    by_chance = sorted(_best(names[at], free)[1] for at in linked[::step][:COMPARED])
    likenesses = sorted(likeness for _, likeness in best.values())
    return {
        at: {
            "perhaps": name,
            "likeness": round(likeness, 1),
            "chance": _chance(likeness, likenesses, by_chance),
        }
        for at, (name, likeness) in best.items()
        if likeness >= ALIKE
    }


def _chance(likeness: float, found: Sequence[float], by_chance: Sequence[float]) -> float | None:
    """Chance that a name so alike is the firm's, from sorted likenesses found and those of firms that it cannot be.

    >>> _chance(90.0, [50.0, 90.0], [50.0] * 45 + [95.0] * 5)
    0.8
    """
    if len(by_chance) < FEWEST_COMPARED:
        return None
    ours = 1 - bisect_left(found, likeness) / len(found)
    others = 1 - bisect_left(by_chance, likeness) / len(by_chance)
    return round(max(0.0, 1 - others / ours), 3)


def _best(name: str, known: Sequence[str]) -> tuple[str | None, float]:
    try:
        from rapidfuzz import fuzz, process
    except ModuleNotFoundError as error:
        raise NotInstalled(
            "Comparing names needs a library that is not installed.",
            {"missing": "rapidfuzz"},
            todo="pip install 'zhihang[names]'",
        ) from error
    found = process.extractOne(name, known, scorer=fuzz.ratio)
    return (None, 0.0) if found is None else (found[0], found[1])


def _free_names(facts: FactsSeen) -> list[str]:
    """Names of applicants that are firms, but none of the register."""
    organisations, links = facts.table("organisation"), facts.table("enterprise_organisation")
    free = organisations.filter(organisations.type == "enterprise").anti_join(
        links.filter(links.organisation_id.notnull()), "organisation_id"
    )
    names: list[str] = facts.collect(free.select("name").distinct().order_by("name"))["name"].to_pylist()
    return names
