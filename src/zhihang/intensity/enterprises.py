# SPDX-License-Identifier: Apache-2.0
"""Firms of a register in an area and year with everything conditions ask of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from zhihang.errors import NotFound
from zhihang.intensity.facts_seen import Area, FactsSeen
from zhihang.intensity.industries import with_means
from zhihang.intensity.patent_counts import patents_of_organisations, window_of
from zhihang.intensity.recognition import read_recognitions
from zhihang.intensity.scheme import Patents, SchemeFile
from zhihang.intensity.subjects import Remark, Subjects, Values, ratio

IN_FORCE = Patents(measure="stock", holders="all")
SMALL = ("medium", "small", "micro")
FLAGS = (
    "above_scale",
    "patent_product_filed",
    "university_partner",
    "own_trademark",
    "ip_management",
    "dishonest",
)
_FIGURES = {
    "output": "gross_output",
    "revenue": "revenue",
    "profit_tax": "profit_tax",
    "rd": "rd",
    "rd_staff": "rd_staff",
    "patent_product_revenue": "patent_product_revenue",
}
_COLUMNS = (
    "enterprise", "name", "industry", "region", "address", "park", "size_class", "titles", "business",
    "longitude", "latitude", *FLAGS, "year",
)  # fmt: skip


@dataclass(frozen=True)
class Firms:
    """Firms: what is compared, and the rows of the register and links behind them, in the same order."""

    subjects: Subjects
    register: list[Mapping[str, Any]]
    organisations: tuple[str | None, ...]
    links: tuple[str, ...]
    means: Mapping[str, float]


def firms_of_year(facts: FactsSeen, area: Area, scheme: SchemeFile, year: int) -> Firms:
    """Put together the firms of an area: the newest row of the register up to the year, figures, patents."""
    register = _register(facts, area, year)
    if not register.num_rows:
        raise NotFound(
            "The store holds no register of enterprises for this.",
            {"area": area.name, "year": f"{year} or before"},
            todo="zhihang template enterprise --to firms.xlsx, fill it in, zhihang ingest firms.xlsx",
        )
    ids, names, industries, titles = (
        register[name].to_pylist() for name in ("enterprise", "name", "industry", "titles")
    )
    split = {told: None if told is None else frozenset(told.split(";")) for told in set(titles)}
    figures = _figures(facts, ids, range(year - max(scheme.staff.years, 2) + 1, year + 1))
    links = _links(facts)
    organisations = tuple(links.get(firm, (None, "none"))[0] for firm in ids)
    measures = _measures(figures, scheme, year)
    measures |= {flag: _flags(register[flag]) for flag in FLAGS}
    measures["size_is_sme"] = np.array([_small(size) for size in register["size_class"].to_pylist()], float)
    measures |= _patents(facts, scheme, year, organisations)
    subjects = Subjects(
        tuple(ids),
        tuple(names),
        measures,
        tuple(industries),
        tuple(split[told] for told in titles),
        remarks=tuple(_remarks(ids, names, links, measures["employment"])),
    )
    subjects = _with_lists(subjects, facts, date(year, 12, 31))
    subjects, means = with_means(subjects, scheme.mean)
    basis = tuple(links.get(firm, (None, "none"))[1] for firm in ids)
    return Firms(subjects, register.to_pylist(), organisations, basis, means)


def _with_lists(subjects: Subjects, facts: FactsSeen, day: date) -> Subjects:
    """Add what lists of recognised enterprises say on a day, and tell where the register says otherwise."""
    lists = read_recognitions(facts)
    if not lists.listed:
        return subjects
    named = list(zip(subjects.ids, subjects.names, strict=True))
    held = tuple(lists.valid_on(firm, name, day) for firm, name in named)
    remarks = [
        Remark(firm, f"{name}: the register says {title}, which by the lists is not in force on {day}")
        for (firm, name), told, known in zip(named, subjects.titles, held, strict=True)
        for title in sorted(told or ())
        if known.get(title) is False
    ]
    return replace(subjects, recognised=held, listed=lists.listed, remarks=(*subjects.remarks, *remarks))


def _register(facts: FactsSeen, area: Area, year: int) -> pa.Table:
    """The newest row of each firm; within a year that of the file taken in last."""
    rows = facts.within(facts.table("enterprise"), area)
    rows = rows.filter(rows.year <= year)
    found = facts.collect(rows.select(*_COLUMNS, "file_id", "line").order_by("year", "file_id", "line"))
    newest = {firm: place for place, firm in enumerate(found["enterprise"].to_pylist())}
    return found.select(_COLUMNS).take(pa.array(list(newest.values()), pa.int64()))


def _links(facts: FactsSeen) -> dict[str, tuple[str | None, str]]:
    rows = facts.collect(
        facts.table("enterprise_organisation").select("enterprise", "organisation_id", "basis")
    )
    columns = (rows[name].to_pylist() for name in ("enterprise", "organisation_id", "basis"))
    return {firm: (organisation, basis) for firm, organisation, basis in zip(*columns, strict=True)}


def _figures(facts: FactsSeen, ids: Sequence[str], years: Sequence[int]) -> dict[int, dict[str, Values]]:
    """Figures by year and name, in the order of the firms; the file taken in last counts."""
    rows = facts.table("enterprise_year")
    rows = rows.filter(rows.year.isin(list(years)))
    names = ("employees", *_FIGURES)
    found = facts.collect(
        rows.select("enterprise", "year", *names, "file_id", "line").order_by("file_id", "line")
    )
    place = {firm: at for at, firm in enumerate(ids)}
    at = np.array([place.get(firm, -1) for firm in found["enterprise"].to_pylist()], np.int64)
    year_of = np.array(found["year"].to_pylist(), np.int64)
    made: dict[int, dict[str, Values]] = {}
    for year in years:
        chosen = (year_of == year) & (at >= 0)
        made[year] = {name: _placed(found[name], at, chosen, len(ids)) for name in names}
    return made


def _placed(column: pa.ChunkedArray, at: NDArray[np.int64], chosen: NDArray[np.bool_], count: int) -> Values:
    values = column.combine_chunks().to_numpy(zero_copy_only=False).astype(float)
    found = np.full(count, np.nan)
    found[at[chosen]] = values[chosen]
    return found


def _measures(
    figures: Mapping[int, Mapping[str, Values]], scheme: SchemeFile, year: int
) -> dict[str, Values]:
    now = figures[year]
    staffed = np.array(
        [figures[each]["employees"] for each in range(year - scheme.staff.years + 1, year + 1)]
    )
    held = (~np.isnan(staffed)).sum(axis=0)
    employment = np.where(held > 0, np.nansum(staffed, axis=0) / np.maximum(held, 1), np.nan)
    found = {measure: now[name] for name, measure in _FIGURES.items()}
    found["employment"] = employment
    found["rd_staff_share"] = ratio(now["rd_staff"], now["employees"])
    found["patent_revenue_share"] = ratio(now["patent_product_revenue"], now["revenue"])
    found["output_growth"] = ratio(now["output"], figures[year - 1]["output"]) - 1
    return found


def _patents(
    facts: FactsSeen, scheme: SchemeFile, year: int, organisations: Sequence[str | None]
) -> dict[str, Values]:
    """Patents counted by the scheme, those of the window before, and inventions in force; an unlinked firm has none."""
    window = window_of(scheme.patents, year)
    counted = patents_of_organisations(facts, scheme.patents, window)
    if scheme.patents.measure == "stock":
        before: Mapping[str, int] = {}
    else:
        before = patents_of_organisations(
            facts, scheme.patents, [each - scheme.patents.window for each in window]
        )
    now, then = _counts(counted, organisations), _counts(before, organisations)
    return {
        "patents": now,
        "patents_growth": ratio(now, then) - 1,
        "valid_inventions": now if _same(scheme.patents) else _counts(in_force(facts, year), organisations),
    }


def in_force(facts: FactsSeen, year: int) -> Mapping[str, int]:
    """Inventions in force at the end of a year, of each organisation."""
    return patents_of_organisations(facts, IN_FORCE, [year])


def _same(patents: Patents) -> bool:
    """Whether a scheme counts nothing but inventions in force, whoever holds them."""
    return (tuple(patents.kinds), patents.measure, patents.holders) == (("invention",), "stock", "all")


def _counts(counted: Mapping[str, int], organisations: Sequence[str | None]) -> Values:
    return np.array([float(counted.get(one or "", 0)) for one in organisations])


def _flags(column: pa.ChunkedArray) -> Values:
    """Yes as 1, no as 0, NaN where not known."""
    return np.asarray(pc.cast(column, pa.float64()).combine_chunks().to_numpy(zero_copy_only=False), float)


def _small(size: str | None) -> float:
    return np.nan if size is None else float(size in SMALL)


def _remarks(
    ids: Sequence[str],
    names: Sequence[str],
    links: Mapping[str, tuple[str | None, str]],
    employment: Values,
) -> list[Remark]:
    found = []
    for firm, name, staff in zip(ids, names, employment.tolist(), strict=True):
        basis = links.get(firm, _NOT_DERIVED)[1]
        if basis == "several":
            told = f"{name}: the name stands for several organisations; no patents are counted"
            found.append(Remark(firm, told))
        elif basis == "not derived":
            found.append(Remark(firm, f"{name}: not linked yet; run zhihang derive"))
        if staff == 0:
            found.append(Remark(firm, f"{name}: employees are 0, so no intensity"))
    return found


_NOT_DERIVED: tuple[str | None, str] = (None, "not derived")
