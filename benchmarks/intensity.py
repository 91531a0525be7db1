# SPDX-License-Identifier: Apache-2.0
"""Identification for 111 counties, 1,381 industries, 10 years on N invented patents; 100,000 firms through ten conditions.

::

    python benchmarks/intensity.py 5000000
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from measurement import DATA, make

from zhihang.facts.codelist import CodeLists
from zhihang.facts.table import TABLES
from zhihang.intensity.facts_seen import Area, FactsSeen
from zhihang.intensity.firm_answer import recognise
from zhihang.intensity.industry_answer import answers
from zhihang.intensity.scheme import Scheme, SchemeFile, Schemes
from zhihang.store.engine import Engine, start_engine

EDITION = "GB/T 4754-2017"
CODES = CodeLists()
WAYS, FIRMS = 640, 100_000
FIRST, LAST = 2011, 2020
SCHEME = {
    "label": {"zh": "试", "en": "Trial"},
    "description": "Above the mean, by class, by concordance.",
    "reference": "benchmark",
    "subject": "industry",
    "status": "illustrative",
    "level": "class",
    "conditions": [
        {"name": "intensity", "measure": "intensity_to_mean", "above": 1},
        {"name": "scale", "measure": "patents", "at_least": 5},
    ],
}


def counties() -> list[str]:
    """Codes of the counties that the invented patents come from."""
    return [c.code for c in CODES["region"] if c.code.startswith("45") and c.details["level"] == "county"]


def classes() -> list[str]:
    """Codes of all four-digit industries."""
    rows = CODES.rows("industries_gbt4754")
    return [row["code"] for row in rows if row["edition"] == EDITION and len(row["code"]) == 4]


def table(name: str, columns: dict[str, Any]) -> pa.Table:
    """Rows of a declared table; columns not given are blank, provenance is 1."""
    schema, count = TABLES[name].schema, len(next(iter(columns.values())))
    held = {
        "file_id": np.ones(count, int),
        "line": np.arange(count),
        "run_id": np.ones(count, int),
        **columns,
    }
    return pa.table(
        [pa.array(held[f.name]).cast(f.type) if f.name in held else pa.nulls(count, f.type) for f in schema],
        schema=schema,
    )


def shares(ids: pa.ChunkedArray, draw: np.random.Generator) -> pa.Table:
    """Each patent goes one of 640 ways; a way leads to one to three classes."""
    every = np.array(classes())
    number = draw.choice([1, 2, 3], WAYS, p=[0.5, 0.3, 0.2])
    codes = [draw.choice(every, n, replace=False) for n in number]
    odds = draw.pareto(1.2, WAYS) + 0.01
    way = draw.choice(WAYS, len(ids), p=odds / odds.sum())
    times = number[way]
    starts = np.concatenate([[0], np.cumsum(number)])
    link = np.repeat(starts[way] - np.cumsum(times) + times, times) + np.arange(times.sum())
    return table(
        "patent_industry",
        {
            "application_id": ids.take(pa.array(np.repeat(np.arange(len(ids)), times))),
            "scheme": np.full(len(link), EDITION),
            "code": np.concatenate(codes)[link],
            "weight": np.repeat(1 / number, number)[link],
        },
    )


def statistics(draw: np.random.Generator) -> pa.Table:
    """Employment and output of every class in every county and year."""
    every, years = classes(), range(FIRST - 5, LAST + 1)
    size = len(counties()) * len(every) * len(years)
    return table(
        "industry_year",
        {
            "industry": np.tile(np.array(every), len(counties()) * len(years)),
            "industry_edition": np.full(size, EDITION),
            "region": np.repeat(np.array(counties()), len(every) * len(years)),
            "year": np.tile(np.repeat(np.array(years), len(every)), len(counties())),
            "scope": np.full(size, "above_scale"),
            "employment": draw.integers(10, 3000, size).astype(float),
            "gross_output": draw.integers(1, 1000, size) * 1e6,
        },
    )


def register(draw: np.random.Generator) -> dict[str, pa.Table]:
    """A register of firms with figures, most of them linked to an organisation."""
    names = np.char.add("F", np.arange(FIRMS).astype(str))
    flags = ("own_trademark", "ip_management", "dishonest", "patent_product_filed", "university_partner")
    staff, revenue = draw.integers(1, 900, FIRMS).astype(float), draw.integers(1, 900, FIRMS) * 1e6
    return {
        "enterprise": table(
            "enterprise",
            {
                "enterprise": names,
                "name": names,
                "industry": draw.choice(np.array(classes()), FIRMS),
                "industry_edition": np.full(FIRMS, EDITION),
                "region": draw.choice(np.array(counties()), FIRMS),
                "size_class": draw.choice(["large", "medium", "small", "micro"], FIRMS),
                "titles": draw.choice(["high_tech", "specialised", "tech_sme"], FIRMS),
                "year": np.full(FIRMS, LAST),
                **{flag: draw.random(FIRMS) < 0.4 for flag in flags},
            },
        ),
        "enterprise_year": table(
            "enterprise_year",
            {
                "enterprise": names,
                "name": names,
                "year": np.full(FIRMS, LAST),
                "employees": staff,
                "revenue": revenue,
                "output": revenue * 0.9,
                "rd": revenue * draw.random(FIRMS) * 0.2,
                "rd_staff": staff * draw.random(FIRMS) * 0.4,
                "patent_product_revenue": revenue * draw.random(FIRMS),
            },
        ),
        "enterprise_organisation": table(
            "enterprise_organisation",
            {
                "enterprise": names,
                "name": names,
                "organisation_id": np.char.add("O", draw.integers(0, 40_000, FIRMS).astype(str)),
                "basis": np.full(FIRMS, "name"),
            },
        ),
    }


def prepare(size: int) -> Path:
    """Write what is not there yet; return the folder."""
    folder = DATA / f"patents-{size}"
    if not (folder / "organisation.parquet").exists():
        make(size, folder)
    own = DATA / f"intensity-{size}"
    if not (own / "enterprise.parquet").exists():
        own.mkdir(parents=True, exist_ok=True)
        draw = np.random.default_rng(2)
        ids = pq.read_table(folder / "patent.parquet", columns=["application_id"])["application_id"]
        made = {"patent_industry": shares(ids, draw), "industry_year": statistics(draw), **register(draw)}
        for name, rows in made.items():
            pq.write_table(rows, own / f"{name}.parquet", compression="zstd")
    return own


def seen(engine: Engine, size: int) -> FactsSeen:
    """The tables, where they lie."""
    own = prepare(size)

    def path(name: str) -> Path:
        found = own / f"{name}.parquet"
        return found if found.exists() else DATA / f"patents-{size}" / f"{name}.parquet"

    def read(name: str) -> Any:
        schema = TABLES[name].schema
        return (
            engine.scan([path(name)], schema) if path(name).exists() else engine.values(schema.empty_table())
        )

    return FactsSeen(read, engine.collect, CODES, engine.values)


def main(size: int) -> None:
    """Print the times."""
    engine = start_engine("duckdb", {"threads": 2})
    facts = seen(engine, size)
    areas = [Area(code, code, (code,)) for code in counties()]
    scheme = Scheme("trial", SchemeFile.model_validate(SCHEME))
    begun, used = time.perf_counter(), time.process_time()
    count = inside = unsure = 0
    for one in answers(facts, areas, scheme, range(FIRST, LAST + 1), draws=200):
        count += 1
        inside += len(one.found.catalogue)
        unsure += int((one.sure.stability(one.found.state) < 0.9).sum())
    print(
        f"{count} identifications ({len(areas)} counties, {len(classes())} industries, {LAST - FIRST + 1} years) on"
        f" {size:,} patents, 200 draws: {time.perf_counter() - begun:.1f} s, {time.process_time() - used:.1f} s of"
        f" processor; {inside} industries in, {unsure} of less than 0.9 stability"
    )
    begun, used = time.perf_counter(), time.process_time()
    firms = recognise(facts, Area("000000", "", ("",)), Schemes()["sme_pool"], LAST)
    tried = time.perf_counter()
    rows = firms.rows()
    print(
        f"{len(rows):,} firms through ten conditions: {tried - begun:.2f} s, with a reason for each"
        f" {time.perf_counter() - begun:.2f} s, {time.process_time() - used:.2f} s of processor;"
        f" {len(firms.found.catalogue)} eligible"
    )
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000_000)
