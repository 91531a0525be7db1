# SPDX-License-Identifier: Apache-2.0
"""Published densities worked out again from published stocks and populations: how many come out, and which do not.

::

    python benchmarks/quality/published_densities.py [--markdown]

Reads the published figures that ship with the project, and the census of cities of the shared data (ZHIHANG_SHARED)
where it is there; of the nation, the census counts of the provinces are summed. ``--markdown`` prints the tables of
docs/explanation/published-figures.md. Ends with 1 if a density differs that is not explained below.

Which population
----------------
stated
    The one printed in the same table as the density: must give the density within rounding.
published
    Residents at the end of the same year, or of the year before.
census
    Residents on the straight line between the censuses of 2010 and 2020, a stand-in: within 3 % is near. After
    November 2020, those of the second census.
"""

from __future__ import annotations

import csv
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from zhihang.facts.codelist import CodeLists
from zhihang.facts.published_statistics import published_files
from zhihang.facts.region_name import COUNTRY, RegionNames
from zhihang.measurement.grid import Span, read_span
from zhihang.measurement.known import Figures, Known, base_value

DENSITIES = ("inventions_per_10k", "inventions_per_million")
STOCK = "inventions_in_force"
NEAR = 0.03
CENSUSES = (2010 * 12 + 10, 2020 * 12 + 10)
SHARED = Path(os.environ.get("ZHIHANG_SHARED", Path(__file__).resolve().parents[3] / "shared"))
EXPLAINED: Mapping[tuple[str, str], str] = {
    (
        "000000",
        "2013-12",
    ): "press slip: 58.7 万 is the stock with Hong Kong, Macao and Taiwan (585,767); 4.02 belongs "
    "to a mainland stock of about 54.6 万",
    (
        "450100",
        "2018-12",
    ): "the publisher divided by 7.06 million, the residents of 2016 before the census of 2020 "
    "raised earlier years; the line between the censuses gives 8.33 million",
}


@dataclass(frozen=True)
class Result:
    """A published density, and what it comes out as: which population, the value, and the verdict."""

    density: Known
    stock: Known | None
    basis: str
    people: float | None
    verdict: str

    @property
    def value(self) -> float | None:
        """Return the density worked out, in the unit of the published one."""
        if self.stock is None or not self.people:
            return None
        return self.stock.value / self.people * (1e4 if self.density.indicator == DENSITIES[0] else 1e6)


def figures() -> Figures:
    """Return the published figures, each with its file and line."""
    return Figures(known for path in published_files() for known in _read(path))


def _read(path: Path) -> Iterator[Known]:
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            level = row["period_kind"] in ("stock", "moment")
            span = read_span(row["period"])
            when = Span(span.last_month, 1) if level else span
            value, half = base_value(float(row["value"]), row["unit"], row["status"])
            if "/" in row["unit"]:  # the text is at hand, with its zeros: 8.00 is exact to two digits
                digits = len(row["value"].partition(".")[2])
                half = 0.5 * 10.0**-digits * abs(value / float(row["value"]))
            code, region, kind = row["indicator"], row["region_code"], row["period_kind"]
            place = f"{path.name} line {number}"
            how = (value, half, row["value"], row["unit"], row["status"], row["source"], place)
            yield Known(code, region, when, level, kind, "", *how)


def results(known: Figures) -> list[Result]:
    """Work out every published density."""
    return [_result(known, density) for code in DENSITIES for density in known.of(code)]


def _result(known: Figures, density: Known) -> Result:
    stocks = known.beside(density, STOCK)
    if not stocks:
        return Result(density, None, "", None, "no stock of that day is published")
    best: Result | None = None
    for basis, people in _populations(known, density):
        for stock in stocks:
            one = _judged(density, stock, basis, people)
            if best is None or ORDER.index(one.verdict) < ORDER.index(best.verdict):
                best = one
    return best or Result(density, stocks[0], "", None, "no population is published")


ORDER = ("agrees", "near", "differs")


def _judged(density: Known, stock: Known, basis: str, people: Known | float) -> Result:
    middle = people if isinstance(people, float) else people.value
    spare = NEAR * middle if basis == "census" else 0.0 if isinstance(people, float) else people.half
    low = (stock.value - stock.half) / (middle + spare)
    high = (stock.value + stock.half) / (middle - spare)
    exact = stock.value / middle
    if abs(exact - density.value) <= density.half * (1 + 1e-9):
        verdict = "agrees"
    elif low <= density.value + density.half and density.value - density.half <= high:
        verdict = "near" if basis == "census" else "agrees"
    else:
        verdict = "differs"
    return Result(density, stock, basis, middle, verdict)


def _populations(known: Figures, density: Known) -> Iterator[tuple[str, Known | float]]:
    for stated in known.beside(density, "residents_behind_density"):
        yield "stated", stated
    residents = [one for one in known.of("residents", density.region) if one.level]
    for one in residents:
        if one.kind == "stock" and one.span.last_month // 12 in (
            density.span.start // 12,
            density.span.start // 12 - 1,
        ):
            yield "published", one
    counts = census(known, density.region)
    if len(counts) == 2:
        (first, low), (last, high) = counts
        part = min((density.span.last_month - first) / (last - first), 1.0)
        if part > -0.1:
            yield "census", low + (high - low) * part


def census(known: Figures, region: str) -> list[tuple[int, float]]:
    """Return month and residents of the two censuses: published, of the shared data, or summed over provinces."""
    counts = {one.span.last_month: one.value for one in known.of("residents", region) if one.kind == "moment"}
    if region == COUNTRY:
        for month in CENSUSES:
            parts = [one.value for one in known.of("residents") if _is_province(one, month)]
            counts.setdefault(month, sum(parts)) if len(parts) == 31 else None
    path = SHARED / "data/reference/population_census_city.csv"
    if len(counts) < 2 and path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["code"] == region and row["popu_2010"] and row["popu_2020"]:
                    counts = dict(
                        zip(CENSUSES, (float(row["popu_2010"]), float(row["popu_2020"])), strict=True)
                    )
    return sorted(counts.items())


def _is_province(one: Known, month: int) -> bool:
    return (
        one.kind == "moment"
        and one.span.last_month == month
        and one.region.endswith("0000")
        and one.region != COUNTRY
    )


def unexplained(found: Sequence[Result]) -> list[Result]:
    """Return the densities that differ without an explanation."""
    return [
        r
        for r in found
        if r.verdict == "differs" and (r.density.region, r.density.span.text) not in EXPLAINED
    ]


def markdown(found: Sequence[Result]) -> str:
    """Return the tables of the page: a summary, and each density that is not checked by a stated population."""
    names = RegionNames(CodeLists())
    counted = Counter(
        (r.density.indicator, r.density.span.text[:4], r.basis or "-", r.verdict) for r in found
    )
    head = ("density", "year", "population", "verdict", "densities")
    rows = [(f"`{code}`", *rest, str(count)) for (code, *rest), count in sorted(counted.items())]
    second = ("region", "date", "published", "stock", "population, 万", "comes out as", "verdict")
    each = [_row(r, names) for r in found if r.basis != "stated" or r.verdict == "differs"]
    return "\n".join([*_table(head, rows), "", *_table(second, each)])


def _row(r: Result, names: RegionNames) -> tuple[str, ...]:
    region = names.by_code(r.density.region)
    told = EXPLAINED.get((r.density.region, r.density.span.text), "") if r.verdict == "differs" else ""
    return (
        region.label.zh if region else r.density.region,
        r.density.span.text,
        r.density.written,
        f"{r.stock.written} {r.stock.unit}" if r.stock else "",
        f"{r.people / 1e4:,.1f} ({r.basis})" if r.people else "",
        f"{r.value:,.2f}" if r.value is not None else "",
        r.verdict + (f": {told}" if told else ""),
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]


def main() -> int:
    """Print what came out."""
    found = results(figures())
    if "--markdown" in sys.argv:
        print(markdown(found))
    else:
        for verdict, count in Counter(r.verdict for r in found).most_common():
            print(f"{count:5} {verdict}")
        for r in found:
            if r.verdict == "differs":
                where = f"{r.density.region} {r.density.span.text} {r.density.written}"
                print(f"differs: {where}, comes out as {r.value:.3f} ({r.basis})")
    left = unexplained(found)
    for r in left:
        print(f"not explained: {r.density.region} {r.density.span.text} {r.density.written}", file=sys.stderr)
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
