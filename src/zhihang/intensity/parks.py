# SPDX-License-Identifier: Apache-2.0
"""Parks of an area and year with everything conditions ask of them, summed over the firms in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihang.errors import NotFound
from zhihang.intensity.enterprises import Firms, firms_of_year
from zhihang.intensity.facts_seen import Area, FactsSeen
from zhihang.intensity.industries import with_means
from zhihang.intensity.scheme import SchemeFile
from zhihang.intensity.subjects import Remark, Subjects, Values, ratio
from zhihang.methods.polygon import inside, read_ring

FLAGS = ("ip_demonstration", "management_body", "service_head", "support_policies")
_SUMMED = (
    "patents", "employment", "valid_inventions", "gross_output", "revenue", "rd", "rd_staff", "profit_tax",
    "patent_product_revenue",
)  # fmt: skip
_COLUMNS = (
    "park", "region", "level", "industry", "address_words", "boundary", "residents", "service_staff", *FLAGS, "year",
)  # fmt: skip


@dataclass(frozen=True)
class Parks:
    """Parks: what is compared, their rows, and the park of each firm (-1: in none) with the rule that put it there."""

    subjects: Subjects
    rows: list[Mapping[str, Any]]
    firms: Firms
    park_of: NDArray[np.int64]
    rules: tuple[str, ...]
    means: Mapping[str, float]


def parks_of_year(facts: FactsSeen, area: Area, scheme: SchemeFile, year: int) -> Parks:
    """Put together the parks of an area: firms by list, by words of the address, or by the outline; sums over these."""
    rows = _rows(facts, area, year)
    if not rows:
        raise NotFound(
            "The store holds no parks for this.",
            {"area": area.name, "year": f"{year} or before"},
            todo="zhihang template park --to parks.xlsx, fill it in, zhihang ingest parks.xlsx",
        )
    firms = firms_of_year(facts, area, scheme, year)
    park_of, rules, remarks = members(firms.register, rows)
    measures = {name: _summed(firms.subjects.measure(name), park_of, len(rows)) for name in _SUMMED}
    measures |= _counts(firms, park_of, rows)
    measures |= _of_rows(rows)
    measures |= _ratios(measures)
    subjects = Subjects(
        tuple(row["park"] for row in rows),
        tuple(row["park"] for row in rows),
        measures,
        tuple(row["industry"] for row in rows),
        remarks=(*remarks, *_unnamed(firms.register, rows)),
    )
    subjects, means = with_means(subjects, scheme.mean)
    return Parks(subjects, rows, firms, park_of, rules, means)


def members(
    firms: Sequence[Mapping[str, Any]], parks: Sequence[Mapping[str, Any]]
) -> tuple[NDArray[np.int64], tuple[str, ...], list[Remark]]:
    """Say which park each firm is in (-1: none) and by which rule.

    The register's own word goes first, then the outline, then words of the address. A firm that a rule puts into
    several parks is in none of them, and that is told.
    """
    named = {row["park"]: place for place, row in enumerate(parks)}
    outlined = _outlined(firms, parks)
    words = [
        [word.strip() for word in (row["address_words"] or "").split(";") if word.strip()] for row in parks
    ]
    found = np.full(len(firms), -1, np.int64)
    rules, remarks = [], []
    for at, firm in enumerate(firms):
        address = firm["address"] or ""
        tries = (
            ("list", [named[firm["park"]]] if firm["park"] in named else []),
            ("outline", [place for place in range(len(parks)) if outlined[place, at]]),
            ("address", [place for place, each in enumerate(words) if any(word in address for word in each)]),
        )
        rule, places = next(((rule, places) for rule, places in tries if places), ("", []))
        if len(places) == 1:
            found[at] = places[0]
        elif places:
            told = "、".join(parks[place]["park"] for place in places)
            remarks.append(
                Remark(firm["enterprise"], f"{firm['name']}: by {rule} in several parks ({told}); in none")
            )
        rules.append(rule if len(places) == 1 else "")
    return found, tuple(rules), remarks


def _outlined(firms: Sequence[Mapping[str, Any]], parks: Sequence[Mapping[str, Any]]) -> NDArray[np.bool_]:
    """Whether each firm (column) lies in the outline of each park (row)."""
    x, y = (
        np.array([np.nan if firm[name] is None else firm[name] for firm in firms], float)
        for name in ("longitude", "latitude")
    )
    found = np.zeros((len(parks), len(firms)), dtype=bool)
    for place, row in enumerate(parks):
        if row["boundary"]:
            with np.errstate(invalid="ignore"):
                found[place] = inside(read_ring(row["boundary"]), x, y)
    return found


def _rows(facts: FactsSeen, area: Area, year: int) -> list[Mapping[str, Any]]:
    rows = facts.within(facts.table("park"), area)
    rows = rows.filter(rows.year <= year)
    ordered = rows.select(*_COLUMNS, "file_id", "line").order_by("year", "file_id", "line")
    newest = {row["park"]: row for row in facts.collect(ordered).to_pylist()}
    return [newest[name] for name in sorted(newest)]


def _summed(values: Values, park_of: NDArray[np.int64], count: int) -> Values:
    """Sum over the firms of each park that have the figure; NaN where none has."""
    held = (park_of >= 0) & ~np.isnan(values)
    sums = np.bincount(park_of[held], values[held], count)
    known = np.bincount(park_of[held], minlength=count)
    return np.where(known > 0, sums, np.nan)


def _counts(firms: Firms, park_of: NDArray[np.int64], rows: Sequence[Mapping[str, Any]]) -> dict[str, Values]:
    count = len(rows)
    holders = firms.subjects.measure("valid_inventions") > 0
    chosen = np.array(
        [
            place >= 0
            and bool(rows[place]["industry"])
            and (industry or "").startswith(rows[place]["industry"])
            for place, industry in zip(park_of, firms.subjects.industries, strict=True)
        ],
        dtype=bool,
    )
    output = firms.subjects.measure("gross_output")
    return {
        "enterprises": np.bincount(park_of[park_of >= 0], minlength=count).astype(float),
        "invention_holders": np.bincount(park_of[(park_of >= 0) & holders], minlength=count).astype(float),
        "chosen_industry_output": _summed(np.where(chosen, output, np.nan), park_of, count),
    }


def _of_rows(rows: Sequence[Mapping[str, Any]]) -> dict[str, Values]:
    found = {
        name: np.array([np.nan if row[name] is None else float(row[name]) for row in rows], float)
        for name in (*FLAGS, "residents", "service_staff")
    }
    found["has_boundary"] = np.array([float(bool(row["boundary"])) for row in rows])
    found["industry_chosen"] = np.array([float(bool(row["industry"])) for row in rows])
    return found


def _ratios(held: Mapping[str, Values]) -> dict[str, Values]:
    return {
        "inventions_per_10k": ratio(held["valid_inventions"], held["residents"], 10_000),
        "rd_to_output": ratio(held["rd"], held["gross_output"]),
        "patent_revenue_to_output": ratio(held["patent_product_revenue"], held["gross_output"]),
        "patent_revenue_share": ratio(held["patent_product_revenue"], held["revenue"]),
    }


def _unnamed(firms: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]) -> list[Remark]:
    """Parks that the register of firms names and the table of parks does not."""
    known = {row["park"] for row in rows}
    others = sorted({firm["park"] for firm in firms if firm["park"] and firm["park"] not in known})
    return [
        Remark(name, f"the register of firms names the park {name}, the table of parks does not")
        for name in others
    ]
