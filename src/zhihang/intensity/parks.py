# SPDX-License-Identifier: Apache-2.0
"""Parks of an area and year with everything conditions ask of them, summed over those in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihang.errors import NotFound
from zhihang.intensity.enterprises import Firms, firms_of_year, in_force
from zhihang.intensity.facts_seen import Area, FactsSeen
from zhihang.intensity.industries import with_means
from zhihang.intensity.park_members import Residents, members, residents
from zhihang.intensity.scheme import SchemeFile
from zhihang.intensity.subjects import Remark, Subjects, Values, ratio

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
    """Parks: what is compared, their rows, the park of each firm (-1: in none) with its rule, those of organisations."""

    subjects: Subjects
    rows: list[Mapping[str, Any]]
    firms: Firms
    park_of: NDArray[np.int64]
    rules: tuple[str, ...]
    residents: Residents
    means: Mapping[str, float]

    def place(self, park: str) -> int:
        """Return the place of a park; a name that none has is answered with those there are."""
        if park not in self.subjects.ids:
            raise NotFound.named("park", park, self.subjects.ids, see="zhihang parks list")
        return self.subjects.ids.index(park)


def parks_of_year(facts: FactsSeen, area: Area, scheme: SchemeFile, year: int) -> Parks:
    """Put together the parks of an area: firms by list, by words of the address, or by the outline; sums over these."""
    rows = _rows(facts, area, year)
    if not rows:
        raise NotFound(
            "The store holds no parks for this.",
            {"area": area.name, "year": f"{year} or before"},
            todo="zhihang template park --to parks.xlsx, fill it in, zhihang ingest parks.xlsx",
        )
    firms, unregistered = _firms(facts, area, scheme, year)
    park_of, rules, remarks = members(firms.register, rows)
    held = residents(facts, firms, park_of, rules, rows)
    measures = {name: _summed(firms.subjects.measure(name), park_of, len(rows)) for name in _SUMMED}
    measures |= _counts(firms, park_of, rows)
    measures["valid_inventions"] = _in_force(facts, held, year, len(rows))
    measures["output_growth"] = _growth(firms, park_of, len(rows))
    measures |= _of_rows(rows)
    measures |= _ratios(measures)
    told = (
        *unregistered,
        *remarks,
        *held.remarks,
        *_unnamed(firms.register, rows),
        *_above_whole(rows, measures),
    )
    subjects = Subjects(
        tuple(row["park"] for row in rows),
        tuple(row["park"] for row in rows),
        measures,
        tuple(row["industry"] for row in rows),
        remarks=told,
    )
    subjects, means = with_means(subjects, scheme.mean)
    return Parks(subjects, rows, firms, park_of, rules, held, means)


def _firms(facts: FactsSeen, area: Area, scheme: SchemeFile, year: int) -> tuple[Firms, tuple[Remark, ...]]:
    """The firms of the area; none, with a remark, where the store has no register of them."""
    try:
        return firms_of_year(facts, area, scheme, year), ()
    except NotFound:
        told = (
            "no register of enterprises: parks hold only organisations whose filings give an address in them"
        )
        return Firms(Subjects((), (), {}, ()), [], (), (), {}), (Remark("enterprise", told),)


def _in_force(facts: FactsSeen, held: Residents, year: int, count: int) -> Values:
    """Inventions in force of all organisations of each park, whether or not a firm of the register is one of them."""
    found = np.zeros(count)
    for organisation, inventions in in_force(facts, year).items():
        if organisation in held.park_of:
            found[held.park_of[organisation]] += inventions
    return found


def _growth(firms: Firms, park_of: NDArray[np.int64], count: int) -> Values:
    """Growth of output over a year, of the firms whose output is known in both years."""
    now, growth = firms.subjects.measure("gross_output"), firms.subjects.measure("output_growth")
    both = ~np.isnan(now) & (growth > -1)
    before = np.full(len(now), np.nan)
    before[both] = now[both] / (1 + growth[both])
    sums = [_summed(np.where(both, each, np.nan), park_of, count) for each in (now, before)]
    return ratio(sums[0], sums[1]) - 1


def _above_whole(rows: Sequence[Mapping[str, Any]], measures: Mapping[str, Values]) -> list[Remark]:
    """Parks whose patent products sell for more than their firms make: goods made elsewhere, or a wrong figure."""
    above = np.flatnonzero(measures["patent_revenue_to_output"] > 1).tolist()
    told = "revenue from patent products exceeds gross output: goods made elsewhere, or a wrong figure"
    return [Remark(rows[at]["park"], f"{rows[at]['park']}: {told}") for at in above]


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
    branded = holders & (firms.subjects.measure("own_trademark") > 0)
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
        "enterprises": _counted(park_of, park_of >= 0, count),
        "invention_holders": _counted(park_of, holders, count),
        "brand_holders": _counted(park_of, branded, count),
        "chosen_industry_output": _summed(np.where(chosen, output, np.nan), park_of, count),
    }


def _counted(park_of: NDArray[np.int64], chosen: NDArray[np.bool_], count: int) -> Values:
    """Number of firms in each park; NaN where there is no register to count in."""
    if not len(park_of):
        return np.full(count, np.nan)
    return np.bincount(park_of[(park_of >= 0) & chosen], minlength=count).astype(float)


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
