# SPDX-License-Identifier: Apache-2.0
"""Firms above designated size without an invention (消零): only a name variant, or how near to a first one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihang.errors import NotInstalled
from zhihang.intensity.enterprises import firms_of_year
from zhihang.intensity.facts_seen import Area, FactsSeen
from zhihang.intensity.scheme import Condition, Patents, SchemeFile, Words

ALIKE = 85.0
"""Names at least so alike (0 to 100) are shown as possibly the same firm; our own bound."""
_LEVELS = (4, 3, 2)
_FEWEST = 3


def first_patent(facts: FactsSeen, area: Area, year: int) -> list[dict[str, Any]]:
    """List firms above designated size without an invention in force, the nearest to a first one on top.

    Nearness is the share of firms with an invention in force among the others of the same industry (class, else
    group, else division, whichever has three firms or more). Beside it stand utility models and designs filed, and
    the nearest name among applicants that no firm of the register is linked to.
    """
    firms = firms_of_year(facts, area, _everything(), year)
    subjects = firms.subjects
    inventions, above = subjects.measure("valid_inventions"), subjects.measure("above_scale")
    held = np.flatnonzero((above == 1) & (inventions == 0))
    near = _nearness(subjects.industries, inventions > 0)
    alike = _alike(facts, [subjects.names[at] for at in held])
    rows = [
        {
            "enterprise": subjects.ids[at],
            "name": subjects.names[at],
            "industry": subjects.industries[at],
            "nearness": near[at],
            "other_patents": int(subjects.measure("patents")[at]),
            "employment": _number(subjects.measure("employment")[at]),
            "rd": _number(subjects.measure("rd")[at]),
            "link": firms.links[at],
            "perhaps": alike[place][0] if firms.links[at] != "credit_code" else None,
            "likeness": alike[place][1] if firms.links[at] != "credit_code" else None,
        }
        for place, at in enumerate(held)
    ]
    return sorted(rows, key=lambda row: (-(row["nearness"] or 0), -row["other_patents"], row["enterprise"]))


def _everything() -> SchemeFile:
    """A scheme that only says what is counted: utility models and designs in force beside inventions."""
    return SchemeFile(
        label=Words(zh="消零", en="First patent"),
        description="Counts other patents in force.",
        reference="M-STAT-15",
        subject="enterprise",
        status="illustrative",
        patents=Patents(kinds=("utility_model", "design"), measure="stock", holders="all"),
        conditions=(Condition(name="none_yet", measure="valid_inventions", at_most=0),),
    )


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


def _alike(facts: FactsSeen, names: Sequence[str]) -> list[tuple[str | None, float | None]]:
    """The most similar name of an applicant that is no firm of the register yet, and how similar (0 to 100)."""
    try:
        from rapidfuzz import fuzz, process
    except ModuleNotFoundError as error:
        raise NotInstalled(
            "Comparing names needs a library that is not installed.",
            {"missing": "rapidfuzz"},
            todo="pip install 'zhihang[names]'",
        ) from error
    organisations = facts.table("organisation")
    links = facts.table("enterprise_organisation")
    free = organisations.filter(organisations.type == "enterprise").anti_join(
        links.filter(links.organisation_id.notnull()), "organisation_id"
    )
    known = facts.collect(free.select("name").distinct().order_by("name"))["name"].to_pylist()
    found: list[tuple[str | None, float | None]] = []
    for name in names:
        best = process.extractOne(name, known, scorer=fuzz.ratio, score_cutoff=ALIKE)
        found.append((None, None) if best is None else (best[0], round(best[1], 1)))
    return found


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
